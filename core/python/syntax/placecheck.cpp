#include "core/python/syntax/children.h"
#include "core/python/syntax/symbolcheck.h"

#include <type_traits>
#include <unordered_set>

namespace pyrena::syntax {

namespace {

using namespace ast;

constexpr int kMaxNestedBlocks = 20;   // CO_MAXBLOCKS

struct Surroundings
{
    bool isInFunction = false;
    int loops = 0;
    int blocks = 0;   // for, while, with and try around this place, in the same scope
};

class PlacePass
{
public:
    explicit PlacePass(const std::string &fileName) : m_fileName(fileName) {}

    void statements(const StmtList &list)
    {
        for (const StmtPtr &stmt : list)
            statement(*stmt);
    }

private:
    [[noreturn]] void fail(SourceSpan span, std::string message, std::string hint) const
    {
        throw Diagnostic {m_fileName, span, std::move(message), std::move(hint)};
    }

    template <class Body>
    void inScope(bool isFunction, Body body)
    {
        const Surroundings outer = std::exchange(m_here, Surroundings {isFunction, 0, 0});
        body();
        m_here = outer;
    }

    template <class Body>
    void inBlock(SourceSpan span, Body body)
    {
        if (++m_here.blocks > kMaxNestedBlocks)
            fail({span.begin, span.begin}, "too many statically nested blocks", "Move inner blocks to functions.");
        body();
        --m_here.blocks;
    }

    void visit(const Expr &expr) { expression(expr); }
    void visit(const Stmt &stmt) { statement(stmt); }
    void children(const auto &node)
    {
        forEachChild(node, [this](const auto &child) { visit(child); });
    }

    void optional(const ExprPtr &expr)
    {
        if (expr)
            expression(*expr);
    }

    void statement(const Stmt &stmt)
    {
        if (const auto *function = as<FunctionDef>(stmt)) {
            for (const ExprPtr &decorator : function->decoratorList)
                expression(*decorator);
            arguments(function->args);
            optional(function->returns);
            bindsName(function->name, function->nameSpan);
            inScope(true, [&] { statements(function->body); });
        } else if (const auto *cls = as<ClassDef>(stmt)) {
            for (const ExprPtr &decorator : cls->decoratorList)
                expression(*decorator);
            bindsName(cls->name, cls->nameSpan);
            inScope(false, [&] { statements(cls->body); });
            elements(cls->bases);
            keywords(cls->keywords);
        } else if (const auto *result = as<Return>(stmt)) {
            if (!m_here.isInFunction)
                fail(stmt.span, "'return' outside function", "Only the body of a 'def' can return.");
            optional(result->value);
        } else if (as<Break>(stmt)) {
            if (m_here.loops == 0)
                fail(stmt.span, "'break' outside loop", "Only the body of a 'for' or 'while' can be left with 'break'.");
        } else if (as<Continue>(stmt)) {
            if (m_here.loops == 0)
                fail(stmt.span, "'continue' not properly in loop", "Only the body of a 'for' or 'while' can be continued.");
        } else if (const auto *assign = as<Assign>(stmt)) {
            expression(*assign->value);
            for (const ExprPtr &target : assign->targets)
                store(*target);
        } else if (const auto *augmented = as<AugAssign>(stmt)) {
            expression(*augmented->value);
            store(*augmented->target);
        } else if (const auto *annotated = as<AnnAssign>(stmt)) {
            optional(annotated->value);
            store(*annotated->target);
            expression(*annotated->annotation);
        } else if (const auto *deletion = as<Delete>(stmt)) {
            for (const ExprPtr &target : deletion->targets)
                store(*target);
        } else if (const auto *loop = as<For>(stmt)) {
            expression(*loop->iter);
            store(*loop->target);
            inBlock(stmt.span, [&] { loopBody(loop->body); });
            statements(loop->orElse);
        } else if (const auto *whileLoop = as<While>(stmt)) {
            expression(*whileLoop->test);
            inBlock(stmt.span, [&] { loopBody(whileLoop->body); });
            statements(whileLoop->orElse);
        } else if (const auto *with = as<With>(stmt)) {
            withItems(*with, 0, stmt.span);
        } else if (const auto *tryStmt = as<Try>(stmt)) {
            tryStatement(*tryStmt, stmt.span);
        } else if (const auto *import = as<Import>(stmt)) {
            aliases(import->names);
        } else if (const auto *from = as<ImportFrom>(stmt)) {
            aliases(from->names);
        } else {
            children(stmt.node);
        }
    }

    void loopBody(const StmtList &body)
    {
        ++m_here.loops;
        statements(body);
        --m_here.loops;
    }

    // Each item is a block of its own: kMaxNestedBlocks bounds the recursion.
    void withItems(const With &node, std::size_t index, SourceSpan span)
    {
        if (index == node.items.size()) {
            statements(node.body);
            return;
        }
        const WithItem &item = node.items[index];
        expression(*item.contextExpr);
        inBlock(span, [&] {
            if (item.optionalVars)
                store(*item.optionalVars);
            withItems(node, index + 1, span);
        });
    }

    void tryStatement(const Try &node, SourceSpan span)
    {
        const auto guarded = [&] {
            if (node.handlers.empty()) {
                statements(node.body);
                statements(node.orElse);
                return;
            }
            inBlock(span, [&] { statements(node.body); });
            statements(node.orElse);
            for (std::size_t i = 0; i < node.handlers.size(); ++i) {
                const ExceptHandler &handler = node.handlers[i];
                if (!handler.type && i + 1 < node.handlers.size())
                    fail(handler.span, "default 'except:' must be last", "Move it behind the others.");
                optional(handler.type);
                if (!handler.name.empty())
                    bindsName(handler.name, handler.span);
                inBlock(span, [&] { statements(handler.body); });
            }
        };
        if (node.finalBody.empty())
            guarded();
        else
            inBlock(span, guarded);
        statements(node.finalBody);
    }

