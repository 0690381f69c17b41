#include "core/memory/tracefile.h"

#include "core/memory/allocatorprofiles.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <unistd.h>

namespace pyrena {

// Lines of a compressed or plain file, in constant memory.
class TraceReader::Lines
{
public:
    explicit Lines(gzFile file) : m_file(file) {}
    ~Lines() { gzclose(m_file); }
    Lines(const Lines &) = delete;
    Lines &operator=(const Lines &) = delete;

    // False at the end of the file or when problem() is set. The line is valid until the next call.
    bool next(std::string_view &line)
    {
        while (true) {
            const char *from = m_buffer.data() + m_begin;
            const auto *newline = static_cast<const char *>(std::memchr(from, '\n', m_end - m_begin));
            if (newline) {
                line = std::string_view(from, static_cast<std::size_t>(newline - from));
                m_begin += line.size() + 1;
                ++m_number;
                return checkLength(line);
            }
            if (m_end - m_begin > kMaxTraceLine || m_atEnd)
                break;
            refill();
            if (!m_problem.empty())
                return false;
        }
        line = std::string_view(m_buffer.data() + m_begin, m_end - m_begin);
        m_begin = m_end;
        m_number += !line.empty();
        return !line.empty() && checkLength(line);
    }

    std::uint32_t number() const { return m_number; }
    const std::string &problem() const { return m_problem; }

private:
    bool checkLength(std::string_view line)
    {
        if (line.size() <= kMaxTraceLine)
            return true;
        m_problem = "the line is longer than " + std::to_string(kMaxTraceLine) + " characters; this is no recording";
        return false;
    }

    void refill()
    {
        std::copy(m_buffer.begin() + static_cast<std::ptrdiff_t>(m_begin), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_end),
                  m_buffer.begin());
        m_end -= m_begin;
        m_begin = 0;
        const int got = gzread(m_file, m_buffer.data() + m_end, static_cast<unsigned>(m_buffer.size() - m_end));
        int code = Z_OK;
        const char *text = gzerror(m_file, &code);
        if (got < 0 || (got == 0 && code == Z_BUF_ERROR)) {
            if (code == Z_BUF_ERROR)
                m_problem = "the compressed data ends too early; the file is cut off, fetch it again";
            else if (code == Z_ERRNO)
                m_problem = std::string("cannot read: ") + std::strerror(errno);
            else
                m_problem = std::string("the compressed data is damaged (") + text + "); fetch the file again";
            return;
        }
        m_end += static_cast<std::size_t>(got);
        m_atEnd = got == 0;
    }

    gzFile m_file;
    std::array<char, 1 << 16> m_buffer;
    std::size_t m_begin = 0, m_end = 0;
    std::uint32_t m_number = 0;
    bool m_atEnd = false;
    std::string m_problem;
};

// The fields of a line, separated by single spaces.
class TraceReader::Fields
{
public:
    explicit Fields(std::string_view line) : m_at(line.data()), m_end(line.data() + line.size()) {}

    bool atEnd() const { return m_at == m_end; }
    char peek() const { return m_at == m_end ? '\0' : *m_at; }
    bool skip(char c)
    {
        if (peek() != c || atEnd())
            return false;
        ++m_at;
        return true;
    }
    // Digits only, no sign, at most `largest`.
    bool number(std::uint64_t largest, std::uint64_t &value)
    {
        const auto [end, error] = std::from_chars(m_at, m_end, value);
        if (error != std::errc() || value > largest)
            return false;
        m_at = end;
        return true;
    }
    template <class T>
    bool number(std::uint64_t largest, T &value)
    {
        std::uint64_t wide = 0;
        if (!number(largest, wide))
            return false;
        value = static_cast<T>(wide);
        return true;
    }
    bool hex(std::uint64_t &value)
    {
        const auto [end, error] = std::from_chars(m_at, m_end, value, 16);
        if (error != std::errc())
            return false;
        m_at = end;
        return true;
    }

private:
    const char *m_at;
    const char *m_end;
};

AllocatorProfile TraceHeader::allocator() const
{
    if (const AllocatorProfile *known = findAllocatorProfile(python))
        return *known;
    AllocatorProfile profile;
    profile.alignment = align;
    profile.poolSize = pool;
    profile.arenaSize = arena;
    profile.keepsLastArena = keepLastArena;
    profile.firstArenaAddress = 0x7f3a10000000;
    profile.defaultArenaExcess = 0;
    return profile;
}

