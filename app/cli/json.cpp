#include "app/cli/json.h"

#include <cmath>
#include <cstdio>

namespace pyrena::cli {

void JsonWriter::indent()
{
    m_out += '\n' + std::string(2 * m_hasMembers.size(), ' ');
}

void JsonWriter::beforeValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_hasMembers.empty())
        return;
    if (m_hasMembers.back())
        m_out += ',';
    m_hasMembers.back() = true;
    indent();
}

JsonWriter &JsonWriter::close(char bracket)
{
    const bool hadMembers = m_hasMembers.back();
    m_hasMembers.pop_back();
    if (hadMembers)
        indent();
    m_out += bracket;
    return *this;
}

JsonWriter &JsonWriter::beginObject() { beforeValue(); m_out += '{'; m_hasMembers.push_back(false); return *this; }
JsonWriter &JsonWriter::endObject() { return close('}'); }
JsonWriter &JsonWriter::beginArray() { beforeValue(); m_out += '['; m_hasMembers.push_back(false); return *this; }
JsonWriter &JsonWriter::endArray() { return close(']'); }

JsonWriter &JsonWriter::key(std::string_view name)
{
    value(name);
    m_out += ": ";
    m_afterKey = true;
    return *this;
}

JsonWriter &JsonWriter::value(std::string_view text)
{
    beforeValue();
    m_out += '"';
    for (const char c : text) {
        switch (c) {
        case '"': m_out += "\\\""; break;
        case '\\': m_out += "\\\\"; break;
        case '\n': m_out += "\\n"; break;
        case '\r': m_out += "\\r"; break;
        case '\t': m_out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                char buffer[8];
                std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
                m_out += buffer;
            } else {
                m_out += c;
            }
        }
    }
    m_out += '"';
    return *this;
}

JsonWriter &JsonWriter::value(std::int64_t number) { beforeValue(); m_out += std::to_string(number); return *this; }
JsonWriter &JsonWriter::value(std::uint64_t number) { beforeValue(); m_out += std::to_string(number); return *this; }
JsonWriter &JsonWriter::value(bool b) { beforeValue(); m_out += b ? "true" : "false"; return *this; }

JsonWriter &JsonWriter::value(double number)
{
    beforeValue();
    if (!std::isfinite(number)) {
        m_out += "null";
        return *this;
    }
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.6g", number);
    m_out += buffer;
    return *this;
}

} // namespace pyrena::cli
