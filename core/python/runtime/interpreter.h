#pragma once

#include "core/base/result.h"
#include "core/base/verify.h"
#include "core/objects/dicts.h"
#include "core/objects/objectheap.h"
#include "core/python/code/code.h"
#include "core/python/runtime/descriptors.h"
#include "core/python/runtime/frame.h"
#include "core/python/runtime/loadedcode.h"
#include "core/python/runtime/lookupcache.h"
#include "core/python/runtime/tracebacktext.h"
#include "core/python/runtime/types.h"
#include "core/python/text/texterror.h"

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

class Collector;
class Sets;

// A Python exception on its way through C++ code. The exception object is Interpreter::raised().
struct PythonError {};
// A construct that is parsed but not run: ends the recording with a diagnostic, never with a wrong result.
struct UnsupportedConstruct
{
    std::string what;
    SourceSpan span;
};

// The evaluation loop and everything an instruction may need. Built-ins get a reference to it.
class Interpreter final : public ObjectHooks, public KeyEquality
{
public:
    Interpreter(Recorder &recorder, Obmalloc &memory, std::string fileName, std::string source);
    ~Interpreter() override;

    // Makes builtins and __main__; constants of the program become objects. Before recording begins.
    void load(std::shared_ptr<const CodeObject> program);
    // Runs the module. False: an exception was not caught; errorText() is the traceback.
    bool runMain();
    int exitStatus() const { return m_exitStatus; }   // of the process; 1 after an exception, what SystemExit says
    const std::string &errorText() const { return m_errorText; }
    SourceSpan errorSpan() const { return m_errorSpan; }
    SourceSpan currentSpan() const;

    ObjectHeap &heap() { return m_heap; }
    Dicts &dicts() { return m_dicts; }
    Sets &sets() { return *m_sets; }
    Recorder &recorder() { return m_recorder; }
    Collector &collector() { return *m_collector; }
    const PythonProfile &profile() const { return m_recorder.profile(); }
    const World &world() const { return m_recorder.world(); }
    const text::TextRules &textRules() const { return m_textRules; }
    const Object &object(ObjectId id) const { return world().object(id); }
    TypeKind kind(ObjectId id) const { return object(id).kind; }
    void checkpoint();      // limits: changes, memory, cancel

    void incref(ObjectId id) { m_heap.incref(id); }

    // ---- raising (exceptions.cpp)
    [[noreturn]] void raise(std::string_view type, const std::string &message);
    [[noreturn]] void raise(const text::TextError &error) { raise(text::name(error.kind), error.message); }
    // Takes over one count. (g++ 12 loses the store that empties a Ref in a function that never returns.)
    [[noreturn]] void raiseObject(ObjectId exception);
    [[noreturn]] void raiseKeyError(ObjectId key);
    [[noreturn]] void raiseFrom(std::string_view type, const std::string &message, Ref cause);
    [[noreturn]] void unsupported(const std::string &what);
    Ref makeException(ObjectId type, std::span<const ObjectId> args);
    ObjectId exceptionType(std::string_view name);
    ObjectId raised() const { return m_raised; }
    Ref takeRaised() { return std::move(m_raised); }
    void setRaised(Ref exception) { m_raised = std::move(exception); }
    bool raisedIs(std::string_view type);                    // the exception on its way is an instance of it
    bool exceptionMatches(ObjectId exception, ObjectId type);
    void addTraceback(Frame &frame);
    void materialize(ObjectId frame);
    ObjectId handledException() const;                       // sys.exc_info()[1]; none: nothing is being handled
    ObjectId handledTraceback() const;
    void setCause(ObjectId exception, Ref cause);
    void chainContext(ObjectId exception);                   // what is being handled becomes its context
    struct TracebackText { std::string text; std::uint32_t lines = 0; };   // lines of source that it shows
    TracebackText formatTraceback(ObjectId traceback, TracebackMarks marks);
    std::string shownTypeOf(ObjectId exception);             // the class of an exception as messages name it
    std::string messageOf(ObjectId exception);               // str() of it, whatever that does
    std::vector<std::string> attributeNames(ObjectId id);   // dir(), as far as it is simulated
    std::string notesOf(ObjectId exception);                 // add_note(), a line each (3.11+)
    std::uint32_t exceptionSizeOf(ObjectId type);
    std::uint32_t lentReferences(ObjectId id) const;        // by the frames that run
    std::string callableText(ObjectId callable);             // as messages about its arguments name it: "__main__.f()"
    std::string suggestion(ObjectId exception);              // ". Did you mean: 'x'?" (3.10+), or nothing
    std::string formatException(ObjectId exception, TracebackMarks marks = TracebackMarks::AsVersion);         // as the interpreter prints it on stderr
    // PyErr_FormatUnraisable: where an exception came up that nobody can handle, and in what (its repr).
    enum class Unraisable : std::uint8_t { Deallocator, WeakrefCallback, GcCallback, Generator, ExitFunction };
    void noteTelling(ObjectId exception);
    void printUnraisable(ObjectId exception, Unraisable where, const std::string &who);
    void printException(ObjectId exception) { m_errorText += formatException(exception, TracebackMarks::AsVersion); }
    template <class T>
    T unwrap(text::TextResult<T> result)
    {
        if (!result)
            raise(result.error());
        return std::move(result.value());
    }

