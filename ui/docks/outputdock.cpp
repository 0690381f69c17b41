#include "ui/docks/outputdock.h"

#include "core/trace/staleids.h"
#include "ui/playhead.h"
#include "ui/style.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace pyrena {

namespace {
constexpr qsizetype kMaxShown = 200'000;   // characters; the end of a longer output
}

OutputDock::OutputDock(Shared shared, QWidget *parent) : PanelDock(QStringLiteral("output"), tr("Output"), shared, parent)
{
    m_stack = new QStackedWidget(this);
    auto *empty = new QLabel(tr("nothing printed yet"), this);
    setRole(*empty, "faint");
    empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    empty->setContentsMargins(6, 0, 0, 0);
    m_text = new QPlainTextEdit(this);
    m_text->setReadOnly(true);
    m_text->setAccessibleName(tr("What the program has printed"));
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_stack->addWidget(empty);
    m_stack->addWidget(m_text);
    body()->addWidget(m_stack);
    // The last lines stay in view when the panel becomes lower.
    QScrollBar *bar = m_text->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [bar](int, int end) { bar->setValue(end); });
    connect(&shared.playhead, &Playhead::traceChanged, this, &OutputDock::readTrace);
    connect(&shared.playhead, &Playhead::moved, this, &OutputDock::rebuild);
    connect(&shared.appearance, &Appearance::themeChanged, this, &OutputDock::rebuild);
    readTrace();
}

OutputDock::~OutputDock() = default;

void OutputDock::readTrace()
{
    m_staleIds.reset();
    if (m_shared.playhead.hasTrace())
        m_staleIds = std::make_unique<StaleIds>(m_shared.playhead.trace());
    rebuild();
}

int OutputDock::markStaleIds()
{
    if (!m_staleIds || m_staleIds->none())
        return 0;
    const Playhead &playhead = m_shared.playhead;
    const Trace &trace = playhead.trace();
    const World &world = playhead.world();
    static const QRegularExpression number(QStringLiteral("0x[0-9a-fA-F]+|[0-9]{5,}"));
    QTextCharFormat stale;
    stale.setForeground(theme().dangerText);
    stale.setFontStrikeOut(true);
    qsizetype whole = 0;
    for (const TextId piece : world.output)
        whole += QString::fromStdString(trace.text(piece)).size();
    qsizetype at = -std::max<qsizetype>(0, whole - kMaxShown);   // of the piece, in what is shown
    int marked = 0;
    for (std::size_t i = 0; i < world.output.size(); ++i) {
        const QString text = QString::fromStdString(trace.text(world.output[i]));
        for (auto match = number.globalMatch(text); match.hasNext();) {
            const QRegularExpressionMatch found = match.next();
            const qulonglong value = found.captured().toULongLong(nullptr, 0);   // 0: as Python writes it
            const ObjectId owner = m_staleIds->formerOwner(value, m_staleIds->printedAt(i), world, playhead.position());
            if (!owner || at + found.capturedStart() < 0)
                continue;
            stale.setToolTip(tr("stale: it was the id of %1, which has moved").arg(QString::fromStdString(trace.label(owner))));
            QTextCursor cursor(m_text->document());
            cursor.setPosition(int(at + found.capturedStart()));
            cursor.setPosition(int(at + found.capturedEnd()), QTextCursor::KeepAnchor);
            cursor.setCharFormat(stale);
            ++marked;
        }
        at += text.size();
    }
    return marked;
}

QString OutputDock::text() const
{
    return m_text->toPlainText();
}

void OutputDock::rebuild()
{
    const Playhead &playhead = m_shared.playhead;
    QString printed, error;
    if (playhead.hasTrace()) {
        std::string all;
        for (const TextId piece : playhead.world().output)
            all += playhead.trace().text(piece);
        printed = QString::fromStdString(all).right(kMaxShown);
        if (playhead.atEnd())
            error = QString::fromStdString(playhead.trace().errorText);
    }
    m_stack->setCurrentIndex(printed.isEmpty() && error.isEmpty() ? 0 : 1);
    m_text->setStyleSheet(QStringLiteral("font-family: '%1'; font-size: %2px;").arg(theme().mono).arg(static_cast<int>(theme().px(12.5))));
    m_text->clear();
    QTextCharFormat normal, danger;
    normal.setForeground(theme().ink);
    danger.setForeground(theme().dangerText);
    QTextCursor cursor(m_text->document());
    cursor.insertText(printed, normal);
    if (!error.isEmpty())
        cursor.insertText((printed.isEmpty() || printed.endsWith(QLatin1Char('\n')) ? QString() : QStringLiteral("\n")) + error, danger);
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    const int stale = markStaleIds();
    setInfo(playhead.hasTrace() && !error.isEmpty() ? tr("ended with an error")
            : stale > 0                             ? (stale == 1 ? tr("1 id is stale") : tr("%1 ids are stale").arg(stale))
                                                    : QString());
}

} // namespace pyrena
