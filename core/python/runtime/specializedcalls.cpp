// What calls become when they run again and again (specialize.c), as far as somebody can see it: whether the arguments of a class
// come in a tuple, and whether the eval breaker is looked at when the call is done, which decides when a collection starts.
#include "core/python/runtime/interpreter.h"

#include <limits>

namespace pyrena {

// A class whose __init__ is a Python function of so many arguments is entered like one (CALL_ALLOC_AND_ENTER_INIT). Run: dis with
// adaptive=True, sys.getrefcount of arguments, and where gc.callbacks are called.
bool Interpreter::mayEnterInit(ObjectId type, std::size_t arguments)
{
    const ClassNative &native = classOf(type);
    if (profile().minor < 13 || native.builtin || native.exception || native.instanceKind != TypeKind::Instance
        || (profile().minor == 13 && !native.inlineValues))
        return false;
    const ObjectId init = lookup(type, "__init__");
    if (kind(init) != TypeKind::Function || kind(lookup(type, "__new__")) != TypeKind::Method)
        return false;
    const CodeObject &code = *m_heap.nativeOf<FunctionNative>(init).code->code;
    return !code.has(CodeFlag::VarArgs) && !code.has(CodeFlag::VarKeywords) && code.kwOnlyArgCount == 0 && code.argCount == arguments + 1;
}

Interpreter::SpecializedCall Interpreter::specializedCall(const Frame &frame, ObjectId callable, std::size_t arguments)
{
    const int minor = profile().minor;
    if (minor < 11)
        return {};
    SpecializedCall became;
    const bool later = minor >= 12;
    switch (kind(callable)) {
    case TypeKind::Type: {
        const std::string &name = classOf(callable).name;
        if (!classOf(callable).builtin) {
            became.entersInit = mayEnterInit(callable, arguments);
        } else if (arguments == 1 && (name == "str" || name == "tuple" || name == "type")) {
            became.withoutTuple = classOf(callable).takesTuple && !(minor > 12);
            became.withoutLook = later && name == "type";
        }
        break;
    }
    case TypeKind::BuiltinFunction: {
        if (!later || arguments > 2)
            break;
        const std::string_view name = m_heap.native<BuiltinNative>(callable)->def->name;
        became.withoutLook = arguments == 1 ? name == "len" : name == "isinstance";
        break;
    }
    case TypeKind::Method: {
        const auto &instructions = frame.code->code->instructions;
        if (!later || arguments != 2 || instructions[frame.lastInstruction].op != Op::CallMethod || instructions[frame.ip].op != Op::PopTop)
            break;
        const BuiltinNative &native = *m_heap.native<BuiltinNative>(callable);
        became.withoutLook = native.ownerType == "list" && std::string_view(native.def->name) == "append";
        break;
    }
    default:
        break;
    }
    if (!became.withoutTuple && !became.withoutLook && !became.entersInit)
        return {};
    // From 3.12 on when it runs for the second time; in 3.11 when code has begun or jumped back eight times.
    const LoadedCode &code = *frame.code;
    if (code.runs.empty())
        code.runs.resize(code.code->instructions.size());
    std::uint8_t &runs = code.runs[frame.lastInstruction];
    const bool specialized = runs >= (later ? 1 : kWarm - 1);
    if (runs < std::numeric_limits<std::uint8_t>::max())
        ++runs;
    return specialized ? became : SpecializedCall{};
}

} // namespace pyrena
