// Calls: functions, classes, built-ins.
#include "core/gc/collector.h"
#include "core/python/runtime/argumentlist.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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
    if (in.arg & (4 | 16))
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
    if (in.arg & 16)
        set(functionslot::Annotate, std::move(annotations), "__annotate__");
    else
        set(functionslot::Annotations, std::move(annotations), "__annotations__");
    if (code->code->hasDocString)
        set(functionslot::Doc, m_heap.own(code->consts.front()), "__doc__");
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

Ref Interpreter::callFunction(ObjectId function, std::span<Ref> owned, std::span<const ObjectId> borrowed, Keywords keywords,
                              std::span<Ref> ownedKeywords, std::span<Ref> packed)
{
    const LoadedCode &code = *m_heap.nativeOf<FunctionNative>(function).code;
    std::optional<Recursion> deeper;
    if (profile().minor >= 11 || !code.code->has(CodeFlag::Generator))   // before, a generator is made without running anything
        deeper.emplace(*this);
    std::unique_ptr<Frame> frame = makeFrame(code, globalsOf(function), ObjectId());
    const Ref keptFunction = m_heap.own(function);   // the frame refers to its function while it runs
    try {
        bindArguments(*frame, function, owned, borrowed, keywords, ownedKeywords);
    } catch (const PythonError &) {
        for (const std::span<Ref> unbound : {owned, ownedKeywords})   // before what was bound
            for (Ref &argument : unbound)
                argument.reset();
        disposeFrame(*frame);
        throw;
    }
    for (Ref &container : packed)
        container.reset();
    if (code.code->has(CodeFlag::Generator)) {
        Ref generator = m_heap.create({.kind = TypeKind::Generator, .typeName = "generator", .size = generatorBytes(*code.code),
                                       .gc = true, .value = code.id.value, .slots = generatorslot::Function + 1});
        auto native = std::make_unique<GeneratorNative>();
        native->name = m_heap.native<FunctionNative>(function)->name;
        native->qualName = m_heap.native<FunctionNative>(function)->qualName;
        m_heap.setSlot(generator, generatorslot::Frame, frame->object, m_heap.text("gi_frame"));   // the generator owns its frame
        if (holdsFunction())
            m_heap.setSlot(generator, generatorslot::Function, m_heap.own(function).release(), m_heap.text("__func__"));
        native->frame = std::move(frame);
        const ObjectId generatorFrame = native->frame->object;
        m_heap.setNative(generator, std::move(native));
        m_heap.track(generator);
        if (profile().objects.framesAreObjects)
            m_heap.track(generatorFrame);
        return generator;
    }
    Ref result = runCall(*frame, m_recorder.trace().codes[code.id.value].name);
    recycle(std::move(frame));
    return result;
}

// ---- any callable ---------------------------------------------------------------------------------------------------