TraceReader::TraceReader(std::string fileName, std::unique_ptr<Lines> lines)
    : m_fileName(std::move(fileName)), m_lines(std::move(lines))
{
}
TraceReader::TraceReader(TraceReader &&) noexcept = default;
TraceReader &TraceReader::operator=(TraceReader &&) noexcept = default;
TraceReader::~TraceReader() = default;

Result<TraceReader> TraceReader::open(const std::string &path)
{
    gzFile file = nullptr;
    if (path == "-") {
        const int standardInput = dup(STDIN_FILENO);
        file = standardInput < 0 ? nullptr : gzdopen(standardInput, "rb");
    } else {
        file = gzopen(path.c_str(), "rb");
    }
    const std::string name = path == "-" ? "<stdin>" : path;
    if (!file)
        return Error{name + ": cannot open: " + std::strerror(errno)};
    gzbuffer(file, 1 << 16);
    TraceReader reader(name, std::make_unique<Lines>(file));
    if (!reader.readHeader())
        return *reader.m_error;
    return reader;
}

bool TraceReader::fail(const std::string &message)
{
    m_error = Error{m_fileName + ':' + std::to_string(std::max(m_lines->number(), 1u)) + ": " + message};
    return false;
}

bool TraceReader::readHeader()
{
    struct Key
    {
        std::string_view name;
        std::uint64_t largest;
        std::uint64_t value = 0;
        bool seen = false;
    };
    std::array<Key, 13> keys{{{"align", 4096}, {"pool", 1 << 20}, {"arena", 1 << 26}, {"threshold", 4096}, {"header", 4096},
                              {"keep_last_arena", 1}, {"ops", kMaxTraceOps}, {"ids", kMaxTraceBlocks}, {"small", kMaxTraceOps},
                              {"raw", kMaxTraceOps}, {"arenas_made", kMaxTraceArenas}, {"arenas_released", kMaxTraceArenas},
                              {"unaligned_arenas", kMaxTraceArenas}}};
    std::string_view line;
    const auto nextLine = [&] { return m_lines->next(line); };
    const auto ended = [&] {
        return fail(m_lines->problem().empty() ? "the file ends inside its header; expected the line 'begin'"
                                               : m_lines->problem());
    };
    if (!nextLine())
        return m_lines->problem().empty() ? fail("the file is empty; expected a recording that starts with 'pmtrace 2'")
                                          : fail(m_lines->problem());
    if (line != "pmtrace 2")
        return fail("not a recording of the allocator: it must start with the line 'pmtrace 2'");

    while (true) {
        if (!nextLine())
            return ended();
        if (line == "begin")
            break;
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos)
            return fail("expected 'key value' or 'begin' in the header");
        const std::string_view name = line.substr(0, space), value = line.substr(space + 1);
        if (name == "python" || name == "program") {
            std::string &target = name == "python" ? m_header.python : m_header.program;
            const bool printable = std::all_of(value.begin(), value.end(), [](char c) { return c > ' ' && c < 127; });
            if (!target.empty() || value.empty() || value.size() > 100 || !printable)
                return fail("'" + std::string(name) + "' needs one value of 1 to 100 printable characters");
            target = value;
            continue;
        }
        const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key &k) { return k.name == name; });
        if (key == keys.end())
            return fail("unknown header line '" + std::string(name.substr(0, 40)) + "'");
        Fields fields(value);
        if (key->seen || !fields.number(key->largest, key->value) || !fields.atEnd())
            return fail("'" + std::string(name) + "' needs one number from 0 to " + std::to_string(key->largest));
        key->seen = true;
    }
    for (const Key &key : keys)
        if (!key.seen)
            return fail("the header lacks '" + std::string(key.name) + "'");
    if (m_header.python.empty() || m_header.program.empty())
        return fail("the header lacks 'python' or 'program'");
    if (keys[3].value != 512 || keys[4].value != 48)
        return fail("threshold must be 512 and header 48, as in every CPython; found " + std::to_string(keys[3].value) + " and "
                    + std::to_string(keys[4].value));
    m_header.align = static_cast<std::uint32_t>(keys[0].value);
    m_header.pool = static_cast<std::uint32_t>(keys[1].value);
    m_header.arena = static_cast<std::uint32_t>(keys[2].value);
    m_header.keepLastArena = keys[5].value == 1;
    m_header.ops = keys[6].value;
    m_header.ids = keys[7].value;
    m_header.small = keys[8].value;
    m_header.raw = keys[9].value;
    m_header.arenasMade = keys[10].value;
    m_header.arenasReleased = keys[11].value;
    m_header.unalignedArenas = keys[12].value;
    return headerIsSound();
}

