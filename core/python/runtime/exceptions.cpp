// Exceptions: raising, handlers, tracebacks, with blocks, and what the interpreter prints on stderr.
#include "core/python/runtime/interpreter.h"

#include <array>

namespace pyrena {

namespace {

struct ExceptionClass { const char *name, *base; };
// The built-in exceptions of the subset; a base stands before those derived from it.
constexpr ExceptionClass kExceptionClasses[] = {
    {"BaseException", "object"}, {"Exception", "BaseException"}, {"GeneratorExit", "BaseException"},
    {"KeyboardInterrupt", "BaseException"}, {"SystemExit", "BaseException"},
    {"ArithmeticError", "Exception"}, {"AssertionError", "Exception"}, {"AttributeError", "Exception"},
    {"BufferError", "Exception"}, {"EOFError", "Exception"}, {"ImportError", "Exception"}, {"LookupError", "Exception"},
    {"MemoryError", "Exception"}, {"NameError", "Exception"}, {"OSError", "Exception"}, {"ReferenceError", "Exception"},
    {"RuntimeError", "Exception"}, {"StopIteration", "Exception"}, {"SyntaxError", "Exception"}, {"SystemError", "Exception"},
    {"TypeError", "Exception"}, {"ValueError", "Exception"}, {"Warning", "Exception"},
    {"FloatingPointError", "ArithmeticError"}, {"OverflowError", "ArithmeticError"}, {"ZeroDivisionError", "ArithmeticError"},
    {"ModuleNotFoundError", "ImportError"}, {"IndexError", "LookupError"}, {"KeyError", "LookupError"},
    {"UnboundLocalError", "NameError"}, {"NotImplementedError", "RuntimeError"}, {"RecursionError", "RuntimeError"},
    {"UnicodeError", "ValueError"}, {"DeprecationWarning", "Warning"}, {"UserWarning", "Warning"},
    {"RuntimeWarning", "Warning"},
};

} // namespace

void Interpreter::addExceptionTypes()
{
    for (const ExceptionClass &c : kExceptionClasses) {
        const ObjectId type = addType(c.name, TypeKind::Exception, builtinType(c.base), nullptr, {});
        classOf(type).exception = true;
    }
}

std::span<const char *const> Interpreter::exceptionNames()
{
    static const auto names = [] {
        std::array<const char *, std::size(kExceptionClasses)> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = kExceptionClasses[i].name;
        return all;
    }();
    return names;
}

ObjectId Interpreter::exceptionType(std::string_view name)
{
    return builtinType(name);
}

// What the C structures of some exceptions hold in addition (getsizeof of every version).
std::uint32_t Interpreter::exceptionSizeOf(ObjectId type)
{
    const int minor = profile().minor;
    const std::pair<std::string_view, std::uint32_t> additional[] = {
        {"StopIteration", 8}, {"SystemExit", 8}, {"ImportError", minor >= 12 ? 32 : 24}, {"OSError", 40},
        {"SyntaxError", minor >= 10 ? 64 : 48}, {"AttributeError", minor >= 10 ? 16 : 0}, {"NameError", minor >= 10 ? 8 : 0},
    };
    for (const ObjectId base : classOf(type).mro)
        for (const auto &[name, bytes] : additional)
            if (classOf(base).builtin && classOf(base).name == name)
                return profile().layout.exceptionSize + bytes;
    return profile().layout.exceptionSize;
}

std::string Interpreter::notesOf(ObjectId exception)
{
    const ObjectId notes = profile().minor >= 11 ? findInstanceAttribute(exception, nameText("__notes__")) : ObjectId();
    if (!notes || kind(notes) != TypeKind::List)
        return {};
    std::string out;
    for (const Slot &slot : m_heap.items(notes))
        out += (isStr(slot.target) ? std::string(text(slot.target)) : str(slot.target)) + '\n';
    return out;
}

Ref Interpreter::makeException(ObjectId type, std::span<const ObjectId> args)
{
    incref(type);
    Ref exception = m_heap.create({.kind = TypeKind::Exception, .typeName = classOf(type).name, .type = type,
                                   .size = exceptionSizeOf(type) + (classOf(type).builtin ? 0 : addedSize(classOf(type))),
                                   .gc = true, .preHeader = classOf(type).builtin ? 0 : preHeaderOf(classOf(type)),
                                   .slots = exceptionslot::Count});
    m_heap.setSlot(exception, exceptionslot::Class, type, m_heap.text("__class__"));
    m_heap.setSlot(exception, exceptionslot::Args, m_heap.newTuple(args).release(), m_heap.text("args"));
    m_heap.track(exception);
    return exception;
}

void Interpreter::raise(std::string_view type, const std::string &message)
{
    std::vector<Ref> args;
    std::vector<ObjectId> ids;
    if (!message.empty()) {
        args.push_back(m_heap.newStr(message));
        ids.push_back(args.back());
    }
    raiseObject(makeException(exceptionType(type), ids));
}

void Interpreter::raiseKeyError(ObjectId key)
{
    raiseObject(makeException(exceptionType("KeyError"), std::array{key}));
}

void Interpreter::raiseObject(Ref exception)
{
    // The exception being handled becomes the context of the new one.
    const ObjectId handled = m_heap.item(kRuntime, 0);
    if (handled && handled != exception.id() && !m_heap.item(exception, exceptionslot::Context))
        m_heap.setSlot(exception, exceptionslot::Context, m_heap.own(handled).release(), m_heap.text("__context__"));
    m_recorder.commit(change::Noticed{change::NoticeKind::Raised, exception, m_heap.text(typeName(exception)), 0});
    m_raised = std::move(exception);
    throw PythonError{};
}

void Interpreter::unsupported(const std::string &what)
{
    throw UnsupportedConstruct{what, currentSpan()};
}

bool Interpreter::raisedIs(std::string_view type)
{
    return m_raised && isSubclass(typeOf(m_raised), exceptionType(type));
}

bool Interpreter::exceptionMatches(ObjectId exception, ObjectId type)
{
    if (kind(type) == TypeKind::Tuple) {
        for (const Slot &slot : m_heap.items(type))
            if (exceptionMatches(exception, slot.target))
                return true;
        return false;
    }
    if (kind(type) != TypeKind::Type || !classOf(type).exception)
        raise("TypeError", "catching classes that do not inherit from BaseException is not allowed");
    return isSubclass(typeOf(exception), type);
}

void Interpreter::addTraceback(Frame &frame)
{
    const ObjectId exception = m_raised;
    const std::uint64_t where = frame.lastInstruction;
    Ref traceback = m_heap.create({.kind = TypeKind::Traceback, .typeName = "traceback", .size = profile().layout.tracebackSize,
                                   .gc = true, .value = where, .slots = 2});
    m_heap.setSlot(traceback, 0, m_heap.own(frame.object).release(), m_heap.text("tb_frame"));
    const ObjectId next = m_heap.item(exception, exceptionslot::Traceback);
    if (next)
        m_heap.setSlot(traceback, 1, next, m_heap.text("tb_next"));   // moves along
    m_heap.track(traceback);
    auto native = std::make_unique<TracebackNative>();
    native->code = frame.code;
    native->instruction = frame.lastInstruction;
    m_heap.setNative(traceback, std::move(native));
    m_heap.setSlot(exception, exceptionslot::Traceback, traceback.release(), m_heap.text("__traceback__"));
}

std::string Interpreter::formatTraceback(ObjectId traceback, TracebackMarks marks)
{
    constexpr std::uint32_t kShownRepetitions = 3;
    struct Place
    {
        const CodeObject *code = nullptr;
        std::uint32_t line = 0;
        bool operator==(const Place &) const = default;
    };
    std::string out;
    Place before;
    std::uint32_t repeated = 0;
    const auto tellRepetitions = [&] {
        if (repeated <= kShownRepetitions)
            return;
        const std::uint32_t more = repeated - kShownRepetitions;
        out += "  [Previous line repeated " + std::to_string(more) + " more time" + (more == 1 ? "" : "s") + "]\n";
    };
    for (ObjectId tb = traceback; tb; tb = m_heap.item(tb, 1)) {
        const auto &native = *m_heap.native<TracebackNative>(tb);
        const CodeObject &code = *native.code->code;
        const SourceSpan &span = code.tracebackSpan(native.instruction);
        const Place place{&code, span.begin.line};
        if (place == before) {
            ++repeated;
        } else {
            tellRepetitions();
            before = place;
            repeated = 1;
        }
        if (repeated > kShownRepetitions)
            continue;
        out += "  File \"" + (native.code->library ? "<library>" : m_fileName) + "\", line " + std::to_string(span.begin.line) + ", in "
            + code.name + "\n";
        if (!native.code->library)
            out += tracebackExcerpt(m_sourceLines, span, profile(), marks);
    }
    tellRepetitions();
    return out;
}

std::string Interpreter::formatException(ObjectId exception, TracebackMarks marks)
{
    std::string out;
    const ObjectId cause = m_heap.item(exception, exceptionslot::Cause), context = m_heap.item(exception, exceptionslot::Context);
    if (cause && kind(cause) == TypeKind::Exception)
        out += formatException(cause, marks) + "\nThe above exception was the direct cause of the following exception:\n\n";
    else if (context && !cause)
        out += formatException(context, marks) + "\nDuring handling of the above exception, another exception occurred:\n\n";

    if (const ObjectId traceback = m_heap.item(exception, exceptionslot::Traceback))
        out += "Traceback (most recent call last):\n" + formatTraceback(traceback, marks);
    const ClassNative &type = classOf(typeOf(exception));
    // From 3.11 on a class of __main__ is shown without its module.
    out += type.builtin ? type.name : (profile().minor < 11 ? "__main__." : "") + type.qualName;
    std::string message;
    try {
        message = str(exception) + suggestion(exception);
    } catch (const PythonError &) {
        takeRaised().reset();
        message = "<exception str() failed>";
    }
    out += message.empty() ? "\n" : ": " + message + "\n";
    return out + notesOf(exception);
}

void Interpreter::printUnraisable(ObjectId exception, const std::string &where)
{
    m_errorText += "Exception ignored in: " + where + "\n" + formatException(exception, profile().minor == 13 ? TracebackMarks::None : TracebackMarks::AsVersion);
}

void Interpreter::executeException(Frame &frame, const Instruction &in)
{
    const auto setHandled = [&](Ref exception) {
        // Slot 0 of the interpreter: the exception being handled.
        m_heap.replaceSlot(kRuntime, 0, std::move(exception), m_heap.text("exc_info"));
    };
    switch (in.op) {
    case Op::LoadAssertionError:
        push(frame, m_heap.own(exceptionType("AssertionError")));
        break;
    case Op::PushExcInfo: {
        Ref exception = pop(frame);
        const ObjectId before = m_heap.item(kRuntime, 0);
        push(frame, before ? m_heap.own(before) : m_heap.newNone());
        setHandled(m_heap.own(exception));
        push(frame, std::move(exception));
        break;
    }
    case Op::PopExcept: {
        Ref before = pop(frame);
        if (kind(before) == TypeKind::None)
            m_heap.clearSlot(kRuntime, 0);
        else
            setHandled(std::move(before));
        break;
    }
    case Op::CheckExcMatch: {
        const bool matches = exceptionMatches(top(frame, 1), top(frame));
        pop(frame).reset();
        push(frame, m_heap.newBool(matches));
        break;
    }
    case Op::Reraise:
        m_raised = pop(frame);
        throw PythonError{};
    case Op::Raise: {
        if (in.arg == 0) {
            const ObjectId handled = m_heap.item(kRuntime, 0);
            if (!handled)
                raise("RuntimeError", "No active exception to reraise");
            m_raised = m_heap.own(handled);
            throw PythonError{};
        }
        Ref cause;
        if (in.arg == 2)
            cause = pop(frame);
        Ref value = pop(frame);
        const auto instantiate = [&](Ref given, const char *message) {
            if (kind(given) == TypeKind::Type && classOf(given).exception)
                given = call(given, {});
            if (kind(given) != TypeKind::Exception)
                raise("TypeError", message);
            return given;
        };
        value = instantiate(std::move(value), "exceptions must derive from BaseException");
        if (cause) {
            if (kind(cause) != TypeKind::None)
                cause = instantiate(std::move(cause), "exception causes must derive from BaseException");
            m_heap.replaceSlot(value, exceptionslot::Cause, std::move(cause), m_heap.text("__cause__"));
        }
        raiseObject(std::move(value));
    }
    case Op::BeforeWith: {
        const ObjectId manager = top(frame);
        const ObjectId type = typeOf(manager);
        const bool newWords = profile().minor >= 11;
        const auto need = [&](const char *name) {
            if (!lookup(type, name)) {
                if (newWords)
                    raise("TypeError", "'" + typeName(manager) + "' object does not support the context manager protocol"
                              + (std::string_view(name) == "__exit__" ? " (missed __exit__ method)" : ""));
                raise("AttributeError", name);
            }
        };
        need("__enter__");
        need("__exit__");
        Ref exit = getAttribute(manager, "__exit__");
        Ref entered = callMethod(manager, "__enter__");
        pop(frame).reset();
        push(frame, std::move(exit));
        push(frame, std::move(entered));
        break;
    }
    case Op::WithExceptStart: {   // exit prev exc
        const ObjectId exception = top(frame), exit = top(frame, 2);
        const ObjectId traceback = m_heap.item(exception, exceptionslot::Traceback);
        push(frame, call(exit, {typeOf(exception), exception, traceback ? traceback : m_heap.none()}));
        break;
    }
    case Op::Unsupported:
        unsupported(text(frame.code->consts[static_cast<std::size_t>(in.arg)]));
    default:
        break;
    }
}

} // namespace pyrena
