#include "core/trace/changelog.h"

#include <array>
#include <bit>
#include <utility>

namespace pyrena {

// The kind lies behind the bytes of a short change only with the lowest byte first.
static_assert(std::endian::native == std::endian::little);

namespace {

using Decoder = Change (*)(const ChangeLog &, const ChangeLog::Record &);

template <std::size_t... kIndex>
constexpr auto decoders(std::index_sequence<kIndex...>)
{
    return std::array<Decoder, sizeof...(kIndex)>{[](const ChangeLog &log, const ChangeLog::Record &record) {
        return Change(log.decoded<std::variant_alternative_t<kIndex, Change>>(record));
    }...};
}

} // namespace

Change ChangeLog::operator[](std::uint32_t index) const
{
    static constexpr auto kDecoders = decoders(std::make_index_sequence<std::variant_size_v<Change>>());
    const Record &r = record(index);
    return kDecoders[kindOf(r) & ~kLong](*this, r);
}

} // namespace pyrena
