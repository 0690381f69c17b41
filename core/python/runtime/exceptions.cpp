// Exceptions: raising, handlers, tracebacks, with blocks, and what the interpreter prints on stderr.
#include "core/base/stackmarks.h"
#include "core/gc/collector.h"
#include "core/python/runtime/interpreter.h"

#include <array>
#include <unordered_set>

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
    {"UnicodeError", "ValueError"}, {"UnicodeEncodeError", "UnicodeError"}, {"UnicodeDecodeError", "UnicodeError"},
    {"FileNotFoundError", "OSError"}, {"PermissionError", "OSError"}, {"FileExistsError", "OSError"}, {"ConnectionError", "OSError"},
    {"TimeoutError", "OSError"}, {"InterruptedError", "OSError"}, {"IsADirectoryError", "OSError"}, {"NotADirectoryError", "OSError"}, {"IndentationError", "SyntaxError"}, {"TabError", "IndentationError"}, {"DeprecationWarning", "Warning"}, {"UserWarning", "Warning"},
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
    raiseObject(makeException(exceptionType(type), ids).release());
}

void Interpreter::raiseFrom(std::string_view type, const std::string &message, Ref cause)
{
    const Ref words = m_heap.newStr(message);
    Ref exception = makeException(exceptionType(type), std::array{words.id()});
    m_heap.setSlot(exception, exceptionslot::Context, m_heap.own(cause).release(), m_heap.text("__context__"));
    m_heap.setSlot(exception, exceptionslot::Cause, cause.release(), m_heap.text("__cause__"));
    raiseObject(std::move(exception));
}

void Interpreter::raiseKeyError(ObjectId key)
{
    raiseObject(makeException(exceptionType("KeyError"), std::array{key}).release());
}

// The exception being handled becomes the context of the new one, which a chain back to it must not close.
void Interpreter::chainContext(ObjectId exception)
{
    if (const ObjectId handled = handledException(); handled && handled != exception) {
        std::unordered_set<std::uint32_t> seen;
        ObjectId next;
        for (ObjectId at = handled; (next = m_heap.item(at, exceptionslot::Context)) && seen.insert(at.value).second; at = next)
            if (next == exception) {
                m_heap.clearSlot(at, exceptionslot::Context);
                break;
            }
        m_heap.replaceSlot(exception, exceptionslot::Context, m_heap.own(handled), m_heap.text("__context__"));
    }
}

void Interpreter::raiseObject(ObjectId exception)
{
    chainContext(exception);
    m_recorder.commit(change::Noticed{change::NoticeKind::Raised, exception, m_heap.text(typeName(exception)), 0});
    m_raised = Ref(m_heap, exception);
    forgetStackMarks();
    throw PythonError{};
}

// PyException_SetCause: the context is suppressed. None: no cause.
void Interpreter::setCause(ObjectId exception, Ref cause)
{
    if (kind(cause) == TypeKind::None)
        m_heap.clearSlot(exception, exceptionslot::Cause);
    else
        m_heap.replaceSlot(exception, exceptionslot::Cause, std::move(cause), m_heap.text("__cause__"));
    m_heap.setValue(exception, 1);
}

// ---- what is being handled --------------------------------------------------------------------------------------------

ObjectId Interpreter::handlingSlot(const Handling &at, std::uint32_t which) const
{
    const std::uint32_t index = at.slot[which];
    return index < m_heap.length(at.owner) ? m_heap.item(at.owner, index) : ObjectId();
}

// _PyErr_GetTopmostException: a generator that handles nothing itself sees what its caller handles.
ObjectId Interpreter::handledException() const
{
    for (auto at = m_handling.rbegin(); at != m_handling.rend(); ++at)
        if (const ObjectId handled = handlingSlot(*at, 0))
            return handled;
    return {};
}

// Up to 3.10 it is kept beside the exception.
ObjectId Interpreter::handledTraceback() const
{
    for (auto at = m_handling.rbegin(); at != m_handling.rend(); ++at)
        if (const ObjectId handled = handlingSlot(*at, 0))
            return profile().minor < 11 ? handlingSlot(*at, 1) : m_heap.item(handled, exceptionslot::Traceback);
    return {};
}

void Interpreter::setHandled(Ref exception, bool withTraceback)
{
    Ref traceback;
    if (withTraceback)
        if (const ObjectId now = m_heap.item(exception, exceptionslot::Traceback))
            traceback = m_heap.own(now);
    restoreHandled(std::move(exception), std::move(traceback));
}

// The exception that was handled goes first, then its traceback.
void Interpreter::restoreHandled(Ref exception, Ref traceback)
{
    const Handling at = m_handling.back();
    const auto replace = [&](std::uint32_t which, Ref now, const char *label) {
        const ObjectId before = handlingSlot(at, which);
        if (!before && !now)
            return Ref();
        if (m_heap.length(at.owner) <= at.slot[which]) {
            m_heap.reserveSlots(at.owner, at.slot[which] + 1);
            m_heap.setLength(at.owner, at.slot[which] + 1);
        }
        m_heap.setSlot(at.owner, at.slot[which], now.release(), m_heap.text(label));
        return before ? Ref(m_heap, before) : Ref();
    };
    Ref oldException = replace(0, std::move(exception), "exc_info"), oldTraceback = replace(1, std::move(traceback), "exc_traceback");
    oldException.reset();
    oldTraceback.reset();
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
    materialize(frame.object);
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

Interpreter::TracebackText Interpreter::formatTraceback(ObjectId traceback, TracebackMarks marks)
{
    constexpr std::uint32_t kShownRepetitions = 3;
    struct Place
    {
        const CodeObject *code = nullptr;
        std::uint32_t line = 0;
        bool operator==(const Place &) const = default;
    };
    TracebackText told;
    std::string &out = told.text;
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
        ++told.lines;
        out += "  File \"" + (native.code->library ? "<library>" : m_fileName) + "\", line " + std::to_string(span.begin.line) + ", in "
            + code.name + "\n";
        if (!native.code->library)
            out += tracebackExcerpt(m_sourceLines, span, profile(), marks);
    }
    tellRepetitions();
    return told;
}