bool TraceReader::headerIsSound()
{
    if (m_header.align != 8 && m_header.align != 16)
        return fail("align must be 8 or 16; found " + std::to_string(m_header.align));
    if (m_header.pool != 4096 && m_header.pool != 16384)
        return fail("pool must be 4096 or 16384; found " + std::to_string(m_header.pool));
    if (m_header.arena != m_header.pool * 64)
        return fail("arena must be 64 pools; found " + std::to_string(m_header.arena));
    if (m_header.ids > m_header.ops || m_header.arenasReleased > m_header.arenasMade
        || m_header.unalignedArenas > m_header.arenasMade)
        return fail("the counts of the header contradict each other");
    if (const AllocatorProfile *known = findAllocatorProfile(m_header.python)) {
        if (known->alignment != m_header.align || known->poolSize != m_header.pool || known->arenaSize != m_header.arena
            || known->keepsLastArena != m_header.keepLastArena)
            return fail("align, pool, arena or keep_last_arena is not that of Python " + m_header.python);
    }
    return true;
}

bool TraceReader::next(TraceEvent &event)
{
    if (m_ended || m_error)
        return false;
    std::string_view line;
    if (!m_lines->next(line))
        return fail(m_lines->problem().empty() ? "the recording ends without the line 'end'; the file is cut off"
                                               : m_lines->problem());
    if (line == "end") {
        m_ended = true;
        std::string_view more;
        if (m_lines->next(more))
            return fail("there is more after the line 'end'");
        if (!m_lines->problem().empty())
            return fail(m_lines->problem());
        countsHold();
        return false;
    }
    Fields fields(line);
    event = TraceEvent{};
    event.line = m_lines->number();
    if (!parse(fields, event))
        return false;
    if (!fields.atEnd())
        return fail("unexpected text at the end of the line");
    return true;
}

bool TraceReader::parse(Fields &fields, TraceEvent &event)
{
    const char letter = fields.peek();
    if (!fields.skip(letter) || !fields.skip(' '))
        return fail("expected one of the letters m c n r f A U S H P, a space and its fields");
    switch (letter) {
    case 'm':
    case 'c':
    case 'n':
        event.kind = letter == 'm' ? TraceLine::Malloc : letter == 'c' ? TraceLine::Calloc : TraceLine::ReallocNull;
        if (m_seen.ids == m_header.ids)
            return fail("more blocks than the " + std::to_string(m_header.ids) + " the header announces");
        event.block = static_cast<std::uint32_t>(m_seen.ids++);
        break;
    case 'r':
        event.kind = TraceLine::Realloc;
        if (!parseBlock(fields, event) || !fields.skip(' '))
            return m_error ? false : fail("expected a size after the age");
        break;
    case 'f':
        event.kind = TraceLine::Free;
        if (!parseBlock(fields, event))
            return false;
        break;
    case 'A':
        event.kind = TraceLine::ArenaMade;
        if (!fields.number(kMaxTraceArenas, event.arena) || !fields.skip(' ') || !fields.number(m_header.pool - 1, event.size)
            || !fields.skip(' ') || !fields.number(kMaxTraceArenas, event.block) || event.size % 16 != 0)
            return fail("expected the arena's ordinal, its address mod pool size (a multiple of 16) and its descriptor");
        if (m_seen.arenasMade == m_header.arenasMade)
            return fail("more arenas than the " + std::to_string(m_header.arenasMade) + " the header announces");
        if (event.arena != m_seen.arenasMade)
            return fail("arenas are numbered in the order they are made; expected " + std::to_string(m_seen.arenasMade));
        ++m_seen.arenasMade;
        m_seen.unalignedArenas += event.size != 0;
        return true;
    case 'U':
        event.kind = TraceLine::ArenaReleased;
        if (!fields.number(kMaxTraceArenas, event.arena) || event.arena >= m_seen.arenasMade)
            return fail("expected the ordinal of an arena that was made");
        if (m_seen.arenasReleased == m_header.arenasReleased)
            return fail("more releases than the " + std::to_string(m_header.arenasReleased) + " the header announces");
        ++m_seen.arenasReleased;
        return true;
    case 'S':
        event.kind = TraceLine::Statistics;
        return parseStatistics(fields);
    case 'H':
        event.kind = TraceLine::Hash;
        if (!fields.hex(event.size))
            return fail("expected a hash of up to 16 hexadecimal digits");
        return ++m_checks <= kMaxTraceChecks || fail("more than " + std::to_string(kMaxTraceChecks) + " S and H lines");
    case 'P':
        event.kind = TraceLine::Phase;
        if (!fields.number(3, event.arena))
            return fail("expected a phase from 0 to 3");
        return ++m_phases <= kMaxTraceChecks || fail("more than " + std::to_string(kMaxTraceChecks) + " P lines");
    default:
        return fail("expected one of the letters m c n r f A U S H P at the start of the line");
    }

    if (m_seen.ops == m_header.ops)
        return fail("more requests than the " + std::to_string(m_header.ops) + " the header announces");
    ++m_seen.ops;
    if (event.kind == TraceLine::Free)
        return true;
    if (!fields.number(kMaxTraceSize, event.size) || !fields.skip(' '))
        return fail("expected a size from 0 to " + std::to_string(kMaxTraceSize) + " and a place");
    return parsePlace(fields, event);
}

