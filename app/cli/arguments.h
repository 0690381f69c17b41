#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena::cli {

struct Option
{
    std::string_view name;       // "--python"
    std::string_view shortName;  // "-o"; may be empty
    std::string_view value;      // what stands for its value in the help; empty: it takes none
    std::string_view help;
};

struct Command
{
    std::string_view name;
    std::string_view files;      // "SCRIPT.py", "FILE...", ""
    std::string_view summary;
    std::span<const Option> options;
    std::size_t minFiles = 0, maxFiles = 0;
};

// The arguments of one command, split and checked against what it knows.
class Arguments
{
public:
    static Result<Arguments> parse(std::span<const std::string_view> args, const Command &command);

    bool has(std::string_view option) const { return m_values.contains(std::string(option)); }
    std::string value(std::string_view option, std::string_view otherwise = {}) const;
    const std::vector<std::string> &files() const { return m_files; }

    // A whole number from `from` to `to`; a problem names the option.
    Result<std::uint64_t> number(std::string_view option, std::uint64_t otherwise, std::uint64_t from, std::uint64_t to) const;
    // The same with an optional K, M or G.
    Result<std::uint64_t> bytes(std::string_view option, std::uint64_t otherwise) const;
    // One of a few words.
    Result<std::string> word(std::string_view option, std::span<const std::string_view> words, std::string_view otherwise) const;

private:
    std::map<std::string, std::string> m_values;
    std::vector<std::string> m_files;
};

std::string help(const Command &command);

} // namespace pyrena::cli
