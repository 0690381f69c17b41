// Binding of the arguments of a call to the parameters of a function.
#include "core/python/runtime/interpreter.h"

#include <algorithm>
#include <utility>

namespace pyrena {

namespace {

std::string quotedList(const std::vector<std::string> &names)
{
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0)
            out += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
        out += "'" + names[i] + "'";
    }
    return out;
}

} // namespace

void Interpreter::bindArguments(Frame &frame, ObjectId function, std::span<Ref> owned, std::span<const ObjectId> borrowed,
                                Keywords keywords, std::span<Ref> ownedKeywords)
{
    const CodeObject &code = *frame.code->code;
    const FunctionNative &native = m_heap.nativeOf<FunctionNative>(function);
    const auto shownName = [&] { return (profile().minor >= 10 ? native.qualName : native.name) + "()"; };
    const std::uint32_t positional = code.argCount;
    const std::uint32_t named = positional + code.kwOnlyArgCount;
    const std::size_t given = owned.empty() ? borrowed.size() : owned.size();
    const auto take = [&](std::size_t i) { return owned.empty() ? m_heap.own(borrowed[i]) : std::move(owned[i]); };
    const auto place = [&](std::uint32_t slot, Ref value) {
        m_heap.setField(frame.object, slot, value.release(), frame.code->labels[slot]);
    };

    std::uint32_t next = named;
    const std::uint32_t varArgs = code.has(CodeFlag::VarArgs) ? next++ : 0;
    const std::uint32_t varKeywords = code.has(CodeFlag::VarKeywords) ? next++ : 0;

    const std::size_t direct = std::min<std::size_t>(given, positional);
    // **kwargs is made first, then positional arguments are placed, then *args: as CPython does.
    if (code.has(CodeFlag::VarKeywords))
        place(varKeywords, m_dicts.newDict());
    const std::vector<std::uint8_t> lent = std::exchange(m_lentArguments, {});
    for (std::size_t i = 0; i < direct; ++i) {
        place(static_cast<std::uint32_t>(i), take(i));
        if (i < lent.size() && !code.has(CodeFlag::Generator))   // a generator outlives the caller's loan
            frame.lent[i] = lent[i];
    }
    // The common call: an argument for each parameter, and no variables in cells.
    if (given == named && named == positional && keywords.empty() && !code.has(CodeFlag::VarArgs) && !code.has(CodeFlag::VarKeywords)
        && code.cellArguments.empty() && code.firstCell >= code.localsPlus.size())
        return;
    if (code.has(CodeFlag::VarArgs)) {
        std::vector<Ref> rest;
        for (std::size_t i = direct; i < given; ++i)
            rest.push_back(take(i));
        place(varArgs, m_heap.newTupleStealing(std::move(rest)));
    }
    for (std::size_t k = 0; k < keywords.size(); ++k) {
        const auto &[name, value] = keywords[k];
        const auto takeKeyword = [&, borrowedValue = value] {
            return ownedKeywords.empty() ? m_heap.own(borrowedValue) : std::move(ownedKeywords[k]);
        };
        std::uint32_t slot = named;
        for (std::uint32_t i = code.posOnlyArgCount; i < named; ++i)
            if (code.localsPlus[i] == name)
                slot = i;
        if (slot < named) {
            if (m_heap.item(frame.object, slot))
                raise("TypeError", shownName() + " got multiple values for argument '" + std::string(name) + "'");
            place(slot, takeKeyword());
            if (given + k < lent.size() && !code.has(CodeFlag::Generator))
                frame.lent[slot] = lent[given + k];
            continue;
        }
        if (!code.has(CodeFlag::VarKeywords))
            raise("TypeError", shownName() + " got an unexpected keyword argument '" + std::string(name) + "'");
        m_dicts.setText(m_heap.item(frame.object, varKeywords), name, takeKeyword());
    }

    const ObjectId defaults = m_heap.item(function, functionslot::Defaults);
    const std::uint32_t defaultCount = defaults ? m_heap.length(defaults) : 0;
    if (given > positional && !code.has(CodeFlag::VarArgs)) {
        std::uint32_t kwOnlyGiven = 0;
        for (std::uint32_t i = positional; i < named; ++i)
            kwOnlyGiven += bool(m_heap.item(frame.object, i));
        const std::uint32_t least = positional - defaultCount;
        const std::string takes = defaultCount > 0 ? "from " + std::to_string(least) + " to " + std::to_string(positional)
                                                   : std::to_string(positional);
        const bool plural = defaultCount > 0 || positional != 1;
        std::string message = shownName() + " takes " + takes + " positional argument" + (plural ? "s" : "") + " but "
            + std::to_string(given);
        if (kwOnlyGiven > 0)
            message += std::string(" positional argument") + (given != 1 ? "s" : "") + " (and " + std::to_string(kwOnlyGiven)
                + " keyword-only argument" + (kwOnlyGiven != 1 ? "s" : "") + ") were given";
        else
            message += given == 1 ? " was given" : " were given";
        raise("TypeError", message);
    }
    std::vector<std::string> missing;
    for (std::uint32_t i = 0; i < positional; ++i) {
        if (m_heap.item(frame.object, i))
            continue;
        if (i + defaultCount >= positional)
            place(i, m_heap.own(m_heap.item(defaults, i + defaultCount - positional)));
        else
            missing.push_back(code.localsPlus[i]);
    }
    if (!missing.empty())
        m_heap.passing(TypeKind::List, 0, profile().layout.listSize);   // of their names
    if (!missing.empty())
        raise("TypeError", shownName() + " missing " + std::to_string(missing.size()) + " required positional argument"
                  + (missing.size() == 1 ? "" : "s") + ": " + quotedList(missing));
    const ObjectId kwDefaults = m_heap.item(function, functionslot::KwDefaults);
    for (std::uint32_t i = positional; i < named; ++i) {
        if (m_heap.item(frame.object, i))
            continue;
        if (const ObjectId value = kwDefaults ? m_dicts.getText(kwDefaults, code.localsPlus[i]) : ObjectId())
            place(i, m_heap.own(value));
        else
            missing.push_back(code.localsPlus[i]);
    }
    if (!missing.empty())
        raise("TypeError", shownName() + " missing " + std::to_string(missing.size()) + " required keyword-only argument"
                  + (missing.size() == 1 ? "" : "s") + ": " + quotedList(missing));

    // Cells of own variables, then the cells that came with the function.
    for (const std::uint32_t i : code.cellArguments) {
        Ref value(m_heap, m_heap.item(frame.object, i));
        m_heap.setSlot(frame.object, i, ObjectId());
        Ref cell = m_heap.newCell(value);
        value.reset();
        place(i, std::move(cell));
        if (!frame.lent.empty())
            frame.lent[i] = 0;
    }
    for (std::uint32_t i = code.firstCell; i < code.firstFree; ++i)
        place(i, m_heap.newCell(ObjectId()));
    const ObjectId closure = m_heap.item(function, functionslot::Closure);
    for (std::uint32_t i = code.firstFree; i < code.localsPlus.size(); ++i)
        place(i, m_heap.own(m_heap.item(closure, i - code.firstFree)));
}

} // namespace pyrena
