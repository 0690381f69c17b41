#include "core/python/syntax/literals.h"
#include "core/python/syntax/parserstate.h"

namespace pyrena::syntax {

using namespace ast;

ExprPtr Parser::number()
{
    const Mark start = mark();
    auto value = numberValue(text(token()));
    if (!value)
        failHere(value.error().message, value.error().hint);
    advance();
    return makeExpr(start, Constant {*std::move(value)});
}

// Adjacent literals are one: all bytes, or all text, which is a JoinedStr as soon as one part is an f-string.
ExprPtr Parser::strings()
{
    const Mark start = mark();
    ExprList values;
    std::string bytes;
    bool isBytes = false, isText = false, isFString = false;
    while (isAt(TokenKind::String) || isAt(TokenKind::FStringStart)) {
        const StringLiteral literal = isAt(TokenKind::String) ? splitString(text(token())) : StringLiteral {};
        (literal.flavour == StringFlavour::Bytes ? isBytes : isText) = true;
        if (isBytes && isText)
            failHere("cannot mix bytes and nonbytes literals", "Give all of the parts a b prefix, or none of them.");
        if (isAt(TokenKind::FStringStart)) {
            isFString = true;
            fString(values);
            continue;
        }
        auto value = stringValue(literal);
        if (!value)
            failHere(value.error().message, value.error().hint);
        const SourceSpan span = token().span;
        advance();
        if (isBytes)
            bytes += *value;
        else
            addText(values, *std::move(value), span);
    }
    if (isBytes)
        return makeExpr(start, Constant {BytesValue {std::move(bytes)}});
    if (isFString)
        return makeExpr(start, JoinedStr {std::move(values)});
    return makeExpr(start, Constant {values.empty() ? std::string() : std::get<std::string>(as<Constant>(*values.front())->value)});
}

// Appends text to the last value if that is text too. Empty text leaves no value.
void Parser::addText(ExprList &values, std::string text, SourceSpan span) const
{
    if (text.empty())
        return;
    if (!values.empty()) {
        if (auto *last = as<Constant>(*values.back())) {
            std::get<std::string>(last->value) += text;
            values.back()->span.end = span.end;
            return;
        }
    }
    auto expr = std::make_unique<Expr>();
    expr->span = span;
    expr->node = Constant {std::move(text)};
    values.push_back(std::move(expr));
}

void Parser::fString(ExprList &values)
{
    const std::string_view prefix = text(token());
    const bool isRaw = prefix.find_first_of("rR") != std::string_view::npos;
    advance();
    for (;;) {
        if (isAt(TokenKind::FStringMiddle)) {
            auto value = fStringText(text(token()), isRaw, true);
            if (!value)
                failHere(value.error().message, value.error().hint);
            addText(values, *std::move(value), token().span);
            advance();
        } else if (isAt(TokenKind::LeftBrace)) {
            replacementField(values);
        } else {
            break;
        }
    }
    expect(TokenKind::FStringEnd);
}

// { expression [=] [! conversion] [: format specification] }
void Parser::replacementField(ExprList &values)
{
    const Descent descent(*this);
    const Mark start = mark();
    const Token open = token();
    expect(TokenKind::LeftBrace);
    constexpr const char *kShowBrace = "To show a brace, double it: '{{'.";
    if (isAtAny({TokenKind::Equal, TokenKind::Exclamation, TokenKind::Colon, TokenKind::RightBrace}))
        failHere("f-string: valid expression required before '" + std::string(text(token())) + "'", kShowBrace);
    if (!startsExpression())
        failHere("f-string: expecting a valid expression after '{'", kShowBrace);
    FormattedValue field;
    field.value = yieldOrStarExpressions();
    const bool isDebug = accept(TokenKind::Equal);
    if (isDebug) {
        std::string shown(std::string_view(m_stream.source).substr(open.end, token().begin - open.end));
        addText(values, std::move(shown), {open.span.end, token().span.begin});
    }
    const bool hasConversion = isAt(TokenKind::Exclamation);
    if (hasConversion)
        field.conversion = conversion();
    if (isAt(TokenKind::Colon)) {
        advance();
        field.formatSpec = formatSpecification(mark());
    }
    if (!isAt(TokenKind::RightBrace)) {
        if (m_isTrial || (m_lastDisjunctionEnd == m_at && !isDebug && !hasConversion && !field.formatSpec && !isAt(TokenKind::Error)
                          && canRead([&] { expression(); })))
            invalidSyntax();
        failHere(field.formatSpec ? "f-string: expecting '}', or format specs"
                     : hasConversion ? "f-string: expecting ':' or '}'"
                     : isDebug       ? "f-string: expecting '!', or ':', or '}'"
                                     : "f-string: expecting '=', or '!', or ':', or '}'",
                 "Close the expression in the f-string with '}'.");
    }
    if (isDebug && !hasConversion && !field.formatSpec)
        field.conversion = Conversion::Repr;
    advance();
    values.push_back(makeExpr(start, std::move(field)));
}

Conversion Parser::conversion()
{
    const Token mark = token();
    expect(TokenKind::Exclamation);
    constexpr const char *kHint = "Write !s, !r or !a.";
    if (isAt(TokenKind::Colon) || isAt(TokenKind::RightBrace))
        failHere("f-string: missing conversion character", kHint);
    if (!isAt(TokenKind::Name))
        failHere("f-string: invalid conversion character", kHint);
    const std::string character(text(token()));
    if (token().begin != mark.end)
        fail({mark.span.begin, token().span.end}, "f-string: conversion type must come right after the exclamanation mark", kHint);
    if (character != "s" && character != "r" && character != "a")
        failHere("f-string: invalid conversion character '" + character + "': expected 's', 'r', or 'a'", kHint);
    advance();
    return character == "s" ? Conversion::Str : character == "r" ? Conversion::Repr : Conversion::Ascii;
}

// Texts and nested fields up to, but without, the '}' that ends the field.
ExprPtr Parser::formatSpecification(const Mark &start)
{
    JoinedStr spec;
    for (;;) {
        if (isAt(TokenKind::FStringMiddle)) {
            auto value = fStringText(text(token()), false, false);
            if (!value)
                failHere(value.error().message, value.error().hint);
            addText(spec.values, *std::move(value), token().span);
            advance();
        } else if (isAt(TokenKind::LeftBrace)) {
            replacementField(spec.values);
        } else {
            return makeExpr(start, std::move(spec));
        }
    }
}

} // namespace pyrena::syntax
