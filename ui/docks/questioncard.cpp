#include "ui/docks/questioncard.h"

#include "ui/docks/optionbutton.h"
#include "ui/selection.h"
#include "ui/style.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace pyrena {

QuestionCard::QuestionCard(LessonSession &session, Shared shared, QWidget *parent)
    : QFrame(parent), m_session(session), m_shared(shared)
{
    setObjectName(QStringLiteral("questionCard"));
    setRole(*this, "question");
    // Higher than its hint where a narrow panel breaks the text into more lines.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    connect(&shared.selection, &Selection::changed, this, [this] {
        if (!m_clicked)
            return;
        const QString clicked = m_session.clickedText();
        m_clicked->setText(clicked.isEmpty() ? tr("Click in the picture.") : tr("You point at: %1").arg(clicked));
        m_check->setEnabled(!clicked.isEmpty());
    });
}

void QuestionCard::clear()
{
    m_choices = nullptr;
    m_number = nullptr;
    m_order = nullptr;
    m_clicked = nullptr;
    m_check = nullptr;
    if (m_page) {
        // The page may hold the button whose click led here.
        m_page->hide();
        m_page->deleteLater();
    }
    m_page = new QWidget(this);
    auto *column = new QVBoxLayout(m_page);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(6);
    m_layout->addWidget(m_page);
}

QLabel *QuestionCard::text(const QString &markdown, const char *role)
{
    auto *label = new QLabel(m_page);
    label->setTextFormat(Qt::MarkdownText);
    label->setWordWrap(true);
    label->setText(markdown);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    if (role)
        setRole(*label, role);
    m_page->layout()->addWidget(label);
    return label;
}

void QuestionCard::showQuestion(int question)
{
    if (question == m_question && m_check)
        return;
    m_question = question;
    clear();
    const LessonQuestion &q = m_session.lesson().questions[static_cast<std::size_t>(question)];
    const PlacedQuestion &placed = m_session.placed().questions[static_cast<std::size_t>(question)];
    text(tr("Predict"), "accent");
    text(QString::fromStdString(q.ask), "section");
    m_check = new QPushButton(tr("Check"), m_page);
    switch (q.kind) {
    case QuestionKind::Choice:
        addChoices(placed);
        break;
    case QuestionKind::Number:
        m_number = new QLineEdit(m_page);
        m_number->setAccessibleName(tr("Your answer, a number"));
        m_number->setPlaceholderText(tr("a number"));
        m_page->layout()->addWidget(m_number);
        connect(m_number, &QLineEdit::textChanged, m_check, [this](const QString &t) { m_check->setEnabled(!t.trimmed().isEmpty()); });
        connect(m_number, &QLineEdit::returnPressed, m_check, &QPushButton::click);
        m_check->setEnabled(false);
        break;
    case QuestionKind::Click:
        m_clicked = text(tr("Click in the picture."), "secondary");
        m_check->setEnabled(false);
        break;
    case QuestionKind::Order:
        addOrder(placed);
        break;
    }
    addButtons(q);
}

void QuestionCard::addChoices(const PlacedQuestion &placed)
{
    m_choices = new QButtonGroup(m_page);
    for (std::size_t i = 0; i < placed.options.size(); ++i) {
        auto *button = new OptionButton(QString::fromStdString(placed.options[i].text), m_page);
        m_choices->addButton(button, static_cast<int>(i));
        m_page->layout()->addWidget(button);
    }
    m_check->setEnabled(false);
    connect(m_choices, &QButtonGroup::idClicked, m_check, [this] { m_check->setEnabled(true); });
}

