#pragma once

#include "core/base/result.h"
#include "core/profile/profile.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// Recordings of CPython's allocator: text lines, usually compressed with gzip, format `pmtrace 2` (tests/data/allocator/README.md).
// From the birth of the heap to the end of the process: requests are the input, places and state the expected output.
// Files are untrusted: reading is streamed, every count and line is bounded, and whatever is wrong is an Error.

inline constexpr std::uint64_t kMaxTraceOps = 100'000'000;     // requests in a file
inline constexpr std::uint64_t kMaxTraceBlocks = 1u << 25;     // blocks ever created
inline constexpr std::uint64_t kMaxTraceArenas = 1u << 20;     // arenas ever made
inline constexpr std::uint64_t kMaxTraceChecks = 20'000;       // statistics and hash lines: each is a sweep over the heap
inline constexpr std::uint64_t kMaxTraceSize = std::uint64_t(1) << 47;   // of a request
inline constexpr std::size_t kMaxTraceLine = 4096;             // characters

struct TraceHeader
{
    std::string python, program;
    std::uint32_t align = 0, pool = 0, arena = 0;
    bool keepLastArena = false;
    std::uint64_t ops = 0, ids = 0, small = 0, raw = 0;
    std::uint64_t arenasMade = 0, arenasReleased = 0, unalignedArenas = 0;

    AllocatorProfile allocator() const;   // the known version's, or what the header says
};

enum class TraceLine : std::uint8_t {
    Malloc, Calloc, ReallocNull,   // m c n: make the next block
    Realloc, Free,                 // r f
    ArenaMade, ArenaReleased,      // A U: done by the next request
    Statistics, Hash, Phase,       // S H P
};

enum class PlaceKind : std::uint8_t { None, Pool, Raw, Unmoved };

struct TraceEvent
{
    TraceLine kind = TraceLine::Phase;
    PlaceKind place = PlaceKind::None;
    std::uint8_t pool = 0;         // of the place: index from the arena's first aligned address
    std::uint16_t offset = 0;      // of the place, in its pool
    std::uint32_t arena = 0;       // of the place, or of A and U: ordinal. P: number of the phase
    std::uint32_t block = 0;       // number of the block. A: descriptor
    std::uint32_t line = 0;        // in the file, from 1
    std::uint64_t size = 0;        // bytes asked for. A: excess. H: hash

    bool isRequest() const { return kind <= TraceLine::Free; }
};

// One S line.
struct TraceStatistics
{
    std::uint64_t arenasEver = 0, arenasReleased = 0, arenasHighWater = 0, arenasNow = 0;
    std::uint64_t unusedPools = 0, alignmentBytes = 0;
    struct Row
    {
        std::uint32_t sizeClass = 0;
        std::uint64_t pools = 0, used = 0, available = 0;
        friend bool operator==(const Row &, const Row &) = default;
    };
    std::vector<Row> classes;      // those that have a pool with a block in use
    friend bool operator==(const TraceStatistics &, const TraceStatistics &) = default;
};

class TraceReader
{
public:
    // "-" reads standard input. Compressed or plain, found out by the first bytes.
    static Result<TraceReader> open(const std::string &path);
    TraceReader(TraceReader &&) noexcept;
    TraceReader &operator=(TraceReader &&) noexcept;
    ~TraceReader();

    const std::string &fileName() const { return m_fileName; }
    const TraceHeader &header() const { return m_header; }

    // False at the end and at an error; after an error error() has it, as "file:line: message".
    bool next(TraceEvent &event);
    const std::optional<Error> &error() const { return m_error; }
    const TraceStatistics &statistics() const { return m_statistics; }   // of the last S line

private:
    class Lines;
    class Fields;
    TraceReader(std::string fileName, std::unique_ptr<Lines> lines);

    bool readHeader();
    bool headerIsSound();
    bool parse(Fields &fields, TraceEvent &event);
    bool parsePlace(Fields &fields, TraceEvent &event);
    bool parseBlock(Fields &fields, TraceEvent &event);
    bool parseStatistics(Fields &fields);
    bool countsHold();
    bool fail(const std::string &message);

    std::string m_fileName;
    std::unique_ptr<Lines> m_lines;
    TraceHeader m_header;
    TraceStatistics m_statistics;
    TraceHeader m_seen;            // counts so far
    std::uint64_t m_checks = 0, m_phases = 0;
    bool m_ended = false;
    std::optional<Error> m_error;
};

} // namespace pyrena