    // ---- types and attributes (classes.cpp, attributes.cpp)
    ObjectId typeOf(ObjectId id) const
    {
        const Object &o = object(id);
        return o.type ? o.type : m_typeByKind[static_cast<std::size_t>(o.kind)];
    }
    ObjectId builtinType(std::string_view name) const;
    ClassNative &classOf(ObjectId type) const { return m_heap.nativeOf<ClassNative>(type); }
    const std::string &typeName(ObjectId id) const { return classOf(typeOf(id)).name; }
    bool isSubclass(ObjectId type, ObjectId base) const;
    bool isInstance(ObjectId id, ObjectId classOrTuple);
    // Names of attributes are numbers of the trace's texts; instructions have them. Those who have only text may say text.
    TextId nameText(std::string_view name) { return m_heap.text(name); }
    Ref annotationsOfFunction(ObjectId function);             // annotations.cpp
    Ref annotationsOfClass(ObjectId type);
    ObjectId annotateOfClass(ObjectId type);
    Ref annotationsBy(ObjectId annotate);
    ObjectId lookup(ObjectId type, TextId name);             // along the mro; borrowed
    ObjectId lookup(ObjectId type, std::string_view name) { return lookup(type, nameText(name)); }
    ObjectId lookupSpecial(ObjectId id, TextId name);        // of a Python class only; none when not overridden
    ObjectId lookupSpecial(ObjectId id, std::string_view name) { return object(id).type ? lookupSpecial(id, nameText(name)) : ObjectId(); }
    Ref getAttribute(ObjectId id, TextId name);
    Ref getAttribute(ObjectId id, std::string_view name) { return getAttribute(id, nameText(name)); }
    Ref requireAttribute(ObjectId id, TextId name);
    void keepAttributeContext(ObjectId id, std::string_view name);
    [[noreturn]] void raiseUnwritable(ObjectId id, std::string_view name, const std::string &message);
    [[noreturn]] void raiseWithoutDict(ObjectId id, std::string_view name, ObjectId inClass);
    [[noreturn]] void raiseUnreadable(ObjectId property, ObjectId instance, ObjectId type);
    Ref getAttributeOrNone(ObjectId id, TextId name);        // a none Ref instead of AttributeError
    Ref getAttributeOrNone(ObjectId id, std::string_view name) { return getAttributeOrNone(id, nameText(name)); }
    Ref getAttributeDirectly(ObjectId id, TextId name);      // object.__getattribute__; a none Ref: no such
    Ref getAttributeDirectly(ObjectId id, std::string_view name) { return getAttributeDirectly(id, nameText(name)); }
    void setAttribute(ObjectId id, TextId name, Ref value);
    void setAttribute(ObjectId id, std::string_view name, Ref value) { setAttribute(id, nameText(name), std::move(value)); }
    void setAttributeDirectly(ObjectId id, TextId name, Ref value);   // object.__setattr__
    void setAttributeDirectly(ObjectId id, std::string_view name, Ref value) { setAttributeDirectly(id, nameText(name), std::move(value)); }
    void deleteAttribute(ObjectId id, std::string_view name);
    void deleteAttributeDirectly(ObjectId id, std::string_view name);           // object.__delattr__
    ObjectId proxyTarget(ObjectId proxy);                    // raises ReferenceError when it is dead
    // Pushes what LoadMethod pushes: a function and self, or a callable and none.
    std::pair<Ref, Ref> loadMethod(ObjectId id, TextId name);
    Ref buildClass(ObjectId function, const std::string &name, std::span<const ObjectId> bases,
                   std::span<const std::pair<std::string_view, ObjectId>> keywords);
    Ref newInstance(ObjectId type);
    Ref newOfType(ObjectId type, const CallArgs &args);      // tp_new of the built-in class it derives from
    Ref newDerived(ObjectId type, std::uint32_t items, std::uint32_t itemBytes, std::uint64_t value);
    static bool isVarSized(TypeKind kind) { return kind == TypeKind::Int || kind == TypeKind::Tuple || kind == TypeKind::Bytes; }
    std::uint32_t addedSize(const ClassNative &native) const;
    std::uint32_t preHeaderOf(const ClassNative &native) const;
    std::uint32_t basicSizeOf(TypeKind builtin) const;
    std::uint32_t strDataSize(ObjectId str) const;
    std::int64_t sizeOfDerived(ObjectId id) const;
    Ref instanceDict(ObjectId instance);                     // __dict__
    bool hasInstanceAttributes(ObjectId instance) const;
    ObjectId addType(std::string_view name, TypeKind kind, ObjectId base, NativeFunction construct,
                     std::span<const NativeDef> methods);
    ObjectId typeOfKind(TypeKind kind) const { return m_typeByKind[static_cast<std::size_t>(kind)]; }
    void setTypeOfKind(TypeKind kind, ObjectId type) { m_typeByKind[static_cast<std::size_t>(kind)] = type; }
    std::uint32_t instanceSizeOf(ObjectId id) const;

