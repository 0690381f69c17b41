#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <memory>

namespace pyrena::bench {

// A heap of about `blocks` blocks in use, of many sizes and types, made through the allocator before the recording begins;
// then `steps` steps that free or take one block each, anywhere.
std::shared_ptr<const Trace> bigHeap(std::uint32_t blocks, std::uint32_t steps);

} // namespace pyrena::bench
