#pragma once

#include "ui/docks/paneldock.h"

#include <memory>

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
    ~OutputDock() override;
    QString text() const;

private:
    void rebuild();
    int markStaleIds();   // strikes out what was an object's id before it moved; how many
    void readTrace();

    QStackedWidget *m_stack;
    QPlainTextEdit *m_text;
    std::unique_ptr<class StaleIds> m_staleIds;
};

} // namespace pyrena
