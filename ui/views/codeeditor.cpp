#include "ui/views/codeeditor.h"

#include "ui/style.h"
#include "ui/views/pythonhighlighter.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>

namespace pyrena {

namespace {
constexpr int kMarkWidth = 18;     // logical pixels before the line numbers
constexpr int kSpaces = 4;
} // namespace

class CodeGutter : public QWidget
{
public:
    explicit CodeGutter(CodeEditor *editor) : QWidget(editor), m_editor(editor) {}
    QSize sizeHint() const override { return {m_editor->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintGutter(event); }
    void mousePressEvent(QMouseEvent *event) override
    {
        const QTextBlock block = m_editor->cursorForPosition(QPoint(0, static_cast<int>(event->position().y()))).block();
        Q_EMIT m_editor->lineClicked(block.blockNumber() + 1);
    }

private:
    CodeEditor *m_editor;
};

CodeEditor::CodeEditor(Appearance &appearance, QWidget *parent) : QPlainTextEdit(parent), m_appearance(appearance)
{
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setAccessibleName(tr("Program"));
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(0);   // the ground of a line joins that of its number
    m_gutter = new CodeGutter(this);
    m_gutter->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    m_highlighter = new PythonHighlighter(document(), appearance.theme());
    connect(this, &QPlainTextEdit::blockCountChanged, this, [this] { setViewportMargins(gutterWidth(), 0, 0, 0); });
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (m_problem && !isReadOnly())
            showProblem({});
    });
    connect(&appearance, &Appearance::themeChanged, this, &CodeEditor::restyle);
    restyle();
}

void CodeEditor::restyle()
{
    // A style sheet on the window would win over setFont().
    const Theme &t = theme();
    setStyleSheet(QStringLiteral("font-family: '%1'; font-size: %2px;").arg(t.mono).arg(static_cast<int>(t.px(13.5))));
    setTabStopDistance(kSpaces * fontMetrics().horizontalAdvance(QLatin1Char(' ')));
    m_highlighter->setTheme(t);
    setViewportMargins(gutterWidth(), 0, 0, 0);
    refreshGrounds();
}

int CodeEditor::gutterWidth() const
{
    const int digits = std::max<int>(2, static_cast<int>(QString::number(blockCount()).size()));
    const QFontMetrics metrics(theme().monoFont(12));
    return static_cast<int>(theme().px(kMarkWidth)) + digits * metrics.horizontalAdvance(QLatin1Char('9'))
        + static_cast<int>(theme().px(12));
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    const QRect inside = contentsRect();
    m_gutter->setGeometry(inside.left(), inside.top(), gutterWidth(), inside.height());
}

void CodeEditor::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(event->rect(), theme().panel);
    QList<QTextEdit::ExtraSelection> lines = grounds();
    const double right = m_gutter->width() - theme().px(10);
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF area = blockBoundingGeometry(block).translated(contentOffset());
        if (area.top() > event->rect().bottom())
            break;
        const QRectF row(0, area.top(), m_gutter->width(), fontMetrics().height());
        for (const auto &ground : lines)
            if (ground.cursor.block() == block && ground.format.boolProperty(QTextFormat::FullWidthSelection))
                painter.fillRect(row, ground.format.background());
        painter.setPen(theme().secondary);
        painter.setFont(theme().monoFont(12));
        // On the baseline of the text: the last block is taller than its line.
        const QString number = QString::number(block.blockNumber() + 1);
        painter.drawText(QPointF(right - painter.fontMetrics().horizontalAdvance(number), row.top() + fontMetrics().ascent()), number);
        painter.save();
        paintGutterMark(painter, block.blockNumber() + 1, QRectF(0, row.top(), theme().px(kMarkWidth), fontMetrics().height()));
        painter.restore();
    }
}

void CodeEditor::paintGutterMark(QPainter &painter, int line, const QRectF &rect)
{
    if (!m_problem || m_problem->span.begin.line != static_cast<std::uint32_t>(line))
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().danger);
    const double r = theme().px(5.5);
    painter.drawEllipse(rect.center(), r, r);
    painter.setPen(theme().readableOn(theme().danger));
    painter.setFont(theme().font(9, QFont::Bold));
    painter.drawText(rect, Qt::AlignCenter, QStringLiteral("!"));
}

