// Setting up: types, builtins, the program's constants; running the main module; shutting down.
#include "core/python/runtime/interpreter.h"

#include "core/gc/collector.h"
#include "core/objects/sets.h"
#include "core/python/builtins/builtins.h"
#include "core/python/code/constantpool.h"

#include "core/base/verify.h"

#include <sstream>

namespace pyrena {

Interpreter::Interpreter(Recorder &recorder, Obmalloc &memory, std::string fileName, std::string source)
    : m_recorder(recorder), m_heap(recorder, memory), m_dicts(m_heap, *this),
      m_sets(std::make_unique<Sets>(m_heap, *this, [this](ObjectId id) { return hashFor(id, "set element"); })),
      m_collector(std::make_unique<Collector>(m_heap)), m_textRules(text::TextRules::forVersion(recorder.profile().minor)),
      m_fileName(std::move(fileName))
{
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line);)
        m_sourceLines.push_back(line);
    m_heap.setHooks(this);
    m_recorder.resizeSlots(kRuntime, 6);
    m_heap.setLength(kRuntime, 6);
    makeTypes();
    makeBuiltins();
}

Interpreter::~Interpreter()
{
    // The simulated objects are not taken apart: the recording ends where the program ended.
    (void)m_raised.release();
    (void)m_yielded.release();
    for (Ref &kept : m_boolTexts)
        (void)kept.release();
    (void)m_generatorReturn.release();
}

void Interpreter::makeTypes()
{
    const ObjectId objectType = addType("object", TypeKind::PlainObject, ObjectId(), constructObject, objectMethods());
    const auto add = [&](const char *name, TypeKind kind, NativeFunction construct = nullptr, std::span<const NativeDef> methods = {},
                         ObjectId base = {}) {
        const ObjectId type = addType(name, kind, base ? base : objectType, construct, methods);
        m_typeByKind[static_cast<std::size_t>(kind)] = type;
        return type;
    };
    m_typeByKind[static_cast<std::size_t>(TypeKind::PlainObject)] = objectType;
    const ObjectId typeType = add("type", TypeKind::Type, nullptr, typeMethods());
    classOf(typeType).methods.emplace(callableMethods().front().name, &callableMethods().front());
    add("NoneType", TypeKind::None);
    add("NotImplementedType", TypeKind::NotImplemented);
    add("ellipsis", TypeKind::Ellipsis);
    const ObjectId intType = add("int", TypeKind::Int, constructInt, intMethods());
    add("bool", TypeKind::Bool, constructBool, {}, intType);
    add("float", TypeKind::Float, constructFloat, floatMethods());
    add("complex", TypeKind::Complex, constructComplex, complexMethods());
    add("str", TypeKind::Str, constructStr, strMethods());
    add("bytes", TypeKind::Bytes, constructBytes);
    add("tuple", TypeKind::Tuple, constructTuple, tupleMethods());
    add("list", TypeKind::List, constructList, listMethods());
    add("dict", TypeKind::Dict, constructDict, dictMethods());
    add("set", TypeKind::Set, constructSet, setMethods());
    add("frozenset", TypeKind::FrozenSet, constructFrozenSet, frozenSetMethods());
    add("slice", TypeKind::Slice, constructSlice, sliceMethods());
    add("range", TypeKind::Range, constructRange, rangeMethods());
    add("function", TypeKind::Function, nullptr, callableMethods());
    add("builtin_function_or_method", TypeKind::BuiltinFunction, nullptr, callableMethods());
    add("method_descriptor", TypeKind::Method, nullptr, callableMethods());
    addType("wrapper_descriptor", TypeKind::Method, objectType, nullptr, {});
    addType("method-wrapper", TypeKind::BoundMethod, objectType, nullptr, {});
    add("method", TypeKind::BoundMethod, nullptr, callableMethods());
    add("property", TypeKind::Property, constructProperty, propertyMethods());
    add("staticmethod", TypeKind::StaticMethod, constructStaticMethod);
    add("classmethod", TypeKind::ClassMethod, constructClassMethod);
    add("super", TypeKind::Super, constructSuper);
    add("member_descriptor", TypeKind::Descriptor);
    addType("getset_descriptor", TypeKind::Descriptor, objectType, nullptr, {});
    add("code", TypeKind::Code);
    add("frame", TypeKind::Frame);
    add("cell", TypeKind::Cell);
    add("module", TypeKind::Module);
    add("generator", TypeKind::Generator, nullptr, generatorMethods());
    add("traceback", TypeKind::Traceback);
    add("dict_keys", TypeKind::DictView);
    addType("dict_values", TypeKind::DictView, objectType, nullptr, {});
    addType("dict_items", TypeKind::DictView, objectType, nullptr, {});
    m_mappingProxyType = addType("mappingproxy", TypeKind::DictView, objectType, constructMappingProxy, mappingProxyMethods());
    for (const char *name : {"list_iterator", "list_reverseiterator", "tuple_iterator", "str_iterator", "bytes_iterator", "range_iterator",
                             "dict_keyiterator", "dict_valueiterator", "dict_itemiterator", "set_iterator", "callable_iterator", "iterator"})
        addType(name, TypeKind::Iterator, objectType, nullptr, iteratorMethods());
    addType("zip", TypeKind::Iterator, objectType, constructZip, iteratorMethods());
    addType("enumerate", TypeKind::Iterator, objectType, constructEnumerate, iteratorMethods());
    addType("map", TypeKind::Iterator, objectType, constructMap, iteratorMethods());
    addType("filter", TypeKind::Iterator, objectType, constructFilter, iteratorMethods());
    addType("reversed", TypeKind::Iterator, objectType, constructReversed, iteratorMethods());
    addExceptionTypes();
    addWeakrefTypes(*this);
    addSpecialMethods(*this);
    addBytesMethods(*this);
    for (const NativeDef &def : exceptionMethods())
        classOf(builtinType("BaseException")).methods.emplace(def.name, &def);
}

