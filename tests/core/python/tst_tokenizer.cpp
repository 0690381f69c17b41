#include "core/python/syntax/tokenizer.h"

#include <doctest/doctest.h>

using namespace pyrena;
using namespace pyrena::syntax;

namespace {

// "a + NEWLINE": names and literals as written, the rest by spelling.
std::string kinds(std::string_view source)
{
    const TokenStream stream = tokenize(source, "t.py");
    std::string result;
    for (const Token &token : stream.tokens) {
        if (token.kind == TokenKind::EndMarker)
            break;
        if (!result.empty())
            result += ' ';
        const bool isWritten = token.kind == TokenKind::Name || token.kind == TokenKind::Number || token.kind == TokenKind::String
            || token.kind == TokenKind::FStringMiddle;
        result += isWritten ? std::string(stream.text(token)) : std::string(spelling(token.kind));
    }
    return result;
}

std::string error(std::string_view source)
{
    const TokenStream stream = tokenize(source, "t.py");
    if (!stream.error)
        return "none";
    const Diagnostic &d = stream.error->diagnostic;
    return std::to_string(d.span.begin.line) + ":" + std::to_string(d.span.begin.column) + ": " + d.message;
}

} // namespace

TEST_CASE("indentation becomes tokens, blank lines and comments do not")
{
    CHECK(kinds("if a:\n    b\n\n  # note\n    c\nd\n") == "if a : NEWLINE INDENT b NEWLINE c NEWLINE DEDENT d NEWLINE");
    CHECK(kinds("if a:\n  if b:\n    c") == "if a : NEWLINE INDENT if b : NEWLINE INDENT c NEWLINE DEDENT DEDENT");
    CHECK(kinds("") == "");
    CHECK(kinds("# only a comment") == "");
    CHECK(kinds("\n   \n\t\n") == "");
}

TEST_CASE("a form feed resets the indentation")
{
    CHECK(kinds("a\n\fb\n") == "a NEWLINE b NEWLINE");
    CHECK(kinds("if a:\n  b\n  \f  c\n") == "if a : NEWLINE INDENT b NEWLINE c NEWLINE DEDENT");
}

TEST_CASE("tabs count to multiples of eight and must agree with tabs as one")
{
    CHECK(kinds("if a:\n\tb\n\tc\n") == "if a : NEWLINE INDENT b NEWLINE c NEWLINE DEDENT");
    CHECK(error("if a:\n\tb\n        c\n") == "3:9: inconsistent use of tabs and spaces in indentation");
    CHECK(error("if a:\n        b\n\tc\n") == "3:2: inconsistent use of tabs and spaces in indentation");
}

TEST_CASE("brackets and backslashes join lines")
{
    CHECK(kinds("a = (1,\n  2)\nb") == "a = ( 1 , 2 ) NEWLINE b NEWLINE");
    CHECK(kinds("a = 1 + \\\n  2\n") == "a = 1 + 2 NEWLINE");
    CHECK(kinds("x = [ # note\n 1 ]") == "x = [ 1 ] NEWLINE");
}

TEST_CASE("line ends of all systems and a byte order mark are accepted")
{
    CHECK(kinds("a\r\nb\rc\n") == "a NEWLINE b NEWLINE c NEWLINE");
    CHECK(kinds("\xef\xbb\xbf" "a") == "a NEWLINE");
}

TEST_CASE("the longest operator wins")
{
    CHECK(kinds("a**=b//=c>>=d<<e->f:=g!=h...i@=j") == "a **= b //= c >>= d << e -> f := g != h ... i @= j NEWLINE");
    CHECK(kinds("a<=b>=c==d<e>f&g|h^~i%j") == "a <= b >= c == d < e > f & g | h ^ ~ i % j NEWLINE");
}