    void aliases(const std::vector<Alias> &names)
    {
        for (const Alias &alias : names)
            bindsName(alias.asName.empty() ? alias.name : alias.asName, alias.span);
    }

    void bindsName(const std::string &name, SourceSpan span)
    {
        if (name == "__debug__")
            fail(span, "cannot assign to __debug__", "Use another name.");
    }

    void argument(const Arg &arg)
    {
        bindsName(arg.name, arg.span);
        if (arg.annotation) {
            if (const auto *starred = as<Starred>(*arg.annotation))
                expression(*starred->value);
            else
                expression(*arg.annotation);
        }
    }

    void arguments(const Arguments &args)
    {
        for (const ExprPtr &value : args.defaults)
            expression(*value);
        for (const ExprPtr &value : args.kwDefaults)
            optional(value);
        for (const auto *list : {&args.posOnlyArgs, &args.args, &args.kwOnlyArgs}) {
            for (const Arg &arg : *list)
                argument(arg);
        }
        if (args.varArg)
            argument(*args.varArg);
        if (args.kwArg)
            argument(*args.kwArg);
    }

    void keywords(const std::vector<Keyword> &list)
    {
        std::unordered_set<std::string_view> names;
        for (const Keyword &keyword : list) {
            bindsName(keyword.name, keyword.span);
            if (!keyword.name.empty() && !names.insert(keyword.name).second)
                fail(keyword.span, "keyword argument repeated: " + keyword.name, "Remove one of them.");
        }
        for (const Keyword &keyword : list)
            expression(*keyword.value);
    }

    // Elements of a display or arguments of a call, where '*' may stand.
    void elements(const ExprList &list)
    {
        for (const ExprPtr &element : list) {
            const auto *starred = as<Starred>(*element);
            expression(starred ? *starred->value : *element);
        }
    }

    void store(const Expr &target)
    {
        if (const auto *name = as<Name>(target)) {
            bindsName(name->id, target.span);
        } else if (const auto *attribute = as<Attribute>(target)) {
            bindsName(attribute->attr, target.span);
            expression(*attribute->value);
        } else if (as<Subscript>(target)) {
            expression(target);
        } else if (const auto *tuple = as<Tuple>(target)) {
            storeElements(tuple->elements, target.span);
        } else if (const auto *list = as<List>(target)) {
            storeElements(list->elements, target.span);
        } else {
            fail(target.span, "starred assignment target must be in a list or tuple", "For a list of all values, write a comma after it.");
        }
    }

    void storeElements(const ExprList &list, SourceSpan span)
    {
        bool hasStarred = false;
        for (const ExprPtr &element : list) {
            if (as<Starred>(*element) && std::exchange(hasStarred, true))
                fail(span, "multiple starred expressions in assignment", "Only one name can take what is left over.");
        }
        for (const ExprPtr &element : list) {
            const auto *starred = as<Starred>(*element);
            store(starred ? *starred->value : *element);
        }
    }

    void expression(const Expr &expr)
    {
        if (const auto *call = as<Call>(expr)) {
            expression(*call->func);
            elements(call->args);
            keywords(call->keywords);
        } else if (const auto *list = as<List>(expr)) {
            elements(list->elements);
        } else if (const auto *tuple = as<Tuple>(expr)) {
            elements(tuple->elements);
        } else if (const auto *set = as<Set>(expr)) {
            elements(set->elements);
        } else if (as<Starred>(expr)) {
            fail(expr.span, "can't use starred expression here", "'*' unpacks in calls and in lists, tuples and sets.");
        } else if (as<Yield>(expr) || as<YieldFrom>(expr)) {
            if (!m_here.isInFunction)
                fail(expr.span, "'yield' outside function", "Only the body of a 'def' can yield.");
            children(expr.node);
        } else if (const auto *lambda = as<Lambda>(expr)) {
            arguments(lambda->args);
            inScope(true, [&] { expression(*lambda->body); });
        } else if (const auto *named = as<NamedExpr>(expr)) {
            store(*named->target);
            expression(*named->value);
        } else if (const auto *listComp = as<ListComp>(expr)) {
            comprehension(listComp->generators, *listComp->element, nullptr);
        } else if (const auto *setComp = as<SetComp>(expr)) {
            comprehension(setComp->generators, *setComp->element, nullptr);
        } else if (const auto *generator = as<GeneratorExp>(expr)) {
            comprehension(generator->generators, *generator->element, nullptr);
        } else if (const auto *dictComp = as<DictComp>(expr)) {
            comprehension(dictComp->generators, *dictComp->key, dictComp->value.get());
        } else {
            children(expr.node);
        }
    }

    void comprehension(const std::vector<Comprehension> &generators, const Expr &element, const Expr *value)
    {
        for (const Comprehension &clause : generators) {
            expression(*clause.iter);
            store(*clause.target);
            for (const ExprPtr &test : clause.ifs)
                expression(*test);
        }
        expression(element);
        if (value)
            expression(*value);
    }

    const std::string &m_fileName;
    Surroundings m_here;
};

} // namespace

std::optional<Diagnostic> checkPlaces(const Module &module, const std::string &fileName)
{
    try {
        PlacePass(fileName).statements(module.body);
    } catch (Diagnostic &diagnostic) {
        return std::move(diagnostic);
    }
    return std::nullopt;
}

} // namespace pyrena::syntax
