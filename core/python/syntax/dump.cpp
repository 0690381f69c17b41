#include "core/python/syntax/dump.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace pyrena {

namespace {

using namespace ast;

constexpr const char *kOperators[] = {"+", "-", "*", "@", "/", "%", "**", "<<", ">>", "|", "^", "&", "//"};
constexpr const char *kUnaryOperators[] = {"~", "not", "+", "-"};
constexpr const char *kCompareOperators[] = {"==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"};

template <class Enum, std::size_t size>
const char *spelled(const char *const (&names)[size], Enum value)
{
    return names[static_cast<std::size_t>(value)];
}

std::string quoted(std::string_view text)
{
    std::string result = "'";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\'' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            char code[8];
            std::snprintf(code, sizeof code, "\\x%02x", byte);
            result += code;
        } else {
            result += c;
        }
    }
    return result + "'";
}

std::string quotedBytes(std::string_view bytes)
{
    std::string result = "b'";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        char code[8];
        std::snprintf(code, sizeof code, byte < 0x20 || byte >= 0x7f || c == '\'' || c == '\\' ? "\\x%02x" : "%c", byte);
        result += code;
    }
    return result + "'";
}

std::string decimal(double value)
{
    std::array<char, 40> buffer;
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    std::string text(buffer.data(), result.ptr);
    if (text.find_first_of(".einf") == std::string::npos)
        text += ".0";
    return text;
}

struct ValueText
{
    std::string operator()(const NoneValue &) const { return "None"; }
    std::string operator()(const EllipsisValue &) const { return "..."; }
    std::string operator()(bool value) const { return value ? "True" : "False"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const BigInteger &value) const { return value.digits; }
    std::string operator()(double value) const { return decimal(value); }
    std::string operator()(const Imaginary &value) const { return decimal(value.value) + "j"; }
    std::string operator()(const std::string &value) const { return quoted(value); }
    std::string operator()(const BytesValue &value) const { return quotedBytes(value.bytes); }
};

class Dumper
{
public:
    std::string result;

    void block(const StmtList &body, int depth)
    {
        for (const StmtPtr &stmt : body) {
            indent(depth);
            m_depth = depth;
            std::visit([&](const auto &node) { write(node); }, stmt->node);
        }
    }

    void expr(const Expr &expression)
    {
        result += '(';
        std::visit([&](const auto &node) { write(node); }, expression.node);
        result += ')';
    }

private:
    void indent(int depth) { result.append(static_cast<std::size_t>(depth) * 2, ' '); }
    void endLine() { result += '\n'; }

    void optional(const ExprPtr &expression)
    {
        result += ' ';
        if (expression)
            expr(*expression);
        else
            result += '-';
    }
    void list(const ExprList &expressions)
    {
        for (const ExprPtr &expression : expressions)
            optional(expression);
    }
    void word(std::string_view text)
    {
        result += ' ';
        result += text;
    }

    // ---- expressions ----

