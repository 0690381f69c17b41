#include "app/bench/bench.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace pyrena::bench {

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Samples::least() const { return empty() ? 0 : *std::ranges::min_element(m_seconds); }

double Samples::median() const
{
    std::vector<double> sorted = m_seconds;
    std::ranges::sort(sorted);
    return empty() ? 0 : sorted[sorted.size() / 2];
}

std::string Samples::spread() const
{
    return empty() ? "-" : "+" + number(100 * (median() / least() - 1)) + " %";
}

void row(std::ostream &out, const std::string &name, std::initializer_list<std::string> cells)
{
    constexpr std::size_t kName = 34, kCell = 15;
    out << name << std::string(name.size() < kName ? kName - name.size() : 1, ' ');
    for (const std::string &cell : cells)
        out << std::string(cell.size() < kCell ? kCell - cell.size() : 1, ' ') << cell;
    out << std::endl;
}

std::string number(double value, int decimals)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    std::string text = buffer;
    const auto point = text.find('.');
    for (std::size_t i = point == std::string::npos ? text.size() : point; i > 3;)
        text.insert(i -= 3, ",");
    return text;
}

} // namespace pyrena::bench
