#include "core/base/texttable.h"

#include "core/base/address.h"
#include "core/base/source.h"

#include <cctype>
#include <cstdio>
#include <cstring>

namespace pyrena {

namespace {

// A multiplication for each eight bytes (the folded product of wyhash and others); names are short.
std::uint32_t hashOf(std::string_view text)
{
    const auto mixed = [](std::uint64_t a) {
        const auto product = static_cast<unsigned __int128>(a) * 0x9e3779b97f4a7c15u;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    };
    std::uint64_t hash = text.size();
    while (text.size() > 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data(), 8);
        hash = mixed(hash ^ word);
        text.remove_prefix(8);
    }
    std::uint64_t last = 0;
    std::memcpy(&last, text.data(), text.size());
    return static_cast<std::uint32_t>(mixed(hash ^ last));
}

} // namespace

TextId TextTable::intern(std::string_view text)
{
    const std::uint32_t hash = hashOf(text);
    const std::size_t mask = m_cells.size() - 1;
    std::size_t at = hash & mask;
    for (; m_cells[at].id != kVacant; at = (at + 1) & mask)
        if (m_cells[at].hash == hash && m_texts[m_cells[at].id] == text)
            return TextId(m_cells[at].id);
    const auto id = static_cast<std::uint32_t>(m_texts.size());
    m_texts.emplace_back(text);
    m_bytes += text.size();
    m_cells[at] = {hash, id};
    if (m_texts.size() * 2 > m_cells.size())
        grow();
    return TextId(id);
}

void TextTable::grow()
{
    std::vector<Cell> old(m_cells.size() * 2);
    old.swap(m_cells);
    const std::size_t mask = m_cells.size() - 1;
    for (const Cell &cell : old) {
        if (cell.id == kVacant)
            continue;
        std::size_t at = cell.hash & mask;
        while (m_cells[at].id != kVacant)
            at = (at + 1) & mask;
        m_cells[at] = cell;
    }
}

std::string toHex(Address address)
{
    char buffer[2 + 16 + 1];
    std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(address.value));
    return buffer;
}

std::string toString(const Diagnostic &d)
{
    std::string out = d.file;
    if (d.span.begin.line > 0) {
        out += (out.empty() ? "" : ":") + std::to_string(d.span.begin.line);
        if (d.span.begin.column > 0)
            out += ':' + std::to_string(d.span.begin.column);
    }
    if (!out.empty())
        out += ": ";
    out += d.message;
    if (!d.hint.empty()) {
        const std::size_t begin = out.size() + 2;
        out += "; " + d.hint;
        // A hint is a sentence of its own; here it goes on with the message's. A name in capitals stays one.
        const bool name = d.hint.size() > 1 && std::isupper(static_cast<unsigned char>(d.hint[1])) != 0;
        if (!name)
            out[begin] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[begin])));
    }
    return out;
}

} // namespace pyrena
