#pragma once

#include <QPlainTextEdit>

#include "ui/appearance.h"
#include "core/base/source.h"

#include <optional>

namespace pyrena {

class PythonHighlighter;

// Python text with line numbers. Editable (the sandbox) or read only (the program that ran, see CodeView).
class CodeEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    explicit CodeEditor(Appearance &appearance, QWidget *parent = nullptr);

    // Marks where something is wrong, puts the cursor there and shows the message beside it; none: nothing is wrong.
    void showProblem(const std::optional<Diagnostic> &problem);
    const std::optional<Diagnostic> &problem() const { return m_problem; }

    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

Q_SIGNALS:
    void runWanted();       // Ctrl+Return
    void lineClicked(int line);   // in the gutter; from 1

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    // Marks in the gutter and grounds of lines; the base marks only the problem.
    virtual void paintGutterMark(QPainter &painter, int line, const QRectF &rect);
    virtual QList<QTextEdit::ExtraSelection> grounds() const;
    void refreshGrounds();
    const Theme &theme() const { return m_appearance.theme(); }

private:
    friend class CodeGutter;
    void restyle();
    void indent(bool more);

    Appearance &m_appearance;
    QWidget *m_gutter;
    PythonHighlighter *m_highlighter;
    std::optional<Diagnostic> m_problem;
};

} // namespace pyrena
