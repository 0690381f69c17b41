// Parsing and combining; the functions are in queryfunctions.cpp.
#include "core/lesson/query.h"

#include "core/lesson/querynode.h"
#include "core/lesson/suggest.h"

#include <algorithm>
#include <charconv>

namespace pyrena {

namespace {

using Node = Query::Node;
using NodePtr = std::shared_ptr<Node>;

constexpr std::size_t kMaxQueryBytes = 1000;
constexpr int kMaxQueryDepth = 40;

bool isIdentifierStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isIdentifierPart(char c) { return isIdentifierStart(c) || isDigit(c); }

// Recursive descent; a problem is thrown as QueryProblem and caught in Query::parse.
class QueryParser
{
public:
    explicit QueryParser(std::string_view text) : m_text(text) {}

    NodePtr parse()
    {
        NodePtr root = disjunction();
        skipSpace();
        if (m_at < m_text.size())
            fail("unexpected '" + std::string(1, m_text[m_at]) + '\'', "combine with and, or, ==, <, + or @ MOMENT");
        return root;
    }
    std::vector<Moment> takeMoments() { return std::move(m_moments); }

private:
    [[noreturn]] void fail(std::string message, std::string hint) const { failAt(m_at, std::move(message), std::move(hint)); }
    [[noreturn]] void failAt(std::size_t at, std::string message, std::string hint) const
    {
        throw QueryProblem{at + 1, std::move(message), std::move(hint)};
    }

    struct Deeper
    {
        explicit Deeper(QueryParser &p) : parser(p)
        {
            if (++parser.m_depth > kMaxQueryDepth)
                parser.fail("the query nests too deeply", "make it simpler");
        }
        ~Deeper() { --parser.m_depth; }
        QueryParser &parser;
    };

