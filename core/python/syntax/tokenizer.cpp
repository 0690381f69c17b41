#include "core/python/syntax/tokenizer.h"

#include "core/python/syntax/lexer.h"
#include "core/python/syntax/utf8.h"

#include <cstdio>

namespace pyrena::syntax {

namespace {

// Without byte order mark; "\r\n" and "\r" become "\n"; the last line is ended.
std::string normalised(std::string_view source)
{
    constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
    if (source.starts_with(kByteOrderMark))
        source.remove_prefix(kByteOrderMark.size());
    std::string text;
    text.reserve(source.size() + 1);
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] != '\r') {
            text += source[i];
            continue;
        }
        text += '\n';
        if (i + 1 < source.size() && source[i + 1] == '\n')
            ++i;
    }
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    return text;
}

SourcePosition positionOf(std::string_view text, std::size_t offset)
{
    SourcePosition position {1, 1};
    for (std::size_t i = 0; i < offset; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\n') {
            ++position.line;
            position.column = 1;
        } else if ((byte & 0xc0) != 0x80) {
            ++position.column;
        }
    }
    return position;
}

void stopWith(TokenStream &stream, TokenError error)
{
    Token token;
    token.kind = TokenKind::Error;
    token.span = error.diagnostic.span;
    token.begin = token.end = static_cast<std::uint32_t>(stream.source.size());
    stream.tokens.push_back(token);
    stream.error = std::move(error);
}

void stopAt(TokenStream &stream, const std::string &fileName, std::size_t offset, std::string message, std::string hint)
{
    const SourcePosition at = positionOf(stream.source, offset);
    stopWith(stream, {{fileName, {at, {at.line, at.column + 1}}, std::move(message), std::move(hint)}});
}

} // namespace

TokenStream tokenize(std::string_view source, const std::string &fileName)
{
    TokenStream stream;
    stream.source = normalised(source);
    if (const std::size_t bad = findInvalidUtf8(stream.source); bad != std::string::npos) {
        char byte[8];
        std::snprintf(byte, sizeof byte, "\\x%02x", static_cast<unsigned char>(stream.source[bad]));
        stopAt(stream, fileName, bad, std::string("Non-UTF-8 code starting with '") + byte + "'", "Save the program as UTF-8.");
        return stream;
    }
    if (const std::size_t null = stream.source.find('\0'); null != std::string::npos) {
        stopAt(stream, fileName, null, "source code cannot contain null bytes", "Remove the character with code 0.");
        return stream;
    }
    try {
        Lexer(stream, fileName).run();
    } catch (TokenError &error) {
        stopWith(stream, std::move(error));
    }
    return stream;
}

} // namespace pyrena::syntax
