// Types: the built-in ones, class statements, instances and where their attributes lie.
#include "core/python/runtime/descriptors.h"
#include "core/python/runtime/interpreter.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

ObjectId Interpreter::addType(std::string_view name, TypeKind instanceKind, ObjectId base, NativeFunction construct,
                              std::span<const NativeDef> methods)
{
    const auto shared = static_cast<std::uint16_t>(profile().objects.immortals ? ObjectFlag::Immortal : ObjectFlag{});
    Ref type = m_heap.create({.kind = TypeKind::Type, .typeName = "type", .size = profile().layout.typeSize,
                              .value = m_heap.text(name).value, .flags = shared, .isStatic = true});
    auto native = std::make_unique<ClassNative>();
    native->name = native->qualName = name;
    native->module.clear();
    native->base = base;
    native->builtin = true;
    native->builtinWeakref = instanceKind == TypeKind::Set || instanceKind == TypeKind::FrozenSet;
    native->instanceKind = instanceKind;
    native->construct = construct;
    native->takesTuple = classTakesTuple(name, profile().minor);
    native->mro.push_back(type);
    if (base)
        native->mro.insert(native->mro.end(), classOf(base).mro.begin(), classOf(base).mro.end());
    for (const NativeDef &def : methods)
        if (def.since <= profile().minor)
            native->methods.emplace(def.name, &def);
    m_types.emplace(native->name, type.id());
    m_heap.setNative(type, std::move(native));
    return type.release();   // the image keeps it
}

ObjectId Interpreter::builtinType(std::string_view name) const
{
    const auto found = m_types.find(name);
    verify(found != m_types.end(), "unknown built-in type");
    return found->second;
}

bool Interpreter::isSubclass(ObjectId type, ObjectId base) const
{
    const auto &mro = classOf(type).mro;
    return std::find(mro.begin(), mro.end(), base) != mro.end();
}

bool Interpreter::isInstance(ObjectId id, ObjectId classOrTuple)
{
    if (kind(classOrTuple) == TypeKind::Tuple) {
        for (const Slot &slot : m_heap.items(classOrTuple))
            if (isInstance(id, slot.target))
                return true;
        return false;
    }
    if (kind(classOrTuple) != TypeKind::Type)
        raise("TypeError", profile().minor >= 10 ? "isinstance() arg 2 must be a type, a tuple of types, or a union"
                                                 : "isinstance() arg 2 must be a type or tuple of types");
    if (isSubclass(typeOf(id), classOrTuple))
        return true;
    if (kind(id) == TypeKind::WeakProxy)
        return isSubclass(typeOf(proxyTarget(id)), classOrTuple);
    return false;
}

// What the class itself defines; a borrowed reference, or none.
ObjectId Interpreter::ownAttribute(ObjectId type, TextId name)
{
    ClassNative &native = classOf(type);
    if (!native.builtin)
        return m_dicts.getText(native.dict, name);
    HashIndex &index = native.methodIndex;
    if (const std::uint32_t cell = index.first(name.value); cell != HashIndex::kEnd)
        return native.methodObjects[index.entry(cell)];
    const auto def = native.methods.find(m_recorder.texts().text(name));
    const ObjectId made = def == native.methods.end() ? ObjectId() : makeBuiltinFunction(*def->second, native.name, true).release();
    index.insert(name.value, static_cast<std::uint32_t>(native.methodObjects.size()));
    native.methodObjects.push_back(made);   // the type keeps it
    return made;
}

// The attribute of the class itself or of one it derives from.
ObjectId Interpreter::lookup(ObjectId type, TextId name)
{
    const std::uint64_t versions = versionsAlong(type);
    LookupCache::Entry &known = m_lookups.entry(type, name);
    if (known.isOf(type, name, versions))
        return known.dict ? m_dicts.valueAt(known.dict, known.at) : known.object;
    LookupCache::Entry found{.type = type, .name = name, .versions = versions};
    for (const ObjectId c : classOf(type).mro) {
        if (classOf(c).builtin)
            found.object = ownAttribute(c, name);
        else
            findInNamespace(c, found);
        if (found.object)
            break;
    }
    known = found;
    return found.object;
}

