// What a program may ask of code objects, frames and generators: their attributes, locals(), sys._getframe().
#include "core/python/runtime/interpreter.h"

#include <algorithm>

namespace pyrena {

const LoadedCode &Interpreter::codeOf(ObjectId codeOrFrame) const
{
    return *m_codes.at(static_cast<std::uint32_t>(object(codeOrFrame).value));
}

// The call that runs in this frame; null when it is over or suspended.
const Frame *Interpreter::callIn(ObjectId frame) const
{
    const Frame *call = m_frame;
    while (call && call->object != frame)
        call = call->back;
    return call;
}

namespace {

// What a frame holds behind its locals and its value stack (appendToFrame); none: nothing of that name.
ObjectId fieldOf(const World &world, ObjectId frame, const CodeObject &code, TextId label)
{
    const auto slots = world.slotsOf(frame);
    for (std::size_t i = code.localsPlus.size() + code.stackSize; i < slots.size(); ++i)
        if (slots[i].label == label)
            return slots[i].target;
    return {};
}

} // namespace

Ref Interpreter::codeAttribute(ObjectId id, std::string_view name)
{
    const CodeObject &code = *codeOf(id).code;
    const auto names = [&](auto begin, auto end, bool sorted) {
        std::vector<std::string> all(begin, end);
        if (sorted)
            std::sort(all.begin(), all.end());
        std::vector<Ref> items;
        for (const std::string &each : all)
            items.push_back(m_heap.newInternedStr(each, true));
        return m_heap.newTupleStealing(std::move(items));
    };
    const auto number = [&](std::size_t n) { return m_heap.newInt(static_cast<std::int64_t>(n)); };
    const auto locals = code.localsPlus.begin();
    if (name == "co_name")
        return m_heap.newInternedStr(code.name, true);
    if (name == "co_qualname" && profile().minor >= 11)
        return m_heap.newInternedStr(code.qualName, true);
    if (name == "co_filename")
        return m_heap.newInternedStr(m_fileName, true);
    if (name == "co_firstlineno")
        return number(code.firstLine);
    if (name == "co_argcount")
        return number(code.argCount);
    if (name == "co_kwonlyargcount")
        return number(code.kwOnlyArgCount);
    if (name == "co_posonlyargcount" && profile().minor >= 8)
        return number(code.posOnlyArgCount);
    if (name == "co_nlocals")
        return number(code.firstCell);
    if (name == "co_stacksize")
        return number(code.pythonStackSize);
    if (name == "co_varnames")
        return names(locals, locals + code.firstCell, false);
    if (name == "co_freevars")
        return names(locals + code.firstFree, code.localsPlus.end(), false);
    if (name == "co_cellvars") {
        std::vector<std::string> cells;
        for (const std::uint32_t argument : code.cellArguments)
            cells.push_back(code.localsPlus[argument]);
        cells.insert(cells.end(), locals + code.firstCell, locals + code.firstFree);
        return names(cells.begin(), cells.end(), profile().minor <= 10);
    }
    if (name.starts_with("co_"))
        unsupported("the attribute " + std::string(name) + " of a code object");
    return {};
}

Ref Interpreter::frameAttribute(ObjectId id, std::string_view name)
{
    const LoadedCode &code = codeOf(id);
    const Frame *call = callIn(id);
    if (name == "f_code")
        return m_heap.own(code.object);
    if (name == "f_lineno") {
        if (call && call->ip == 0)   // a collection at its beginning calls back
            return m_heap.newInt(std::int64_t(code.code->firstLine));
        const auto *kept = m_heap.native<FrameNative>(id);
        const std::uint32_t at = call ? call->lastInstruction : kept ? kept->instruction : 0;
        return m_heap.newInt(std::int64_t(code.code->instructions[at].span.begin.line));
    }
    if (name == "f_back") {
        if (call)
            return call->back ? m_heap.own(call->back->object) : m_heap.newNone();
        const ObjectId back = fieldOf(world(), id, *code.code, m_heap.text("f_back"));
        return back ? m_heap.own(back) : m_heap.newNone();
    }
    if (name == "f_globals")
        return m_heap.own(call ? call->globals : m_mainDict);
    if (name == "f_locals")
        return frameLocals(id);
    if (name.starts_with("f_"))
        unsupported("the attribute " + std::string(name) + " of a frame");
    return {};
}

// PyFrame_FastToLocals. Up to 3.12 the frame keeps the dict and what it says is brought up to date each time.
Ref Interpreter::frameLocals(ObjectId frame)
{
    const LoadedCode &loaded = codeOf(frame);
    const CodeObject &code = *loaded.code;
    const ObjectId kept = fieldOf(world(), frame, code, m_heap.text("f_locals"));
    if (!code.has(CodeFlag::Function)) {
        const Frame *call = callIn(frame);
        return m_heap.own(call && call->names ? call->names : kept ? kept : m_mainDict);
    }
    Ref dict;
    const bool keeps = profile().major == 3 && profile().minor <= 12;
    if (keeps && kept)
        dict = m_heap.own(kept);
    if (!dict) {
        dict = m_dicts.newDict();
        if (keeps)
            appendToFrame(frame, m_heap.own(dict), "f_locals");
    }
    const auto &cells = code.cellArguments;
    const auto isCellArgument = [&](std::uint32_t i) { return std::find(cells.begin(), cells.end(), i) != cells.end(); };
    const auto put = [&](std::uint32_t i) {
        ObjectId value = m_heap.item(frame, i);
        if (value && (i >= code.firstCell || isCellArgument(i)))
            value = m_heap.item(value, 0);
        if (value)
            m_dicts.setText(dict, code.localsPlus[i], m_heap.own(value));
        else
            m_dicts.removeText(dict, code.localsPlus[i]);
    };
    // Up to 3.10 arguments that are cells stand among the cells.
    const bool cellsLater = profile().minor <= 10;
    // Up to 3.6 each kind is gone through from its end.
    const auto putAll = [&](std::vector<std::uint32_t> places) {
        if (profile().minor <= 6)
            std::reverse(places.begin(), places.end());
        for (const std::uint32_t i : places)
            put(i);
    };
    const auto range = [](std::uint32_t from, std::size_t to) {
        std::vector<std::uint32_t> places;
        for (std::uint32_t i = from; i < to; ++i)
            places.push_back(i);
        return places;
    };
    std::vector<std::uint32_t> locals = range(0, code.firstCell);
    if (cellsLater)
        std::erase_if(locals, isCellArgument);
    putAll(std::move(locals));
    if (cellsLater) {
        std::vector<std::uint32_t> own(cells);
        for (std::uint32_t i = code.firstCell; i < code.firstFree; ++i)
            own.push_back(i);
        std::sort(own.begin(), own.end(), [&](std::uint32_t a, std::uint32_t b) { return code.localsPlus[a] < code.localsPlus[b]; });
        putAll(std::move(own));
    }
    putAll(range(cellsLater ? code.firstFree : code.firstCell, code.localsPlus.size()));
    return dict;
}

Ref Interpreter::generatorAttribute(ObjectId id, std::string_view name)
{
    const GeneratorNative &native = *m_heap.native<GeneratorNative>(id);
    if (name == "gi_frame")
        return native.frame && !native.closed ? m_heap.own(native.frame->object) : m_heap.newNone();
    if (name == "gi_running")
        return m_heap.newBool(native.running);
    if (name == "gi_suspended" && profile().minor >= 11)
        return m_heap.newBool(native.frame && native.started && !native.running);
    if (name == "gi_code")
        return m_heap.own(codeOf(id).object);
    if (name == "gi_yieldfrom") {
        const ObjectId waitsFor = native.frame && native.started && !native.running ? delegate(*native.frame) : ObjectId();
        return waitsFor ? m_heap.own(waitsFor) : m_heap.newNone();
    }
    if (name == "__name__" || name == "__qualname__")
        return m_heap.newInternedStr(name == "__name__" ? native.name : native.qualName, true);
    return {};
}

} // namespace pyrena
