// Calls: binding of arguments, frames, functions, classes, built-ins.
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {
constexpr std::uint32_t kRecursionLimit = 1000;   // sys.getrecursionlimit()
constexpr std::uint32_t kQuietInterval = 1024;
constexpr std::uint32_t kQuietLimit = 50'000'000;
}

// Comparing or showing nested containers can take for ever without a statement: each level may double the work.
void Interpreter::watchQuietWork()
{
    m_recorder.poll();
    if (m_recorder.position() != m_quietSince) {
        m_quietSince = m_recorder.position();
        m_quietWork = 0;
    }
    if (m_quietWork > kQuietLimit)
        throw LimitReached{"stopped: one operation compared or looked at more than 50 million objects",
                           "make what it looks at smaller; a container that holds another one twice counts twice"};
}

Interpreter::Recursion::Recursion(Interpreter &i, const char *where) : m_interpreter(i)
{
    if (++i.m_quietWork % kQuietInterval == 0) [[unlikely]]
        i.watchQuietWork();
    if (++i.m_depth > kRecursionLimit) {
        --i.m_depth;
        i.raise("RecursionError", std::string("maximum recursion depth exceeded") + where);
    }
}

// ---- frames ---------------------------------------------------------------------------------------------------------

std::unique_ptr<Frame> Interpreter::makeFrame(const LoadedCode &code, ObjectId globals, ObjectId names)
{
    auto frame = std::make_unique<Frame>();
    frame->code = &code;
    frame->globals = globals;
    frame->names = names;
    const auto slots = static_cast<std::uint32_t>(code.code->localsPlus.size()) + code.code->stackSize;
    // A running call lives in the interpreter's frame stack, not in the object heap.
    frame->object = m_heap.create({.kind = TypeKind::Frame, .typeName = "frame", .size = profile().layout.frameSize,
                                   .value = code.id.value, .slots = slots,
                                   .flags = static_cast<std::uint16_t>(ObjectFlag::Hidden), .isStatic = true}).release();
    return frame;
}

void Interpreter::enterFrame(Frame &frame, const std::string &name)
{
    m_recorder.openStep(StepKind::Call, m_recorder.span(), frame.object, m_heap.text(name));
    frame.stepBase = m_recorder.openSteps();
    frame.statementOpen = false;
    frame.back = m_frame;
    m_frame = &frame;
    m_recorder.commit(change::FramePushed{frame.object, frame.code->id, frame.code->library ? 0 : frame.code->code->firstLine});
}

void Interpreter::leaveFrame(Frame &frame)
{
    endStatement(frame);
    m_recorder.closeStepsTo(frame.stepBase);
    m_recorder.commit(change::FramePopped{frame.object});
    m_recorder.closeStep();
    m_frame = frame.back;
    if (m_frame)
        m_recorder.setSpan(currentSpan());
}

void Interpreter::disposeFrame(Frame &frame)
{
    // The value stack goes, then the locals, in order of their slots; unless somebody (a traceback) keeps the frame.
    while (frame.sp > 0)
        pop(frame).reset();
    const ObjectId object = frame.object;
    if (m_heap.refcount(object) == 1) {
        const auto locals = stackBase(frame);
        if (profile().objects.localsReleasedInReverse)
            for (std::uint32_t i = locals; i-- > 0;)
                m_heap.clearSlot(object, i);
        else
            for (std::uint32_t i = 0; i < locals; ++i)
                m_heap.clearSlot(object, i);
    } else {
        // From now on an object of its own (take_ownership): what it keeps may be part of a cycle.
        m_heap.setFlag(object, ObjectFlag::GcObject, true);
        m_heap.track(object);
    }
    releaseFrameObject(object);
}

void Interpreter::releaseFrameObject(ObjectId object)
{
    const std::uint32_t count = m_heap.refcount(object);
    m_recorder.commit(change::RefcountChanged{object, count, count - 1});
    if (count > 1)
        return;
    for (std::uint32_t i = 0; i < m_heap.length(object); ++i)
        m_heap.clearSlot(object, i);
    m_heap.setLength(object, 0);
    m_recorder.resizeSlots(object, 0);
    m_recorder.commit(change::ObjectDied{object, false});
}

