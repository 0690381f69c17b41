#pragma once

#include <QWidget>

#include "ui/appearance.h"

class QLabel;
class QLineEdit;
class QListView;
class QStackedWidget;
class QTreeView;

namespace pyrena {

class StepModel;
class StepSearchModel;

// The step tree in words, with a search. A click goes there.
class ChangesView : public QWidget
{
    Q_OBJECT
public:
    explicit ChangesView(Shared shared, QWidget *parent = nullptr);

    StepModel *model() const { return m_model; }
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
    StepModel *m_model;
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