Ref Interpreter::callBuiltin(ObjectId builtin, std::span<const ObjectId> args, Keywords keywords)
{
    const BuiltinNative &native = *m_heap.native<BuiltinNative>(builtin);
    const NativeDef &def = *native.def;
    // Functions of one argument or none and refused keywords name the class since 3.9, counts of arguments never do.
    const auto name = [&] { return (native.method && profile().minor >= 9 ? native.ownerType + "." : "") + def.name; };
    const int given = static_cast<int>(args.size()) - (native.method ? 1 : 0);
    if (native.method && given < 0)
        raise("TypeError", profile().minor >= 9
                  ? "unbound method " + name() + "() needs an argument"
                  : std::string("descriptor '") + def.name + "' of '" + native.ownerType + "' object needs an argument");
    if (native.method && !def.ofClass && typeOf(args[0]) != native.owner) {
        const auto owner = m_types.find(native.ownerType);
        if (owner != m_types.end() && isSubclass(typeOf(args[0]), owner->second))
            native.owner = typeOf(args[0]);
        else if (owner != m_types.end() && kind(args[0]) != TypeKind::WeakProxy)
            raise("TypeError", profile().minor >= 8
                      ? std::string("descriptor '") + def.name + "' for '" + native.ownerType + "' objects doesn't apply to a '" + typeName(args[0]) + "' object"
                      : std::string("descriptor '") + def.name + "' requires a '" + native.ownerType + "' object but received a '" + typeName(args[0]) + "'");
    }
    if (!keywords.empty() && !def.keywords)
        raise("TypeError", name() + "() takes no keyword arguments");
    const int withKeywords = given + (def.keywords ? static_cast<int>(keywords.size()) : 0);
    if (withKeywords < def.min || (def.max >= 0 && given > def.max)) {
        const std::string plainName = def.name, plural = profile().minor <= 7 ? "s" : "";
        if (def.max == 0)
            raise("TypeError", name() + "() takes no arguments (" + std::to_string(given) + " given)");
        if (def.min == def.max && def.min == 1)
            raise("TypeError", name() + "() takes exactly one argument (" + std::to_string(given) + " given)");
        if (def.min == def.max)
            raise("TypeError", plainName + " expected " + std::to_string(def.min) + " arguments, got " + std::to_string(given));
        if (given < def.min)
            raise("TypeError", plainName + " expected at least " + std::to_string(def.min) + " argument" + (def.min == 1 ? plural : "s")
                      + ", got " + std::to_string(given));
        raise("TypeError", plainName + " expected at most " + std::to_string(def.max) + " argument" + (def.max == 1 ? plural : "s")
                  + ", got " + std::to_string(given));
    }
    if (const KeywordParser &parser = native.parser; parser.names > 0 && (parser.always || !keywords.empty()))
        makeParser(parser);
    const NativeLevel level(*this, NativeLevel::kCalling, levelsOfBuiltin(native));
    return def.function(*this, CallArgs{args, keywords});
}

// Before a full collection the free lists that the interpreter's start has filled serve.
bool Interpreter::startupMethodsServe() const
{
    return profile().objects.builtinMethodFreeList > 0 && m_collector->stats(2).collections == 0;
}

void Interpreter::passBuiltinMethod()
{
    if (startupMethodsServe())
        return;
    m_heap.passing(TypeKind::BoundMethod, boundslot::Count, profile().layout.builtinFunctionSize, ObjectHeap::KeptAs::BuiltinMethod);
}

void Interpreter::makeParser(const KeywordParser &parser)
{
    if (!m_heap.counting() || m_heap.imageBirths() || std::find(m_parsers.begin(), m_parsers.end(), parser.id) != m_parsers.end())
        return;
    m_parsers.push_back(parser.id);
    if (m_collector->stats(2).collections == 0)
        return;
    // Which names does not matter: nobody sees it.
    const std::vector<ObjectId> names(parser.names, m_heap.newInternedStr("key", true).id());
    m_heap.setHiddenBirths(true);
    keepForEver(m_heap.newTuple(names));
    m_heap.setHiddenBirths(false);
}

// What C code holds while it calls a Python function with keywords that came in a dict (run: getrefcount of arguments): the
// values in every version, the positional arguments beside them from 3.8 to 3.14.
std::vector<Ref> Interpreter::unpackedWithKeywords(std::span<const ObjectId> args, Keywords keywords)
{
    std::vector<Ref> held;
    if (keywords.empty())
        return held;
    // Up to 3.7 names and values in one tuple, then the names in one.
    if (profile().minor <= 7) {
        std::vector<ObjectId> pairs;
        for (const auto &[name, value] : keywords) {
            held.push_back(m_heap.newInternedStr(name));
            pairs.insert(pairs.end(), {held.back().id(), value});
        }
        Ref tuple = m_heap.newTuple(pairs);
        held.clear();
        held.push_back(std::move(tuple));
        return held;
    }
    if (profile().minor >= 8 && profile().minor <= 14)
        for (const ObjectId arg : args)
            held.push_back(m_heap.own(arg));
    for (const auto &keyword : keywords)
        held.push_back(m_heap.own(keyword.second));
    held.push_back(namesTuple(keywords));
    return held;
}

