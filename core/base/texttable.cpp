#include "core/base/texttable.h"

#include "core/base/address.h"
#include "core/base/source.h"

#include <cstdio>

namespace pyrena {

TextId TextTable::intern(std::string_view text)
{
    if (const auto found = m_index.find(text); found != m_index.end())
        return TextId(found->second);
    const auto id = static_cast<std::uint32_t>(m_texts.size());
    m_texts.emplace_back(text);
    m_bytes += text.size();
    m_index.emplace(m_texts.back(), id);
    return TextId(id);
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
    if (!d.hint.empty())
        out += "; " + d.hint;
    return out;
}

} // namespace pyrena
