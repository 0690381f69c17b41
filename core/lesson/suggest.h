#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pyrena {

// The word that was probably meant: at most two letters wrong, missing, added or swapped. Empty: none is close.
std::string_view closestWord(std::string_view word, std::span<const std::string_view> words);

} // namespace pyrena