Ref Interpreter::makeModule(std::string_view name)
{
    // Modules and namespaces of the interpreter itself are part of its image: they were there before the program.
    Ref dict = m_heap.create({.kind = TypeKind::Dict, .typeName = "dict", .size = profile().layout.dictSize, .gc = true,
                              .flags = static_cast<std::uint16_t>(ObjectFlag::Namespace), .isStatic = true});
    m_heap.setNative(dict, std::make_unique<DictNative>());
    Ref module = m_heap.create({.kind = TypeKind::Module, .typeName = "module", .size = profile().layout.moduleSize, .gc = true,
                                .value = m_heap.text(name).value, .slots = 1, .isStatic = true});
    m_dicts.setStatic(dict, "__name__", m_heap.newInternedStr(name, true));
    m_heap.setSlot(module, 0, dict.release(), m_heap.text("__dict__"));
    return module;
}

void Interpreter::makeBuiltins()
{
    Ref module = makeModule("builtins");
    m_builtins = m_heap.item(module, 0);
    m_modules.emplace("builtins", module.release());
    for (const NativeDef &def : builtinFunctions())
        m_dicts.setStatic(m_builtins, def.name, makeBuiltinFunction(def, "builtins", false));
    static constexpr const char *kPublicTypes[] = {
        "object", "type", "int", "bool", "float", "complex", "str", "bytes", "tuple", "list", "dict", "set", "frozenset", "slice",
        "range", "property", "staticmethod", "classmethod", "super", "zip", "enumerate", "map", "filter", "reversed",
    };
    for (const char *name : kPublicTypes)
        m_dicts.setStatic(m_builtins, name, m_heap.own(builtinType(name)));
    for (const char *name : exceptionNames())
        m_dicts.setStatic(m_builtins, name, m_heap.own(builtinType(name)));
    m_dicts.setStatic(m_builtins, "None", m_heap.newNone());
    m_dicts.setStatic(m_builtins, "True", m_heap.newBool(true));
    m_dicts.setStatic(m_builtins, "False", m_heap.newBool(false));
    m_dicts.setStatic(m_builtins, "NotImplemented", m_heap.own(m_heap.notImplemented()));
    m_dicts.setStatic(m_builtins, "Ellipsis", m_heap.own(m_heap.ellipsis()));

    Ref main = makeModule("__main__");
    m_mainModule = main.release();
    m_mainDict = m_heap.item(m_mainModule, 0);
    m_heap.setSlot(kRuntime, 1, m_heap.own(m_mainModule).release(), m_heap.text("__main__"));
    m_modules.emplace("__main__", m_mainModule);
    m_dicts.setStatic(m_mainDict, "__doc__", m_heap.newNone());
    m_dicts.setStatic(m_mainDict, "__package__", m_heap.newNone());
    m_dicts.setStatic(m_mainDict, "__spec__", m_heap.newNone());
    m_dicts.setStatic(m_mainDict, "__builtins__", m_heap.own(m_modules.at("builtins")));
    const bool imageBefore = m_heap.imageBirths();
    m_heap.setImageBirths(true);
    m_dicts.setStatic(m_mainDict, "__file__", m_heap.newStr(m_fileName));
    m_heap.setImageBirths(imageBefore);
    m_dicts.setStatic(m_mainDict, "__cached__", m_heap.newNone());
    m_recorder.commit(change::GlobalsSet{world().globals, m_mainDict});
}