Ref Interpreter::namesTuple(Keywords keywords)
{
    std::vector<Ref> names;
    std::vector<ObjectId> ids;
    for (const auto &keyword : keywords) {
        names.push_back(m_heap.newInternedStr(keyword.first));
        ids.push_back(names.back());
    }
    return m_heap.newTuple(ids);
}

namespace {

bool isSlotWrapper(std::string_view name)
{
    if (!name.starts_with("__"))   // nearly always
        return false;
    return name == "__setattr__" || name == "__delattr__" || name == "__init__" || name == "__setitem__" || name == "__delitem__";
}

} // namespace

Ref Interpreter::callAny(ObjectId callable, std::span<const ObjectId> args, Keywords keywords, bool packed)
{
    switch (kind(callable)) {
    case TypeKind::Function:
        return callFunction(callable, {}, args, keywords);
    case TypeKind::BuiltinFunction:
    case TypeKind::Method: {
        const BuiltinNative &native = *m_heap.native<BuiltinNative>(callable);
        const bool counted = m_collector->stats(2).collections > 0;   // before that, lists that the interpreter's start has filled serve
        const PackedArguments tuple = native.takesTuple && counted ? pack(args.subspan(native.method && !native.def->ofClass && !args.empty() ? 1 : 0), keywords, packed)
                                                       : PackedArguments{};
        if (packed && !keywords.empty() && !native.takesTuple)
            (void)namesTuple(keywords);
        // object.__setattr__ and its like are wrappers: they take a tuple and cut self off it, which makes another.
        Ref whole, rest;
        if (native.method && isSlotWrapper(native.def->name)) {
            if (!packed)
                whole = m_heap.newTuple(args);
            if (!args.empty())
                rest = m_heap.newTuple(args.subspan(1));
        }
        return callBuiltin(callable, args, keywords);
    }
    case TypeKind::BoundMethod: {
        std::vector<ObjectId> all{m_heap.item(callable, 1)};
        all.insert(all.end(), args.begin(), args.end());
        return callAny(m_heap.item(callable, 0), all, keywords, packed);
    }
    case TypeKind::Type: {
        const NativeLevel level(*this, NativeLevel::kCalling, levelsOfTypeCall(callable, args.size()));
        const ClassNative &native = classOf(callable);
        const PackedArguments held = native.builtin && !native.takesTuple ? PackedArguments{} : pack(args, keywords, packed);
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
        return callAny(target, args, keywords, packed);
    }
    default:
        if (const ObjectId special = lookupSpecial(callable, "__call__")) {
            const NativeLevel level(*this, NativeLevel::kCalling, profile().minor <= 6 ? 3 : 1);   // slot_tp_call
            const PackedArguments held = pack(args, keywords, packed);
            std::vector<ObjectId> all{callable};
            all.insert(all.end(), args.begin(), args.end());
            const std::vector<Ref> unpacked = unpackedWithKeywords(all, keywords);
            const Ref method = profile().minor == 6 ? boundSpecial(special, callable) : Ref();
            return callAny(special, all, keywords, false);
        }
        raise("TypeError", "'" + typeName(callable) + "' object is not callable");
    }
}