QList<QTextEdit::ExtraSelection> CodeEditor::grounds() const
{
    QList<QTextEdit::ExtraSelection> list;
    if (!m_problem || m_problem->span.begin.line == 0)
        return list;
    const QTextBlock block = document()->findBlockByNumber(static_cast<int>(m_problem->span.begin.line) - 1);
    if (!block.isValid())
        return list;
    QTextEdit::ExtraSelection at;
    // Columns count code points; QTextCursor counts UTF-16 units.
    const auto offset = [&block](std::uint32_t column) {
        const QString text = block.text();
        qsizetype unit = 0;
        for (std::uint32_t c = 1; c < column && unit < text.size(); ++c)
            unit += text[unit].isHighSurrogate() ? 2 : 1;
        return static_cast<int>(std::min(unit, text.size()));
    };
    at.cursor = QTextCursor(block);
    const int from = offset(std::max(1u, m_problem->span.begin.column));
    const bool oneLine = m_problem->span.end.line == m_problem->span.begin.line;
    int to = oneLine ? offset(m_problem->span.end.column) : block.length() - 1;
    if (to <= from)
        to = std::min(from + 1, block.length() - 1);
    at.cursor.setPosition(block.position() + from);
    at.cursor.setPosition(block.position() + std::max(from, to), QTextCursor::KeepAnchor);
    at.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    at.format.setUnderlineColor(theme().danger);
    at.format.setForeground(theme().dangerText);
    QTextEdit::ExtraSelection line;
    line.cursor = QTextCursor(block);
    line.format.setBackground(mixed(theme().danger, theme().panel, 0.12));
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    return {line, at};
}

void CodeEditor::refreshGrounds()
{
    setExtraSelections(grounds());
    m_gutter->update();
}

void CodeEditor::showProblem(const std::optional<Diagnostic> &problem)
{
    m_problem = problem;
    if (problem && problem->span.begin.line > 0) {
        const QTextBlock block = document()->findBlockByNumber(static_cast<int>(problem->span.begin.line) - 1);
        if (block.isValid()) {
            QTextCursor cursor(block);
            const int column = static_cast<int>(std::max(1u, problem->span.begin.column)) - 1;
            cursor.setPosition(block.position() + std::min(column, block.length() - 1));
            setTextCursor(cursor);
            ensureCursorVisible();
        }
    }
    refreshGrounds();
}

void CodeEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && (event->modifiers() & Qt::ControlModifier)) {
        Q_EMIT runWanted();
        return;
    }
    if (!isReadOnly()) {
        if (event->key() == Qt::Key_Tab && event->modifiers() == Qt::NoModifier)
            return indent(true);
        if (event->key() == Qt::Key_Backtab)
            return indent(false);
        if (enter && event->modifiers() == Qt::NoModifier) {
            // The next line starts where this one does, deeper after a colon.
            const QString text = textCursor().block().text().left(textCursor().positionInBlock());
            qsizetype spaces = 0;
            while (spaces < text.size() && text[spaces] == QLatin1Char(' '))
                ++spaces;
            if (text.trimmed().endsWith(QLatin1Char(':')))
                spaces += kSpaces;
            textCursor().insertText(QLatin1Char('\n') + QString(spaces, QLatin1Char(' ')));
            ensureCursorVisible();
            return;
        }
    }
    QPlainTextEdit::keyPressEvent(event);
}

// A dropped file is opened by the window, not pasted as its name.
bool CodeEditor::canInsertFromMimeData(const QMimeData *source) const
{
    return !source->hasUrls() && QPlainTextEdit::canInsertFromMimeData(source);
}

void CodeEditor::indent(bool more)
{
    QTextCursor cursor = textCursor();
    if (more && !cursor.hasSelection()) {
        cursor.insertText(QString(kSpaces - cursor.positionInBlock() % kSpaces, QLatin1Char(' ')));
        return;
    }
    const int last = document()->findBlock(cursor.selectionEnd()).blockNumber();
    cursor.beginEditBlock();
    for (QTextBlock block = document()->findBlock(cursor.selectionStart()); block.isValid() && block.blockNumber() <= last;
         block = block.next()) {
        QTextCursor at(block);
        if (more) {
            at.insertText(QString(kSpaces, QLatin1Char(' ')));
            continue;
        }
        int spaces = 0;
        while (spaces < kSpaces && spaces < block.text().size() && block.text()[spaces] == QLatin1Char(' '))
            ++spaces;
        at.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor, spaces);
        at.removeSelectedText();
    }
    cursor.endEditBlock();
}

} // namespace pyrena