ObjectId Interpreter::lookupSpecial(ObjectId id, TextId name)
{
    const ObjectId type = object(id).type;
    if (!type)
        return {};   // of a built-in class itself
    const std::uint64_t versions = versionsAlong(type);
    LookupCache::Entry &known = m_specialLookups.entry(type, name);
    if (known.isOf(type, name, versions))
        return known.dict ? m_dicts.valueAt(known.dict, known.at) : ObjectId();
    LookupCache::Entry found{.type = type, .name = name, .versions = versions};
    for (const ObjectId c : classOf(type).mro) {
        const ClassNative &native = classOf(c);
        if (native.builtin) {
            if (native.methods.contains(m_recorder.texts().text(name)))
                break;
            continue;
        }
        findInNamespace(c, found);
        if (found.object)
            break;
    }
    known = found;
    return found.object;
}

void Interpreter::findInNamespace(ObjectId type, LookupCache::Entry &found)
{
    const ObjectId dict = classOf(type).dict;
    if (const auto at = m_dicts.findText(dict, found.name)) {
        found.dict = dict;
        found.at = *at;
        found.object = m_dicts.valueAt(dict, *at);
    }
}

// Of the namespaces in which names are looked up: another sum, other keys.
std::uint64_t Interpreter::versionsAlong(ObjectId type) const
{
    std::uint64_t sum = 0;
    for (const ObjectId c : classOf(type).mro)
        if (const ObjectId dict = classOf(c).dict; dict && object(dict).alive())   // dead: the class is on its way, too
            sum += m_dicts.version(dict);
    return sum;
}

// ---- instances --------------------------------------------------------------------------------------------------------

std::shared_ptr<SharedKeys> Interpreter::newSharedKeys() const
{
    auto keys = std::make_shared<SharedKeys>();
    // _PyDict_NewKeysForClass: eight slots up to 3.10, room for 30 names later.
    keys->usable = profile().objects.instances == InstanceShape::DictHeader ? 5 : 30;
    return keys;
}

namespace {
constexpr std::uint32_t roundUp8(std::uint32_t n) { return (n + 7) & ~7u; }
}

// Slots of an Instance: 0 its class, then its __slots__, then its __dict__ (up to 3.10, or once it was asked for) or its
// attribute values in the order they were first set.
Ref Interpreter::newInstance(ObjectId type)
{
    ClassNative &native = classOf(type);
    const PythonProfile &p = profile();
    const auto slotCount = static_cast<std::uint32_t>(native.slotNames.size());
    ObjectHeap::Birth birth{.kind = TypeKind::Instance, .typeName = native.name, .type = type, .gc = true};
    birth.slots = 1 + slotCount;
    birth.size = p.layout.slottedInstance + 8 * slotCount;
    std::uint32_t room = 0;   // for attribute values (3.11+)
    const auto lowerSpareRoom = [&] {
        if (native.sharedKeys->usable > 1)
            --native.sharedKeys->usable;
    };
    if (native.hasDict) {
        switch (p.objects.instances) {
        case InstanceShape::DictHeader:
            birth.size += 8 + (native.hasWeakref ? 8 : 0);
            break;
        case InstanceShape::ValuesArray:
            birth.preHeader = p.layout.instancePreHeader;
            birth.size += p.objects.weakrefInObject && native.hasWeakref ? 8 : 0;
            lowerSpareRoom();
            room = native.sharedKeys->room();
            break;
        case InstanceShape::Inline:
            // A class starts with room for 30 shared keys; each instance takes one off the spare room until one is left.
            birth.preHeader = p.layout.instancePreHeader;
            if (!native.inlineValues)
                break;
            room = native.sharedKeys->room();
            lowerSpareRoom();
            birth.size += roundUp8(room) + 8 * (room + 1);
            birth.flags = static_cast<std::uint16_t>(ObjectFlag::InlineValues);
            break;
        }
    } else if (native.hasWeakref && !native.weakrefOfBase) {
        if (p.objects.instances == InstanceShape::DictHeader || p.objects.weakrefInObject)
            birth.size += 8;
        else
            birth.preHeader = p.layout.instancePreHeader;
    }
    if (!native.hasDict && !native.hasWeakref && slotCount == 0)
        birth.gc = p.objects.emptySlotsTracked;
    Ref instance = m_heap.create(birth);
    if (native.hasDict && p.objects.instances == InstanceShape::ValuesArray)
        m_heap.setBuffer(instance, roundUp8(room + 2) + 8 * room, TenantKind::Values);
    m_heap.setSlot(instance, 0, m_heap.own(type).release(), m_heap.classLabel());
    for (std::uint32_t i = 0; i < slotCount; ++i)
        m_heap.setSlot(instance, 1 + i, ObjectId(), m_heap.text(native.slotNames[i]));
    m_heap.track(instance);
    return instance;
}

