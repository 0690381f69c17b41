// Calls: functions, classes, built-ins.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

namespace pyrena {

// ---- functions ------------------------------------------------------------------------------------------------------

Ref Interpreter::makeFunction(Frame &frame, const Instruction &in)
{
    const ObjectId codeObject = top(frame);
    const LoadedCode *code = nullptr;
    for (std::size_t i = 0; i < frame.code->consts.size(); ++i)
        if (frame.code->consts[i] == codeObject && frame.code->constCodes[i])
            code = frame.code->constCodes[i];
    verify(code != nullptr, "function of an unknown code object");
    Ref codeRef = pop(frame);
    Ref closure, annotations, kwDefaults, defaults;
    if (in.arg & 8)
        closure = pop(frame);
    if (in.arg & 4)
        annotations = pop(frame);
    if (in.arg & 2)
        kwDefaults = pop(frame);
    if (in.arg & 1)
        defaults = pop(frame);

    Ref function = m_heap.create({.kind = TypeKind::Function, .typeName = "function", .size = profile().layout.functionSize,
                                  .gc = true, .value = code->id.value, .slots = functionslot::Count});
    auto native = std::make_unique<FunctionNative>();
    native->code = code;
    native->name = code->code->name;
    native->qualName = code->code->qualName;
    m_heap.setNative(function, std::move(native));
    const auto set = [&](std::uint32_t slot, Ref value, const char *label) {
        if (value)
            m_heap.setSlot(function, slot, value.release(), m_heap.text(label));
    };
    set(functionslot::Globals, m_heap.own(frame.globals), "__globals__");
    set(functionslot::Defaults, std::move(defaults), "__defaults__");
    set(functionslot::KwDefaults, std::move(kwDefaults), "__kwdefaults__");
    set(functionslot::Closure, std::move(closure), "__closure__");
    set(functionslot::Annotations, std::move(annotations), "__annotations__");
    set(functionslot::Code, std::move(codeRef), "__code__");
    set(functionslot::Name, m_heap.newInternedStr(code->code->name, true), "__name__");
    set(functionslot::QualName, m_heap.newInternedStr(code->code->qualName, true), "__qualname__");
    m_heap.track(function);
    return function;
}

// The collector may have cleared a function that is still called.
ObjectId Interpreter::globalsOf(ObjectId function) const
{
    const ObjectId globals = m_heap.item(function, functionslot::Globals);
    return globals ? globals : m_mainDict;
}

Ref Interpreter::callFunction(ObjectId function, std::vector<Ref> args, std::span<const ObjectId> borrowed, Keywords keywords)
{
    const Recursion deeper(*this);
    const LoadedCode &code = *m_heap.native<FunctionNative>(function)->code;
    std::unique_ptr<Frame> frame = makeFrame(code, globalsOf(function), ObjectId());
    const Ref keptFunction = m_heap.own(function);   // the frame refers to its function while it runs
    try {
        bindArguments(*frame, function, std::move(args), borrowed, keywords);
    } catch (const PythonError &) {
        disposeFrame(*frame);
        throw;
    }
    if (code.code->has(CodeFlag::Generator)) {
        Ref generator = m_heap.create({.kind = TypeKind::Generator, .typeName = "generator", .size = profile().layout.generatorSize,
                                       .gc = true, .value = code.id.value, .slots = 1});
        auto native = std::make_unique<GeneratorNative>();
        native->name = m_heap.native<FunctionNative>(function)->name;
        native->qualName = m_heap.native<FunctionNative>(function)->qualName;
        m_heap.setSlot(generator, 0, frame->object, m_heap.text("gi_frame"));   // the generator owns its frame
        native->frame = std::move(frame);
        m_heap.setNative(generator, std::move(native));
        m_heap.track(generator);
        return generator;
    }
    return runCall(*frame, code.code->name, true);   // the eval breaker is looked at on function entry
}

// ---- any callable ---------------------------------------------------------------------------------------------------

Ref Interpreter::callBuiltin(ObjectId builtin, std::span<const ObjectId> args, Keywords keywords)
{
    const BuiltinNative &native = *m_heap.native<BuiltinNative>(builtin);
    const NativeDef &def = *native.def;
    const std::string name = (native.method && profile().minor >= 10 ? native.ownerType + "." : "") + def.name;
    const int given = static_cast<int>(args.size()) - (native.method ? 1 : 0);
    if (native.method && given < 0)
        raise("TypeError", "unbound method " + name + "() needs an argument");
    if (!keywords.empty() && !def.keywords)
        raise("TypeError", name + "() takes no keyword arguments");
    const int withKeywords = given + (def.keywords ? static_cast<int>(keywords.size()) : 0);
    if (withKeywords < def.min || (def.max >= 0 && given > def.max)) {
        std::string expected;
        if (def.max == 0)
            raise("TypeError", name + "() takes no arguments (" + std::to_string(given) + " given)");
        if (def.min == def.max && def.min == 1)
            raise("TypeError", name + "() takes exactly one argument (" + std::to_string(given) + " given)");
        if (def.min == def.max)
            raise("TypeError", name + " expected " + std::to_string(def.min) + " arguments, got " + std::to_string(given));
        if (given < def.min)
            raise("TypeError", name + " expected at least " + std::to_string(def.min) + " argument" + (def.min == 1 ? "" : "s")
                      + ", got " + std::to_string(given));
        raise("TypeError", name + " expected at most " + std::to_string(def.max) + " argument" + (def.max == 1 ? "" : "s")
                  + ", got " + std::to_string(given));
    }
    return def.function(*this, CallArgs{args, keywords});
}

Ref Interpreter::call(ObjectId callable, std::span<const ObjectId> args, Keywords keywords)
{
    switch (kind(callable)) {
    case TypeKind::Function:
        return callFunction(callable, {}, args, keywords);
    case TypeKind::BuiltinFunction:
    case TypeKind::Method:
        return callBuiltin(callable, args, keywords);
    case TypeKind::BoundMethod: {
        std::vector<ObjectId> all{m_heap.item(callable, 1)};
        all.insert(all.end(), args.begin(), args.end());
        return call(m_heap.item(callable, 0), all, keywords);
    }
    case TypeKind::Type: {
        const Recursion deeper(*this);
        return callType(callable, args, keywords);
    }
    case TypeKind::Weakref: {
        const Ref method = m_heap.own(lookup(typeOf(callable), "__call__"));
        std::vector<ObjectId> all{callable};
        all.insert(all.end(), args.begin(), args.end());
        return call(method, all, keywords);
    }
    case TypeKind::WeakProxy: {
        const Ref target = m_heap.own(proxyTarget(callable));
        return call(target, args, keywords);
    }
    default:
        if (const ObjectId special = lookupSpecial(callable, "__call__")) {
            std::vector<ObjectId> all{callable};
            all.insert(all.end(), args.begin(), args.end());
            return call(special, all, keywords);
        }
        raise("TypeError", "'" + typeName(callable) + "' object is not callable");
    }
}

bool Interpreter::isCallable(ObjectId id)
{
    switch (kind(id)) {
    case TypeKind::Function: case TypeKind::BuiltinFunction: case TypeKind::Method: case TypeKind::BoundMethod:
    case TypeKind::Type: case TypeKind::Weakref:
        return true;
    default:
        return bool(lookupSpecial(id, "__call__"));
    }
}

Ref Interpreter::callMethod(ObjectId id, std::string_view name, std::initializer_list<ObjectId> args)
{
    auto [callable, self] = loadMethod(id, nameText(name));
    std::vector<ObjectId> all;
    if (self)
        all.push_back(self);
    all.insert(all.end(), args.begin(), args.end());
    return call(callable, all);
}

Ref Interpreter::callFromStack(Frame &frame, std::uint32_t count, ObjectId namesTuple, bool method)
{
    const std::uint32_t first = frame.sp - count;
    std::vector<std::pair<std::string_view, ObjectId>> keywords;
    const std::uint32_t keywordCount = namesTuple ? m_heap.length(namesTuple) : 0;
    std::uint32_t positional = count - keywordCount;
    for (std::uint32_t i = 0; i < keywordCount; ++i)
        keywords.emplace_back(text(m_heap.item(namesTuple, i)), stackAt(frame, first + positional + i));

    std::uint32_t callableAt = first - (method ? 2 : 1);
    ObjectId callable = stackAt(frame, callableAt);
    const ObjectId self = method ? stackAt(frame, callableAt + 1) : ObjectId();
    const CallArguments convention = profile().objects.arguments;

    // A bound method is taken apart: its function and self are called instead.
    Ref methodFunction, methodSelf;
    if (!self && kind(callable) == TypeKind::BoundMethod && convention != CallArguments::CallerKeeps) {
        methodFunction = m_heap.own(m_heap.item(callable, 0));
        methodSelf = m_heap.own(m_heap.item(callable, 1));
        m_heap.replaceSlot(frame.object, stackBase(frame) + callableAt, std::move(methodFunction));
        callable = stackAt(frame, callableAt);
    }

    Ref result;
    if (kind(callable) == TypeKind::Function && convention != CallArguments::CallerKeeps) {
        // 3.11+: the arguments move from the caller's stack into the new frame.
        std::vector<Ref> owned(positional + (self || methodSelf ? 1 : 0));
        std::vector<Ref> keywordValues;
        for (std::uint32_t i = 0; i < keywordCount; ++i)
            keywordValues.push_back(pop(frame));
        const bool lends = !frame.lent.empty();
        std::vector<std::uint8_t> lent(lends ? owned.size() : 0);
        const auto noteLent = [&](std::size_t argument) {
            if (lends)
                lent[argument] = frame.lent[stackBase(frame) + frame.sp - 1];
        };
        std::size_t at = owned.size();
        for (std::uint32_t i = 0; i < positional; ++i) {
            noteLent(--at);
            owned[at] = pop(frame);
        }
        if (self) {
            noteLent(0);
            owned[0] = pop(frame);
        } else if (methodSelf) {
            owned[0] = std::move(methodSelf);
        }
        if (method && !self)
            pop(frame).reset();
        // The frame keeps the function alive; the caller's stack keeps it too in this model, which no count shows.
        m_lentArguments = std::move(lent);
        result = callFunction(callable, std::move(owned), {}, keywords);
        for (Ref &value : keywordValues)
            value.reset();
        pop(frame).reset();
        m_collector->runIfPending();
        return result;
    }

    std::vector<ObjectId> args;
    if (self)
        args.push_back(self);
    else if (methodSelf)
        args.push_back(methodSelf);
    for (std::uint32_t i = 0; i < positional; ++i)
        args.push_back(stackAt(frame, first + i));
    result = call(callable, args, keywords);
    if (convention == CallArguments::CallerKeeps) {
        while (frame.sp > callableAt)   // last argument first, the callable last
            pop(frame).reset();
    } else {
        // First argument first, the callable last.
        std::vector<Ref> all;
        while (frame.sp > callableAt)
            all.push_back(pop(frame));
        for (std::size_t i = all.size() - 1; i-- > 0;)
            all[i].reset();
        methodSelf.reset();
        all.back().reset();
    }
    m_collector->runIfPending();
    return result;
}

std::string Interpreter::callableText(ObjectId callable)
{
    const ObjectId function = kind(callable) == TypeKind::BoundMethod ? m_heap.item(callable, 0) : callable;
    const bool qualified = profile().minor >= 9;
    if (kind(function) == TypeKind::Function) {
        const FunctionNative &native = *m_heap.native<FunctionNative>(function);
        return (qualified ? "__main__." + native.qualName : native.name) + "()";
    }
    if (kind(function) == TypeKind::BuiltinFunction || kind(function) == TypeKind::Method) {
        const BuiltinNative &native = *m_heap.native<BuiltinNative>(function);
        return (qualified && native.method ? native.ownerType + "." : "") + std::string(native.def->name) + "()";
    }
    if (!qualified)
        return typeName(callable) + " object";
    if (kind(callable) == TypeKind::Type)
        return (classOf(callable).builtin ? "" : "__main__.") + classOf(callable).qualName + "()";
    return str(callable);
}

void Interpreter::executeCall(Frame &frame, const Instruction &in)
{
    switch (in.op) {
    case Op::Call:
    case Op::CallMethod: {
        const ObjectId names = in.arg2 == kNoArg ? ObjectId() : frame.code->consts[static_cast<std::size_t>(in.arg2)];
        Ref result = callFromStack(frame, static_cast<std::uint32_t>(in.arg), names, in.op == Op::CallMethod);
        push(frame, std::move(result));
        break;
    }
    case Op::CallEx: {
        const bool hasKeywords = in.arg == 1;
        const ObjectId callable = top(frame, hasKeywords ? 2 : 1);
        // f(*a) alone brings `a` itself; every other mixture brings a tuple.
        if (const ObjectId given = top(frame, hasKeywords ? 1 : 0); kind(given) != TypeKind::Tuple) {
            if (!lookupIterable(given))
                raise("TypeError", callableText(callable) + " argument after * must be an iterable, not " + typeName(given));
            m_heap.replaceSlot(frame.object, stackBase(frame) + frame.sp - (hasKeywords ? 2 : 1), m_heap.newTupleStealing(toVector(given)));
        }
        const ObjectId tuple = top(frame, hasKeywords ? 1 : 0);
        std::vector<ObjectId> args;
        for (const Slot &slot : m_heap.items(tuple))
            args.push_back(slot.target);
        std::vector<std::pair<std::string_view, ObjectId>> keywords;
        if (hasKeywords) {
            const ObjectId dict = top(frame);
            for (std::uint32_t e = 0; e < m_dicts.entryCount(dict); ++e) {
                const ObjectId key = m_dicts.keyAt(dict, e);
                if (!key)
                    continue;
                if (!isStr(key))
                    raise("TypeError", "keywords must be strings");
                keywords.emplace_back(text(key), m_dicts.valueAt(dict, e));
            }
        }
        Ref result = call(callable, args, keywords);
        if (hasKeywords)
            pop(frame).reset();
        pop(frame).reset();
        pop(frame).reset();
        push(frame, std::move(result));
        m_collector->runIfPending();
        break;
    }
    case Op::MakeFunction:
        push(frame, makeFunction(frame, in));
        break;
    case Op::LoadBuildClass:
        push(frame, m_heap.own(m_dicts.getText(m_builtins, "__build_class__")));
        break;
    case Op::BuildClass: {
        const auto count = static_cast<std::uint32_t>(in.arg);
        std::vector<std::pair<std::string_view, ObjectId>> keywords;
        const ObjectId names = in.arg2 == kNoArg ? ObjectId() : frame.code->consts[static_cast<std::size_t>(in.arg2)];
        const std::uint32_t keywordCount = names ? m_heap.length(names) : 0;
        const std::uint32_t first = frame.sp - count;
        std::vector<ObjectId> bases;
        for (std::uint32_t i = 0; i + keywordCount < count; ++i)
            bases.push_back(stackAt(frame, first + i));
        for (std::uint32_t i = 0; i < keywordCount; ++i)
            keywords.emplace_back(text(m_heap.item(names, i)), stackAt(frame, first + count - keywordCount + i));
        Ref made = buildClass(stackAt(frame, first - 2), text(stackAt(frame, first - 1)), bases, keywords);
        while (frame.sp > first - 2)
            pop(frame).reset();
        pop(frame).reset();   // __build_class__
        push(frame, std::move(made));
        break;
    }
    default:
        break;
    }
}

} // namespace pyrena
