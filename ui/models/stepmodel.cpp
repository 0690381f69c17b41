#include "ui/models/stepmodel.h"

#include "core/explain/explain.h"

#include <QFont>

#include <algorithm>

namespace pyrena {

void StepModel::setTrace(std::shared_ptr<const Trace> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    m_rows.clear();
    m_rowOfStep.clear();
    m_current = QPersistentModelIndex();
    m_position = 0;
    m_root = StepId();
    if (m_trace && !m_trace->steps.empty()) {
        const Step &first = m_trace->steps[StepId(0)];
        if (first.kind == StepKind::Program && first.last == m_trace->steps.size())
            m_root = StepId(0);
    }
    endResetModel();
}

void StepModel::setPosition(std::uint32_t position)
{
    if (position == m_position)
        return;
    const std::uint32_t before = m_position;
    m_position = position;
    // What lies between is done or not done any more: announced at the top level, whose rows are all that is cheap to know.
    const QModelIndex a = indexAt(std::min(before, position), Granularity::Line);
    const QModelIndex b = indexAt(std::max(before, position), Granularity::Line);
    const auto topRow = [](QModelIndex i) {
        while (i.parent().isValid())
            i = i.parent();
        return i.isValid() ? i.row() : 0;
    };
    const int rows = rowCount();
    if (rows == 0)
        return;
    const int from = topRow(a), to = std::min(topRow(b), rows - 1);
    Q_EMIT dataChanged(index(from, 0), index(to, ColumnCount - 1), {Qt::FontRole, Qt::ForegroundRole});
    if (m_current.isValid())
        Q_EMIT dataChanged(m_current, m_current, {Qt::FontRole});
    m_current = indexAt(position, Granularity::Operation);
    if (m_current.isValid())
        Q_EMIT dataChanged(m_current, m_current, {Qt::FontRole});
}

const StepModel::Rows &StepModel::rowsOf(std::uint32_t step) const
{
    if (const auto found = m_rows.find(step); found != m_rows.end())
        return found->second;
    Rows rows;
    if (m_trace) {
        const StepTree &steps = m_trace->steps;
        const bool top = step == kTop;
        const StepId inside = top ? m_root : StepId(step);
        std::uint32_t cursor = inside ? steps[inside].begin : 0;
        const std::uint32_t end = inside ? steps[inside].end : m_trace->changeCount();
        const std::uint32_t lastStep = inside ? steps[inside].last : steps.size();
        for (std::uint32_t child = inside ? inside.value + 1 : 0; child < lastStep; child = steps[StepId(child)].last) {
            const Step &s = steps[StepId(child)];
            for (; cursor < s.begin; ++cursor)
                rows.push_back({cursor, true});
            m_rowOfStep.emplace(child, static_cast<int>(rows.size()));
            rows.push_back({child, false});
            cursor = std::max(cursor, s.end);
        }
        for (; cursor < end; ++cursor)
            rows.push_back({cursor, true});
    }
    return m_rows.emplace(step, std::move(rows)).first->second;
}

const StepModel::Row *StepModel::rowAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const Rows &rows = rowsOf(static_cast<std::uint32_t>(index.internalId()));
    return static_cast<std::size_t>(index.row()) < rows.size() ? &rows[static_cast<std::size_t>(index.row())] : nullptr;
}

QModelIndex StepModel::indexOfStep(StepId id) const
{
    if (!id || id == m_root)
        return {};
    const StepId parent = m_trace->steps[id].parent;
    const std::uint32_t holder = parent == m_root || !parent ? kTop : parent.value;
    rowsOf(holder);
    const auto row = m_rowOfStep.find(id.value);
    return row == m_rowOfStep.end() ? QModelIndex() : createIndex(row->second, 0, quintptr(holder));
}

QModelIndex StepModel::indexOfChange(std::uint32_t change, StepId in) const
{
    const std::uint32_t holder = !in || in == m_root ? kTop : in.value;
    const Rows &rows = rowsOf(holder);
    const StepTree &steps = m_trace->steps;
    const auto begin = [&steps](const Row &r) { return r.isChange ? r.number : steps[StepId(r.number)].begin; };
    auto row = std::lower_bound(rows.begin(), rows.end(), change,
                                [&begin](const Row &r, std::uint32_t c) { return begin(r) < c; });
    while (row != rows.end() && !row->isChange && begin(*row) == change)
        ++row;
    if (row == rows.end() || !row->isChange || row->number != change)
        return indexOfStep(in);
    return createIndex(static_cast<int>(row - rows.begin()), 0, quintptr(holder));
}

QModelIndex StepModel::indexAt(std::uint32_t position, Granularity granularity) const
{
    if (!m_trace || position == 0)
        return {};
    const std::uint32_t change = position - 1;
    StepId step = m_trace->steps.stepAt(change);
    if (granularity == Granularity::Event)
        return indexOfChange(change, step);
    if (granularity == Granularity::Line)
        if (const StepId statement = m_trace->steps.statementOf(step))
            step = statement;
    return step && step != m_root ? indexOfStep(step) : indexOfChange(change, step);
}

QModelIndex StepModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    const Row *above = rowAt(parent);
    return createIndex(row, column, quintptr(above ? above->number : kTop));
}

QModelIndex StepModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    const auto holder = static_cast<std::uint32_t>(child.internalId());
    return holder == kTop ? QModelIndex() : indexOfStep(StepId(holder));
}

int StepModel::rowCount(const QModelIndex &parent) const
{
    if (!m_trace || parent.column() > 0)
        return 0;
    if (!parent.isValid())
        return static_cast<int>(rowsOf(kTop).size());
    const Row *row = rowAt(parent);
    return !row || row->isChange ? 0 : static_cast<int>(rowsOf(row->number).size());
}

bool StepModel::hasChildren(const QModelIndex &parent) const
{
    if (!m_trace || parent.column() > 0)
        return false;
    if (!parent.isValid())
        return rowCount() > 0;
    const Row *row = rowAt(parent);
    if (!row || row->isChange)
        return false;
    const Step &step = m_trace->steps[StepId(row->number)];
    return step.end > step.begin || step.last > row->number + 1;
}

QVariant StepModel::data(const QModelIndex &index, int role) const
{
    const Row *row = rowAt(index);
    if (!row)
        return {};
    const Step *step = row->isChange ? nullptr : &m_trace->steps[StepId(row->number)];
    const std::uint32_t begin = step ? step->begin : row->number;
    const std::uint32_t end = step ? step->end : row->number + 1;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == LineColumn) {
            const std::uint32_t line = step ? step->span.begin.line : 0;
            return line > 0 ? QVariant(line) : QVariant();
        }
        [[fallthrough]];
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QString::fromStdString(step ? explainStep(*m_trace, StepId(row->number)) : explainChange(*m_trace, row->number));
    case Qt::TextAlignmentRole:
        return index.column() == LineColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(m_current.isValid() && index.siblingAtColumn(0) == m_current);
        font.setItalic(row->isChange);
        return font;
    }
    case BeginRole: return begin;
    case EndRole: return end;
    case LineRole: return step ? step->span.begin.line : 0u;
    default: return {};
    }
}

} // namespace pyrena
