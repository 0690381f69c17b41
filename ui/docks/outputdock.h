#pragma once

#include "ui/docks/paneldock.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace pyrena {

// What the program has printed up to the playhead, and the error it ended with.
class OutputDock : public PanelDock
{
    Q_OBJECT
public:
    explicit OutputDock(Shared shared, QWidget *parent = nullptr);
    QString text() const;

private:
    void rebuild();

    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
};

} // namespace pyrena
