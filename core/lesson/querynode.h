#pragma once

#include "core/lesson/query.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// A parsed query. Calls, things and literals are leaves.
struct Query::Node
{
    enum class Kind : std::uint8_t { Literal, Thing, Call, Compare, Add, Subtract, And, Or, Not };

    Kind kind = Kind::Literal;
    std::size_t column = 0;
    QueryValue literal;                       // Literal
    std::string name;                         // Thing: a name or label; Call: the function; Compare: the operator
    std::vector<std::string> arguments;       // Call: names, labels, numbers or words, as written
    std::optional<Moment> argumentMoment;     // Call: when the name of its argument is looked up, if not with the rest
    std::optional<Moment> moment;             // Thing, Call
    std::vector<std::shared_ptr<Node>> operands;
};

enum class QueryArgument : std::uint8_t { None, Object, Number, TypeName, PoolStateName };

struct QueryFunction
{
    std::string_view name;
    QueryArgument argument;
    std::string_view help;
};
const QueryFunction *findQueryFunction(std::string_view name);
std::vector<std::string_view> queryFunctionNames();

// The value of a call whose arguments fit its function, in a world at one position. `subject`: the object its argument
// stands for, where that was looked up at another moment.
Result<QueryValue, QueryProblem> callQueryFunction(const Query::Node &call, const Trace &trace, const World &world,
                                                   std::uint32_t position, std::optional<ObjectId> subject);

} // namespace pyrena
