#include "core/lesson/suggest.h"

#include <algorithm>
#include <vector>

namespace pyrena {

namespace {

// Damerau-Levenshtein, restricted: neighbours may be swapped once.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j)
        d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

} // namespace

std::string_view closestWord(std::string_view word, std::span<const std::string_view> words)
{
    constexpr std::size_t kLongestWord = 40;
    std::string_view best;
    std::size_t bestDistance = 3;
    if (word.size() > kLongestWord)
        return best;
    for (const std::string_view candidate : words) {
        const std::size_t allowed = std::min<std::size_t>(2, std::max(word.size(), candidate.size()) / 3);
        const std::size_t d = distance(word, candidate);
        if (d <= allowed && d < bestDistance) {
            best = candidate;
            bestDistance = d;
        }
    }
    return best;
}

} // namespace pyrena