TEST_CASE("numbers of every form")
{
    CHECK(kinds("0 1_000 0xFF 0b_10 0o17 1. .5 1e10 1.5E-3 2j 0_0 00.5 09.5 1e1j") ==
          "0 1_000 0xFF 0b_10 0o17 1. .5 1e10 1.5E-3 2j 0_0 00.5 09.5 1e1j NEWLINE");
    CHECK(kinds("1if 2else 3") == "1 if 2 else 3 NEWLINE");
    CHECK(kinds("1..real") == "1. . real NEWLINE");
    CHECK(kinds("0xfor x") == "0xf or x NEWLINE");
}

TEST_CASE("string prefixes in any case and order")
{
    CHECK(kinds(R"(r'\d' b"x" Rb'y' bR'z' u'w' '''a"b
c''')") == "r'\\d' b\"x\" Rb'y' bR'z' u'w' '''a\"b\nc''' NEWLINE");
    CHECK(kinds("ub'x'") == "ub 'x' NEWLINE");
}

TEST_CASE("f-strings are split into their parts, quotes may be nested")
{
    CHECK(kinds("f'a{b}c'") == "FSTRING_START a { b } c FSTRING_END NEWLINE");
    CHECK(kinds("f'{x!r:>{w}.{p}f}'") == "FSTRING_START { x ! r : > { w } . { p } f } FSTRING_END NEWLINE");
    CHECK(kinds("f'{{}}'") == "FSTRING_START {{}} FSTRING_END NEWLINE");
    CHECK(kinds("f'{d['k']}'") == "FSTRING_START { d [ 'k' ] } FSTRING_END NEWLINE");
    CHECK(kinds("f'{f'{x}'}'") == "FSTRING_START { FSTRING_START { x } FSTRING_END } FSTRING_END NEWLINE");
    CHECK(kinds("f'{a != b}{c:=3}'") == "FSTRING_START { a != b } { c : =3 } FSTRING_END NEWLINE");
    CHECK(kinds("f'{(y := 1)}{ {1: 2}[1] }'") ==
          "FSTRING_START { ( y := 1 ) } { { 1 : 2 } [ 1 ] } FSTRING_END NEWLINE");
    CHECK(kinds("rf'\\{a}'") == "FSTRING_START \\ { a } FSTRING_END NEWLINE");
}

TEST_CASE("columns count characters, not bytes")
{
    const TokenStream stream = tokenize("größe = 'ä' + x\n", "t.py");
    REQUIRE(stream.tokens.size() >= 5);
    CHECK(stream.tokens[0].span == SourceSpan {{1, 1}, {1, 6}});
    CHECK(stream.tokens[2].span == SourceSpan {{1, 9}, {1, 12}});
    CHECK(stream.tokens[4].span == SourceSpan {{1, 15}, {1, 16}});
}

TEST_CASE("a token knows how many brackets are open")
{
    const TokenStream stream = tokenize("a(b[c])\n", "t.py");
    std::string levels;
    for (const Token &token : stream.tokens)
        levels += std::to_string(token.level);
    CHECK(levels == "011221000");
}

TEST_CASE("what is no token is refused")
{
    CHECK(error("x = 'abc\n") == "1:5: unterminated string literal (detected at line 1)");
    CHECK(error("x = 'abc\\\ndef\n") == "1:5: unterminated string literal (detected at line 2)");
    CHECK(error("'''abc\n\n") == "1:1: unterminated triple-quoted string literal (detected at line 2)");
    CHECK(error("f'abc\n") == "1:1: unterminated f-string literal (detected at line 1)");
    CHECK(error("a \xc3\x97 b") == "1:3: invalid character '\xc3\x97' (U+00D7)");
    CHECK(error("a\xc2\xa0" "b") == "1:2: invalid non-printable character U+00A0");
    CHECK(error("a = '\xff'") == "1:6: Non-UTF-8 code starting with '\\xff'");
    CHECK(error(std::string_view("a\0b", 3)) == "1:2: source code cannot contain null bytes");
    CHECK(error("a = 1 \\ \n") == "1:8: unexpected character after line continuation character");
}

TEST_CASE("letters of other scripts may be used in names")
{
    CHECK(kinds("größe = Δx + 変数 + _é9") == "größe = Δx + 変数 + _é9 NEWLINE");
}