// ---- constants --------------------------------------------------------------------------------------------------------

// Equal constants of one type are one object: within a code object always (unless they are marked), in the whole program from
// 3.8 on.
Ref Interpreter::constantObject(const Constant &constant, LoadedCode &into, std::size_t index)
{
    if (const auto *code = std::get_if<std::shared_ptr<const CodeObject>>(&constant.value))
        return codeConstant(**code, into, index);
    const std::string key = constant.separate ? std::string() : constantKey(constant);
    if (!constant.separate)
        if (const auto found = m_constantCache.find(key); found != m_constantCache.end())
            return m_heap.own(found->second);
    Ref made;
    if (const auto *tuple = std::get_if<std::shared_ptr<const ConstTuple>>(&constant.value)) {
        std::vector<Ref> items;
        for (Constant item : (*tuple)->items) {
            item.separate = item.separate || profile().minor == 7;   // folded in the tree, and only the whole is merged
            items.push_back(constantObject(item, into, SIZE_MAX));
        }
        if (constant.frozenSet) {
            std::vector<ObjectId> ids(items.begin(), items.end());
            made = m_sets->newSet(TypeKind::FrozenSet, ids);
            m_sets->untrackIfAtoms(made);
        } else {
            // 3.15 tracks them whatever they hold (run: gc.is_tracked((1, 2))).
            using Birth = ObjectHeap::TupleBirth;
            made = m_heap.newTupleStealing(std::move(items), profile().minor >= 15 ? Birth::ItemByItem : Birth::Whole);
        }
    } else {
        made = scalarConstant(std::get<ast::ConstantValue>(constant.value));
    }
    if (!constant.separate)
        m_constantCache.emplace(key, m_heap.own(made));
    if (!into.library)
        keepLiteral(constant, made);
    return made;
}

// The program's syntax tree lives until the program has run, and its constants with it; from 3.7 to 3.13 what the compiler
// computes becomes part of the tree (Python/ast_opt.c). Run: sys.getrefcount of constants.
void Interpreter::keepLiteral(const Constant &constant, ObjectId object)
{
    const int minor = profile().minor;
    const auto *scalar = std::get_if<ast::ConstantValue>(&constant.value);
    const auto *number = scalar ? std::get_if<std::int64_t>(scalar) : nullptr;
    const auto *real = scalar ? std::get_if<double>(scalar) : nullptr;
    const bool literal = scalar && !constant.computed && !(number && *number < 0) && !(real && std::signbit(*real));
    if (!literal && (minor < 7 || minor > 13))
        return;
    m_literals.push_back(m_heap.own(object));
    if (scalar && std::holds_alternative<ast::BytesValue>(*scalar) && (minor == 12 || minor == 13))
        m_literals.push_back(m_heap.own(object));
}

Ref Interpreter::scalarConstant(const ast::ConstantValue &value)
{
    struct Make
    {
        ObjectHeap &h;
        Ref operator()(ast::NoneValue) const { return h.newNone(); }
        Ref operator()(ast::EllipsisValue) const { return h.own(h.ellipsis()); }
        Ref operator()(bool b) const { return h.newBool(b); }
        Ref operator()(std::int64_t v) const { return h.newInt(v); }
        Ref operator()(const ast::BigInteger &v) const { return h.newInt(*BigInt::fromDigits(v.digits)); }
        Ref operator()(double v) const { return h.newFloat(v); }
        Ref operator()(ast::Imaginary v) const { return h.newComplex(0, v.value); }
        Ref operator()(const ast::BytesValue &v) const { return h.newBytes(v.bytes); }
        Ref operator()(const std::string &v) const
        {
            // Constants that could be names are interned by the compiler (all_name_chars).
            const bool nameLike = v.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
            return nameLike ? h.newInternedStr(v) : h.newStr(v);
        }
    };
    return std::visit(Make{m_heap}, value);
}