std::uint32_t Interpreter::attributesBegin(ObjectId instance) const
{
    if (kind(instance) == TypeKind::Exception)
        return exceptionslot::Count;
    return 1 + static_cast<std::uint32_t>(classOf(typeOf(instance)).slotNames.size());
}

// Instances of classes made by a class statement, and exceptions.
bool Interpreter::hasFields(ObjectId id) const
{
    return kind(id) == TypeKind::Instance || kind(id) == TypeKind::Exception || object(id).derived();
}

bool Interpreter::hasInstanceAttributes(ObjectId instance) const
{
    if (const ObjectId dict = dictOfInstance(instance))
        return m_dicts.length(dict) > 0;
    const auto slots = world().slotsOf(instance);
    return std::any_of(slots.begin() + std::min<std::ptrdiff_t>(attributesBegin(instance), std::ssize(slots)), slots.end(),
                       [](const Slot &slot) { return bool(slot.target); });
}

// The __dict__ object, when the instance has one of its own.
ObjectId Interpreter::dictOfInstance(ObjectId instance) const
{
    const std::uint32_t first = attributesBegin(instance);
    if (m_heap.fieldCount(instance) <= first)
        return {};
    const Slot &slot = world().slotsOf(instance)[first];
    return slot.target && slot.label == m_heap.dictLabel() ? slot.target : ObjectId();
}

ObjectId Interpreter::findInstanceAttribute(ObjectId instance, TextId name)
{
    if (!hasFields(instance))
        return {};
    if (const ObjectId dict = dictOfInstance(instance))
        return m_dicts.getText(dict, name);
    const auto slots = world().slotsOf(instance);
    for (std::size_t i = attributesBegin(instance); i < slots.size(); ++i)
        if (slots[i].label == name)
            return slots[i].target;
    return {};
}

void Interpreter::setInstanceAttribute(ObjectId instance, TextId label, Ref value)
{
    const std::string_view name = m_recorder.texts().text(label);
    ClassNative &native = classOf(typeOf(instance));
    if (!native.hasDict)
        raiseWithoutDict(instance, name, lookup(typeOf(instance), name));
    const std::uint32_t first = attributesBegin(instance);
    ObjectId dict = dictOfInstance(instance);
    if (!dict && !hasOwnValues(instance)) {
        makeInstanceDict(instance, true);
        dict = dictOfInstance(instance);
    }
    if (dict) {
        setInInstanceDict(native, dict, name, std::move(value));
        return;
    }
    const auto slots = world().slotsOf(instance);
    for (std::uint32_t i = first; i < slots.size(); ++i) {
        if (slots[i].label == label) {
            m_heap.replaceField(instance, i, std::move(value), label);
            return;
        }
    }
    SharedKeys &keys = *native.sharedKeys;
    if (std::find(keys.names.begin(), keys.names.end(), label) == keys.names.end()) {
        if (keys.usable == 0) {   // no room: a dict of its own takes over
            const Ref made = instanceDict(instance);
            m_dicts.setText(made, name, std::move(value));
            return;
        }
        keys.names.push_back(label);
        --keys.usable;
    }
    const std::uint32_t n = m_heap.fieldCount(instance);
    m_heap.reserveSlots(instance, n + 1);
    m_heap.setLength(instance, n + 1);
    m_heap.setField(instance, n, value.release(), label);
}

// _PyObjectDict_SetItem.
void Interpreter::setInInstanceDict(ClassNative &native, ObjectId dict, std::string_view name, Ref value)
{
    const bool tracked = object(dict).tracked();
    const bool embedded = m_heap.native<DictNative>(dict)->embedded;
    m_dicts.setText(dict, name, std::move(value));
    // 3.13.0 stores into the values without telling the collector of the dict.
    if (!tracked && embedded && m_heap.native<DictNative>(dict)->embedded && !profile().objects.instancesShowDicts)
        m_heap.untrack(dict);
    if (profile().objects.instances != InstanceShape::DictHeader || !native.sharedKeys || m_dicts.isSplit(dict))
        return;
    // The dict left the class's keys. When no other instance uses them, the class takes this dict's keys, or none.
    native.sharedKeys = native.sharedKeys.use_count() == 1 ? m_dicts.shareKeys(dict) : nullptr;
}

// Attribute values live in the instance, or in an array of its own, until somebody asks for __dict__ (3.11+).
bool Interpreter::hasOwnValues(ObjectId instance) const
{
    const ClassNative &native = classOf(typeOf(instance));
    return kind(instance) == TypeKind::Instance && native.sharedKeys
        && (native.inlineValues || profile().objects.instances == InstanceShape::ValuesArray);
}