std::string Interpreter::formatException(ObjectId exception, TracebackMarks marks)
{
    std::string out;
    const ObjectId cause = m_heap.item(exception, exceptionslot::Cause), context = m_heap.item(exception, exceptionslot::Context);
    if (cause && kind(cause) == TypeKind::Exception)
        out += formatException(cause, marks) + "\nThe above exception was the direct cause of the following exception:\n\n";
    else if (context && m_heap.object(exception).value == 0)   // not suppressed
        out += formatException(context, marks) + "\nDuring handling of the above exception, another exception occurred:\n\n";

    if (const ObjectId traceback = m_heap.item(exception, exceptionslot::Traceback))
        out += "Traceback (most recent call last):\n" + formatTraceback(traceback, marks).text;
    std::string message = messageOf(exception);
    message += suggestion(exception);
    return out + shownTypeOf(exception) + (message.empty() ? "\n" : ": " + message + "\n") + notesOf(exception);
}

// From 3.11 on a class of __main__ is shown without its module.
std::string Interpreter::shownTypeOf(ObjectId exception)
{
    const ClassNative &type = classOf(typeOf(exception));
    return type.builtin ? type.name : (profile().minor < 11 ? "__main__." : "") + type.qualName;
}

std::string Interpreter::messageOf(ObjectId exception)
{
    try {
        return str(exception);
    } catch (const PythonError &) {
        takeRaised().reset();
        return "<exception str() failed>";
    }
}

void Interpreter::executeException(Frame &frame, const Instruction &in)
{
    switch (in.op) {
    case Op::LoadAssertionError:
        push(frame, m_heap.own(exceptionType("AssertionError")));
        break;
    case Op::PushExcInfo: {
        Ref exception = pop(frame);
        const Handling &at = m_handling.back();
        const auto before = [&](std::uint32_t which) {
            const ObjectId handled = handlingSlot(at, which);
            push(frame, handled ? m_heap.own(handled) : m_heap.newNone());
        };
        if (in.arg == 1)
            before(1);
        before(0);
        setHandled(m_heap.own(exception), in.arg == 1);
        push(frame, std::move(exception));
        break;
    }
    case Op::PopExcept: {
        const auto orNone = [&](Ref popped) { return kind(popped) == TypeKind::None ? Ref() : std::move(popped); };
        Ref before = orNone(pop(frame));
        if (in.arg == 1)
            restoreHandled(std::move(before), orNone(pop(frame)));
        else
            setHandled(std::move(before), false);
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
            const ObjectId handled = handledException();
            if (!handled)
                raise("RuntimeError", "No active exception to reraise");
            m_raised = m_heap.own(handled);
            // Up to 3.10 it goes on with the traceback that it was caught with, whatever it has now.
            if (const ObjectId traceback = handledTraceback(); traceback != m_heap.item(handled, exceptionslot::Traceback) && profile().minor < 11)
                m_heap.replaceSlot(handled, exceptionslot::Traceback, traceback ? m_heap.own(traceback) : Ref(), m_heap.text("__traceback__"));
            m_reraised = true;
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
            setCause(value, std::move(cause));
        }
        raiseObject(value.release());
    }
    case Op::BeforeWith: {
        const ObjectId manager = top(frame);
        const ObjectId type = typeOf(manager);
        const bool newWords = profile().minor >= 11;
        const auto need = [&](const char *name) {
            if (!lookup(type, name)) {
                // 3.14 asks for __exit__ first and names either.
                const bool named = profile().minor >= 14 || std::string_view(name) == "__exit__";
                if (newWords)
                    raise("TypeError", "'" + typeName(manager) + "' object does not support the context manager protocol"
                              + (named ? std::string(" (missed ") + name + " method)" : std::string()));
                raise("AttributeError", name);
            }
        };
        if (profile().minor >= 14)
            need("__exit__");
        need("__enter__");
        need("__exit__");
        const bool lent = !frame.lent.empty() && frame.lent[stackBase(frame) + frame.sp - 1];
        const Ref enter = profile().minor <= 13 ? boundSpecial(lookup(type, "__enter__"), manager) : Ref();
        Ref exit = getAttribute(manager, "__exit__");
        Ref entered;
        if (enter) {   // __exit__ has taken the manager's place on the stack
            m_heap.replaceSlot(frame.object, stackBase(frame) + frame.sp - 1, std::move(exit));
            entered = call(enter, std::span<const ObjectId>{});
        } else {
            const NativeLevel bound(*this, NativeLevel::kCalling, profile().minor <= 7 ? 1 : 0);
            const Ref plain = m_heap.own(lookup(type, "__enter__"));
            entered = kind(plain) == TypeKind::Function ? callSpecial(plain, {manager}) : callMethod(manager, "__enter__");
            pop(frame).reset();
            push(frame, std::move(exit));
        }
        if (lent)
            frame.lent[stackBase(frame) + frame.sp - 1] = Frame::kLentSelf;
        push(frame, std::move(entered));
        break;
    }
    case Op::WithExceptStart: {   // exit ... exc
        const ObjectId exception = top(frame), exit = top(frame, 2 + static_cast<std::uint32_t>(in.arg));
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
