#pragma once

#include "core/lesson/moment.h"
#include "core/trace/timeline.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pyrena {

// What a query may point at, so that a click in a picture can be compared with it.
struct ArenaPlace
{
    ArenaSlot slot;
    std::uint32_t ordinal = 0;     // "arena 0"
    friend bool operator==(const ArenaPlace &, const ArenaPlace &) = default;
};
struct PoolPlace
{
    PoolId pool;
    std::uint32_t arena = 0;       // ordinal
    friend bool operator==(const PoolPlace &, const PoolPlace &) = default;
};
struct BlockPlace
{
    PoolId pool;
    std::uint32_t offset = 0;      // from the start of the pool
    std::uint32_t index = 0;       // the how-manieth block of its pool, from 0
    std::uint32_t arena = 0;       // ordinal
    friend bool operator==(const BlockPlace &, const BlockPlace &) = default;
};

using QueryValue = std::variant<bool, std::int64_t, std::string, Address, ObjectId, BlockPlace, PoolPlace, ArenaPlace>;

struct QueryProblem
{
    std::size_t column = 0;   // from 1, in the query's text; 0: the whole of it
    std::string message;
    std::string hint;
};

// A question asked of a recording: `refcount(list#1) @ after let-go`, `address(a) @ after one == address(b) @ end`.
// Comparisons, + and -, and/or/not and parentheses combine calls. A call without a moment takes the next moment written to its
// right; when there is none, the moment the caller gives. `refcount(a @ after born) @ end`: of the object that was called
// `a` then. docs/LESSONS.md lists the functions.
class Query
{
public:
    static Result<Query, QueryProblem> parse(std::string_view text);

    Query(const Query &);
    Query(Query &&) noexcept;
    Query &operator=(const Query &);
    Query &operator=(Query &&) noexcept;
    ~Query();

    // Requires: position <= the trace's change count. The timeline is moved about.
    Result<QueryValue, QueryProblem> evaluate(Timeline &timeline, std::span<const Anchor> anchors, std::uint32_t position) const;

    const std::vector<Moment> &moments() const { return m_moments; }   // all that are named
    const std::string &text() const { return m_text; }

    struct Node;

private:
    Query() = default;
    std::string m_text;
    std::shared_ptr<const Node> m_root;   // never changed after parsing
    std::vector<Moment> m_moments;
};

// As a learner would write it: "2", "yes", "no", "0x7f3a10000030", "list#1", "block 3 of pool 2 of arena 0".
std::string toString(const QueryValue &value, const Trace &trace);

// The object a name or label stands for in a world: a local of the innermost frame, a global, or "list#1".
// None: no such name is bound there.
std::optional<ObjectId> findObject(const Trace &trace, const World &world, std::string_view nameOrLabel);

} // namespace pyrena
