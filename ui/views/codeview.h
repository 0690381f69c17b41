#pragma once

#include "ui/views/codeeditor.h"

namespace pyrena {

// The program that ran, read only: the statement of the last change (▶), the one that comes next, and a click on a line
// that goes to its next execution.
class CodeView : public CodeEditor
{
    Q_OBJECT
public:
    explicit CodeView(Shared shared, QWidget *parent = nullptr);

    int currentLine() const { return m_current; }   // 0: none
    int nextLine() const { return m_next; }         // 0: none

protected:
    void paintGutterMark(QPainter &painter, int line, const QRectF &rect) override;
    QList<QTextEdit::ExtraSelection> grounds() const override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void onTraceChanged();
    void onMoved();
    void goTo(int line);
    void showLine();

    Shared m_shared;
    int m_current = 0, m_next = 0;
};

} // namespace pyrena
