#pragma once

#include <string>
#include <string_view>

namespace pyrena::text {

std::string reprString(std::string_view text);    // repr(): quotes chosen and characters escaped as CPython does
std::string asciiString(std::string_view text);   // ascii(): everything above 0x7e escaped
std::string reprBytes(std::string_view bytes);    // b'...'
// ascii() of an object: the escapes of ascii() applied to what repr() gave.
std::string escapeNonAscii(std::string_view repr);

} // namespace pyrena::text