void Interpreter::makeInstanceDict(ObjectId instance, bool toStore)
{
    const std::uint32_t first = attributesBegin(instance);
    ClassNative &native = classOf(typeOf(instance));
    // 3.11 gives an instance of a class derived from a built-in one a plain dict, unless an attribute is to be stored in it.
    const bool plain311 = profile().objects.weakrefInObject && object(instance).derived();
    const bool split = native.sharedKeys && !(plain311 && (!toStore || isVarSized(native.instanceKind)));
    const bool ownValues = !hasOwnValues(instance);
    const bool insideDerived = ownValues && object(instance).has(ObjectFlag::InlineValues);   // its attributes are the dict's from the start
    Ref dict = split ? m_dicts.newSplit(native.sharedKeys, ownValues && !insideDerived) : m_dicts.newDict();
    if (split && insideDerived) {
        m_heap.native<DictNative>(dict)->embedded = true;
        m_heap.setFlag(instance, ObjectFlag::Materialized, true);
    } else if (split && !ownValues) {
        // From now on the attributes are the dict's entries; the values stay where they are, or go along (3.11, 3.12).
        DictNative &table = *m_heap.native<DictNative>(dict);
        table.embedded = object(instance).has(ObjectFlag::InlineValues);
        const std::vector<Slot> attributes(world().slotsOf(instance).begin() + first, world().slotsOf(instance).end());
        for (std::uint32_t i = 0; i < attributes.size(); ++i)
            m_heap.setField(instance, first + i, ObjectId());
        if (const Object &o = object(instance); o.bufferSize > 0) {
            const std::uint32_t bytes = o.bufferSize;
            const Address values = o.buffer;
            m_recorder.commit(change::BufferSet{instance, bytes, 0, 0});
            m_heap.setTenant(values, Tenant(TenantKind::Values, dict.id().value));
            m_recorder.commit(change::BufferSet{dict, 0, bytes, values.value});
        }
        for (const Slot &slot : attributes)
            if (slot.target)
                m_dicts.setText(dict, m_recorder.texts().text(slot.label), Ref(m_heap, slot.target));
        m_heap.setFlag(instance, ObjectFlag::Materialized, true);
    }
    if (!object(instance).derived()) {
        m_heap.reserveSlots(instance, first + 1);
        m_heap.setLength(instance, first + 1);
    }
    m_heap.setField(instance, first, dict.release(), m_heap.dictLabel());
}

bool Interpreter::deleteInstanceAttribute(ObjectId instance, std::string_view name)
{
    if (!hasFields(instance))
        return false;
    if (const ObjectId dict = dictOfInstance(instance)) {
        const bool removed = m_dicts.removeText(dict, name);
        // Up to 3.10 the instances made from now on share no keys (_PyObjectDict_SetItem).
        if (removed && profile().objects.instances == InstanceShape::DictHeader)
            classOf(typeOf(instance)).sharedKeys = nullptr;
        return removed;
    }
    const TextId label = m_heap.text(name);
    const auto slots = world().slotsOf(instance);
    for (std::uint32_t i = attributesBegin(instance); i < slots.size(); ++i) {
        if (slots[i].label != label || !slots[i].target)
            continue;
        // Later attributes move up: attributes keep the order in which they were set.
        Ref old(m_heap, slots[i].target);
        const auto n = static_cast<std::uint32_t>(slots.size());
        m_heap.setField(instance, i, ObjectId());
        if (i + 1 < n)
            m_recorder.commit(change::SlotsShifted{instance, i + 1, i, n - i - 1});
        m_heap.setLength(instance, n - 1);
        return true;
    }
    return false;
}

void Interpreter::replaceInstanceDict(ObjectId instance, Ref dict)
{
    if (kind(dict) != TypeKind::Dict)
        raise("TypeError", "__dict__ must be set to a dictionary, not a '" + typeName(dict) + "'");
    if (object(instance).derived())
        unsupported("assignment to __dict__ of an instance of " + typeName(instance));
    m_dicts.detachValues(instanceDict(instance));
    m_heap.replaceField(instance, attributesBegin(instance), std::move(dict), m_heap.text("__dict__"));
}

Ref Interpreter::instanceDict(ObjectId instance)
{
    if (const ObjectId dict = dictOfInstance(instance))
        return m_heap.own(dict);
    makeInstanceDict(instance, false);
    return m_heap.own(dictOfInstance(instance));
}

} // namespace pyrena