namespace {

// code_richcompare, as far as two lambdas of one line may be equal.
bool sameCode(const CodeObject &a, const CodeObject &b)
{
    if (a.name != b.name || a.firstLine != b.firstLine || a.flags != b.flags || a.argCount != b.argCount
        || a.posOnlyArgCount != b.posOnlyArgCount || a.kwOnlyArgCount != b.kwOnlyArgCount || a.localsPlus != b.localsPlus
        || a.names != b.names || a.instructions.size() != b.instructions.size() || a.consts.size() != b.consts.size())
        return false;
    for (std::size_t i = 0; i < a.instructions.size(); ++i)
        if (a.instructions[i].op != b.instructions[i].op || a.instructions[i].arg != b.instructions[i].arg
            || a.instructions[i].arg2 != b.instructions[i].arg2)
            return false;
    for (std::size_t i = 0; i < a.consts.size(); ++i) {
        const auto *x = std::get_if<std::shared_ptr<const CodeObject>>(&a.consts[i].value);
        const auto *y = std::get_if<std::shared_ptr<const CodeObject>>(&b.consts[i].value);
        if (x && y ? !sameCode(**x, **y) : x || y || constantKey(a.consts[i]) != constantKey(b.consts[i]))
            return false;
    }
    return true;
}

} // namespace

Ref Interpreter::codeConstant(const CodeObject &code, LoadedCode &into, std::size_t index)
{
    // Code objects that compare equal were merged like other constants. Since 3.11 they compare their places in the source.
    const LoadedCode *loaded = nullptr;
    if (profile().minor <= 10)
        for (const auto &child : into.children)
            if (sameCode(*child->code, code))
                loaded = child.get();
    Ref object;
    if (loaded) {
        object = m_heap.own(loaded->object);
    } else {
        into.children.push_back(loadCode(code, into.library));
        loaded = into.children.back().get();
        object = Ref(m_heap, loaded->object);
    }
    if (index != SIZE_MAX)
        into.constCodes[index] = loaded;
    return object;
}

std::unique_ptr<LoadedCode> Interpreter::loadCode(const CodeObject &code, bool library)
{
    auto loaded = std::make_unique<LoadedCode>();
    loaded->code = &code;
    loaded->library = library;
    loaded->id = CodeId(m_codeBase + code.id.value);
    m_codes[loaded->id.value] = loaded.get();
    auto &codes = m_recorder.trace().codes;
    if (codes.size() <= loaded->id.value)
        codes.resize(loaded->id.value + 1);
    codes[loaded->id.value] = {m_heap.text(code.name), library ? 0 : code.firstLine};
    loaded->constCodes.resize(code.consts.size());
    const bool shared = profile().objects.constantsSharedAcrossFunctions;
    std::unordered_map<std::string, Ref> outer;
    if (!shared)
        outer.swap(m_constantCache);
    std::vector<Ref> consts;
    for (std::size_t i = 0; i < code.consts.size(); ++i)
        consts.push_back(constantObject(code.consts[i], *loaded, i));
    if (!shared)
        m_constantCache.swap(outer);

    Ref object = m_heap.create({.kind = TypeKind::Code, .typeName = "code", .size = 0, .value = loaded->id.value,
                                .slots = static_cast<std::uint32_t>(consts.size() + code.names.size()), .isStatic = true});
    std::uint32_t slot = 0;
    for (Ref &constant : consts) {
        loaded->consts.push_back(constant);
        m_heap.setSlot(object, slot++, constant.release(), m_heap.text("co_consts"));
    }
    for (const std::string &name : code.names) {
        Ref made = m_heap.newInternedStr(name, true);
        loaded->names.push_back(made);
        m_heap.setSlot(object, slot++, made.release(), m_heap.text("co_names"));
    }
    for (const std::string &name : code.localsPlus)
        loaded->labels.push_back(m_heap.text(name));
    loaded->sentences.resize(code.instructions.size());
    loaded->nameCaches.resize(code.names.size());
    loaded->object = object.release();
    return loaded;
}

void Interpreter::load(std::shared_ptr<const CodeObject> program)
{
    m_program = std::move(program);
    m_main = loadCode(*m_program);
    m_heap.setSlot(kRuntime, 2, m_main->object, m_heap.text("__main__ code"));
    m_constantCache.clear();
    keepSyntaxTree();
    m_codeBase = static_cast<std::uint32_t>(m_recorder.trace().codes.size());
    preloadModules(*m_main);
}