    // ---- calls and frames (calls.cpp, evalloop.cpp)
    using Keywords = std::span<const std::pair<std::string_view, ObjectId>>;
    Ref call(ObjectId callable, std::span<const ObjectId> args, Keywords keywords = {});
    Ref call(ObjectId callable, std::initializer_list<ObjectId> args) { return call(callable, std::span(args.begin(), args.size())); }
    // What A.__dict__ shows of a class's namespace; the dict behind one, everything else as it is.
    Ref newMappingProxy(ObjectId dict);
    void refuseReadOnly(std::string_view name);
    ObjectId behindMappingProxy(ObjectId id) const;
    bool isSetView(ObjectId id) const;       // dict_keys, dict_items
    Ref callMethod(ObjectId id, std::string_view name, std::initializer_list<ObjectId> args = {});
    bool isCallable(ObjectId id);
    Ref resumeGenerator(ObjectId generator, Ref sent, bool throwRaised = false);   // a none Ref: finished (value in returnValue())
    Ref takeReturnValue() { return std::move(m_generatorReturn); }
    void closeGenerator(ObjectId generator);
    Frame *currentFrame() const { return m_frame; }
    Ref frameLocals(ObjectId frame);                         // frame.f_locals

    // ---- the object protocol (protocol.cpp, operators.cpp, subscripts.cpp, iteration.cpp)
    // Those named plain are what the built-in class itself does, whatever a class derived from it defines.
    std::string repr(ObjectId id);
    std::string reprPlain(ObjectId id);
    std::string reprOfSlot(ObjectId id);                     // tp_repr: without the level that PyObject_Repr takes
    bool truthPlain(ObjectId id);
    std::int64_t hashPlain(ObjectId id);
    std::int64_t hashOfInstance(ObjectId id);
    std::int64_t lengthPlain(ObjectId id);
    Ref iteratePlain(ObjectId id);
    Ref iteratorFrom(ObjectId id, ObjectId special);
    std::int64_t lengthFrom(ObjectId id, ObjectId special);
    bool containsPlain(ObjectId container, ObjectId item);
    Ref getItemPlain(ObjectId id, ObjectId index);
    void setItemPlain(ObjectId id, ObjectId index, ObjectId value);
    void deleteItemPlain(ObjectId id, ObjectId index);
    std::string formatPlain(ObjectId id, std::string_view spec);
    Ref binaryPlain(ObjectId a, ObjectId b, ast::Operator op, bool inplace);   // a none Ref: NotImplemented
    std::optional<bool> comparePlain(ObjectId a, ObjectId b, ast::CompareOperator op) { return compareBuiltin(a, b, op); }
    // The special method that a class derived from a built-in one defines itself; none when it has the built-in's.
    ObjectId overridden(ObjectId id, std::string_view name) { return object(id).derived() ? lookupSpecial(id, name) : ObjectId(); }
    std::uint32_t recursionLimit() const { return m_recursionLimit; }
    void setRecursionLimit(std::uint32_t limit) { m_recursionLimit = limit; }
    std::uint32_t depth() const { return m_depth; }
    bool isExact(ObjectId id) const { return !object(id).derived(); }
    std::string str(ObjectId id);
    std::string ascii(ObjectId id);
    Ref reprObject(ObjectId id);
    Ref strObject(ObjectId id);                              // str(x): x itself when it is a str
    std::string format(ObjectId id, std::string_view spec);
    Ref formatted(ObjectId id, std::string_view spec);       // the str itself when formatting changes nothing
    bool truth(ObjectId id);
    std::int64_t hash(ObjectId id);
    std::int64_t hashOfKey(ObjectId key) { return hashFor(key, "dict key"); }
    std::int64_t hashFor(ObjectId id, const char *use);      // since 3.14 the message says what it was hashed for
    bool equal(ObjectId a, ObjectId b);                      // identity first, as containers do
    Ref compare(ObjectId a, ObjectId b, ast::CompareOperator op);
    bool less(ObjectId a, ObjectId b);
    Ref binary(ObjectId a, ObjectId b, ast::Operator op, bool inplace);
    Ref concatenate(Frame &frame);                           // str + str in place (concatenation.cpp)
    bool growsSpecialized(const Frame &frame, bool storesToLeft);
    void warmUp(const LoadedCode &code);                     // 3.11: it starts or jumps backwards
    Ref unary(ObjectId a, ast::UnaryOperator op);
    bool contains(ObjectId container, ObjectId item);
    Ref getItem(ObjectId id, ObjectId index);
    [[noreturn]] void refuseClassSubscript(ObjectId type);
    void setItem(ObjectId id, ObjectId index, ObjectId value);
    void deleteItem(ObjectId id, ObjectId index);
    std::int64_t lengthOf(ObjectId id);
    Ref iterate(ObjectId id);
    bool lookupIterable(ObjectId id);                        // whether iterate() would work
    Ref newIterator(IteratorNative::Kind kind, std::span<const ObjectId> parts);
    Ref dictIterator(ObjectId dict, IteratorNative::Kind kind);
    Ref percentFormat(ObjectId format, ObjectId args);       // str % args
    Ref next(ObjectId iterator);                             // a none Ref: exhausted
    void forEach(ObjectId iterable, const std::function<void(Ref)> &visit);
    std::vector<Ref> toVector(ObjectId iterable);
    Ref tupleOf(ObjectId iterable);
    bool startupMethodsServe() const;
    void passBuiltinMethod();                                // a method of a built-in type is bound, called and let go
    void extendList(ObjectId list, ObjectId iterable, bool constructing = false);   // constructing: list(iterable)
    // `callable`: the call whose ** it is, which refuses duplicates.
    void mergeIntoDict(ObjectId dict, ObjectId other, ObjectId callable = {});
    std::int64_t toCInt(ObjectId id);
    std::int64_t toIndex(ObjectId id);                       // __index__; raises when it is no int or too large
    std::int64_t indexOr(ObjectId id, std::int64_t fallback);   // none or None: fallback
    std::int64_t hashOfWeakref(ObjectId id);
    bool fitsInt64(ObjectId id) const { return m_heap.fitsInt64(id); }
    bool isInt(ObjectId id) const { return kind(id) == TypeKind::Int || kind(id) == TypeKind::Bool; }
    bool isStr(ObjectId id) const { return kind(id) == TypeKind::Str; }
    const std::string &text(ObjectId id) const { return m_heap.textOf(id); }
    struct SliceBounds { std::int64_t start, stop, step, count; };
    SliceBounds sliceBounds(ObjectId slice, std::int64_t length);
    void print(std::string_view written);
    void printError(std::string_view written) { m_errorText += written; }   // sys.stderr
    std::int64_t sizeOf(ObjectId id);                        // sys.getsizeof
    std::int64_t headersOf(ObjectId id) const;               // GC head and pre-header
    void guardSize(std::uint64_t bytes);                     // MemoryError when the program asks for too much