// ---- arguments ------------------------------------------------------------------------------------------------------

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

void Interpreter::bindArguments(Frame &frame, ObjectId function, std::vector<Ref> owned, std::span<const ObjectId> borrowed,
                                Keywords keywords)
{
    const CodeObject &code = *frame.code->code;
    const FunctionNative &native = *m_heap.native<FunctionNative>(function);
    const std::string shownName = (profile().minor >= 10 ? native.qualName : native.name) + "()";
    const std::uint32_t positional = code.argCount;
    const std::uint32_t named = positional + code.kwOnlyArgCount;
    const std::size_t given = owned.empty() ? borrowed.size() : owned.size();
    const auto take = [&](std::size_t i) { return owned.empty() ? m_heap.own(borrowed[i]) : std::move(owned[i]); };
    const auto place = [&](std::uint32_t slot, Ref value) {
        m_heap.setSlot(frame.object, slot, value.release(), frame.code->labels[slot]);
    };

    std::uint32_t next = named;
    const std::uint32_t varArgs = code.has(CodeFlag::VarArgs) ? next++ : 0;
    const std::uint32_t varKeywords = code.has(CodeFlag::VarKeywords) ? next++ : 0;

    const std::size_t direct = std::min<std::size_t>(given, positional);
    // **kwargs is made first, then positional arguments are placed, then *args: as CPython does.
    if (code.has(CodeFlag::VarKeywords))
        place(varKeywords, m_dicts.newDict());
    for (std::size_t i = 0; i < direct; ++i)
        place(static_cast<std::uint32_t>(i), take(i));
    if (code.has(CodeFlag::VarArgs)) {
        std::vector<Ref> rest;
        for (std::size_t i = direct; i < given; ++i)
            rest.push_back(take(i));
        place(varArgs, m_heap.newTupleStealing(std::move(rest)));
    }
    for (const auto &[name, value] : keywords) {
        std::uint32_t slot = named;
        for (std::uint32_t i = code.posOnlyArgCount; i < named; ++i)
            if (code.localsPlus[i] == name)
                slot = i;
        if (slot < named) {
            if (m_heap.item(frame.object, slot))
                raise("TypeError", shownName + " got multiple values for argument '" + std::string(name) + "'");
            place(slot, m_heap.own(value));
            continue;
        }
        if (!code.has(CodeFlag::VarKeywords))
            raise("TypeError", shownName + " got an unexpected keyword argument '" + std::string(name) + "'");
        m_dicts.setText(m_heap.item(frame.object, varKeywords), name, m_heap.own(value));
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
        std::string message = shownName + " takes " + takes + " positional argument" + (plural ? "s" : "") + " but "
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
        raise("TypeError", shownName + " missing " + std::to_string(missing.size()) + " required positional argument"
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
        raise("TypeError", shownName + " missing " + std::to_string(missing.size()) + " required keyword-only argument"
                  + (missing.size() == 1 ? "" : "s") + ": " + quotedList(missing));

    // Cells of own variables, then the cells that came with the function.
    for (const std::uint32_t i : code.cellArguments) {
        Ref value(m_heap, m_heap.item(frame.object, i));
        m_heap.setSlot(frame.object, i, ObjectId());
        Ref cell = m_heap.newCell(value);
        value.reset();
        place(i, std::move(cell));
    }
    for (std::uint32_t i = code.firstCell; i < code.firstFree; ++i)
        place(i, m_heap.newCell(ObjectId()));
    const ObjectId closure = m_heap.item(function, functionslot::Closure);
    for (std::uint32_t i = code.firstFree; i < code.localsPlus.size(); ++i)
        place(i, m_heap.own(m_heap.item(closure, i - code.firstFree)));
}

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
    const CurrentFrame restore{*this, m_frame};
    enterFrame(*frame, code.code->name);
    m_collector->runIfPending();   // the eval breaker is looked at on function entry
    Ref result;
    try {
        result = runFrame(*frame);
    } catch (const PythonError &) {
        endStatement(*frame);
        disposeFrame(*frame);
        leaveFrame(*frame);
        throw;
    }
    endStatement(*frame);
    disposeFrame(*frame);
    leaveFrame(*frame);
    return result;
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
    auto [callable, self] = loadMethod(id, name);
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
        std::size_t at = owned.size();
        for (std::uint32_t i = 0; i < positional; ++i)
            owned[--at] = pop(frame);
        if (self)
            owned[0] = pop(frame);
        else if (methodSelf)
            owned[0] = std::move(methodSelf);
        if (method && !self)
            pop(frame).reset();
        // The frame keeps the function alive; the caller's stack keeps it too in this model, which no count shows.
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
                raise("TypeError", "Value after * must be an iterable, not " + typeName(given));
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

// ---- generators -----------------------------------------------------------------------------------------------------

Ref Interpreter::resumeGenerator(ObjectId generator, Ref sent, bool throwRaised)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    if (native->running)
        raise("ValueError", "generator already executing");
    m_generatorReturn = Ref();
    if (!native->frame || native->closed) {
        if (throwRaised)
            throw PythonError{};
        return {};
    }
    if (!native->started && sent && kind(sent) != TypeKind::None)
        raise("TypeError", "can't send non-None value to a just-started generator");
    const Recursion deeper(*this);
    const Ref kept = m_heap.own(generator);
    Frame &frame = *native->frame;
    native->running = true;
    const CurrentFrame restore{*this, m_frame};
    enterFrame(frame, native->name);
    const auto finish = [&] {
        native->running = false;
        endStatement(frame);
        const ObjectId object = frame.object;
        m_heap.setSlot(generator, 0, ObjectId());
        disposeFrame(frame);
        (void)object;
        leaveFrame(frame);
        native->frame.reset();
    };
    try {
        if (throwRaised) {
            // The exception appears at the yield; a generator that has not begun fails at once.
            m_recorder.closeStepsTo(frame.stepBase);
            addTraceback(frame);
            if (!native->started || !unwind(frame))
                throw PythonError{};
        } else if (native->started) {
            push(frame, sent ? std::move(sent) : m_heap.newNone());
        }
        native->started = true;
        Ref returned = runFrame(frame);
        if (returned) {
            m_generatorReturn = std::move(returned);
            finish();
            return {};
        }
    } catch (const PythonError &) {
        finish();
        if (raisedIs("StopIteration")) {
            const Ref cause = takeRaised();
            raise("RuntimeError", "generator raised StopIteration");
        }
        throw;
    }
    native->running = false;
    leaveFrame(frame);
    return std::move(m_yielded);
}

void Interpreter::closeGenerator(ObjectId generator)
{
    GeneratorNative *native = m_heap.native<GeneratorNative>(generator);
    if (!native || !native->frame || native->closed)
        return;
    // 3.12.3: no handler around the yield could run, so the generator is just marked; its frame goes with it.
    if (native->started && !native->running && profile().objects.closedGeneratorKeepsLocals) {
        const std::uint32_t at = native->frame->lastInstruction;
        const auto &handlers = native->frame->code->code->exceptions;
        native->closed = std::none_of(handlers.begin(), handlers.end(),
                                      [&](const ExceptionEntry &entry) { return at >= entry.begin && at < entry.end; });
        if (native->closed)
            return;
    }
    if (!native->started) {
        Frame &frame = *native->frame;
        m_heap.setSlot(generator, 0, ObjectId());
        disposeFrame(frame);
        native->frame.reset();
        return;
    }
    m_raised = makeException(exceptionType("GeneratorExit"), {});
    try {
        const Ref item = resumeGenerator(generator, Ref(), true);
        if (item)
            raise("RuntimeError", "generator ignored GeneratorExit");
        m_generatorReturn = Ref();
    } catch (const PythonError &) {
        if (!raisedIs("GeneratorExit") && !raisedIs("StopIteration"))
            throw;
        takeRaised().reset();
    }
}

} // namespace pyrena
