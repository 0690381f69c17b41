#pragma once

namespace pyrena::syntax {

bool isIdentifierStart(char32_t c);
bool isIdentifierPart(char32_t c);

} // namespace pyrena::syntax