    Ref emptyFrozenSet();

    // ---- modules
    // owner: of a method its class, of a function its module.
    Ref makeBuiltinFunction(const NativeDef &def, std::string_view owner, bool method);
    Ref bindBuiltin(ObjectId method, ObjectId self);         // [].append, [].__len__
    std::string builtinRepr(ObjectId id) const;              // of one of these
    Ref builtinAttribute(ObjectId id, std::string_view name);
    ObjectId importModule(std::string_view name);            // borrowed
    void defineFrom(const std::string &source, ObjectId names);   // for modules written in Python
    ObjectId builtins() const { return m_builtins; }
    ObjectId mainModule() const { return m_mainModule; }
    ObjectId mainNamespace() const { return m_mainDict; }

    // ---- ObjectHooks, KeyEquality
    void finalize(ObjectId id) override;
    bool hasFinalizer(ObjectId id) const override;
    void weakrefCallback(ObjectId weakref, ObjectId callback) override;
    void collectionCallback(bool starts, int generation, std::int64_t collected, std::int64_t uncollectable) override;
    void keepGarbage(ObjectId id) override;
    void collectorSays(const std::string &line) override { m_errorText += line; }
    std::string typeNameOf(ObjectId id) override { return typeName(id); }
    void allocationPassedThreshold() override;
    void makeRoom(std::uint64_t bytes) override;
    void beforeDealloc(ObjectId id) override;
    bool keysEqual(ObjectId a, ObjectId b) override { return equal(a, b); }

