#include "ui/models/eventmodel.h"

#include "core/explain/explain.h"

#include <QFont>
#include <QLocale>

#include <algorithm>

namespace pyrena {

namespace {
// What an index keeps is its parent: nothing, 1 + a group, or a request with this bit.
constexpr quintptr kOfRequest = 0x80000000u;
} // namespace

void EventModel::setReplay(std::shared_ptr<const RecordedReplay> replay)
{
    beginResetModel();
    m_replay = std::move(replay);
    m_position = 0;
    m_current = QModelIndex();
    endResetModel();
}

std::uint32_t EventModel::requests() const
{
    return m_replay ? std::max(m_replay->trace->stops.count(Granularity::Line), 1u) - 1 : 0;
}

std::uint32_t EventModel::beginOf(std::uint32_t request) const
{
    return m_replay->trace->stops.position(request, Granularity::Line);
}

EventModel::Row EventModel::rowAt(const QModelIndex &index) const
{
    if (!index.isValid() || !m_replay)
        return {};
    const auto row = static_cast<std::uint32_t>(index.row());
    const quintptr id = index.internalId();
    if (id == 0)
        return {Kind::Group, row};
    if ((id & kOfRequest) == 0)
        return {Kind::Request, static_cast<std::uint32_t>(id - 1) * kGroup + row};
    return {Kind::Change, beginOf(static_cast<std::uint32_t>(id & ~kOfRequest)) + row};
}

QModelIndex EventModel::indexOfRequest(std::uint32_t request, int column) const
{
    return createIndex(static_cast<int>(request % kGroup), column, quintptr(1 + request / kGroup));
}

QModelIndex EventModel::indexAt(std::uint32_t position, Granularity granularity) const
{
    if (position == 0 || requests() == 0)
        return {};
    const std::uint32_t request = m_replay->trace->stops.indexOf(position - 1, Granularity::Line);
    if (granularity == Granularity::Event && endOf(request) - beginOf(request) > 1)
        return createIndex(static_cast<int>(position - 1 - beginOf(request)), 0, kOfRequest | request);
    return indexOfRequest(request);
}

void EventModel::setPosition(std::uint32_t position)
{
    if (position == m_position)
        return;
    m_position = position;
    const QModelIndex before = m_current;
    m_current = indexAt(position, Granularity::Operation);
    for (const QModelIndex &changed : {before, m_current})
        if (changed.isValid())
            Q_EMIT dataChanged(changed, changed.siblingAtColumn(LineColumn), {Qt::FontRole});
}

QModelIndex EventModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    const Row above = rowAt(parent);
    switch (above.kind) {
    case Kind::None: return createIndex(row, column, quintptr(0));
    case Kind::Group: return createIndex(row, column, quintptr(1 + above.number));
    case Kind::Request: return createIndex(row, column, kOfRequest | above.number);
    case Kind::Change: break;
    }
    return {};
}

QModelIndex EventModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const quintptr id = child.internalId();
    return (id & kOfRequest) != 0 ? indexOfRequest(static_cast<std::uint32_t>(id & ~kOfRequest))
                                  : createIndex(static_cast<int>(id - 1), 0, quintptr(0));
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    if (!m_replay || parent.column() > 0)
        return 0;
    const std::uint32_t all = requests();
    const Row row = rowAt(parent);
    switch (row.kind) {
    case Kind::None: return static_cast<int>((all + kGroup - 1) / kGroup);
    case Kind::Group: return static_cast<int>(std::min<std::uint32_t>(kGroup, all - row.number * kGroup));
    case Kind::Request: {
        const std::uint32_t changes = endOf(row.number) - beginOf(row.number);
        return changes > 1 ? static_cast<int>(changes) : 0;   // one change is what the request's sentence says
    }
    case Kind::Change: break;
    }
    return 0;
}

bool EventModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0;
}

QString EventModel::sentence(const Row &row) const
{
    const Trace &trace = *m_replay->trace;
    if (row.kind == Kind::Change)
        return QString::fromStdString(explainChange(trace, row.number));
    if (row.kind == Kind::Request)
        return QString::fromStdString(explainPosition(trace, endOf(row.number), Granularity::Line));
    const QLocale locale;
    const std::uint32_t first = row.number * kGroup;
    return tr("steps %1 to %2").arg(locale.toString(first + 1), locale.toString(std::min(first + kGroup, requests())));
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    const Row row = rowAt(index);
    if (row.kind == Kind::None)
        return {};
    // A click on a group goes to its first request.
    const std::uint32_t request = row.kind == Kind::Group ? row.number * kGroup : row.number;
    const std::uint32_t begin = row.kind == Kind::Change ? row.number : beginOf(request);
    const std::uint32_t end = row.kind == Kind::Change ? row.number + 1 : endOf(request);
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == LineColumn)
            return row.kind == Kind::Change ? QVariant() : QVariant(QLocale().toString(m_replay->lineAt(end)));
        [[fallthrough]];
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return sentence(row);
    case Qt::TextAlignmentRole:
        return index.column() == LineColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(m_current.isValid() && index.siblingAtColumn(0) == m_current);
        font.setItalic(row.kind == Kind::Change);
        return font;
    }
    case BeginRole: return begin;
    case EndRole: return end;
    case LineRole: return m_replay->lineAt(end);
    default: return {};
    }
}

} // namespace pyrena
