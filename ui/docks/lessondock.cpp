#include "ui/docks/lessondock.h"

#include "ui/docks/lessonsession.h"
#include "ui/docks/questioncard.h"
#include "ui/playhead.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace pyrena {

namespace {

constexpr qsizetype kLongestHeading = 56;

// "The name is gone. The list stays." has a first sentence that can stand above the rest.
qsizetype endOfFirstSentence(const QString &text)
{
    bool code = false;
    for (qsizetype i = 0; i < text.size() && i <= kLongestHeading; ++i) {
        if (text[i] == QLatin1Char('`'))
            code = !code;
        else if (!code && (text[i] == QLatin1Char('.') || text[i] == QLatin1Char('!')) && i + 1 < text.size() && text[i + 1].isSpace())
            return i + 1;
    }
    return 0;
}

} // namespace

LessonDock::LessonDock(LessonSession &session, Shared shared, QWidget *parent)
    : PanelDock(QStringLiteral("lesson"), tr("Lesson"), shared, parent), m_session(session)
{
    auto *page = new QWidget(this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(6, 0, 4, 0);
    column->setSpacing(8);
    m_heading = new QLabel(page);
    m_narration = new QLabel(page);
    for (QLabel *label : {m_heading, m_narration}) {
        label->setTextFormat(Qt::MarkdownText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
        column->addWidget(label);
    }
    m_narration->setObjectName(QStringLiteral("narration"));
    m_card = new QuestionCard(session, shared, page);
    column->addWidget(m_card);
    column->addStretch(1);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("What the lesson says"));
    m_scroll->setWidget(page);
    body()->addWidget(m_scroll, 1);

    auto *row = new QHBoxLayout;
    m_previous = new QPushButton(tr("Back"), this);
    m_previous->setObjectName(QStringLiteral("previousScene"));
    m_previous->setToolTip(tr("To the previous scene (Ctrl+Page Up)"));
    m_previous->setAccessibleName(tr("Previous scene"));
    m_next = new QPushButton(tr("Next"), this);
    m_next->setObjectName(QStringLiteral("nextScene"));
    m_next->setToolTip(tr("To the next scene (Ctrl+Page Down)"));
    m_next->setAccessibleName(tr("Next scene"));
    m_place = new QLabel(this);
    m_place->setAlignment(Qt::AlignCenter);
    row->addWidget(m_previous);
    row->addWidget(m_place, 1);
    row->addWidget(m_next);
    body()->addLayout(row);

    connect(m_previous, &QPushButton::clicked, &session, &LessonSession::previousScene);
    connect(m_next, &QPushButton::clicked, this, [this] {
        if (m_session.active() && m_session.atLastScene() && m_session.question() < 0)
            Q_EMIT lessonFinished();
        else
            m_session.nextScene();
    });
    connect(&session, &LessonSession::changed, this, &LessonDock::refresh);
    connect(&shared.playhead, &Playhead::traceChanged, this, &LessonDock::refresh);
    connect(&shared.appearance, &Appearance::themeChanged, this, &LessonDock::refresh);
    refresh();
}

void LessonDock::refresh()
{
    setRole(*m_heading, "heading");
    setRole(*m_place, "secondary");
    setRole(*m_next, m_session.active() && m_session.question() < 0 ? "primary" : "plain");
    const bool active = m_session.active();
    m_previous->setVisible(active);
    m_next->setVisible(active);
    m_place->setVisible(active);
    m_card->setVisible(false);
    m_narration->setStyleSheet(QStringLiteral("font-size: %1px;").arg(static_cast<int>(theme().px(14))));
    if (!active) {
        setInfo(QString());
        m_narrationText = m_shared.playhead.replay() ? tr("This is a recording of a real process: it has no lesson.")
            : tr("This is a script of your own: step through it and look. Lessons are on the start page.");
        m_heading->hide();
        m_narration->setText(m_narrationText);
        return;
    }
    const Lesson &lesson = m_session.lesson();
    const LessonScene *scene = m_session.currentScene();
    QString heading;
    m_narrationText = QString::fromStdString(scene ? scene->narration : lesson.opening).trimmed();
    QString rest = m_narrationText;
    if (!scene) {
        heading = QString::fromStdString(lesson.title);
    } else if (const qsizetype end = endOfFirstSentence(rest)) {
        heading = rest.left(end);
        rest = rest.mid(end).trimmed();
    }
    m_heading->setText(heading);
    m_heading->setVisible(!heading.isEmpty());
    m_narration->setText(rest);
    m_narration->setVisible(!rest.isEmpty());
    if (m_session.question() >= 0) {
        m_card->showQuestion(m_session.question());
        m_card->show();
    } else if (m_session.lastAnswered() >= 0) {
        m_card->showAnswer(m_session.lastAnswered());
        m_card->show();
    }
    m_previous->setEnabled(m_session.scene() >= 0);
    m_next->setEnabled(m_session.question() < 0);
    m_next->setText(m_session.atLastScene() ? tr("Finish") : tr("Next"));
    m_place->setText(tr("scene %1 of %2").arg(m_session.scene() + 1).arg(m_session.sceneCount()));
    setInfo(QString::fromStdString(lesson.title));
    if (m_card->isVisibleTo(this))
        QTimer::singleShot(0, m_scroll, [this] { m_scroll->ensureWidgetVisible(m_card, 0, 0); });
    else
        m_scroll->verticalScrollBar()->setValue(0);
}

} // namespace pyrena
