#include "app/cli/linediff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pyrena::cli {

namespace {

constexpr std::size_t kContext = 3;
constexpr std::size_t kMaxTable = 16'000'000;   // cells of the table of common subsequences; beyond, all counts as replaced

using Lines = std::vector<std::string_view>;

Lines linesOf(std::string_view text)
{
    Lines lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1);
        lines.push_back(text.substr(0, end + 1));   // with its newline: a missing one at the end is a difference
        text.remove_prefix(end + 1);
    }
    return lines;
}

struct Edit
{
    char sign;   // ' ', '-', '+'
    std::size_t left, right;   // lines before it
};

// A longest common subsequence of what lies between the common beginning and the common end.
std::vector<Edit> edits(const Lines &a, const Lines &b)
{
    std::size_t head = 0, tail = 0;
    while (head < std::min(a.size(), b.size()) && a[head] == b[head])
        ++head;
    while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const std::size_t n = a.size() - head - tail, m = b.size() - head - tail;
    std::vector<std::uint32_t> common;
    const bool small = n == 0 || m <= kMaxTable / n;
    if (small) {
        common.assign((n + 1) * (m + 1), 0);   // [i][j]: of what follows i and j
        for (std::size_t i = n; i-- > 0;)
            for (std::size_t j = m; j-- > 0;)
                common[i * (m + 1) + j] = a[head + i] == b[head + j]
                    ? common[(i + 1) * (m + 1) + j + 1] + 1
                    : std::max(common[(i + 1) * (m + 1) + j], common[i * (m + 1) + j + 1]);
    }
    std::vector<Edit> out;
    for (std::size_t i = 0; i < head; ++i)
        out.push_back({' ', i, i});
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (small && i < n && j < m && a[head + i] == b[head + j])
            out.push_back({' ', head + i++, head + j++});
        else if (i < n && (j == m || !small || common[(i + 1) * (m + 1) + j] >= common[i * (m + 1) + j + 1]))
            out.push_back({'-', head + i++, head + j});
        else
            out.push_back({'+', head + i, head + j++});
    }
    for (std::size_t k = tail; k > 0; --k)
        out.push_back({' ', a.size() - k, b.size() - k});
    return out;
}

std::string range(std::size_t first, std::size_t count)
{
    const std::string shown = std::to_string(count == 0 ? first : first + 1);
    return count == 1 ? shown : shown + ',' + std::to_string(count);
}

} // namespace

std::string unifiedDiff(std::string_view left, std::string_view right, std::string_view leftName, std::string_view rightName)
{
    if (left == right)
        return {};
    const Lines a = linesOf(left), b = linesOf(right);
    const std::vector<Edit> all = edits(a, b);
    std::string out = "--- " + std::string(leftName) + "\n+++ " + std::string(rightName) + "\n";
    for (std::size_t at = 0; at < all.size();) {
        if (all[at].sign == ' ') {
            ++at;
            continue;
        }
        // A hunk reaches to the last difference that is followed by more than twice the context of equal lines.
        std::size_t end = at + 1;
        for (std::size_t k = at; k < all.size() && k <= end + 2 * kContext; ++k)
            if (all[k].sign != ' ')
                end = k + 1;
        const std::size_t from = at - std::min(at, kContext), to = std::min(all.size(), end + kContext);
        std::size_t removed = 0, added = 0;
        for (std::size_t k = from; k < to; ++k) {
            removed += all[k].sign != '+';
            added += all[k].sign != '-';
        }
        out += "@@ -" + range(all[from].left, removed) + " +" + range(all[from].right, added) + " @@\n";
        for (std::size_t k = from; k < to; ++k) {
            const std::string_view line = all[k].sign == '+' ? b[all[k].right] : a[all[k].left];
            out += all[k].sign;
            out += line;
            if (line.back() != '\n')
                out += "\n\\ No newline at end of file\n";
        }
        at = to;
    }
    return out;
}

} // namespace pyrena::cli
