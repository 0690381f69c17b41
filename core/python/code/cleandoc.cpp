#include "core/python/code/cleandoc.h"

#include <algorithm>

namespace pyrena {

namespace {

std::string expandTabs(const std::string &text)
{
    std::string result;
    std::size_t column = 0;
    for (const char c : text) {
        if (c == '\t') {
            const std::size_t spaces = 8 - column % 8;
            result.append(spaces, ' ');
            column += spaces;
            continue;
        }
        result += c;
        if (c == '\n' || c == '\r')
            column = 0;
        else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80)   // a tab stop counts characters
            ++column;
    }
    return result;
}

} // namespace

std::string cleanDoc(const std::string &text)
{
    const std::string doc = expandTabs(text);
    std::size_t margin = std::string::npos;
    for (std::size_t line = doc.find('\n'); line != std::string::npos; line = doc.find('\n', line + 1)) {
        const std::size_t first = std::min(doc.find_first_not_of(' ', line + 1), doc.size());
        if (first < doc.size() && doc[first] != '\n')
            margin = std::min(margin, first - line - 1);
    }
    std::string result;
    for (std::size_t at = 0; at <= doc.size();) {
        const std::size_t end = std::min(doc.find('\n', at), doc.size());
        const std::size_t first = std::min(doc.find_first_not_of(' ', at), end);
        const std::size_t spaces = at == 0 ? first : std::min(first - at, margin == std::string::npos ? 0 : margin);
        result.append(doc, at + spaces, end - at - spaces);
        if (end < doc.size())
            result += '\n';
        at = end + 1;
    }
    return result;
}

} // namespace pyrena
