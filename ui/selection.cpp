#include "ui/selection.h"

namespace pyrena {

ObjectId Selection::object() const
{
    const auto *id = std::get_if<ObjectId>(&m_selected);
    return id ? *id : ObjectId();
}

void Selection::select(const Selected &what)
{
    if (what == m_selected)
        return;
    m_selected = what;
    Q_EMIT changed();
}

} // namespace pyrena
