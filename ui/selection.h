#pragma once

#include <QObject>

#include "core/base/id.h"

#include <cstdint>
#include <variant>

namespace pyrena {

struct SelectedArena { ArenaSlot slot; friend bool operator==(const SelectedArena &, const SelectedArena &) = default; };
struct SelectedPool { PoolId pool; friend bool operator==(const SelectedPool &, const SelectedPool &) = default; };
struct SelectedBlock { PoolId pool; std::uint32_t offset = 0; friend bool operator==(const SelectedBlock &, const SelectedBlock &) = default; };
struct SelectedRawBlock { RawBlockId block; friend bool operator==(const SelectedRawBlock &, const SelectedRawBlock &) = default; };
struct SelectedLine { std::uint32_t line = 0; friend bool operator==(const SelectedLine &, const SelectedLine &) = default; };

// What is selected, everywhere at once: a name's or slot's object, a block, a pool, an arena, a line.
using Selected = std::variant<std::monostate, ObjectId, SelectedBlock, SelectedPool, SelectedArena, SelectedRawBlock, SelectedLine>;

class Selection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    const Selected &selected() const { return m_selected; }
    ObjectId object() const;     // the selected object, or none
    void select(const Selected &what);
    void clear() { select({}); }

Q_SIGNALS:
    void changed();

private:
    Selected m_selected;
};

} // namespace pyrena