    struct Recursion
    {
        explicit Recursion(Interpreter &i, const char *where = "");
        ~Recursion()
        {
            m_interpreter.surface(1);
        }
        Interpreter &m_interpreter;
    };
    // Levels that built-in code takes (Py_EnterRecursiveCall): of the same limit up to 3.11, of one of their own since.
    struct NativeLevel
    {
        static constexpr const char *kCalling = " while calling a Python object";
        NativeLevel(Interpreter &i, const char *where, std::uint32_t levels = 1);
        NativeLevel(const NativeLevel &) = delete;
        ~NativeLevel();
        Interpreter &m_interpreter;
        std::uint32_t m_levels;
    };
    Ref callSpecial(ObjectId special, std::span<const ObjectId> args);   // a special method, found in the class
    // Likewise, by a bound method in the versions up to 3.`until`.
    Ref callBound(ObjectId special, std::span<const ObjectId> args, int until = 99);
    Ref callBound(ObjectId special, std::initializer_list<ObjectId> args, int until = 99) { return callBound(special, std::span(args.begin(), args.size()), until); }
    Ref boundSpecial(ObjectId special, ObjectId self);                   // none for what is no Python function
    Ref tupleForMethod(std::span<const ObjectId> args);
    Ref callSpecial(ObjectId special, std::initializer_list<ObjectId> args) { return callSpecial(special, std::span(args.begin(), args.size())); }

private:
    // However a call ends, the frame it was made from is the current one again.
    struct CurrentFrame
    {
        Interpreter &interpreter;
        Frame *back;
        ~CurrentFrame() { interpreter.m_frame = back; }
    };
    struct HandlingEnd
    {
        Interpreter &interpreter;
        std::size_t size;
        ~HandlingEnd() { interpreter.m_handling.resize(size); }
    };
    // Runs Python code that no statement called (a finalizer, a callback). A limit that ends it leaves no frames behind:
    // the death around it may stop it on its way for a moment, and then the statement goes on for a few instructions.
    static constexpr std::uint32_t kCheckInterval = 64, kBeforeCheckpoint = 63;   // instructions between two looks at the limits
    void runAside(const std::function<void()> &code);
    void watchQuietWork();

    friend struct Recursion;
    friend struct NativeLevel;
    struct Headroom   // for saying what went wrong at the limit (recursion_headroom)
    {
        static constexpr std::uint32_t kLevels = 50;
        explicit Headroom(Interpreter &i) : m_interpreter(i) { i.m_headroom += kLevels; }
        ~Headroom() { m_interpreter.m_headroom -= kLevels; }
        Interpreter &m_interpreter;
    };
    void countQuietWork();
    void descend(const char *where);
    void surface(std::uint32_t levels);
    std::uint32_t levelsOfCall(ObjectId callable) const;
    std::uint32_t levelsOfBuiltin(const BuiltinNative &native) const;
    std::uint32_t levelsOfTypeCall(ObjectId type, std::size_t args) const;
    bool callerIsWarm() const;                              // 3.11: the calls in its code are specialized
    friend class ModuleTable;

    void makeTypes();
    void makeBuiltins();
    void addExceptionTypes();
    bool runProgram();
    // Py_FinalizeEx, as far as a program can see it.
    void shutDown();
    bool shutdownIsVisible() const;
    void dropMainModule();
    void clearModule(ObjectId dict);
    void runLibrary(const std::string &name, const char *source, ObjectId dict);
    void preloadModules(const LoadedCode &code);
    Ref weakrefAttribute(ObjectId weakref, std::string_view name);

    Ref makeModule(std::string_view name);
    static std::span<const char *const> exceptionNames();
    Ref scalarConstant(const ast::ConstantValue &value);
    void keepLiteral(const Constant &constant, ObjectId object);
    void keepSyntaxTree();
    void dropSyntaxTree();
    Ref codeConstant(const CodeObject &code, LoadedCode &into, std::size_t index);
    void exitWith(ObjectId systemExit);
    SourceSpan innermostSpan(ObjectId exception) const;
    std::unique_ptr<LoadedCode> loadCode(const CodeObject &code, bool library = false);
    Ref constantObject(const Constant &constant, LoadedCode &into, std::size_t index);

