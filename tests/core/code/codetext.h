#pragma once

#include "core/python/code/compiler.h"
#include "core/python/syntax/parser.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

namespace codetext {

using CodePointer = std::shared_ptr<const pyrena::CodeObject>;

inline CodePointer compiled(const std::string &source, const char *profile = "3.13")
{
    const auto *found = pyrena::findProfile(profile);
    REQUIRE(found);
    auto module = pyrena::parse(source, "test.py");
    if (!module) {
        FAIL(pyrena::toString(module.error()), " in\n", source);
        return nullptr;
    }
    auto code = pyrena::compile(*module, "test.py", *found);
    if (!code) {
        FAIL(pyrena::toString(code.error()), " in\n", source);
        return nullptr;
    }
    return *code;
}

// The code object that the given one makes, by name.
inline CodePointer inner(const pyrena::CodeObject &code, const std::string &name)
{
    for (const pyrena::Constant &constant : code.consts)
        if (const auto *pointer = std::get_if<CodePointer>(&constant.value); pointer && (*pointer)->name == name)
            return *pointer;
    FAIL("no code object '", name, "' in ", code.qualName);
    return nullptr;
}

// The instructions, one line each without leading spaces; bookkeeping (Statement) and the closing `return None` left out.
inline std::string lines(const pyrena::CodeObject &code)
{
    std::string result, text = pyrena::disassemble(code);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        std::string line = text.substr(at, end - at);
        at = end + 1;
        line.erase(0, line.find_first_not_of(' '));
        if (!line.starts_with("Statement"))
            result += line + '\n';
    }
    const std::string tail = "LoadConst None\nReturnValue\n";
    if (result.ends_with(tail))
        result.resize(result.size() - tail.size());
    return result;
}

inline std::string module(const std::string &source, const char *profile = "3.13")
{
    return '\n' + lines(*compiled(source, profile));
}

// The instructions of function f of the source.
inline std::string function(const std::string &source, const char *profile = "3.13", const std::string &name = "f")
{
    return '\n' + lines(*inner(*compiled(source, profile), name));
}

} // namespace codetext
