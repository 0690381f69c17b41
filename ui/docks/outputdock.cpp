#include "ui/docks/outputdock.h"

#include "ui/playhead.h"
#include "ui/style.h"

#include <QLabel>
#include <QPlainTextEdit>
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
    connect(&shared.playhead, &Playhead::traceChanged, this, &OutputDock::rebuild);
    connect(&shared.playhead, &Playhead::moved, this, &OutputDock::rebuild);
    connect(&shared.appearance, &Appearance::themeChanged, this, &OutputDock::rebuild);
    rebuild();
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
    setInfo(playhead.hasTrace() && !error.isEmpty() ? tr("ended with an error") : QString());
}

} // namespace pyrena
