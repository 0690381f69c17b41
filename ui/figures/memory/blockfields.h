#pragma once

#include <QString>

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace pyrena {

enum class FieldRole : std::uint8_t { Collector, Header, Data, Link, Unused, Waste, Unknown };

// One stretch of a block's bytes. `bytes` is empty where the simulator does not know them: they are shown as unknown,
// never invented.
struct BlockField
{
    std::uint32_t offset = 0, size = 0;      // from the start of the block
    QString name;                            // CPython's: "ob_refcnt"
    QString value;
    std::vector<std::uint8_t> bytes;         // little-endian; as long as size, or empty
    FieldRole role = FieldRole::Data;
    bool known() const { return !bytes.empty(); }
};

// The fields of a block in rising order; they cover it from 0 to the size of its class without gap or overlap.
// Requires: offset is the start of a block of a carved pool.
std::vector<BlockField> blockFields(const Trace &trace, const World &world, PoolId pool, std::uint32_t offset);

} // namespace pyrena