void Interpreter::keepSyntaxTree()
{
    Ref tree = m_heap.create({.kind = TypeKind::Code, .typeName = "syntax tree", .size = 0,
                              .slots = static_cast<std::uint32_t>(m_literals.size()),
                              .flags = static_cast<std::uint16_t>(ObjectFlag::Hidden), .isStatic = true});
    for (std::uint32_t i = 0; i < m_literals.size(); ++i)
        m_heap.setSlot(tree, i, m_literals[i].release(), m_heap.text("constant"));
    m_literals.clear();
    m_heap.setSlot(kRuntime, kSyntaxTree, tree.release(), m_heap.text("syntax tree"));
}

void Interpreter::dropSyntaxTree()
{
    const ObjectId tree = m_heap.item(kRuntime, kSyntaxTree);
    for (std::uint32_t i = 0; i < m_heap.length(tree); ++i)
        m_heap.clearSlot(tree, i);
}

void Interpreter::keepForEver(Ref made)
{
    const std::uint32_t slot = m_heap.length(kRuntime);
    m_recorder.resizeSlots(kRuntime, slot + 1);
    m_heap.setLength(kRuntime, slot + 1);
    m_heap.setSlot(kRuntime, slot, made.release(), m_heap.text("kept"));
}

// ---- running ----------------------------------------------------------------------------------------------------------

bool Interpreter::runMain()
{
    const bool finished = runProgram();
    shutDown();
    return finished;
}

bool Interpreter::runProgram()
{
    std::unique_ptr<Frame> frame = makeFrame(*m_main, m_mainDict, m_mainDict);
    Frame *main = frame.get();
    const Recursion deeper(*this);   // the module counts as a call
    const CurrentFrame restore{*this, m_frame};
    enterFrame(*main, m_heap.text("<module>"));
    try {
        runFrame(*main).reset();
    } catch (const PythonError &) {
        // What is still on the way out: the traceback keeps the frames.
        m_heap.replaceSlot(kRuntime, 3, takeRaised(), m_heap.text("last_exc"));
        const ObjectId exception = m_heap.item(kRuntime, 3);
        const bool exits = isSubclass(typeOf(exception), exceptionType("SystemExit"));
        if (exits) {
            exitWith(exception);
        } else {
            m_exitStatus = 1;
            m_errorSpan = innermostSpan(exception);
            m_errorText += formatException(exception);
        }
        endStatement(*main);
        disposeFrame(*main);
        leaveFrame(*main);
        return exits;
    }
    endStatement(*main);
    disposeFrame(*main);
    leaveFrame(*main);
    return true;
}

// sys.exit(): nothing or None is success, a number the status, anything else is printed and means 1.
void Interpreter::exitWith(ObjectId exception)
{
    const ObjectId args = m_heap.item(exception, exceptionslot::Args);
    const std::uint32_t count = m_heap.length(args);
    const ObjectId code = count == 1 ? m_heap.item(args, 0) : count == 0 ? m_heap.none() : args;
    if (kind(code) == TypeKind::None)
        return;
    if (kind(code) == TypeKind::Int || kind(code) == TypeKind::Bool) {
        constexpr std::int64_t kByte = 256;   // what the system keeps of it
        m_exitStatus = m_heap.fitsInt64(code) ? static_cast<int>((m_heap.intValue(code) % kByte + kByte) % kByte) : 255;
        return;
    }
    m_exitStatus = 1;
    m_errorText += str(code) + '\n';
}

SourceSpan Interpreter::innermostSpan(ObjectId exception) const
{
    SourceSpan span;
    for (ObjectId tb = m_heap.item(exception, exceptionslot::Traceback); tb; tb = m_heap.item(tb, 1)) {
        const auto &native = *m_heap.native<TracebackNative>(tb);
        if (!native.code->library)
            span = native.code->code->instructions[native.instruction].span;
    }
    return span;
}

void Interpreter::print(std::string_view written)
{
    m_recorder.commit(change::Printed{m_heap.text(written)});
}

// ---- hooks of the heap ------------------------------------------------------------------------------------------------

bool Interpreter::hasFinalizer(ObjectId id) const
{
    if (kind(id) == TypeKind::Generator) {
        const auto *native = m_heap.native<GeneratorNative>(id);
        return native && native->frame && (native->started || !profile().objects.unbegunGeneratorsKeep) && !native->closed;
    }
    if (!hasFields(id))
        return false;
    return bool(const_cast<Interpreter *>(this)->lookupSpecial(id, "__del__"));
}