// AGE 1 is the newest block.
bool TraceReader::parseBlock(Fields &fields, TraceEvent &event)
{
    std::uint64_t age = 0;
    if (!fields.number(m_seen.ids, age) || age == 0)
        return fail("expected the age of a block, from 1 to " + std::to_string(m_seen.ids));
    event.block = static_cast<std::uint32_t>(m_seen.ids - age);
    return true;
}

bool TraceReader::parsePlace(Fields &fields, TraceEvent &event)
{
    if (fields.skip('-')) {
        event.place = PlaceKind::Raw;
        ++m_seen.raw;
        return true;
    }
    if (event.kind == TraceLine::Realloc && fields.skip('=')) {
        event.place = PlaceKind::Unmoved;   // only blocks in pools are marked so
        ++m_seen.small;
        return true;
    }
    event.place = PlaceKind::Pool;
    if (!fields.number(kMaxTraceArenas, event.arena) || !fields.skip('.') || !fields.number(63, event.pool) || !fields.skip('.')
        || !fields.number(m_header.pool - 1, event.offset))
        return fail("expected a place: ARENA.POOL.OFFSET, '-', or '=' for a realloc that did not move");
    ++m_seen.small;
    return true;
}

bool TraceReader::parseStatistics(Fields &fields)
{
    if (++m_checks > kMaxTraceChecks)
        return fail("more than " + std::to_string(kMaxTraceChecks) + " S and H lines");
    constexpr std::uint64_t kLargest = std::uint64_t(1) << 40;
    TraceStatistics &s = m_statistics;
    s.classes.clear();
    std::uint64_t *const counts[] = {&s.arenasEver, &s.arenasReleased, &s.arenasHighWater,
                                     &s.arenasNow, &s.unusedPools, &s.alignmentBytes};
    for (std::uint64_t *count : counts) {
        if (count != counts[0] && !fields.skip(' '))
            return fail("expected six numbers: arenas ever, released, high-water, now, unused pools, alignment bytes");
        if (!fields.number(kLargest, *count))
            return fail("expected six numbers: arenas ever, released, high-water, now, unused pools, alignment bytes");
    }
    while (fields.skip(' ')) {
        TraceStatistics::Row row;
        if (!fields.number(512 / m_header.align - 1, row.sizeClass) || !fields.skip(':') || !fields.number(kLargest, row.pools)
            || !fields.skip(':') || !fields.number(kLargest, row.used) || !fields.skip(':')
            || !fields.number(kLargest, row.available))
            return fail("expected size classes as class:pools:used:available");
        if (!s.classes.empty() && s.classes.back().sizeClass >= row.sizeClass)
            return fail("size classes must rise");
        s.classes.push_back(row);
    }
    return true;
}

bool TraceReader::countsHold()
{
    const auto differs = [&](const char *what, std::uint64_t announced, std::uint64_t found) {
        if (announced == found)
            return false;
        fail(std::string("the header announces ") + std::to_string(announced) + ' ' + what + ", the recording has "
             + std::to_string(found));
        return true;
    };
    return !differs("ops", m_header.ops, m_seen.ops) && !differs("ids", m_header.ids, m_seen.ids)
        && !differs("small", m_header.small, m_seen.small) && !differs("raw", m_header.raw, m_seen.raw)
        && !differs("arenas_made", m_header.arenasMade, m_seen.arenasMade)
        && !differs("arenas_released", m_header.arenasReleased, m_seen.arenasReleased)
        && !differs("unaligned_arenas", m_header.unalignedArenas, m_seen.unalignedArenas);
}

} // namespace pyrena