void QuestionCard::addOrder(const PlacedQuestion &placed)
{
    m_order = new QListWidget(m_page);
    m_order->setAccessibleName(tr("Put these into the order in which they happen"));
    m_order->setDragDropMode(QAbstractItemView::InternalMove);
    QStringList options;
    for (const PlacedOption &o : placed.options)
        options += QString::fromStdString(o.text);
    // Shown by name, so that the right order is not given away.
    std::sort(options.begin(), options.end());
    m_order->addItems(options);
    m_order->setCurrentRow(0);
    m_order->setMaximumHeight(static_cast<int>(m_shared.appearance.theme().px(30)) * std::max<int>(2, static_cast<int>(options.size())));
    m_page->layout()->addWidget(m_order);
    auto *row = new QHBoxLayout;
    const auto move = [this](int by) {
        const int from = m_order->currentRow(), to = from + by;
        if (from < 0 || to < 0 || to >= m_order->count())
            return;
        m_order->insertItem(to, m_order->takeItem(from));
        m_order->setCurrentRow(to);
    };
    auto *up = new QPushButton(tr("Earlier"), m_page);
    auto *down = new QPushButton(tr("Later"), m_page);
    up->setToolTip(tr("Move the marked line up"));
    down->setToolTip(tr("Move the marked line down"));
    connect(up, &QPushButton::clicked, this, [move] { move(-1); });
    connect(down, &QPushButton::clicked, this, [move] { move(1); });
    row->addWidget(up);
    row->addWidget(down);
    row->addStretch(1);
    static_cast<QVBoxLayout *>(m_page->layout())->addLayout(row);
}

void QuestionCard::addButtons(const LessonQuestion &question)
{
    auto *row = new QHBoxLayout;
    m_check->setObjectName(QStringLiteral("check"));
    m_check->setToolTip(tr("Check the prediction; then the step plays"));
    setRole(*m_check, "primary");
    connect(m_check, &QPushButton::clicked, this, [this] { m_session.answer(given()); });
    row->addWidget(m_check);
    if (!question.hint.empty()) {
        auto *hint = new QPushButton(tr("Hint"), m_page);
        setRole(*hint, "link");
        hint->setToolTip(tr("Show a hint"));
        QLabel *hintText = text(QString::fromStdString(question.hint), "secondary");
        hintText->hide();
        connect(hint, &QPushButton::clicked, hintText, [hint, hintText] {
            hintText->show();
            hint->setEnabled(false);
        });
        row->addWidget(hint);
    }
    row->addStretch(1);
    auto *skip = new QPushButton(tr("Skip"), m_page);
    skip->setObjectName(QStringLiteral("skip"));
    skip->setToolTip(tr("Go on without an answer"));
    setRole(*skip, "link");
    connect(skip, &QPushButton::clicked, &m_session, &LessonSession::skip);
    row->addWidget(skip);
    static_cast<QVBoxLayout *>(m_page->layout())->addLayout(row);
}

QString QuestionCard::given() const
{
    if (m_choices && m_choices->checkedId() >= 0)
        return QString::fromStdString(
            m_session.placed().questions[static_cast<std::size_t>(m_question)].options[static_cast<std::size_t>(m_choices->checkedId())].text);
    if (m_number)
        return m_number->text().trimmed();
    if (m_order) {
        QStringList lines;
        for (int i = 0; i < m_order->count(); ++i)
            lines += m_order->item(i)->text();
        return lines.join(QStringLiteral("; "));
    }
    return m_clicked ? m_session.clickedText() : QString();
}

void QuestionCard::showAnswer(int question)
{
    m_question = question;
    clear();
    const LessonQuestion &q = m_session.lesson().questions[static_cast<std::size_t>(question)];
    const PlacedQuestion &placed = m_session.placed().questions[static_cast<std::size_t>(question)];
    const GivenAnswer &answer = m_session.answers().at(question);
    if (answer.skipped)
        text(tr("What happened"), "accent");
    else if (answer.judgement.right)
        text(tr("✓ Right"), "good");
    else
        text(tr("✗ Not this time"), "danger");
    text(QString::fromStdString(q.ask), "section");
    const QString happened = QString::fromStdString(placed.answer);
    if (!answer.skipped)
        text(tr("You predicted: **%1**").arg(answer.given));
    text(tr("What happened: **%1**").arg(happened));
    if (!answer.judgement.explanation.empty())
        text(QString::fromStdString(answer.judgement.explanation));
    if (!answer.judgement.right && !answer.skipped && !q.explain.empty() && q.explain != answer.judgement.explanation)
        text(QString::fromStdString(q.explain));
}

} // namespace pyrena
