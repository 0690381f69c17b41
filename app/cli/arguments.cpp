#include "app/cli/arguments.h"

#include "core/lesson/suggest.h"

#include <algorithm>
#include <limits>

namespace pyrena::cli {

namespace {

std::string quoted(std::string_view text) { return '\'' + std::string(text) + '\''; }

Error unknownOption(std::string_view name, const Command &command)
{
    std::vector<std::string_view> names = {"--help"};
    for (const Option &o : command.options)
        names.push_back(o.name);
    const std::string_view close = closestWord(name, names);
    return {"unknown option " + quoted(name)
            + (close.empty() ? "; 'pyrena " + std::string(command.name) + " --help' lists them" : "; did you mean " + std::string(close) + '?')};
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

Result<Arguments> Arguments::parse(std::span<const std::string_view> args, const Command &command)
{
    Arguments parsed;
    bool optionsEnded = false;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const std::string_view arg = args[i];
        if (optionsEnded || arg == "-" || !arg.starts_with('-')) {
            parsed.m_files.emplace_back(arg);
            continue;
        }
        if (arg == "--") {
            optionsEnded = true;
            continue;
        }
        const auto equals = arg.starts_with("--") ? arg.find('=') : std::string_view::npos;
        const std::string_view name = arg.substr(0, equals);
        if (name == "--help" || name == "-h") {
            parsed.m_values["--help"] = "";
            return parsed;
        }
        const auto option = std::ranges::find_if(command.options, [&](const Option &o) {
            return o.name == name || (!o.shortName.empty() && o.shortName == name);
        });
        if (option == command.options.end())
            return unknownOption(name, command);
        const std::string key(option->name);
        if (parsed.m_values.contains(key))
            return Error{"option " + quoted(name) + " is given twice; give it once"};
        if (option->value.empty()) {
            if (equals != std::string_view::npos)
                return Error{"option " + quoted(name) + " takes no value; leave out " + quoted(arg.substr(equals))};
            parsed.m_values[key] = "";
        } else if (equals != std::string_view::npos) {
            parsed.m_values[key] = arg.substr(equals + 1);
        } else if (i + 1 < args.size()) {
            parsed.m_values[key] = args[++i];
        } else {
            return Error{"option " + quoted(name) + " needs a value: " + std::string(name) + ' ' + std::string(option->value)};
        }
    }
    if (parsed.m_files.size() < command.minFiles)
        return Error{"which file? Usage: pyrena " + std::string(command.name) + ' ' + std::string(command.files)};
    if (parsed.m_files.size() > command.maxFiles)
        return Error{"unexpected argument " + quoted(parsed.m_files[command.maxFiles]) + "; usage: pyrena " + std::string(command.name)
                     + ' ' + std::string(command.files)};
    return parsed;
}

std::string Arguments::value(std::string_view option, std::string_view otherwise) const
{
    const auto found = m_values.find(std::string(option));
    return found == m_values.end() ? std::string(otherwise) : found->second;
}

Result<std::uint64_t> Arguments::number(std::string_view option, std::uint64_t otherwise, std::uint64_t from, std::uint64_t to) const
{
    if (!has(option))
        return otherwise;
    const std::string text = value(option);
    const std::uint64_t number = isDigits(text) ? std::stoull(text) : std::numeric_limits<std::uint64_t>::max();
    if (number < from || number > to)
        return Error{std::string(option) + ": " + quoted(text) + " is not a whole number from " + std::to_string(from) + " to "
                     + std::to_string(to)};
    return number;
}

Result<std::uint64_t> Arguments::bytes(std::string_view option, std::uint64_t otherwise) const
{
    if (!has(option))
        return otherwise;
    std::string digits = value(option);
    unsigned shift = 0;
    if (!digits.empty()) {
        const char unit = digits.back();
        shift = unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0;
        if (shift > 0)
            digits.pop_back();
    }
    constexpr std::uint64_t kMost = std::uint64_t(1) << 40;
    if (!isDigits(digits) || std::stoull(digits) == 0 || std::stoull(digits) > (kMost >> shift))
        return Error{std::string(option) + ": " + quoted(value(option)) + " is not a size; write for example 64M or 1G"};
    return std::stoull(digits) << shift;
}

Result<std::string> Arguments::word(std::string_view option, std::span<const std::string_view> words, std::string_view otherwise) const
{
    if (!has(option))
        return std::string(otherwise);
    const std::string given = value(option);
    if (std::ranges::find(words, std::string_view(given)) != words.end())
        return given;
    std::string all;
    for (const std::string_view w : words)
        all += (all.empty() ? "" : ", ") + std::string(w);
    const std::string_view close = closestWord(given, words);
    return Error{std::string(option) + ": there is no " + quoted(given)
                 + (close.empty() ? "; choose one of " + all : "; did you mean " + std::string(close) + '?')};
}

std::string help(const Command &command)
{
    std::string out = "Usage: pyrena " + std::string(command.name) + (command.files.empty() ? "" : ' ' + std::string(command.files))
        + (command.options.empty() ? "" : " [OPTIONS]") + "\n\n" + std::string(command.summary) + '\n';
    if (command.options.empty())
        return out;
    std::vector<std::pair<std::string, std::string_view>> rows;
    std::size_t width = 0;
    for (const Option &o : command.options) {
        std::string left = (o.shortName.empty() ? "" : std::string(o.shortName) + ", ") + std::string(o.name)
            + (o.value.empty() ? "" : ' ' + std::string(o.value));
        width = std::max(width, left.size());
        rows.emplace_back(std::move(left), o.help);
    }
    out += "\nOptions:\n";
    for (const auto &[left, text] : rows)
        out += "  " + left + std::string(width + 2 - left.size(), ' ') + std::string(text) + '\n';
    return out;
}

} // namespace pyrena::cli