void Interpreter::runAside(const std::function<void()> &code)
{
    // Whatever exception is on its way waits.
    Ref pending = takeRaised();
    const std::size_t depth = world().stack.size(), steps = m_recorder.openSteps();
    try {
        code();
    } catch (...) {
        m_recorder.closeStepsTo(steps);
        while (world().stack.size() > depth)
            m_recorder.commit(change::FramePopped{world().stack.back().frame});
        m_instructions = kBeforeCheckpoint;
        throw;
    }
    m_raised = std::move(pending);
}

void Interpreter::finalize(ObjectId id)
{
    runAside([&] {
        // What __del__ raises is printed and dropped.
        try {
            if (kind(id) == TypeKind::Generator)
                closeGenerator(id);
            else if (const ObjectId method = lookupSpecial(id, "__del__"))
                callSpecial(method, {id}).reset();
        } catch (const PythonError &) {
            const Ref exception = takeRaised();
            const Headroom room{*this};
            if (kind(id) == TypeKind::Generator) {
                printUnraisable(exception, Unraisable::Generator, repr(id));
            } else {
                const Ref method = m_heap.own(lookupSpecial(id, "__del__"));
                const bool bound = profile().minor == 6 && kind(method) == TypeKind::Function;
                printUnraisable(exception, Unraisable::Deallocator, !bound ? repr(method)
                    : "<bound method " + m_heap.native<FunctionNative>(method)->qualName + " of " + repr(id) + ">");
            }
        }
    });
}

void Interpreter::allocationPassedThreshold()
{
    m_collector->allocationPassedThreshold();
}

void Interpreter::makeRoom(std::uint64_t bytes)
{
    m_collector->makeRoom(bytes);
}

void Interpreter::beforeDealloc(ObjectId id)
{
    if (object(id).has(ObjectFlag::Materialized))
        if (const ObjectId dict = dictOfInstance(id); dict && m_heap.refcount(dict) > 1)
            m_dicts.detachValues(dict);
    if (kind(id) == TypeKind::Type && !classOf(id).builtin)
        removeFromBases(id);
    if (kind(id) == TypeKind::Frame)
        dematerialize(id);
    if (kind(id) != TypeKind::Generator)
        return;
    // A generator that never began, or is done: its frame goes with it.
    auto *native = m_heap.native<GeneratorNative>(id);
    if (native && native->frame) {
        m_heap.setSlot(id, 0, ObjectId());
        disposeFrame(*native->frame);
        native->frame.reset();
    }
}

void Interpreter::weakrefCallback(ObjectId weakref, ObjectId callback)
{
    runAside([&] {
        try {
            call(callback, {weakref}).reset();
        } catch (const PythonError &) {
            const Ref exception = takeRaised();
            const Headroom room{*this};
            printUnraisable(exception, Unraisable::WeakrefCallback, repr(callback));
        }
    });
}

void Interpreter::collectionCallback(bool starts, int generation, std::int64_t collected, std::int64_t uncollectable)
{
    const auto module = m_modules.find("gc");
    const ObjectId callbacks = module == m_modules.end() ? ObjectId() : m_dicts.getText(m_heap.item(module->second, 0), "callbacks");
    if (!callbacks || kind(callbacks) != TypeKind::List || m_heap.length(callbacks) == 0)
        return;
    runAside([&] {
        const Ref info = m_dicts.newDict();
        m_dicts.setText(info, "generation", m_heap.newInt(std::int64_t(generation)));
        m_dicts.setText(info, "collected", m_heap.newInt(collected));
        m_dicts.setText(info, "uncollectable", m_heap.newInt(uncollectable));
        const Ref phase = m_heap.newStr(starts ? "start" : "stop");
        for (std::uint32_t i = 0; i < m_heap.length(callbacks); ++i) {
            const Ref callback = m_heap.own(m_heap.item(callbacks, i));
            try {
                call(callback, {phase, info}).reset();
            } catch (const PythonError &) {
                const Ref exception = takeRaised();
                const Headroom room{*this};
                printUnraisable(exception, Unraisable::GcCallback, repr(callback));
            }
        }
    });
}

void Interpreter::keepGarbage(ObjectId id)
{
    if (const auto module = m_modules.find("gc"); module != m_modules.end())
        if (const ObjectId garbage = m_dicts.getText(m_heap.item(module->second, 0), "garbage"); garbage && kind(garbage) == TypeKind::List)
            m_heap.listAppend(garbage, m_heap.own(id));
}

} // namespace pyrena
