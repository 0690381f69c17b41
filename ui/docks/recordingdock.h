#pragma once

#include "ui/docks/paneldock.h"

class QGridLayout;
class QLabel;
class QListWidget;
class QScrollArea;

namespace pyrena {

// What a recorded process was and how far the model agrees with it: the place of the lesson and the program, when the
// window shows an allocator recording.
class RecordingDock : public PanelDock
{
    Q_OBJECT
public:
    explicit RecordingDock(Shared shared, QWidget *parent = nullptr);

    struct Fact { QString label, value; bool good = false, bad = false; };
    const std::vector<Fact> &facts() const { return m_facts; }
    QListWidget *marks() const { return m_marks; }

private:
    void onTraceChanged();
    void showPlace();
    void rebuild();

    std::vector<Fact> m_facts;
    QScrollArea *m_scroll;
    QLabel *m_place = nullptr;
    QLabel *m_marksTitle;
    QListWidget *m_marks;
};

// "The first 1,200 of 34,824 requests": when a recording was too long to be shown whole; else empty.
QString shortenedText(const struct RecordedReplay &replay);

} // namespace pyrena
