#include "ui/views/memorybar.h"

#include "ui/playhead.h"
#include "ui/selection.h"
#include "ui/style.h"
#include "ui/views/figureview.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace pyrena {

MemoryBar::MemoryBar(Shared shared, FigureView &view, QWidget *parent) : QWidget(parent), m_shared(shared), m_view(view)
{
    setObjectName(QStringLiteral("memoryBar"));
    auto *label = new QLabel(tr("Co&lour by"), this);
    setRole(*label, "secondary");
    m_colors = new QComboBox(this);
    m_colors->setObjectName(QStringLiteral("memoryColors"));
    // In the order of ColorBy.
    m_colors->addItems({tr("type"), tr("age"), tr("size class"), tr("generation")});
    m_colors->setAccessibleName(tr("What the colours of the blocks say"));
    m_colors->setToolTip(tr("Colour the blocks by type, by age, by size class or by generation (C in the picture: the next one)"));
    label->setBuddy(m_colors);
    m_field = new QLineEdit(this);
    m_field->setObjectName(QStringLiteral("memorySearch"));
    m_field->setPlaceholderText(tr("Find an address or an object"));
    m_field->setAccessibleName(tr("Find an address or an object in memory"));
    m_field->setToolTip(tr("An address (0x7f3a10002030 or decimal, also inside of a block), a label (list#1), a name, a type or a text; "
                           "Return goes to the next one, Shift+Return to the one before (Ctrl+F in the picture)"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    m_message = new QLabel(this);
    m_message->setObjectName(QStringLiteral("memorySearchMessage"));
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->hide();

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(label);
    row->addWidget(m_colors);
    row->addStretch(1);
    row->addWidget(m_field, 2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 2);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_message);

    connect(m_colors, &QComboBox::currentIndexChanged, this, [this] {
        m_view.setColorBy(colorBy());
        Q_EMIT colorByChanged(colorBy());
    });
    connect(m_field, &QLineEdit::textEdited, this, [this] { m_message->hide(); });
    connect(&view, &FigureView::findWanted, this, &MemoryBar::startSearch);
    connect(&view, &FigureView::nextColorsWanted, this, &MemoryBar::nextColors);
    connect(&shared.playhead, &Playhead::traceChanged, this, [this] {
        m_text.clear();
        m_message->hide();
    });
}

ColorBy MemoryBar::colorBy() const { return static_cast<ColorBy>(std::clamp(m_colors->currentIndex(), 0, kColorBys - 1)); }

void MemoryBar::setColorBy(ColorBy by) { m_colors->setCurrentIndex(static_cast<int>(by)); }

void MemoryBar::nextColors() { m_colors->setCurrentIndex((m_colors->currentIndex() + 1) % kColorBys); }

void MemoryBar::startSearch()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

bool MemoryBar::search(const QString &text, int direction)
{
    if (!m_shared.playhead.hasTrace() || text.trimmed().isEmpty())
        return false;
    const std::uint32_t position = m_shared.playhead.position();
    if (text != m_text || position != m_position) {
        m_found = searchMemory(m_shared.playhead.trace(), m_shared.playhead.world(), text);
        m_text = text;
        m_position = position;
        m_current = direction < 0 && !m_found.matches.empty() ? m_found.matches.size() - 1 : 0;
    } else if (!m_found.matches.empty()) {
        const std::size_t n = m_found.matches.size();
        m_current = (m_current + (direction < 0 ? n - 1 : 1)) % n;
    }
    if (m_found.matches.empty()) {
        show(m_found.message, false);
        return false;
    }
    const MemoryMatch &match = m_found.matches[m_current];
    m_shared.selection.select(match.what);
    m_view.showSelected();
    show(m_found.matches.size() == 1 ? match.sentence
                                     : tr("%1 of %2%3: %4").arg(m_current + 1).arg(m_found.matches.size())
                                           .arg(m_found.more ? QStringLiteral("+") : QString(), match.sentence), true);
    return true;
}

QString MemoryBar::message() const { return m_message->isHidden() ? QString() : m_message->text(); }

void MemoryBar::show(const QString &message, bool found)
{
    m_message->setText(message);
    m_message->setAccessibleName(message);
    setRole(*m_message, found ? "secondary" : "danger");
    m_message->show();
}

bool MemoryBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            search(m_field->text(), key->modifiers() & Qt::ShiftModifier ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_message->hide();
            m_view.setFocus(Qt::ShortcutFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace pyrena
