#pragma once

#include <QFrame>

#include "ui/appearance.h"

#include <vector>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace pyrena {

class ChangesView;
class FigureView;
class MemoryBar;
class PlotsView;
class SeriesSource;

// The middle of the window: the figures, the step list and the plots as tabs, or two of the pictures side by side. An
// allocator recording knows neither objects nor collections: their tabs are hidden then.
class Stage : public QFrame
{
    Q_OBJECT
public:
    Stage(Shared shared, SeriesSource &source, QWidget *parent = nullptr);

    enum Tab { ObjectsTab, MemoryTab, CollectorTab, ChangesTab, PlotsTab };   // ChangesTab is no picture

    FigureView *objects() const { return m_figures[0]; }
    FigureView *memory() const { return m_figures[1]; }
    FigureView *collector() const { return m_figures[2]; }
    const std::vector<FigureView *> &figures() const { return m_figures; }
    FigureView *currentFigure() const;          // the one with the focus, or the front one; never null
    ChangesView *changes() const { return m_changes; }
    MemoryBar *memoryBar() const { return m_memoryBar; }
    PlotsView *plots() const { return m_plots; }
    QSize pictureSize() const;                  // of the one in front

    int tab() const;
    void setTab(int tab);
    bool sideBySide() const { return m_sideBySide; }
    void setSideBySide(bool on);
    // Two pictures side by side, `first` in front when they are not; requires: neither is Changes.
    void showPair(int first, int second);
    // The front figure of another run beside that of this one, until called with null. `other` outlives the stage.
    void compareWith(const Shared *other);
    bool comparing() const { return !m_beside.empty(); }
    // Of the other run, by tab; empty when there is none.
    const std::vector<FigureView *> &besideFigures() const { return m_beside; }

Q_SIGNALS:
    void fullStageWanted();
    void layoutChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void arrange();
    void followDocument();
    QWidget *picture(int tab) const;            // null for Changes
    void restyle();

    Shared m_shared;
    QTabBar *m_tabs;
    QToolButton *m_split, *m_full;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    QWidget *m_runTitles;                       // above the two runs: which Python each is
    QLabel *m_firstTitle, *m_secondTitle;
    std::vector<FigureView *> m_figures;
    std::vector<FigureView *> m_beside;         // the same of the other run
    MemoryBar *m_memoryBar;                     // shown with the Memory figure
    ChangesView *m_changes;
    PlotsView *m_plots;
    bool m_ofRecording = false;
    bool m_sideBySide = false;
    int m_front = ObjectsTab;                   // the figure in front, or behind the step list
    int m_partner = MemoryTab;                  // shown beside the front figure when side by side
};

} // namespace pyrena
