#include "ui/views/codeview.h"

#include "core/python/syntax/anchors.h"
#include "ui/models/place.h"
#include "ui/playhead.h"
#include "ui/selection.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>

#include <algorithm>

namespace pyrena {

namespace {

int lineOfChange(const Trace &trace, std::uint32_t change)
{
    const StepId statement = trace.steps.statementOf(trace.steps.stepAt(change));
    return statement ? static_cast<int>(trace.steps[statement].span.begin.line) : 0;
}

// The statement that change number `change` belongs to, or the first one after it.
int lineFrom(const Trace &trace, std::uint32_t change)
{
    if (const int line = lineOfChange(trace, change))
        return line;
    const auto &steps = trace.steps.all();
    auto step = std::lower_bound(steps.begin(), steps.end(), change, [](const Step &s, std::uint32_t c) { return s.begin < c; });
    step = std::find_if(step, steps.end(), [](const Step &s) { return s.kind == StepKind::Statement; });
    return step == steps.end() ? 0 : static_cast<int>(step->span.begin.line);
}

} // namespace

CodeView::CodeView(Shared shared, QWidget *parent) : CodeEditor(shared.appearance, parent), m_shared(shared)
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Program, with the line being run"));
    setToolTip(tr("Click on a line to go to the next time it runs"));
    viewport()->setCursor(Qt::ArrowCursor);
    setPlaceholderText(tr("The program stands here once one is loaded."));
    connect(this, &CodeEditor::lineClicked, this, &CodeView::goTo);
    connect(&shared.playhead, &Playhead::traceChanged, this, &CodeView::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &CodeView::onMoved);
    connect(&shared.selection, &Selection::changed, this, [this] { refreshGrounds(); });
    onTraceChanged();
}

void CodeView::onTraceChanged()
{
    const Playhead &playhead = m_shared.playhead;
    showProblem({});
    QString text;
    if (playhead.hasTrace())
        text = QString::fromStdString(hideAnchors(playhead.trace().recipe.source));
    while (text.endsWith(QLatin1Char('\n')))
        text.chop(1);
    if (text != toPlainText())
        setPlainText(text);
    onMoved();
}

void CodeView::onMoved()
{
    const Playhead &playhead = m_shared.playhead;
    m_current = m_next = 0;
    if (playhead.hasTrace()) {
        if (playhead.position() > 0)
            m_current = lineOfChange(playhead.trace(), playhead.position() - 1);
        if (!playhead.atEnd())
            m_next = lineFrom(playhead.trace(), playhead.position());
    }
    showLine();
    refreshGrounds();
}

void CodeView::showLine()
{
    const int line = m_current ? m_current : m_next;
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (line <= 0 || !block.isValid() || textCursor().hasSelection())
        return;
    setTextCursor(QTextCursor(block));
    ensureCursorVisible();
}

// What the panel shows below may leave less room than there was when the playhead moved.
void CodeView::resizeEvent(QResizeEvent *event)
{
    CodeEditor::resizeEvent(event);
    showLine();
}

void CodeView::goTo(int line)
{
    const Playhead &playhead = m_shared.playhead;
    if (!playhead.hasTrace())
        return;
    m_shared.selection.select(SelectedLine{static_cast<std::uint32_t>(line)});
    m_shared.playhead.seek(nextExecutionOf(playhead.trace(), static_cast<std::uint32_t>(line), playhead.position()));
}

void CodeView::mouseReleaseEvent(QMouseEvent *event)
{
    CodeEditor::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection())
        goTo(cursorForPosition(event->position().toPoint()).blockNumber() + 1);
}

void CodeView::paintGutterMark(QPainter &painter, int line, const QRectF &rect)
{
    CodeEditor::paintGutterMark(painter, line, rect);
    if (line != m_current && line != m_next)
        return;
    const double s = theme().px(4.5);
    const QPointF c = rect.center() + QPointF(theme().px(1), 0);
    QPainterPath triangle(c + QPointF(-s * 0.8, -s));
    triangle.lineTo(c + QPointF(s, 0));
    triangle.lineTo(c + QPointF(-s * 0.8, s));
    triangle.closeSubpath();
    if (line == m_current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().danger);
    } else {
        painter.setPen(QPen(theme().secondary, theme().px(1.2)));
        painter.setBrush(Qt::NoBrush);
    }
    painter.drawPath(triangle);
}

QList<QTextEdit::ExtraSelection> CodeView::grounds() const
{
    QList<QTextEdit::ExtraSelection> list = CodeEditor::grounds();
    const auto add = [&](int line, const QColor &color) {
        const QTextBlock block = document()->findBlockByNumber(line - 1);
        if (line <= 0 || !block.isValid())
            return;
        QTextEdit::ExtraSelection ground;
        ground.cursor = QTextCursor(block);
        ground.format.setBackground(color);
        ground.format.setProperty(QTextFormat::FullWidthSelection, true);
        list.prepend(ground);
    };
    if (const auto *selected = std::get_if<SelectedLine>(&m_shared.selection.selected()))
        add(static_cast<int>(selected->line), mixed(theme().accent, theme().panel, 0.08));
    add(m_current, theme().currentLine);
    return list;
}

} // namespace pyrena