    void write(const Constant &n)
    {
        result += "Constant";
        word(std::visit(ValueText(), n.value));
    }
    void write(const Name &n)
    {
        result += "Name";
        word(n.id);
    }
    void write(const BoolOp &n)
    {
        result += n.op == BoolOperator::And ? "And" : "Or";
        list(n.values);
    }
    void write(const NamedExpr &n)
    {
        result += "NamedExpr";
        optional(n.target);
        optional(n.value);
    }
    void write(const BinOp &n)
    {
        result += spelled(kOperators, n.op);
        optional(n.left);
        optional(n.right);
    }
    void write(const UnaryOp &n)
    {
        result += "Unary";
        word(spelled(kUnaryOperators, n.op));
        optional(n.operand);
    }
    void write(const Lambda &n)
    {
        result += "Lambda";
        arguments(n.args);
        optional(n.body);
    }
    void write(const IfExp &n)
    {
        result += "IfExp";
        optional(n.test);
        optional(n.body);
        optional(n.orElse);
    }
    void write(const Dict &n)
    {
        result += "Dict";
        for (std::size_t i = 0; i < n.keys.size(); ++i) {
            optional(n.keys[i]);
            result += ':';
            optional(n.values[i]);
        }
    }
    void write(const Set &n)
    {
        result += "Set";
        list(n.elements);
    }
    void write(const List &n)
    {
        result += "List";
        list(n.elements);
    }
    void write(const Tuple &n)
    {
        result += "Tuple";
        list(n.elements);
    }
    void comprehension(const char *name, const ExprPtr &element, const std::vector<Comprehension> &generators)
    {
        result += name;
        optional(element);
        clauses(generators);
    }
    void clauses(const std::vector<Comprehension> &generators)
    {
        for (const Comprehension &clause : generators) {
            word("for");
            optional(clause.target);
            word("in");
            optional(clause.iter);
            for (const ExprPtr &test : clause.ifs) {
                word("if");
                optional(test);
            }
        }
    }
    void write(const ListComp &n) { comprehension("ListComp", n.element, n.generators); }
    void write(const SetComp &n) { comprehension("SetComp", n.element, n.generators); }
    void write(const GeneratorExp &n) { comprehension("GeneratorExp", n.element, n.generators); }
    void write(const DictComp &n)
    {
        result += "DictComp";
        optional(n.key);
        result += ':';
        optional(n.value);
        clauses(n.generators);
    }
    void write(const Yield &n)
    {
        result += "Yield";
        optional(n.value);
    }
    void write(const YieldFrom &n)
    {
        result += "YieldFrom";
        optional(n.value);
    }
    void write(const Compare &n)
    {
        result += "Compare";
        optional(n.left);
        for (std::size_t i = 0; i < n.ops.size(); ++i) {
            word(spelled(kCompareOperators, n.ops[i]));
            optional(n.comparators[i]);
        }
    }
    void keywords(const std::vector<Keyword> &keywordList)
    {
        for (const Keyword &keyword : keywordList) {
            word(keyword.name.empty() ? "**" : keyword.name + "=");
            expr(*keyword.value);
        }
    }
    void write(const Call &n)
    {
        result += "Call";
        optional(n.func);
        list(n.args);
        keywords(n.keywords);
    }
    void write(const FormattedValue &n)
    {
        static constexpr const char *kConversions[] = {"", " !s", " !r", " !a"};
        result += "FormattedValue";
        optional(n.value);
        result += spelled(kConversions, n.conversion);
        if (n.formatSpec) {
            word(":");
            optional(n.formatSpec);
        }
    }
    void write(const JoinedStr &n)
    {
        result += "JoinedStr";
        list(n.values);
    }
    void write(const Attribute &n)
    {
        result += "Attribute";
        optional(n.value);
        word(n.attr);
    }
    void write(const Subscript &n)
    {
        result += "Subscript";
        optional(n.value);
        optional(n.slice);
    }
    void write(const Starred &n)
    {
        result += "Starred";
        optional(n.value);
    }
    void write(const Slice &n)
    {
        result += "Slice";
        optional(n.lower);
        optional(n.upper);
        optional(n.step);
    }

    void argument(std::string_view prefix, const Arg &arg, const Expr *value)
    {
        word(prefix);
        result += arg.name;
        if (arg.annotation) {
            result += ':';
            expr(*arg.annotation);
        }
        if (value) {
            result += '=';
            expr(*value);
        }
    }
    void arguments(const Arguments &args)
    {
        result += " [";
        const std::size_t positional = args.posOnlyArgs.size() + args.args.size();
        const std::size_t firstDefault = positional - args.defaults.size();
        for (std::size_t i = 0; i < positional; ++i) {
            const bool isPosOnly = i < args.posOnlyArgs.size();
            argument("", isPosOnly ? args.posOnlyArgs[i] : args.args[i - args.posOnlyArgs.size()],
                     i >= firstDefault ? args.defaults[i - firstDefault].get() : nullptr);
            if (i + 1 == args.posOnlyArgs.size())
                word("/");
        }
        if (args.varArg)
            argument("*", *args.varArg, nullptr);
        else if (!args.kwOnlyArgs.empty())
            word("*");
        for (std::size_t i = 0; i < args.kwOnlyArgs.size(); ++i)
            argument("", args.kwOnlyArgs[i], args.kwDefaults[i].get());
        if (args.kwArg)
            argument("**", *args.kwArg, nullptr);
        result += " ]";
    }

    // ---- statements: each ends its line, blocks follow one step deeper ----

