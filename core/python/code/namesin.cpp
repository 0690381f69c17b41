#include "core/python/code/namesin.h"

#include "core/python/syntax/children.h"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace pyrena {

namespace {

using namespace ast;

template <class Part, class... Others>
constexpr bool kIsOneOf = (std::is_same_v<Part, Others> || ...);

struct Collector
{
    std::vector<std::string> names;

    template <class Node>
    void visit(const Node &node)
    {
        std::visit([this](const auto &part) { take(part); }, node.node);
    }

    template <class Part>
    void take(const Part &part)
    {
        if constexpr (std::is_same_v<Part, Name>) {
            names.push_back(part.id);
        } else if constexpr (kIsOneOf<Part, FunctionDef, ClassDef>) {
            names.push_back(part.name);
        } else if constexpr (std::is_same_v<Part, Assign>) {
            visit(*part.value);
            for (const ExprPtr &target : part.targets)
                visit(*target);
        } else if constexpr (!kIsOneOf<Part, Lambda, ListComp, SetComp, DictComp, GeneratorExp>) {
            syntax::children::of(part, [this](const auto &child) { visit(child); });
        }
    }
};

bool leaves(const StmtList &list, bool inLoop)
{
    const auto leavesStmt = [inLoop](const auto &stmt) {
        return std::visit([inLoop](const auto &part) {
            using Part = std::decay_t<decltype(part)>;
            if constexpr (std::is_same_v<Part, Return>)
                return true;
            else if constexpr (kIsOneOf<Part, Break, Continue>)
                return !inLoop;
            else if constexpr (kIsOneOf<Part, For, While>)
                return leaves(part.body, true) || leaves(part.orElse, inLoop);
            else if constexpr (std::is_same_v<Part, If>)
                return leaves(part.body, inLoop) || leaves(part.orElse, inLoop);
            else if constexpr (std::is_same_v<Part, With>)
                return leaves(part.body, inLoop);
            else if constexpr (std::is_same_v<Part, Try>)
                return leaves(part.body, inLoop) || leaves(part.orElse, inLoop) || leaves(part.finalBody, inLoop)
                    || std::any_of(part.handlers.begin(), part.handlers.end(),
                                   [inLoop](const ExceptHandler &handler) { return leaves(handler.body, inLoop); });
            else
                return false;
        }, stmt->node);
    };
    return std::any_of(list.begin(), list.end(), leavesStmt);
}

} // namespace

bool leavesItself(const StmtList &list)
{
    return leaves(list, false);
}

std::vector<std::string> namesIn(const StmtList &list)
{
    Collector collector;
    for (const auto &stmt : list)
        collector.visit(*stmt);
    return std::move(collector.names);
}

} // namespace pyrena
