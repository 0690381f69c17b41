#pragma once

#include "core/base/result.h"
#include "core/python/syntax/ast.h"

#include <string>
#include <string_view>

namespace pyrena::syntax {

struct LiteralError
{
    std::string message;
    std::string hint;
};

// Requires: text is a number token.
Result<ast::ConstantValue, LiteralError> numberValue(std::string_view text);

enum class StringFlavour { Text, Bytes };

struct StringLiteral   // a string token taken apart
{
    StringFlavour flavour = StringFlavour::Text;
    bool isRaw = false;
    std::string_view content;   // between the quotes, escapes not yet replaced
};

// Requires: token is a string token (not an f-string).
StringLiteral splitString(std::string_view token);
// The characters (UTF-8) or bytes that a literal's content stands for.
Result<std::string, LiteralError> stringValue(const StringLiteral &literal);
// An f-string's text: as above, and doubled braces become single where `unescapeBraces` says so.
Result<std::string, LiteralError> fStringText(std::string_view content, bool isRaw, bool unescapeBraces);

} // namespace pyrena::syntax
