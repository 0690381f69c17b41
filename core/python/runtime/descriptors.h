#pragma once

#include "core/objects/native.h"

#include <cstdint>
#include <string>

namespace pyrena {

// member_descriptor and getset_descriptor of classes made by a class statement.
struct DescriptorNative : Native
{
    enum class Kind : std::uint8_t { Slot, Dict, Weakref };
    Kind kind = Kind::Slot;
    std::string name;
    std::uint32_t slot = 0;   // of the instance
};

} // namespace pyrena
