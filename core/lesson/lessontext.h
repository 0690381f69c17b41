#pragma once

#include "core/base/source.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// A lesson's file cut into its pieces, not yet understood.
struct LessonPiece
{
    enum class Kind : std::uint8_t { FrontMatter, Text, Block };

    Kind kind = Kind::Text;
    std::string info;          // Block: the word after the fence
    std::string text;
    std::uint32_t line = 0;    // Block: of its fence; others: of the first line of text
    std::uint32_t textLine = 0;
};

// Problems found on the way (an open fence, no front matter, no UTF-8, too big) are appended.
std::vector<LessonPiece> splitLesson(std::string_view text, const std::string &fileName, std::vector<Diagnostic> &problems);

// How many sentences a narration holds. Code in backticks counts as one word; "3.13" and "e.g." end nothing.
std::size_t countSentences(std::string_view markdown);

} // namespace pyrena
