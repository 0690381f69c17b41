// Class statements: the namespace, the order of the bases, the layout that instances get.
#include "core/python/builtins/builtins.h"
#include "core/objects/weakrefs.h"
#include "core/python/runtime/interpreter.h"

#include <algorithm>

namespace pyrena {

namespace {

// Built-in classes that a class statement may derive from in CPython but not here are refused by name; these CPython refuses.
bool isFinalType(const ClassNative &type)
{
    switch (type.instanceKind) {
    case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: case TypeKind::Bool: case TypeKind::Slice:
    case TypeKind::Range: case TypeKind::Function: case TypeKind::BuiltinFunction: case TypeKind::Method: case TypeKind::BoundMethod:
    case TypeKind::Descriptor: case TypeKind::Code: case TypeKind::Frame: case TypeKind::Cell: case TypeKind::Generator:
    case TypeKind::Traceback: case TypeKind::WeakProxy: case TypeKind::DictView:
        return true;
    default:
        return false;
    }
}

bool holdsValue(TypeKind kind)
{
    return kind >= TypeKind::Int && kind <= TypeKind::FrozenSet;
}

// _Py_Mangle: a private name of a class in its __slots__.
std::string mangled(const std::string &className, const std::string &name)
{
    const std::size_t first = className.find_first_not_of('_');
    if (!name.starts_with("__") || name.ends_with("__") || first == std::string::npos)
        return name;
    return "_" + className.substr(first) + name;
}

} // namespace

// C3: the merge of the bases' orders and of the list of bases itself.
std::vector<ObjectId> Interpreter::resolutionOrder(ObjectId type, std::span<const ObjectId> bases)
{
    std::vector<std::vector<ObjectId>> lists;
    if (bases.size() > 1)
        m_heap.passing(TypeKind::List, 0, profile().layout.listSize);   // it is merged in a list
    for (const ObjectId base : bases)
        lists.push_back(classOf(base).mro);
    lists.emplace_back(bases.begin(), bases.end());
    std::vector<ObjectId> order{type};
    for (;;) {
        ObjectId next;
        bool left = false;
        for (const auto &list : lists) {
            if (list.empty())
                continue;
            left = true;
            const bool inTail = std::any_of(lists.begin(), lists.end(), [&](const std::vector<ObjectId> &other) {
                return !other.empty() && std::find(other.begin() + 1, other.end(), list.front()) != other.end();
            });
            if (!inTail) {
                next = list.front();
                break;
            }
        }
        if (!left)
            return order;
        if (!next) {
            // What is left at the heads, each once.
            std::string names;
            std::vector<ObjectId> named;
            for (const auto &list : lists) {
                if (list.empty() || std::find(named.begin(), named.end(), list.front()) != named.end())
                    continue;
                named.push_back(list.front());
                names += (names.empty() ? "" : ", ") + classOf(list.front()).name;
            }
            raise("TypeError", std::string("Cannot create a consistent method resolution") + (profile().minor >= 13 ? " " : "\n")
                      + "order (MRO) for bases " + names);
        }
        order.push_back(next);
        for (auto &list : lists)
            if (!list.empty() && list.front() == next)
                list.erase(list.begin());
    }
}

// solid_base: the class whose instances fix the layout of those of this one.
ObjectId Interpreter::solidBase(ObjectId type) const
{
    for (ObjectId c = type; c; c = classOf(c).base) {
        const ClassNative &native = classOf(c);
        const ObjectId base = native.base;
        if (!base)
            return c;
        const ClassNative &above = classOf(base);
        if (native.builtin ? native.instanceKind != above.instanceKind || native.slotNames.size() != above.slotNames.size()
                           : native.slotNames.size() > above.slotNames.size())
            return c;
    }
    return type;
}

// best_base: the base that the layout comes from.
ObjectId Interpreter::bestBase(std::span<const ObjectId> bases)
{
    ObjectId winner, best;
    for (const ObjectId base : bases) {
        if (kind(base) != TypeKind::Type)
            unsupported("a base that is not a class");
        const ClassNative &native = classOf(base);
        if (native.builtin && isFinalType(native))
            raise("TypeError", "type '" + native.name + "' is not an acceptable base type");
        if (native.builtin && !native.exception && !holdsValue(native.instanceKind) && !native.derivable && base != builtinType("object"))
            unsupported("a class derived from " + native.name + (native.name == "type" ? ", a metaclass; __init_subclass__ or a decorator of the class does much of what one is for" : ""));
        const ObjectId candidate = solidBase(base);
        if (!winner || (candidate != winner && isSubclass(candidate, winner))) {
            winner = candidate;
            best = base;
        } else if (!isSubclass(winner, candidate)) {
            raise("TypeError", "multiple bases have instance lay-out conflict");
        }
    }
    return best;
}

Ref Interpreter::buildClass(ObjectId function, const std::string &name, std::span<const ObjectId> given, Keywords keywords)
{
    std::vector<std::pair<std::string_view, ObjectId>> passed;
    for (const auto &keyword : keywords) {
        if (keyword.first != "metaclass")
            passed.push_back(keyword);
        else if (keyword.second != builtinType("type"))
            unsupported("a metaclass; __init_subclass__ or a decorator of the class does much of what one is for");
    }
    const std::array object{builtinType("object")};
    const std::span<const ObjectId> bases = given.empty() ? std::span<const ObjectId>(object) : given;

    const Ref basesTuple = given.empty() ? Ref() : m_heap.newTuple(given);
    Ref keywordDict;
    if (!keywords.empty()) {
        keywordDict = m_dicts.newDict();
        for (const auto &[key, value] : passed)
            m_dicts.setText(keywordDict, key, m_heap.own(value));
    }

    // The body runs in a namespace of its own, which the method type.__prepare__ makes.
    Ref prepare;
    if (m_heap.counting() && !startupMethodsServe()) {
        m_heap.setHiddenBirths(true);
        prepare = bindBuiltin(lookup(builtinType("type"), "__prepare__"), builtinType("type"));
        m_heap.setHiddenBirths(false);
    }
    Ref names = m_dicts.newDict(static_cast<std::uint16_t>(ObjectFlag::Namespace));
    prepare.reset();
    const LoadedCode &code = *m_heap.native<FunctionNative>(function)->code;
    {
        const Recursion deeper(*this);
        std::unique_ptr<Frame> frame = makeFrame(code, m_heap.item(function, functionslot::Globals), names);
        for (std::uint32_t i = code.code->firstCell; i < code.code->firstFree; ++i)
            m_heap.setSlot(frame->object, i, m_heap.newCell(ObjectId()).release(), code.labels[i]);
        const ObjectId closure = m_heap.item(function, functionslot::Closure);
        for (std::uint32_t i = code.code->firstFree; i < code.code->localsPlus.size(); ++i)
            m_heap.setSlot(frame->object, i, m_heap.own(m_heap.item(closure, i - code.code->firstFree)).release(), code.labels[i]);
        runCall(*frame, m_heap.text(name)).reset();
    }
    const ObjectId base = bestBase(bases);
    for (std::size_t i = 0; i < bases.size(); ++i)
        if (std::find(bases.begin(), bases.begin() + static_cast<std::ptrdiff_t>(i), bases[i]) != bases.begin() + static_cast<std::ptrdiff_t>(i))
            raise("TypeError", "duplicate base class " + classOf(bases[i]).name);
    const Ref nameObject = m_heap.newInternedStr(name, true);
    // type(name, bases, namespace) takes them in a tuple.
    const Ref packed = m_heap.newTuple(std::array{nameObject.id(), basesTuple ? basesTuple.id() : m_heap.emptyTuple(), names.id()});
    return newClass(name, base, bases, names, basesTuple ? m_heap.own(basesTuple) : Ref(), passed);
}

// type(name, bases, namespace)
Ref Interpreter::typeFromArguments(std::span<const ObjectId> args)
{
    static constexpr const char *kNeeded[] = {"str", "tuple", "dict"};
    static constexpr TypeKind kKinds[] = {TypeKind::Str, TypeKind::Tuple, TypeKind::Dict};
    for (std::size_t n = 0; n < 3; ++n)
        if (kind(args[n]) != kKinds[n])
            raise("TypeError", "type.__new__() argument " + std::to_string(n + 1) + " must be " + kNeeded[n] + ", not " + typeName(args[n]));
    std::vector<ObjectId> bases;
    for (const Slot &slot : m_heap.items(args[1])) {
        if (kind(slot.target) != TypeKind::Type)
            unsupported("type() with a base that is no class");
        bases.push_back(slot.target);
    }
    if (bases.empty())
        bases.push_back(builtinType("object"));
    const bool given = m_heap.length(args[1]) > 0;
    Ref made = newClass(text(args[0]), bestBase(bases), bases, args[2], given ? m_heap.own(args[1]) : Ref());
    ClassNative &native = classOf(made);
    if (!m_dicts.findText(native.dict, "__module__"))
        m_dicts.setText(native.dict, "__module__", m_heap.newInternedStr("__main__", true));
    return made;
}

// type_new. In which order its parts are born was seen in gc.get_objects() of each version.
Ref Interpreter::newClass(const std::string &name, ObjectId base, std::span<const ObjectId> bases, ObjectId names, Ref basesTuple,
                         Keywords keywords)
{
    if (!basesTuple)
        basesTuple = m_heap.newTuple(bases);
    Ref dict = m_dicts.copy(names);
    Ref slotNames = slotNamesTuple(dict);
    Ref type = m_heap.create({.kind = TypeKind::Type, .typeName = "type", .size = profile().layout.typeSize, .gc = true,
                              .value = m_heap.text(name).value, .slots = typeslot::Count});
    auto owned = std::make_unique<ClassNative>();
    ClassNative &native = *owned;
    m_heap.setNative(type, std::move(owned));
    native.name = native.qualName = name;
    native.base = base;
    const ClassNative &from = classOf(base);
    native.exception = from.exception;
    native.instanceKind = from.instanceKind == TypeKind::PlainObject ? TypeKind::Instance : from.instanceKind;
    native.construct = from.construct;
    native.mro = resolutionOrder(type, bases);
    native.slotNames = from.slotNames;
    native.extraSize = from.extraSize;
    const bool baseDict = from.builtin ? from.exception || from.builtinDict : from.hasDict;
    const bool baseWeakref = from.builtin ? from.builtinWeakref : from.hasWeakref;
    native.hasDict = baseDict;
    native.hasWeakref = baseWeakref;
    native.weakrefOfBase = from.builtin ? from.builtinWeakref : from.weakrefOfBase;
    native.dictOfBase = from.builtin ? from.exception || from.builtinDict : from.dictOfBase;

    // The namespace was copied; then come __dict__ and __weakref__, and __doc__ when the body had none.
    native.dict = dict;
    m_heap.setSlot(type, typeslot::Dict, dict.release(), m_heap.text("__dict__"));
    m_heap.setSlot(type, typeslot::Bases, basesTuple.release(), m_heap.text("__bases__"));
    if (slotNames)
        m_heap.setSlot(type, typeslot::SlotNames, slotNames.release(), m_heap.text("ht_slots"));
    m_heap.track(type);
    const auto setOrder = [&] { m_heap.setSlot(type, typeslot::Mro, m_heap.newTuple(native.mro).release(), m_heap.text("__mro__")); };
    if (profile().minor >= 10)
        setOrder();
    m_heap.setSlot(type, typeslot::Base, m_heap.own(base).release(), m_heap.text("__base__"));
    if (const ObjectId module = m_dicts.getText(native.dict, "__module__"); module && isStr(module))
        native.module = text(module);
    if (const ObjectId qualName = m_dicts.getText(native.dict, "__qualname__")) {
        native.qualName = text(qualName);
        m_dicts.removeText(native.dict, "__qualname__");
    }
    wrapClassHook(native.dict, "__new__", TypeKind::StaticMethod);
    wrapClassHook(native.dict, "__init_subclass__", TypeKind::ClassMethod);
    wrapClassHook(native.dict, "__class_getitem__", TypeKind::ClassMethod);
    addSlotDescriptors(type, native, bases);
    noteSlotRanges(native, from);
    if (native.exception && native.slotNames.size() > 0)
        unsupported("__slots__ in a class of exceptions");
    if (native.exception && profile().objects.instances == InstanceShape::DictHeader)
        native.sharedKeys = newSharedKeys();
    if (native.hasDict && !native.exception) {
        native.sharedKeys = newSharedKeys();
        // What methods assign as self.x comes first among the keys, in alphabetical order (3.14+; run: order of deaths).
        const ObjectId known = profile().minor >= 14 ? m_dicts.getText(native.dict, "__static_attributes__") : ObjectId();
        for (std::uint32_t i = 0; known && kind(known) == TypeKind::Tuple && i < m_heap.length(known) && native.sharedKeys->usable > 0; ++i, --native.sharedKeys->usable)
            native.sharedKeys->names.push_back(TextId(static_cast<std::uint32_t>(object(m_heap.item(known, i)).value)));
        // Values lie behind a plain object header only, until 3.13.
        const bool plain = native.instanceKind == TypeKind::Instance && native.slotNames.empty();
        native.inlineValues = profile().objects.instances == InstanceShape::Inline && !isVarSized(native.instanceKind) && !native.dictOfBase
            && (plain || profile().objects.inlineValuesBehindSlots);
    }
    // What a base has already is not added again.
    if (native.hasDict && !baseDict && !m_dicts.findText(native.dict, "__dict__"))
        addMemberDescriptor(type, "__dict__", DescriptorNative::Kind::Dict, 0);
    if (native.hasWeakref && !baseWeakref && !m_dicts.findText(native.dict, "__weakref__"))
        addMemberDescriptor(type, "__weakref__", DescriptorNative::Kind::Weakref, 0);
    if (!m_dicts.findText(native.dict, "__doc__"))
        m_dicts.setText(native.dict, "__doc__", m_heap.newNone());
    // A class that defines __eq__ alone is unhashable.
    if (m_dicts.findText(native.dict, "__eq__") && !m_dicts.findText(native.dict, "__hash__"))
        m_dicts.setText(native.dict, "__hash__", m_heap.newNone());
    native.ownGetAttribute = from.ownGetAttribute || m_dicts.findText(native.dict, "__getattribute__");
    if (profile().minor < 10)
        setOrder();
    for (const ObjectId above : bases)
        addSubclass(above, type);

    if (const ObjectId cell = m_dicts.getText(native.dict, "__classcell__")) {
        m_heap.replaceSlot(cell, 0, m_heap.own(type));
        m_dicts.removeText(native.dict, "__classcell__");
    }
    if (const ObjectId cell = m_dicts.getText(native.dict, "__classdictcell__")) {
        m_heap.replaceSlot(cell, 0, m_heap.own(native.dict));
        m_dicts.removeText(native.dict, "__classdictcell__");
    }
    {
        const Ref copied = m_dicts.copy(native.dict);   // type_new_set_names walks over a copy
        callSetNames(type);
    }
    // super(type, type).__init_subclass__(): up to 3.10 super took its arguments in a tuple.
    if (m_heap.counting()) {
        m_heap.setHiddenBirths(true);
        Ref packed = profile().minor <= 10 ? m_heap.newTuple(std::array{type.id(), type.id()}) : Ref();
        const Ref super = newSuper(*this, type, type);
        m_heap.setHiddenBirths(false);
        packed.reset();
        passBuiltinMethod();   // __init_subclass__
    }
    // The first class behind it in the order hears of the new one.
    bool heard = false;
    for (std::size_t i = 1; i < native.mro.size(); ++i) {
        const ClassNative &above = classOf(native.mro[i]);
        if (above.builtin)
            continue;
        if (const ObjectId hook = m_dicts.getText(above.dict, "__init_subclass__")) {
            const Ref kept = m_heap.own(kind(hook) == TypeKind::ClassMethod ? m_heap.item(hook, 0) : hook);
            call(kept, std::array{type.id()}, keywords).reset();
            heard = true;
            break;
        }
    }
    if (!heard && !keywords.empty())
        raise("TypeError", (profile().minor >= 9 ? name + "." : "") + "__init_subclass__() takes no keyword arguments");
    return type;
}

// type_new_staticmethod, type_new_classmethod: some functions of a class body mean another kind of method.
void Interpreter::wrapClassHook(ObjectId dict, const char *name, TypeKind wrapper)
{
    const ObjectId function = m_dicts.getText(dict, name);
    if (!function || kind(function) != TypeKind::Function)
        return;
    Ref made = m_heap.create({.kind = wrapper, .typeName = kindName(wrapper), .size = 32, .gc = true, .slots = 1});
    m_heap.setSlot(made, 0, m_heap.own(function).release(), m_heap.text("__func__"));
    m_heap.track(made);
    m_dicts.setText(dict, name, std::move(made));
}

// The names of __slots__, sorted in a list and kept in a tuple (ht_slots).
Ref Interpreter::slotNamesTuple(ObjectId namespaceDict)
{
    const ObjectId declared = m_dicts.getText(namespaceDict, "__slots__");
    if (!declared)
        return {};
    std::vector<Ref> names;
    if (isStr(declared))
        names.push_back(m_heap.own(declared));
    else if (kind(declared) == TypeKind::Tuple || kind(declared) == TypeKind::List)
        for (const Slot &slot : m_heap.items(declared))
            if (slot.target && isStr(slot.target) && text(slot.target) != "__dict__" && text(slot.target) != "__weakref__")
                names.push_back(m_heap.own(slot.target));
    std::sort(names.begin(), names.end(), [&](const Ref &a, const Ref &b) { return text(a) < text(b); });
    const std::vector<ObjectId> ids(names.begin(), names.end());
    m_heap.newList(ids, static_cast<std::uint32_t>(ids.size())).reset();
    return m_heap.newTupleStealing(std::move(names));
}

// add_subclass: a class knows those derived from it by weak references, under their addresses. The dict of a built-in class
// belongs to the interpreter's image.
void Interpreter::addSubclass(ObjectId base, ObjectId type)
{
    const auto hide = [&](ObjectId id) { m_heap.setFlag(id, ObjectFlag::Hidden, true); };
    if (m_heap.length(base) < typeslot::Count) {
        m_heap.reserveSlots(base, typeslot::Count);
        m_heap.setLength(base, typeslot::Count);
    }
    Ref made;
    if (!m_heap.item(base, typeslot::Subclasses)) {
        const bool image = m_heap.imageBirths();
        m_heap.setImageBirths(image || classOf(base).builtin);
        made = m_dicts.newDict();
        m_heap.setImageBirths(image);
        hide(made);
    }
    const Ref key = m_heap.newInt(static_cast<std::int64_t>(m_heap.identity(type).value));
    hide(key);
    Ref weak = m_heap.weakrefs().make(TypeKind::Weakref, type, {});
    hide(weak);
    classOf(type).subclassRefs.push_back({base, weak.id()});
    // A collection meanwhile may have taken the last of the other classes, and the dict with it.
    if (!made && !m_heap.item(base, typeslot::Subclasses)) {
        made = m_dicts.newDict();
        hide(made);
    }
    if (made)
        m_heap.setSlot(base, typeslot::Subclasses, made.release(), m_heap.text("__subclasses__"));
    m_dicts.set(m_heap.item(base, typeslot::Subclasses), key, hash(key), std::move(weak));
}

// remove_all_subclasses: the class dies.
void Interpreter::removeFromBases(ObjectId type)
{
    const auto known = std::exchange(classOf(type).subclassRefs, {});
    for (const auto &[base, weak] : known) {
        const ObjectId dict = object(base).alive() && m_heap.length(base) > typeslot::Subclasses ? m_heap.item(base, typeslot::Subclasses) : ObjectId();
        if (!dict)
            continue;
        for (std::uint32_t e = 0; e < m_dicts.entryCount(dict); ++e)
            if (m_dicts.keyAt(dict, e) && m_dicts.valueAt(dict, e) == weak) {
                m_dicts.take(dict, e).reset();
                break;
            }
        if (m_dicts.length(dict) == 0 && !classOf(base).builtin)
            m_heap.clearSlot(base, typeslot::Subclasses);
    }
}

void Interpreter::noteSlotRanges(ClassNative &native, const ClassNative &from)
{
    const auto inherited = static_cast<std::uint32_t>(from.slotNames.size()), all = static_cast<std::uint32_t>(native.slotNames.size());
    native.ownSlots = all;
    native.slotRanges = from.slotRanges;
    if (inherited == 0 || all == inherited)
        return;
    if (native.slotRanges.empty())
        native.slotRanges.push_back({1, 1 + inherited});
    native.slotRanges.insert(native.slotRanges.begin(), {1 + inherited, 1 + all});
}

// Descriptors written in Python learn the class they are in and the name they have there.
void Interpreter::callSetNames(ObjectId type)
{
    const ObjectId dict = classOf(type).dict;
    std::vector<std::pair<Ref, Ref>> pairs;
    // A property has been told its name since 3.10, in a tuple.
    for (std::uint32_t e = 0; e < m_dicts.entryCount(dict) && profile().minor >= 10; ++e)
        if (m_dicts.keyAt(dict, e) && kind(m_dicts.valueAt(dict, e)) == TypeKind::Property)
            m_heap.passing(TypeKind::Tuple, 2, profile().layout.tupleBase + 16);
    for (std::uint32_t e = 0; e < m_dicts.entryCount(dict); ++e)
        if (const ObjectId key = m_dicts.keyAt(dict, e); key && kind(m_dicts.valueAt(dict, e)) == TypeKind::Instance
            && lookupSpecial(m_dicts.valueAt(dict, e), "__set_name__"))
            pairs.emplace_back(m_heap.own(key), m_heap.own(m_dicts.valueAt(dict, e)));
    for (const auto &[key, value] : pairs)
        call(lookupSpecial(value, "__set_name__"), {value, type, key}).reset();
}

// 3.15+: all classes share one __dict__ and one __weakref__.
ObjectId Interpreter::sharedDescriptor(const std::string &name, DescriptorNative::Kind descriptorKind)
{
    Ref &shared = m_sharedDescriptors[descriptorKind == DescriptorNative::Kind::Weakref];
    if (!shared) {
        shared = m_heap.create({.kind = TypeKind::Descriptor, .typeName = "getset_descriptor", .type = builtinType("getset_descriptor"),
                                .value = m_heap.text(name).value, .slots = 1, .isStatic = true});
        m_heap.setSlot(shared, 0, m_heap.own(builtinType("object")).release(), m_heap.text("__objclass__"));
        auto native = std::make_unique<DescriptorNative>();
        native->kind = descriptorKind;
        native->name = name;
        m_heap.setNative(shared, std::move(native));
    }
    return shared;
}

void Interpreter::addMemberDescriptor(ObjectId type, const std::string &name, DescriptorNative::Kind descriptorKind, std::uint32_t slot)
{
    if (descriptorKind != DescriptorNative::Kind::Slot && profile().objects.sharedInstanceDescriptors) {
        m_dicts.setText(classOf(type).dict, name, m_heap.own(sharedDescriptor(name, descriptorKind)));
        return;
    }
    constexpr std::uint32_t kDescriptorSize = 48;   // getsizeof(C.__dict__['x']) = 64 with its GC head
    const bool member = descriptorKind == DescriptorNative::Kind::Slot;
    const char *const typeName = member ? "member_descriptor" : "getset_descriptor";
    Ref descriptor = m_heap.create({.kind = TypeKind::Descriptor, .typeName = typeName, .type = member ? ObjectId() : builtinType(typeName),
                                    .size = kDescriptorSize, .gc = true, .value = m_heap.text(name).value, .slots = 1});
    m_heap.setSlot(descriptor, 0, m_heap.own(type).release(), m_heap.text("__objclass__"));
    auto native = std::make_unique<DescriptorNative>();
    native->kind = descriptorKind;
    native->name = name;
    native->slot = slot;
    m_heap.setNative(descriptor, std::move(native));
    m_heap.track(descriptor);
    m_dicts.setText(classOf(type).dict, name, std::move(descriptor));
}

void Interpreter::addSlotDescriptors(ObjectId type, ClassNative &native, std::span<const ObjectId> bases)
{
    const ObjectId declared = m_dicts.getText(native.dict, "__slots__");
    const bool varSized = isVarSized(native.instanceKind);
    if (!declared) {
        native.hasDict = true;
        native.hasWeakref = native.hasWeakref || !varSized;   // no place for it behind items
        return;
    }
    std::vector<std::string> names;
    if (isStr(declared)) {
        names.push_back(text(declared));
    } else {
        for (const Ref &item : toVector(declared)) {
            if (!isStr(item))
                raise("TypeError", "__slots__ items must be strings, not '" + typeName(item) + "'");
            names.push_back(text(item));
        }
    }
    const ClassNative &from = classOf(native.base);
    // Since 3.15 the two names of the interpreter are allowed everywhere, others behind a tuple's fixed part, too.
    const bool newRules = profile().minor >= 15;
    if (varSized && !(newRules && native.instanceKind == TypeKind::Tuple)
        && std::any_of(names.begin(), names.end(), [&](const std::string &n) { return !newRules || (n != "__dict__" && n != "__weakref__"); }))
        raise("TypeError", std::string(newRules ? "arbitrary" : "nonempty") + " __slots__ not supported for subtype of '" + from.name + "'");
    for (std::string &slotName : names)
        slotName = mangled(native.name, slotName);
    std::sort(names.begin(), names.end());   // type_new sorts them: the order they lie in and are let go
    for (const std::string &slotName : names) {
        if (slotName == "__dict__") {
            if (native.hasDict)
                raise("TypeError", "__dict__ slot disallowed: we already got one");
            native.hasDict = true;
            addMemberDescriptor(type, slotName, DescriptorNative::Kind::Dict, 0);
            continue;
        }
        if (slotName == "__weakref__") {
            if (native.hasWeakref)
                raise("TypeError", profile().minor >= 12 ? "__weakref__ slot disallowed: we already got one"
                                                         : "__weakref__ slot disallowed: either we already got one, or __itemsize__ != 0");
            native.hasWeakref = true;
            addMemberDescriptor(type, slotName, DescriptorNative::Kind::Weakref, 0);
            continue;
        }
        if (m_dicts.getText(native.dict, slotName))
            raise("ValueError", "'" + slotName + "' in __slots__ conflicts with class variable");
        native.slotNames.push_back(slotName);
        addMemberDescriptor(type, slotName, DescriptorNative::Kind::Slot, static_cast<std::uint32_t>(native.slotNames.size()));
    }
    // A further base may still bring a __dict__ or weak references.
    for (const ObjectId other : bases) {
        if (other == native.base)
            continue;
        const ClassNative &second = classOf(other);
        native.hasDict = native.hasDict || (second.builtin ? second.exception || second.builtinDict : second.hasDict);
        native.hasWeakref = native.hasWeakref || (!varSized && (second.builtin ? second.builtinWeakref : second.hasWeakref));
    }
}

} // namespace pyrena