    // evaluation
    Ref runFrame(Frame &frame);                               // a none Ref: a generator yielded (value in m_yielded)
    enum class Flow : std::uint8_t { Next, Returned, Yielded };
    Flow execute(Frame &frame, const Instruction &in);
    Recorder::StepScope operationStep(Frame &frame, const Instruction &in);
    void executeStack(Frame &frame, const Instruction &in);
    void executeName(Frame &frame, const Instruction &in);
    void executeDisplay(Frame &frame, const Instruction &in);
    void addPart(Frame &frame, ObjectId made, std::uint32_t i, std::uint32_t n, UnpackInto into);
    void executeCall(Frame &frame, const Instruction &in);
    void unpack(Frame &frame, const Instruction &in);
    void executeException(Frame &frame, const Instruction &in);
    Flow executeYieldFrom(Frame &frame, const Instruction &in);
    ObjectId handlingSlot(const Handling &at, std::uint32_t which) const;
    void setHandled(Ref exception, bool withTraceback);
    void restoreHandled(Ref exception, Ref traceback);
    bool unwind(Frame &frame);                                // true: a handler of this frame takes over
    TextId sentence(Frame &frame, const Instruction &in)
    {
        const TextId known = frame.code->sentences[frame.lastInstruction];
        return known ? known : newSentence(frame, in);
    }
    TextId newSentence(Frame &frame, const Instruction &in);
    std::string sentenceText(const Frame &frame, const Instruction &in) const;
    void beginStatement(Frame &frame, const Instruction &in);
    void endStatement(Frame &frame);

    void push(Frame &frame, Ref value);
    void pushBorrowed(Frame &frame, ObjectId value);
    Ref pop(Frame &frame);
    void discard(Frame &frame);
    ObjectId top(const Frame &frame, std::uint32_t below = 0) const;
    ObjectId stackAt(const Frame &frame, std::uint32_t depth) const;
    std::uint32_t stackBase(const Frame &frame) const { return frame.locals; }
    void loadFast(Frame &frame, const Instruction &in);
    void storeFast(Frame &frame, const Instruction &in);
    ObjectId global(const Frame &frame, std::int32_t nameIndex);
    ObjectId findGlobal(const Frame &frame, std::int32_t nameIndex);
    void storeName(Frame &frame, ObjectId names, std::int32_t nameIndex);
    void storeNewName(Frame &frame, ObjectId names, std::int32_t nameIndex, Ref value);
    void swapStack(Frame &frame, std::uint32_t i, std::uint32_t j);
    const std::string &nameOf(const Frame &frame, std::int32_t index) const { return frame.code->code->names[static_cast<std::size_t>(index)]; }
    // The same as a number: that of the str object, whose text it is.
    TextId nameTextOf(const Frame &frame, std::int32_t index) const
    {
        return TextId(static_cast<std::uint32_t>(object(frame.code->names[static_cast<std::size_t>(index)]).value));
    }

