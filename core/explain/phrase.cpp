#include "core/explain/phrase.h"

#include <cstdint>
#include <utility>

namespace pyrena {

namespace {
Translate &translator()
{
    static Translate instance;
    return instance;
}
} // namespace

void setTranslator(Translate translate)
{
    translator() = std::move(translate);
}

std::string phrase(const char *english, std::initializer_list<std::string> arguments)
{
    const std::string pattern = translator() ? translator()(english) : std::string(english);
    std::string filled;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool place = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
        const std::size_t which = place ? static_cast<std::size_t>(pattern[i + 1] - '1') : 0;
        if (place && which < arguments.size()) {
            filled += *(arguments.begin() + which);
            ++i;
        } else {
            filled += pattern[i];
        }
    }
    return filled;
}

std::string number(std::int64_t value)
{
    std::string digits = std::to_string(value);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t i = digits.size(); i > first + 3;) {
        i -= 3;
        digits.insert(i, 1, ',');
    }
    return digits;
}

} // namespace pyrena
