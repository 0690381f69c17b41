#pragma once

#include "core/python/text/texterror.h"
#include "core/python/text/utf8.h"

#include <bit>
#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

// Reads the tables of tests/data/text: what CPython made of many inputs. generate.py describes the form.
namespace textdata {

using Row = std::vector<std::string>;

inline std::string unescape(std::string_view field)
{
    std::string out;
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\') {
            out += field[i];
            continue;
        }
        const char c = field[++i];
        if (c == 'u') {
            const std::size_t end = field.find('}', i);
            pyrena::text::appendCodePoint(out, char32_t(std::stoul(std::string(field.substr(i + 2, end - i - 2)), nullptr, 16)));
            i = end;
        } else {
            out += c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : '\\';
        }
    }
    return out;
}

inline std::vector<Row> table(const std::string &name)
{
    std::ifstream file(PYRENA_TEST_DATA "/text/" + name + ".txt");
    std::vector<Row> rows;
    for (std::string line; std::getline(file, line);) {
        Row row;
        std::string_view rest = line;
        for (std::size_t tab = rest.find('\t'); tab != rest.npos; tab = rest.find('\t')) {
            row.push_back(unescape(rest.substr(0, tab)));
            rest.remove_prefix(tab + 1);
        }
        row.push_back(unescape(rest));
        rows.push_back(std::move(row));
    }
    return rows;
}

inline double toDouble(std::string_view hexBits)
{
    return std::bit_cast<double>(std::uint64_t(std::stoull(std::string(hexBits), nullptr, 16)));
}

inline std::string toBits(double value)
{
    // There is only one nan in Python's text.
    const auto bits = value != value ? 0x7ff8000000000000u : std::bit_cast<std::uint64_t>(value);
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(bits >> shift) & 0xf];
    return out;
}

inline std::string shown(const pyrena::text::TextError &error)
{
    return "!" + std::string(pyrena::text::name(error.kind)) + ": " + error.message;
}

// "=text" or "!Exception: message", as in the tables.
inline std::string shown(const pyrena::text::TextResult<std::string> &result)
{
    return result ? "=" + *result : shown(result.error());
}

} // namespace textdata
