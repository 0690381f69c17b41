#pragma once

#include <QAbstractItemModel>

#include "core/trace/step.h"

namespace pyrena {

// Steps as rows with a sentence and a line: what the list of changes shows, whatever the trace was made from.
class StepRows : public QAbstractItemModel
{
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    enum Role { EndRole = Qt::UserRole, BeginRole, LineRole };   // positions a click goes to and before; source line
    enum Column { SentenceColumn, LineColumn, ColumnCount };

    virtual void setPosition(std::uint32_t position) = 0;        // the playhead's
    // The row of what was done last at `position`, no deeper than `granularity` asks; invalid at 0.
    virtual QModelIndex indexAt(std::uint32_t position, Granularity granularity) const = 0;

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

} // namespace pyrena