// tp_call takes a tuple and a dict; what comes from the stack is put into such.
Interpreter::PackedArguments Interpreter::pack(std::span<const ObjectId> args, Keywords keywords, bool packed)
{
    PackedArguments held;
    if (packed)
        return held;
    if (!args.empty())
        held.positional = m_heap.newTuple(args);
    if (!keywords.empty()) {
        held.keywords = m_dicts.newDict();
        for (const auto &[name, value] : keywords)
            m_dicts.setText(held.keywords, name, m_heap.own(value));
    }
    return held;
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

    // Up to 3.7 its self takes its place on the stack, and it is let go (call_function).
    const bool builtinMethod = kind(callable) == TypeKind::BoundMethod && object(callable).type;   // not taken apart
    if (!self && kind(callable) == TypeKind::BoundMethod && !builtinMethod && convention == CallArguments::CallerKeeps && profile().minor <= 7) {
        methodFunction = m_heap.own(m_heap.item(callable, 0));
        Ref bound = m_heap.own(m_heap.item(callable, 1));
        const ObjectId receiver = bound;
        m_heap.replaceSlot(frame.object, stackBase(frame) + callableAt, std::move(bound));
        std::vector<ObjectId> args{receiver};
        for (std::uint32_t i = 0; i < positional; ++i)
            args.push_back(stackAt(frame, first + i));
        Ref result = callAny(methodFunction, args, keywords, false);
        while (frame.sp > callableAt)
            pop(frame).reset();
        m_collector->runIfPending();
        return result;
    }

    SpecializedCall became;
    if (keywordCount == 0 && kind(callable) != TypeKind::Function)
        became = specializedCall(frame, callable, positional + (self || methodSelf ? 1 : 0));
    std::optional<Recursion> shim;   // a frame that waits for what __init__ returns
    Ref made;
    if (became.entersInit) {
        made = newInstance(callable);
        shim.emplace(*this);
        methodSelf = m_heap.own(made);
        callable = lookup(callable, "__init__");
        m_heap.clearSlot(frame.object, stackBase(frame) + callableAt);   // the class; the new frame holds the function
    }

    Ref result;
    if (kind(callable) == TypeKind::Function && convention != CallArguments::CallerKeeps) {
        // 3.11+: the arguments move from the caller's stack into the new frame.
        ArgumentList owned(positional + (self || methodSelf ? 1 : 0)), keywordValues(keywordCount);
        const bool lends = !frame.lent.empty();
        std::vector<std::uint8_t> lent(lends ? owned.size() + keywordCount : 0);   // values of keywords behind the others
        const auto noteLent = [&](std::size_t argument) {
            if (lends)
                lent[argument] = frame.lent[stackBase(frame) + frame.sp - 1];
        };
        for (std::uint32_t i = keywordCount; i-- > 0;) {
            noteLent(owned.size() + i);
            keywordValues[i] = pop(frame);
        }
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
        result = callFunction(callable, owned.all(), {}, keywords, keywordValues.all());
        if (made)
            pop(frame).reset();
        else
            discard(frame);
        if (made && kind(result) != TypeKind::None)
            raise("TypeError", "__init__() should return None, not '" + typeName(result) + "'");
        return made ? std::move(made) : std::move(result);   // the eval breaker is looked at when a function begins, not when it returns
    }

    // Until 3.7 a call holds what it calls once more; of a bound method its function, while the method's place on the stack
    // holds self (run: getrefcount of self and of classes in __init__).
    Ref kept;
    std::vector<ObjectId> args;
    args.reserve(positional + 1);
    if (profile().minor <= 7 && !builtinMethod && kind(callable) != TypeKind::BuiltinFunction && kind(callable) != TypeKind::Method) {
        kept = m_heap.own(callable);
        if (kind(callable) == TypeKind::BoundMethod) {
            kept = m_heap.own(m_heap.item(callable, 0));
            m_heap.replaceSlot(frame.object, stackBase(frame) + callableAt, m_heap.own(m_heap.item(callable, 1)));
            args.push_back(stackAt(frame, callableAt));
            callable = kept;
        }
    }
    if (self)
        args.push_back(self);
    else if (methodSelf)
        args.push_back(methodSelf);
    for (std::uint32_t i = 0; i < positional; ++i)
        args.push_back(stackAt(frame, first + i));
    result = became.withoutTuple ? callType(callable, args, {}) : callAny(callable, args, keywords, false);
    if (convention == CallArguments::CallerKeeps) {
        while (frame.sp > callableAt)   // last argument first, the callable last
            pop(frame).reset();
    } else {
        // First argument first, the callable last.
        ArgumentList all(frame.sp - callableAt);
        for (std::size_t i = all.size(); i-- > 0;)
            all[i] = pop(frame);
        for (std::size_t i = 1; i < all.size(); ++i)
            all[i].reset();
        methodSelf.reset();
        all[0].reset();
    }
    if (!became.withoutLook)
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

// f(*args) and f(*args, **keywords): a tuple, and a dict above it, lie on the stack.
Ref Interpreter::callPacked(Frame &frame, bool hasKeywords)
{
    const ObjectId callable = top(frame, hasKeywords ? 2 : 1);
    const NativeLevel level(*this, NativeLevel::kCalling, profile().minor <= 6 ? 1 : 0);   // PyObject_Call
    // f(*a) alone brings `a` itself; every other mixture brings a tuple.
    if (const ObjectId given = top(frame, hasKeywords ? 1 : 0); kind(given) != TypeKind::Tuple) {
        if (!lookupIterable(given))
            raise("TypeError", (profile().minor >= 15 ? std::string("Value") : callableText(callable) + " argument") + " after * must be an iterable, not " + typeName(given));
        m_heap.replaceSlot(frame.object, stackBase(frame) + frame.sp - (hasKeywords ? 2 : 1), tupleOf(given));
    }
    if (hasKeywords && !(kind(top(frame)) == TypeKind::Dict && isExact(top(frame)))) {
        Ref dict = m_dicts.newDict();
        mergeIntoDict(dict, top(frame), callable);
        m_heap.replaceSlot(frame.object, stackBase(frame) + frame.sp - 1, std::move(dict));
    }
    std::vector<ObjectId> args;
    for (const Slot &slot : m_heap.items(top(frame, hasKeywords ? 1 : 0)))
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
    const TypeKind called = kind(callable);
    Ref result;
    // The caller looks at the eval breaker, unless a Python function was entered, which does so at its beginning.
    if (called == TypeKind::Function && profile().minor >= 12) {
        // The new frame takes references of its own, then tuple and dict are let go (run: getrefcount of arguments; counter 0).
        std::vector<Ref> owned, ownedKeywords;
        for (const ObjectId arg : args)
            owned.push_back(m_heap.own(arg));
        for (const auto &keyword : keywords)
            ownedKeywords.push_back(m_heap.own(keyword.second));
        std::array<Ref, 3> packed;   // names, positional arguments, keywords
        if (!keywords.empty())
            packed[0] = namesTuple(keywords);
        if (hasKeywords)
            packed[2] = pop(frame);
        packed[1] = pop(frame);
        result = callFunction(callable, owned, {}, keywords, ownedKeywords, packed);
    } else {
        const bool python = called == TypeKind::Function || called == TypeKind::BoundMethod;
        const std::vector<Ref> held = python ? unpackedWithKeywords(args, keywords) : std::vector<Ref>();
        result = callAny(callable, args, keywords, true);
        // What was called is let go first; since 3.14 last (run: deaths of a callable, its arguments and keywords).
        Ref dict = hasKeywords ? pop(frame) : Ref(), positional = pop(frame), function = pop(frame);
        if (profile().minor < 14)
            function.reset();
        else
            dict.reset();
        positional.reset();
        dict.reset();
        m_collector->runIfPending();
        return result;
    }
    pop(frame).reset();
    return result;
}

void Interpreter::executeCall(Frame &frame, const Instruction &in)
{
    switch (in.op) {
    case Op::Call:
    case Op::CallMethod: {
        const ObjectId names = in.arg2 < 0 ? ObjectId() : frame.code->consts[static_cast<std::size_t>(in.arg2)];
        const bool bound = in.arg2 == kLeavesWith && kind(top(frame, 3)) == TypeKind::BoundMethod;
        const std::array<ObjectId, 3> nothing{m_heap.none(), m_heap.none(), m_heap.none()};
        if (bound && profile().minor >= 11 && profile().minor <= 13) {   // the method is not taken apart
            Ref result = call(top(frame, 3), nothing);
            for (std::size_t i = 0; i < nothing.size() + 1; ++i)
                pop(frame).reset();
            push(frame, std::move(result));
            break;
        }
        const Ref tuple = bound ? tupleForMethod(nothing) : Ref();
        Ref result = callFromStack(frame, static_cast<std::uint32_t>(in.arg), names, in.op == Op::CallMethod);
        push(frame, std::move(result));
        break;
    }
    case Op::CallEx:
        push(frame, callPacked(frame, in.arg == 1));
        break;
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
        m_collector->runIfPending();
        push(frame, std::move(made));
        break;
    }
    default:
        break;
    }
}

} // namespace pyrena
