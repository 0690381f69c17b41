#pragma once

#include <QWidget>

#include "ui/appearance.h"

class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;
class QTreeView;

namespace pyrena {

class EventModel;
class StepModel;
class StepRows;
class StepSearchModel;

// The step tree in words, with a search. A click goes there.
class ChangesView : public QWidget
{
    Q_OBJECT
public:
    explicit ChangesView(Shared shared, QWidget *parent = nullptr);

    StepRows *model() const;                    // of what is shown now
    QTreeView *tree() const { return m_tree; }
    QListView *results() const { return m_results; }
    StepSearchModel *searchModel() const { return m_search; }
    void startSearch();                         // puts the keyboard into the search field

protected:
    void showEvent(QShowEvent *event) override;

private:
    void onTraceChanged();
    void onMoved();
    void follow();                              // shows the row of the playhead
    void goTo(const QModelIndex &index);
    void showSearchState();

    Shared m_shared;
    StepModel *m_model;                         // of a program
    EventModel *m_events;                       // of an allocator recording
    StepSearchModel *m_search;
    QLineEdit *m_field;
    QLabel *m_state;
    QStackedWidget *m_stack;
    QTreeView *m_tree;
    QListView *m_results;
    bool m_goingTo = false;                     // the move comes from a click here: nothing is opened or closed
    QPersistentModelIndex m_opened;             // the row follow() expanded last
};

} // namespace pyrena