    std::unique_ptr<Frame> makeFrame(const LoadedCode &code, ObjectId globals, ObjectId names);
    void enterFrame(Frame &frame, TextId name);
    void recycle(std::unique_ptr<Frame> frame);               // for the next call: asks for no memory
    void leaveFrame(Frame &frame);
    Ref runCall(Frame &frame, TextId name);
    void releaseFrameObject(ObjectId object);
    void disposeFrame(Frame &frame);                          // locals and stack are let go
    void keepFrame(Frame &frame);
    void dematerialize(ObjectId frame);
    void appendToFrame(ObjectId frame, Ref value, const char *label);
    std::uint32_t generatorBytes(const CodeObject &code) const;
    std::uint32_t frameBytes(const CodeObject &code) const;   // of its frame, without GC head
    const LoadedCode &codeOf(ObjectId codeOrFrame) const;
    const Frame *callIn(ObjectId frame) const;
    Ref codeAttribute(ObjectId id, std::string_view name);
    Ref frameAttribute(ObjectId id, std::string_view name);
    Ref generatorAttribute(ObjectId id, std::string_view name);
    ObjectId delegate(const Frame &frame) const;              // what a generator that waits in `yield from` waits for
    enum class Resume : std::uint8_t { Send, Throw, GoOn };   // GoOn: what `yield from` gives is on the stack already
    Ref runGenerator(ObjectId generator, Resume how, Ref sent);
    bool holdsFunction() const { return profile().minor >= 11; }   // a frame does
    Ref throwIntoDelegate(ObjectId generator, Frame &frame);
    void closeIterator(ObjectId iterator);
    ObjectId globalsOf(ObjectId function) const;
    // `packed`: the arguments come in a tuple and a dict (f(*a, **k)), which the caller holds.
    Ref callAny(ObjectId callable, std::span<const ObjectId> args, Keywords keywords, bool packed);
    struct PackedArguments { Ref positional, keywords; };
    PackedArguments pack(std::span<const ObjectId> args, Keywords keywords, bool packed);
    Ref callPacked(Frame &frame, bool hasKeywords);
    std::vector<Ref> unpackedWithKeywords(std::span<const ObjectId> args, Keywords keywords);
    Ref namesTuple(Keywords keywords);
    void makeParser(const KeywordParser &parser);
    void keepForEver(Ref made);   // what the interpreter made for itself on the way
    // Arguments that are owned are taken over, one by one as they are bound; others are borrowed. packed is what they came in: it
    // goes before the body runs.
    Ref callFunction(ObjectId function, std::span<Ref> owned, std::span<const ObjectId> borrowed, Keywords keywords,
                     std::span<Ref> ownedKeywords = {}, std::span<Ref> packed = {});
    void bindArguments(Frame &frame, ObjectId function, std::span<Ref> owned, std::span<const ObjectId> borrowed, Keywords keywords,
                       std::span<Ref> ownedKeywords);
    Ref callType(ObjectId type, std::span<const ObjectId> args, Keywords keywords);
    Ref callBuiltin(ObjectId builtin, std::span<const ObjectId> args, Keywords keywords);
    // What a call without keywords does not do, because of what the instruction has become (specializedcalls.cpp).
    struct SpecializedCall
    {
        bool withoutTuple = false;   // for the arguments of a class
        bool withoutLook = false;    // at the eval breaker, when it is done
        bool entersInit = false;     // of a class: its __init__ is called like any Python function
    };
    SpecializedCall specializedCall(const Frame &frame, ObjectId callable, std::size_t arguments);   // self included
    bool mayEnterInit(ObjectId type, std::size_t arguments);
    Ref callFromStack(Frame &frame, std::uint32_t count, ObjectId namesTuple, bool method);
    Ref makeFunction(Frame &frame, const Instruction &in);
    ObjectId sharedDescriptor(const std::string &name, DescriptorNative::Kind descriptorKind);
    void addMemberDescriptor(ObjectId type, const std::string &name, DescriptorNative::Kind descriptorKind, std::uint32_t slot);
    Ref slotNamesTuple(ObjectId namespaceDict);
    void addSubclass(ObjectId base, ObjectId type);
    void removeFromBases(ObjectId type);
    void noteSlotRanges(ClassNative &native, const ClassNative &from);
    void addSlotDescriptors(ObjectId type, ClassNative &native, std::span<const ObjectId> bases);
    std::vector<ObjectId> resolutionOrder(ObjectId type, std::span<const ObjectId> bases);
    ObjectId solidBase(ObjectId type) const;
    ObjectId bestBase(std::span<const ObjectId> bases);
    Ref newClass(const std::string &name, ObjectId base, std::span<const ObjectId> bases, ObjectId names, Ref basesTuple = {},
                 Keywords keywords = {});
    void wrapClassHook(ObjectId dict, const char *name, TypeKind wrapper);
    Ref typeFromArguments(std::span<const ObjectId> args);
    void callSetNames(ObjectId type);
    std::shared_ptr<SharedKeys> newSharedKeys() const;
    bool hasOwnValues(ObjectId instance) const;
    void makeInstanceDict(ObjectId instance, bool toStore);
    void setInInstanceDict(ClassNative &native, ObjectId dict, std::string_view name, Ref value);
    std::uint32_t attributesBegin(ObjectId instance) const;
    ObjectId dictOfInstance(ObjectId instance) const;
    bool hasFields(ObjectId id) const;
    void replaceInstanceDict(ObjectId instance, Ref dict);
    Ref superAttribute(ObjectId super, std::string_view name);
    ObjectId behindSuper(ObjectId super, TextId name);
    ObjectId ownAttribute(ObjectId type, TextId name);
    ObjectId plainAttribute(ObjectId id, TextId name);
    std::uint64_t versionsAlong(ObjectId type) const;
    void findInNamespace(ObjectId type, LookupCache::Entry &found);
    Ref bindDescriptor(ObjectId attribute, ObjectId instance, ObjectId type);
    ObjectId findInstanceAttribute(ObjectId instance, TextId name);
    void setInstanceAttribute(ObjectId instance, TextId name, Ref value);
    bool deleteInstanceAttribute(ObjectId instance, std::string_view name);
    Ref specialAttribute(ObjectId id, std::string_view name);    // __class__, __dict__, __name__ ... ; none: no such
    Ref numericBinary(ObjectId a, ObjectId b, ast::Operator op);
    Ref sequenceBinary(ObjectId a, ObjectId b, ast::Operator op, bool inplace);
    Ref intBinary(ObjectId a, ObjectId b, ast::Operator op);
    Ref floatBinary(double a, double b, ast::Operator op);
    std::string reprContainer(ObjectId id);
    std::optional<bool> compareBuiltin(ObjectId a, ObjectId b, ast::CompareOperator op);
    Ref repeatSequence(ObjectId sequence, std::int64_t times, bool inplace);
    Ref setBinary(ObjectId a, ObjectId b, ast::Operator op, bool inplace);
    void assignSlice(ObjectId list, ObjectId slice, ObjectId value);
    Ref nextOfIterator(ObjectId id);
    Ref boolText(bool value);
    bool sameWeakMethod(ObjectId a, ObjectId b);
    void checkStrictEnd(ObjectId zip, std::uint32_t ended);
    Ref intoResult(ObjectId iterator, std::vector<Ref> items);
    std::optional<std::int64_t> lengthHint(ObjectId id);
    void makeReprList();
    [[noreturn]] void raiseNameError(const std::string &name);
    [[noreturn]] void raiseUnbound(const Frame &frame, std::uint32_t index);

