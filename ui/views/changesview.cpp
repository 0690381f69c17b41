#include "ui/views/changesview.h"

#include "ui/models/eventmodel.h"
#include "ui/models/stepmodel.h"
#include "ui/models/stepsearchmodel.h"
#include "ui/playhead.h"
#include "ui/style.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace pyrena {

ChangesView::ChangesView(Shared shared, QWidget *parent) : QWidget(parent), m_shared(shared)
{
    m_model = new StepModel(this);
    m_events = new EventModel(this);
    m_search = new StepSearchModel(this);

    m_field = new QLineEdit(this);
    m_field->setPlaceholderText(tr("Search the steps, for example: dies"));
    m_field->setAccessibleName(tr("Search the steps"));
    m_field->setToolTip(tr("Show only the steps whose sentence holds this text (Ctrl+F)"));
    m_field->setClearButtonEnabled(true);
    m_state = new QLabel(this);
    setRole(*m_state, "secondary");
    m_state->hide();

    m_tree = new QTreeView(this);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Steps"));
    m_tree->setUniformRowHeights(true);
    m_tree->setHeaderHidden(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->header()->setStretchLastSection(false);
    m_results = new QListView(this);
    m_results->setModel(m_search);
    m_results->setUniformItemSizes(true);
    m_results->setAccessibleName(tr("Steps found"));

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_results);
    auto *empty = new QLabel(tr("The steps of a program stand here once it has run."), this);
    empty->setWordWrap(true);
    empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    setRole(*empty, "faint");
    m_stack->addWidget(empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->addWidget(m_field);
    layout->addWidget(m_state);
    layout->addWidget(m_stack, 1);

    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_search->search(text);
        showSearchState();
    });
    connect(m_search, &StepSearchModel::progressed, this, &ChangesView::showSearchState);
    connect(m_search, &StepSearchModel::finished, this, &ChangesView::showSearchState);
    connect(m_search, &QAbstractItemModel::rowsInserted, this, &ChangesView::showSearchState);
    connect(m_tree, &QTreeView::clicked, this, &ChangesView::goTo);
    connect(m_tree, &QTreeView::activated, this, &ChangesView::goTo);
    connect(m_results, &QListView::clicked, this, &ChangesView::goTo);
    connect(m_results, &QListView::activated, this, &ChangesView::goTo);
    connect(&shared.playhead, &Playhead::traceChanged, this, &ChangesView::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &ChangesView::onMoved);
    onTraceChanged();
}

void ChangesView::startSearch()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

StepRows *ChangesView::model() const
{
    return m_shared.playhead.replay() ? static_cast<StepRows *>(m_events) : m_model;
}

void ChangesView::onTraceChanged()
{
    m_opened = QPersistentModelIndex();
    const auto replay = m_shared.playhead.replay();
    m_model->setTrace(replay ? nullptr : m_shared.playhead.sharedTrace());
    m_events->setReplay(replay);
    if (m_tree->model() != model())
        m_tree->setModel(model());
    // The view forgets its columns with its model.
    m_tree->header()->setSectionResizeMode(StepRows::SentenceColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(StepRows::LineColumn, QHeaderView::Fixed);
    m_tree->header()->resizeSection(StepRows::LineColumn, static_cast<int>(m_shared.appearance.theme().px(replay ? 84 : 48)));
    m_search->setTrace(m_shared.playhead.sharedTrace());
    showSearchState();
    onMoved();
}

void ChangesView::onMoved()
{
    model()->setPosition(m_shared.playhead.position());
    if (isVisible())
        follow();
}

void ChangesView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    follow();
}

void ChangesView::follow()
{
    if (!m_shared.playhead.hasTrace())
        return;
    const Granularity granularity = m_shared.playhead.granularity();
    QModelIndex row = model()->indexAt(m_shared.playhead.position(), granularity);
    if (m_goingTo) {
        while (row.isValid() && row.parent().isValid() && !m_tree->isExpanded(row.parent()))
            row = row.parent();
    } else {
        // Opens what holds the row, and closes what the last move had opened.
        QModelIndex top = row;
        while (top.parent().isValid())
            top = top.parent();
        if (m_opened.isValid() && m_opened != top)
            m_tree->collapse(m_opened);
        if (top.isValid() && top != row && m_opened != top) {
            if (!m_tree->isExpanded(top))
                m_opened = top;
        }
        for (QModelIndex i = row.parent(); i.isValid(); i = i.parent())
            m_tree->expand(i);
    }
    if (row.isValid()) {
        m_tree->setCurrentIndex(row);
        m_tree->scrollTo(row);
    } else {
        m_tree->clearSelection();
        m_tree->setCurrentIndex({});
    }
}

void ChangesView::goTo(const QModelIndex &index)
{
    const QVariant end = index.data(StepModel::EndRole);
    if (!end.isValid())
        return;
    m_goingTo = true;
    m_shared.playhead.seek(end.toUInt());
    m_goingTo = false;
}

void ChangesView::showSearchState()
{
    const bool searching = !m_field->text().trimmed().isEmpty();
    if (!m_shared.playhead.hasTrace())
        m_stack->setCurrentIndex(2);
    else
        m_stack->setCurrentIndex(searching ? 1 : 0);
    m_state->setVisible(searching);
    if (!searching)
        return;
    const int found = m_search->rowCount();
    if (m_search->searching())
        m_state->setText(tr("searching, %1 %, %n found so far", nullptr, found).arg(static_cast<int>(100 * m_search->progress())));
    else if (found >= StepSearchModel::kMaxResults)
        m_state->setText(tr("the first %n", nullptr, found));
    else
        m_state->setText(found == 0 ? tr("no step says that") : tr("%n step(s) found", nullptr, found));
}

} // namespace pyrena