    void skipSpace()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n'))
            ++m_at;
    }
    bool takeWord(std::string_view word)
    {
        skipSpace();
        if (!m_text.substr(m_at).starts_with(word)
            || (m_at + word.size() < m_text.size() && isIdentifierPart(m_text[m_at + word.size()])))
            return false;
        m_at += word.size();
        return true;
    }
    bool take(char c)
    {
        skipSpace();
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    NodePtr combine(Node::Kind kind, NodePtr left, NodePtr right, std::size_t at, std::string name = {})
    {
        auto node = std::make_shared<Node>();
        node->kind = kind;
        node->column = at + 1;
        node->name = std::move(name);
        node->operands.push_back(std::move(left));
        if (right)
            node->operands.push_back(std::move(right));
        return node;
    }

    NodePtr disjunction()
    {
        const Deeper deeper(*this);
        NodePtr left = conjunction();
        while (takeWord("or"))
            left = combine(Node::Kind::Or, left, conjunction(), m_at);
        return left;
    }
    NodePtr conjunction()
    {
        NodePtr left = negation();
        while (takeWord("and"))
            left = combine(Node::Kind::And, left, negation(), m_at);
        return left;
    }
    NodePtr negation()
    {
        const Deeper deeper(*this);
        if (takeWord("not"))
            return combine(Node::Kind::Not, negation(), nullptr, m_at);
        return comparison();
    }
    NodePtr comparison()
    {
        NodePtr left = sum();
        skipSpace();
        for (const std::string_view op : {"==", "!=", "<=", ">=", "<", ">"}) {
            if (!m_text.substr(m_at).starts_with(op))
                continue;
            const std::size_t at = m_at;
            m_at += op.size();
            NodePtr node = combine(Node::Kind::Compare, left, sum(), at, std::string(op));
            skipSpace();
            if (m_at < m_text.size() && std::string_view("=<>!").find(m_text[m_at]) != std::string_view::npos)
                fail("comparisons cannot be chained", "write 'a < b and b < c'");
            return node;
        }
        if (m_at < m_text.size() && m_text[m_at] == '=')
            fail("'=' compares nothing", "write '=='");
        return left;
    }
    NodePtr sum()
    {
        NodePtr left = term();
        while (true) {
            if (take('+'))
                left = combine(Node::Kind::Add, left, term(), m_at);
            else if (take('-'))
                left = combine(Node::Kind::Subtract, left, term(), m_at);
            else
                return left;
        }
    }
    NodePtr term()
    {
        skipSpace();
        NodePtr node;
        if (take('(')) {
            node = disjunction();
            if (!take(')'))
                fail("')' is missing", "close the parenthesis");
        } else {
            node = primary();
        }
        if (take('@'))
            moment();
        return node;
    }
    NodePtr literal(QueryValue value, std::size_t at)
    {
        auto node = std::make_shared<Node>();
        node->literal = std::move(value);
        node->column = at + 1;
        return node;
    }
    NodePtr primary()
    {
        if (m_at >= m_text.size())
            fail("the query ends too early", "write for example refcount(a) @ end");
        const std::size_t at = m_at;
        const char c = m_text[m_at];
        if (isDigit(c))
            return number(at);
        if (c == '"' || c == '\'')
            return string(at);
        if (!isIdentifierStart(c))
            fail("unexpected '" + std::string(1, c) + '\'', "write for example refcount(a) @ end");
        if (takeWord("yes") || takeWord("true"))
            return literal(true, at);
        if (takeWord("no") || takeWord("false"))
            return literal(false, at);

        auto node = std::make_shared<Node>();
        node->column = at + 1;
        node->name = argument();
        if (take('(')) {
            node->kind = Node::Kind::Call;
            arguments(*node, at);
        } else {
            node->kind = Node::Kind::Thing;
        }
        m_waiting.push_back(node);
        return node;
    }
    NodePtr number(std::size_t at)
    {
        const bool hex = m_text.substr(m_at).starts_with("0x");
        m_at += hex ? 2 : 0;
        std::uint64_t value = 0;
        const char *first = m_text.data() + m_at;
        const auto [end, error] = std::from_chars(first, m_text.data() + m_text.size(), value, hex ? 16 : 10);
        if (error != std::errc() || end == first || (!hex && value > 1'000'000'000'000ull))
            failAt(at, "this number cannot be read", "write a smaller one");
        m_at += static_cast<std::size_t>(end - first);
        if (hex)
            return literal(Address(value), at);
        return literal(static_cast<std::int64_t>(value), at);
    }
    NodePtr string(std::size_t at)
    {
        const auto end = m_text.find(m_text[at], at + 1);
        if (end == std::string_view::npos)
            failAt(at, "the quote is never closed", "add the closing quote");
        m_at = end + 1;
        return literal(std::string(m_text.substr(at + 1, end - at - 1)), at);
    }
    // A name, a label ("list#1") or a number.
    std::string argument()
    {
        skipSpace();
        const std::size_t at = m_at;
        while (m_at < m_text.size() && isIdentifierPart(m_text[m_at]))
            ++m_at;
        if (m_at == at)
            fail("a name, a label like list#1 or a number is missing", "write for example refcount(a)");
        if (m_at + 1 < m_text.size() && m_text[m_at] == '#' && isDigit(m_text[m_at + 1])) {
            ++m_at;
            while (m_at < m_text.size() && isDigit(m_text[m_at]))
                ++m_at;
        }
        return std::string(m_text.substr(at, m_at - at));
    }
    void arguments(Node &call, std::size_t at)
    {
        const QueryFunction *function = findQueryFunction(call.name);
        if (!function) {
            const auto names = queryFunctionNames();
            const std::string_view close = closestWord(call.name, names);
            std::string all;
            for (const std::string_view n : names)
                all += (all.empty() ? "" : ", ") + std::string(n);
            failAt(at, "there is no query '" + call.name + '\'',
                   close.empty() ? "the queries are " + all : "did you mean '" + std::string(close) + "'?");
        }
        if (!take(')')) {
            do {
                call.arguments.push_back(argument());
                if (take('@'))
                    call.argumentMoment = momentText();
            } while (take(','));
            if (!take(')'))
                fail("')' is missing", "close the parenthesis");
        }
        const std::size_t wanted = function->argument == QueryArgument::None ? 0 : 1;
        if (call.arguments.size() != wanted)
            failAt(at, call.name + " takes " + (wanted == 0 ? "nothing" : "one argument") + ", not " + std::to_string(call.arguments.size()),
                   std::string(function->help));
        if (call.argumentMoment && function->argument != QueryArgument::Object)
            failAt(at, "only a name of an object can have a moment of its own", std::string(function->help));
        if (function->argument == QueryArgument::Number
            && (call.arguments[0].size() > 9 || !std::ranges::all_of(call.arguments[0], isDigit)))
            failAt(at, call.name + " takes a number", std::string(function->help));
    }
    Moment momentText()
    {
        skipSpace();
        const std::size_t at = m_at;
        // A moment has no space but the one after after/before; '-' belongs to names, so a space must follow it to subtract.
        const auto word = [&] {
            while (m_at < m_text.size() && (isIdentifierPart(m_text[m_at]) || std::string_view("-.:#").find(m_text[m_at]) != std::string_view::npos))
                ++m_at;
        };
        word();
        if (const std::string_view first = m_text.substr(at, m_at - at); first == "after" || first == "before" || first == "line") {
            skipSpace();
            word();
        }
        const auto parsed = parseMoment(m_text.substr(at, m_at - at));
        if (!parsed)
            failAt(at, parsed.error().message, parsed.error().hint);
        m_moments.push_back(*parsed);
        return *parsed;
    }
    void moment()
    {
        const Moment parsed = momentText();
        for (const NodePtr &node : m_waiting)
            node->moment = parsed;
        m_waiting.clear();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::vector<NodePtr> m_waiting;   // calls and things that take the next moment
    std::vector<Moment> m_moments;
};

// ---- evaluation -------------------------------------------------------------------------------------------------------

const char *typeOf(const QueryValue &value)
{
    constexpr const char *kTypes[] = {"yes or no", "a number", "a text", "an address", "an object", "a block", "a pool", "an arena"};
    return kTypes[value.index()];
}

// Places compare with plain numbers by their index: `pool(a) == 3`.
QueryValue plain(const QueryValue &value, const QueryValue &other)
{
    if (!std::holds_alternative<std::int64_t>(other))
        return value;
    if (const auto *b = std::get_if<BlockPlace>(&value))
        return std::int64_t(b->index);
    if (const auto *p = std::get_if<PoolPlace>(&value))
        return std::int64_t(p->pool.value % kPoolsPerArena);
    if (const auto *a = std::get_if<ArenaPlace>(&value))
        return std::int64_t(a->ordinal);
    return value;
}

struct Evaluation
{
    Timeline &timeline;
    std::span<const Anchor> anchors;
    std::uint32_t position;

    // Problems are thrown as QueryProblem and caught in Query::evaluate.
    QueryValue of(const Node &node)
    {
        switch (node.kind) {
        case Node::Kind::Literal: return node.literal;
        case Node::Kind::Thing:
        case Node::Kind::Call: return leaf(node);
        case Node::Kind::Not: return !truth(*node.operands[0]);
        case Node::Kind::And: return truth(*node.operands[0]) && truth(*node.operands[1]);
        case Node::Kind::Or: return truth(*node.operands[0]) || truth(*node.operands[1]);
        case Node::Kind::Compare: return compare(node);
        case Node::Kind::Add:
        case Node::Kind::Subtract: return arithmetic(node);
        }
        return false;
    }
    bool truth(const Node &node)
    {
        const QueryValue value = of(node);
        if (const bool *b = std::get_if<bool>(&value))
            return *b;
        throw QueryProblem{node.column, "this is " + std::string(typeOf(value)) + ", not yes or no", "compare it, for example with == 1"};
    }
    std::uint32_t positionOf(const Node &node, const Moment &moment) const
    {
        const auto resolved = resolveMoment(moment, timeline.trace(), anchors);
        if (!resolved)
            throw QueryProblem{node.column, resolved.error().message, resolved.error().hint};
        return *resolved;
    }
    ObjectId objectNamed(const Node &node, const std::string &name, std::uint32_t at)
    {
        if (const auto id = findObject(timeline.trace(), timeline.seek(at), name))
            return *id;
        throw QueryProblem{node.column, "nothing is called '" + name + "' at that moment",
                           "use a name that is bound then, a label like list#1, or say when: name @ after ANCHOR"};
    }
    QueryValue leaf(const Node &node)
    {
        const std::uint32_t at = node.moment ? positionOf(node, *node.moment) : position;
        if (node.kind == Node::Kind::Thing)
            return objectNamed(node, node.name, at);
        std::optional<ObjectId> subject;
        if (node.argumentMoment)
            subject = objectNamed(node, node.arguments[0], positionOf(node, *node.argumentMoment));
        auto value = callQueryFunction(node, timeline.trace(), timeline.seek(at), at, subject);
        if (!value)
            throw value.error();
        return *value;
    }
    QueryValue compare(const Node &node)
    {
        const QueryValue first = of(*node.operands[0]);
        const QueryValue second = of(*node.operands[1]);
        const QueryValue left = plain(first, second);
        const QueryValue right = plain(second, first);
        if (left.index() != right.index())
            throw QueryProblem{node.column, std::string(typeOf(left)) + " cannot be compared with " + typeOf(right), "compare like with like"};
        if (node.name == "==")
            return left == right;
        if (node.name == "!=")
            return left != right;
        std::strong_ordering order = std::strong_ordering::equal;
        if (const auto *number = std::get_if<std::int64_t>(&left))
            order = *number <=> std::get<std::int64_t>(right);
        else if (const auto *address = std::get_if<Address>(&left))
            order = *address <=> std::get<Address>(right);
        else
            throw QueryProblem{node.column, '\'' + node.name + "' compares numbers and addresses, not " + typeOf(left), "use == or !="};
        if (node.name == "<")
            return order < 0;
        if (node.name == "<=")
            return order <= 0;
        return node.name == ">" ? order > 0 : order >= 0;
    }
    QueryValue arithmetic(const Node &node)
    {
        const QueryValue left = of(*node.operands[0]);
        const QueryValue right = of(*node.operands[1]);
        const bool adds = node.kind == Node::Kind::Add;
        if (const auto *a = std::get_if<std::int64_t>(&left))
            if (const auto *b = std::get_if<std::int64_t>(&right))
                return adds ? *a + *b : *a - *b;   // both stay far below 2^63: counts and literals up to 10^12
        if (const auto *a = std::get_if<Address>(&left)) {
            if (const auto *b = std::get_if<Address>(&right); b && !adds)
                return static_cast<std::int64_t>(a->value - b->value);
            if (const auto *b = std::get_if<std::int64_t>(&right)) {
                const auto bytes = static_cast<std::uint64_t>(*b);
                return Address(adds ? a->value + bytes : a->value - bytes);
            }
        }
        throw QueryProblem{node.column, std::string(typeOf(left)) + " and " + typeOf(right) + " cannot be added or subtracted",
                           "use numbers, or the difference of two addresses"};
    }
};

} // namespace

Query::Query(const Query &) = default;
Query::Query(Query &&) noexcept = default;
Query &Query::operator=(const Query &) = default;
Query &Query::operator=(Query &&) noexcept = default;
Query::~Query() = default;

Result<Query, QueryProblem> Query::parse(std::string_view text)
{
    if (text.size() > kMaxQueryBytes)
        return QueryProblem{0, "the query is longer than 1000 characters", "make it simpler"};
    try {
        QueryParser parser(text);
        Query query;
        query.m_text = text;
        query.m_root = parser.parse();
        query.m_moments = parser.takeMoments();
        return query;
    } catch (const QueryProblem &problem) {
        return problem;
    }
}

Result<QueryValue, QueryProblem> Query::evaluate(Timeline &timeline, std::span<const Anchor> anchors, std::uint32_t position) const
{
    try {
        return Evaluation{timeline, anchors, position}.of(*m_root);
    } catch (const QueryProblem &problem) {
        return problem;
    }
}

std::string toString(const QueryValue &value, const Trace &trace)
{
    struct
    {
        const Trace &trace;
        std::string operator()(bool b) const { return b ? "yes" : "no"; }
        std::string operator()(std::int64_t n) const { return std::to_string(n); }
        std::string operator()(const std::string &s) const { return s; }
        std::string operator()(Address a) const { return toHex(a); }
        std::string operator()(ObjectId id) const { return trace.label(id); }
        std::string operator()(const ArenaPlace &a) const { return "arena " + std::to_string(a.ordinal); }
        std::string operator()(const PoolPlace &p) const
        {
            return "pool " + std::to_string(p.pool.value % kPoolsPerArena) + " of arena " + std::to_string(p.arena);
        }
        std::string operator()(const BlockPlace &b) const
        {
            return "block " + std::to_string(b.index) + " of pool " + std::to_string(b.pool.value % kPoolsPerArena) + " of arena "
                + std::to_string(b.arena);
        }
    } const write{trace};
    return std::visit(write, value);
}

} // namespace pyrena