    void inner(const StmtList &body)
    {
        const int depth = m_depth;
        block(body, depth + 1);
        m_depth = depth;
    }
    void inner(const char *title, const StmtList &body)
    {
        if (body.empty())
            return;
        indent(m_depth);
        result += title;
        endLine();
        inner(body);
    }
    void decorators(const ExprList &list)
    {
        for (const ExprPtr &decorator : list) {
            result += " @";
            expr(*decorator);
        }
    }
    void names(const char *title, const std::vector<std::string> &list)
    {
        result += title;
        for (const std::string &name : list)
            word(name);
        endLine();
    }
    void aliases(const std::vector<Alias> &list)
    {
        for (const Alias &alias : list) {
            word(alias.name);
            if (!alias.asName.empty())
                word("as " + alias.asName);
        }
        endLine();
    }

    void write(const ExprStmt &n)
    {
        result += "Expr";
        optional(n.value);
        endLine();
    }
    void write(const Assign &n)
    {
        result += "Assign";
        list(n.targets);
        optional(n.value);
        endLine();
    }
    void write(const AugAssign &n)
    {
        result += "AugAssign";
        optional(n.target);
        word(spelled(kOperators, n.op) + std::string("="));
        optional(n.value);
        endLine();
    }
    void write(const AnnAssign &n)
    {
        result += n.simple ? "AnnAssign simple" : "AnnAssign";
        optional(n.target);
        optional(n.annotation);
        optional(n.value);
        endLine();
    }
    void write(const FunctionDef &n)
    {
        result += "FunctionDef";
        word(n.name);
        arguments(n.args);
        if (n.returns) {
            word("->");
            optional(n.returns);
        }
        decorators(n.decoratorList);
        endLine();
        inner(n.body);
    }
    void write(const ClassDef &n)
    {
        result += "ClassDef";
        word(n.name);
        list(n.bases);
        keywords(n.keywords);
        decorators(n.decoratorList);
        endLine();
        inner(n.body);
    }
    void write(const Return &n)
    {
        result += "Return";
        optional(n.value);
        endLine();
    }
    void write(const Delete &n)
    {
        result += "Delete";
        list(n.targets);
        endLine();
    }
    void write(const For &n)
    {
        result += "For";
        optional(n.target);
        optional(n.iter);
        endLine();
        inner(n.body);
        inner("else", n.orElse);
    }
    void write(const While &n)
    {
        result += "While";
        optional(n.test);
        endLine();
        inner(n.body);
        inner("else", n.orElse);
    }
    void write(const If &n)
    {
        result += "If";
        optional(n.test);
        endLine();
        inner(n.body);
        inner("else", n.orElse);
    }
    void write(const With &n)
    {
        result += "With";
        for (const WithItem &item : n.items) {
            optional(item.contextExpr);
            if (item.optionalVars) {
                word("as");
                optional(item.optionalVars);
            }
        }
        endLine();
        inner(n.body);
    }
    void write(const Raise &n)
    {
        result += "Raise";
        optional(n.exc);
        optional(n.cause);
        endLine();
    }
    void write(const Try &n)
    {
        result += "Try";
        endLine();
        inner(n.body);
        for (const ExceptHandler &handler : n.handlers) {
            indent(m_depth);
            result += "except";
            optional(handler.type);
            if (!handler.name.empty())
                word("as " + handler.name);
            endLine();
            inner(handler.body);
        }
        inner("else", n.orElse);
        inner("finally", n.finalBody);
    }
    void write(const Assert &n)
    {
        result += "Assert";
        optional(n.test);
        optional(n.message);
        endLine();
    }
    void write(const Import &n)
    {
        result += "Import";
        aliases(n.names);
    }
    void write(const ImportFrom &n)
    {
        result += "ImportFrom";
        word(std::string(n.level, '.') + n.module);
        word(":");
        aliases(n.names);
    }
    void write(const Global &n) { names("Global", n.names); }
    void write(const Nonlocal &n) { names("Nonlocal", n.names); }
    void write(const Pass &) { result += "Pass\n"; }
    void write(const Break &) { result += "Break\n"; }
    void write(const Continue &) { result += "Continue\n"; }

    int m_depth = 0;
};

} // namespace

std::string dump(const Module &module)
{
    Dumper dumper;
    dumper.block(module.body, 0);
    return std::move(dumper.result);
}

std::string dump(const Expr &expr)
{
    Dumper dumper;
    dumper.expr(expr);
    return std::move(dumper.result);
}

} // namespace pyrena