    Recorder &m_recorder;
    ObjectHeap m_heap;
    Dicts m_dicts;
    std::unique_ptr<Sets> m_sets;
    std::unique_ptr<Collector> m_collector;
    std::array<Ref, 2> m_sharedDescriptors;   // __dict__ and __weakref__
    text::TextRules m_textRules;
    std::string m_fileName;
    int m_exitStatus = 0;
    std::vector<std::uint8_t> m_lentArguments;   // of the call that is being made, by position
    std::vector<std::string> m_sourceLines;
    std::shared_ptr<const CodeObject> m_program;
    std::unique_ptr<LoadedCode> m_main;
    std::vector<std::shared_ptr<const CodeObject>> m_libraryCode;
    std::vector<std::unique_ptr<LoadedCode>> m_libraries;
    std::unordered_map<std::uint32_t, const LoadedCode *> m_codes;   // by CodeId
    bool m_overflowed = false;             // up to 3.8: after a RecursionError calls may go deeper until there is room again
    std::uint32_t m_codeBase = 0;          // what is added to the ids of the code being loaded

    LookupCache m_lookups, m_specialLookups;
    std::unordered_map<std::string_view, ObjectId> m_types;   // built-in, exceptions included
    std::array<ObjectId, 64> m_typeByKind{};
    std::vector<std::unique_ptr<NativeDef>> m_defs;
    ObjectId m_builtins;                   // a Dict
    ObjectId m_mainModule, m_mainDict;
    ObjectId m_mappingProxyType;
    ObjectId m_emptyFrozenSet;             // until 3.9: shared, once there is one
    std::unordered_map<std::string, ObjectId> m_modules;
    Frame *m_frame = nullptr;
    std::vector<std::unique_ptr<Frame>> m_spareFrames;
    std::vector<Handling> m_handling{{kRuntime, {0, 4}}};    // innermost last
    bool m_hasTold = false;                // of an exception that nobody can handle
    bool m_stderrCollects = false;         // something was told: the text layer of stderr has its list (up to 3.7)
    bool m_reraised = false;               // by a bare raise: this frame is in its traceback already
    std::unordered_map<std::string, Ref> m_constantCache;   // while constants are loaded
    static constexpr std::uint32_t kSyntaxTree = 5;          // slot of kRuntime
    std::vector<Ref> m_literals;                             // while a program is loaded
    Ref m_raised, m_yielded, m_generatorReturn;
    std::array<Ref, 2> m_boolTexts;        // of 3.11
    std::vector<std::string_view> m_parsers;   // KeywordParsers that are made
    std::unordered_map<std::uint32_t, Address> m_frameBlocks;   // of the frames that are materialized, by ObjectId
    bool m_shownContainers = false;        // Py_ReprEnter has its list
    std::uint32_t m_recursionLimit = 1000;
    std::uint32_t m_depth = 0, m_nativeDepth = 0, m_hashDepth = 0, m_headroom = 0;
    std::uint32_t m_instructions = 0;
    std::uint32_t m_quietWork = 0, m_quietSince = 0;   // nested operations of built-in code without a change, see watchQuietWork()
    std::vector<ObjectId> m_reprStack;     // containers being shown: for [...]
    std::string m_errorText;
    SourceSpan m_errorSpan;
};

} // namespace pyrena

#include "core/python/runtime/valuestack.h"
