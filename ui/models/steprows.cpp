#include "ui/models/steprows.h"

namespace pyrena {

int StepRows::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant StepRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == SentenceColumn ? tr("What happens") : tr("Line");
}

} // namespace pyrena
