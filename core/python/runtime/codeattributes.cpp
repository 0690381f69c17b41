// What a program can ask of a code object.
#include "core/python/runtime/interpreter.h"

#include <algorithm>

namespace pyrena {

namespace {

const LoadedCode *findCode(const LoadedCode &within, ObjectId object)
{
    if (within.object == object)
        return &within;
    for (const auto &child : within.children)
        if (const LoadedCode *found = findCode(*child, object))
            return found;
    return nullptr;
}

} // namespace

Ref Interpreter::codeAttribute(ObjectId id, std::string_view name)
{
    const LoadedCode *loaded = m_main ? findCode(*m_main, id) : nullptr;
    for (const auto &library : m_libraries)
        if (!loaded)
            loaded = findCode(*library, id);
    if (!loaded)
        return {};
    const CodeObject &code = *loaded->code;
    const auto names = [&](std::size_t begin, std::size_t end) {
        std::vector<Ref> items;
        for (std::size_t n = begin; n < end; ++n)
            items.push_back(m_heap.newInternedStr(code.localsPlus[n], true));
        return items;
    };
    if (name == "co_name")
        return m_heap.newInternedStr(code.name, true);
    if (name == "co_qualname" && profile().minor >= 11)
        return m_heap.newInternedStr(code.qualName, true);
    if (name == "co_filename")
        return m_heap.newStr(m_fileName);
    const std::pair<std::string_view, std::uint32_t> numbers[] = {
        {"co_argcount", code.argCount}, {"co_kwonlyargcount", code.kwOnlyArgCount}, {"co_firstlineno", code.firstLine},
        {"co_nlocals", code.firstCell}};
    for (const auto &[known, value] : numbers)
        if (name == known)
            return m_heap.newInt(std::int64_t(value));
    if (name == "co_posonlyargcount" && profile().minor >= 8)
        return m_heap.newInt(std::int64_t(code.posOnlyArgCount));
    if (name == "co_varnames")
        return m_heap.newTupleStealing(names(0, code.firstCell));
    if (name == "co_freevars")
        return m_heap.newTupleStealing(names(code.firstFree, code.localsPlus.size()));
    if (name == "co_cellvars") {
        std::vector<Ref> cells;
        for (const std::uint32_t argument : code.cellArguments)
            cells.push_back(m_heap.newInternedStr(code.localsPlus[argument], true));
        for (Ref &own : names(code.firstCell, code.firstFree))
            cells.push_back(std::move(own));
        return m_heap.newTupleStealing(std::move(cells));
    }
    if (name.starts_with("co_"))
        unsupported("the attribute " + std::string(name) + " of a code object");
    return {};
}

} // namespace pyrena
