#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena::cli {

// Writes JSON (RFC 8259) piece by piece, two blanks a level. Commas and quotes are its business.
class JsonWriter
{
public:
    JsonWriter &beginObject();
    JsonWriter &endObject();
    JsonWriter &beginArray();
    JsonWriter &endArray();
    JsonWriter &key(std::string_view name);
    JsonWriter &value(std::string_view text);
    JsonWriter &value(const char *text) { return value(std::string_view(text)); }
    JsonWriter &value(std::int64_t number);
    JsonWriter &value(std::uint64_t number);
    JsonWriter &value(std::uint32_t number) { return value(std::uint64_t(number)); }
    JsonWriter &value(int number) { return value(std::int64_t(number)); }
    JsonWriter &value(double number);
    JsonWriter &value(bool b);
    template <class T>
    JsonWriter &member(std::string_view name, const T &v) { key(name); return value(v); }

    std::string take() { return std::move(m_out) + '\n'; }

private:
    void beforeValue();
    void indent();
    JsonWriter &close(char bracket);

    std::string m_out;
    std::vector<bool> m_hasMembers;   // of each open container
    bool m_afterKey = false;
};

} // namespace pyrena::cli
