#pragma once

#include "core/base/source.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pyrena {

// A YAML block of a lesson as a small tree. Stricter than YAML: a key may occur once, aliases and tags are refused,
// depth and size are bounded. (yaml-cpp's own Node keeps the first of two equal keys and says nothing.)
struct YamlNode
{
    enum class Kind : std::uint8_t { Null, Scalar, Sequence, Map };

    Kind kind = Kind::Null;
    std::string text;                                    // Scalar
    std::vector<YamlNode> items;                         // Sequence
    struct Entry;
    std::vector<Entry> entries;                          // Map, in the order of the file
    std::uint32_t line = 0;                              // of the file
    std::uint32_t column = 0;

    const YamlNode *find(std::string_view key) const;    // of a Map; nullptr: no such key
};

struct YamlNode::Entry
{
    YamlNode first, second;
};

inline constexpr std::size_t kMaxYamlDepth = 8;
inline constexpr std::size_t kMaxYamlNodes = 2000;

// `firstLine`: the line of the file that holds the text's first line. Problems are appended; without a value there is one.
std::optional<YamlNode> parseYaml(std::string_view text, const std::string &fileName, std::uint32_t firstLine,
                                  std::vector<Diagnostic> &problems);

} // namespace pyrena
