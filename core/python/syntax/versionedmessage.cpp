#include "core/python/syntax/versionedmessage.h"

#include <algorithm>
#include <cstdint>

namespace pyrena {

namespace {

// Messages that begin so are said otherwise up to a version (run: tests/data/syntaxerrors).
struct Older
{
    std::string_view now;
    int until;
    std::string_view then;
};

constexpr Older kOlder[] = {
    {"unterminated string literal", 9, "EOL while scanning string literal"},
    {"unterminated triple-quoted string literal", 9, "EOF while scanning triple-quoted string literal"},
    {"expected ':'", 9, "invalid syntax"},
    {"invalid syntax. ", 9, "invalid syntax"},
    {"expected an indented block", 9, "expected an indented block"},
    {"expected 'except' or 'finally' block", 9, "invalid syntax"},
    {"expected 'else' after 'if' expression", 9, "invalid syntax"},
    {"':' expected after dictionary key", 9, "invalid syntax"},
    {"expression expected after dictionary key", 9, "invalid syntax"},
    {"invalid decimal literal", 9, "invalid syntax"},
    {"Expected one or more names after 'import'", 12, "invalid syntax"},
    {"parameter without a default follows parameter with a default", 11, "non-default argument follows default argument"},
    {"f-string: valid expression required before '}'", 11, "f-string: empty expression not allowed"},
    {"Missing parentheses in call to 'exec'", 9, "Missing parentheses in call to 'exec'"},
    {"keyword argument repeated", 8, "keyword argument repeated"},
    {"multiple starred expressions in assignment", 8, "two starred expressions in assignment"},
    {"expression cannot contain assignment", 7, "keyword can't be an expression"},
    {"leading zeros in decimal integer literals", 7, "invalid token"},
    {"invalid hexadecimal literal", 7, "invalid token"},
    {"unmatched ", 7, "invalid syntax"},
    {"closing parenthesis ", 7, "invalid syntax"},
};

std::string_view lineOf(std::string_view source, std::uint32_t number)
{
    for (; number > 1 && !source.empty(); --number)
        source.remove_prefix(std::min(source.size(), source.find('\n') + 1));
    return source.substr(0, source.find('\n'));
}

bool hasTextBelow(std::string_view source, std::uint32_t line)
{
    const std::string_view last = lineOf(source, line);
    const std::size_t end = static_cast<std::size_t>(last.data() - source.data()) + last.size();
    return source.find_first_not_of(" \t\r\n", end) != std::string_view::npos;
}

// Up to 3.9 it quoted the rest of the line.
std::string missingParentheses(std::string_view line)
{
    constexpr std::string_view kWord = "print ";
    const std::size_t at = line.find(kWord);
    std::string_view rest = at == std::string_view::npos ? "" : line.substr(at + kWord.size());
    rest = rest.substr(0, rest.find(';'));
    while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\r'))
        rest.remove_suffix(1);
    return "Missing parentheses in call to 'print'. Did you mean print(" + std::string(rest) + ")?";
}

// "cannot assign to literal here. Maybe you meant ..." is of 3.10; an expression was an operator, and up to 3.7 one can't.
std::string cannotAssign(int minor, std::string message)
{
    if (const std::size_t here = message.find(" here. Maybe you meant"); here != std::string::npos)
        message.resize(here);
    if (const std::size_t expression = message.find(" expression"); expression != std::string::npos)
        message.replace(expression, std::string_view(" expression").size(), " operator");
    if (minor <= 7) {
        message.replace(0, std::string_view("cannot").size(), "can't");
        for (const std::string_view keyword : {" True", " False", " None"})
            if (message.ends_with(keyword))
                message.replace(message.size() - keyword.size(), keyword.size(), " keyword");
    }
    return message;
}

} // namespace

std::string messageOfVersion(int minor, const Diagnostic &diagnostic, std::string_view source)
{
    const std::string &now = diagnostic.message;
    if (minor >= 15) {
        if (now.starts_with("duplicate argument "))
            return "duplicate parameter " + now.substr(std::string_view("duplicate argument ").size());
        return now.starts_with("named arguments must follow") ? "named parameters must follow bare *" : now;
    }
    for (const Older &older : kOlder)
        if (minor <= older.until && now.starts_with(older.now))
            return std::string(older.then);
    if (minor >= 10)
        return now;
    if (now.ends_with(" was never closed"))
        return hasTextBelow(source, diagnostic.span.begin.line) ? "invalid syntax" : "unexpected EOF while parsing";
    if (minor <= 8 && now.ends_with(" is an illegal expression for augmented assignment"))
        return now.starts_with("'function call'") ? cannotAssign(minor, "cannot assign to function call") : "illegal expression for augmented assignment";
    if (now.starts_with("Missing parentheses in call to 'print'"))
        return missingParentheses(lineOf(source, diagnostic.span.begin.line));
    return now.starts_with("cannot assign to ") || now.starts_with("cannot delete ") ? cannotAssign(minor, now) : now;
}

} // namespace pyrena
