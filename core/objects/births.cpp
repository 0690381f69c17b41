// How objects are born: their layout, where their memory comes from, and the caches and free lists before that.
#include "core/objects/objectheap.h"

#include "core/base/verify.h"
#include "core/objects/dicts.h"
#include "core/objects/weakrefs.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <bit>

namespace pyrena {

namespace {

constexpr std::uint16_t bit(ObjectFlag flag) { return static_cast<std::uint16_t>(flag); }

// Where the interpreter's own image lies: a position-independent executable, as Linux maps it. Modelled.
constexpr std::uint64_t kImageAddress = 0x555555a00000;
// Space between static objects; larger than any of them.
constexpr std::uint64_t kImageStep = 2048;

} // namespace

ObjectHeap::FreeList *ObjectHeap::freeListFor(TypeKind kind, std::uint32_t length, KeptAs keptAs)
{
    FreeList *list = nullptr;
    switch (kind) {
    case TypeKind::Float: list = &m_floats; break;
    case TypeKind::List: list = &m_lists; break;
    case TypeKind::Dict: list = &m_dicts; break;
    case TypeKind::BoundMethod: list = keptAs == KeptAs::BuiltinMethod ? &m_builtinMethods : &m_boundMethods; break;
    case TypeKind::Slice: list = &m_slices; break;
    case TypeKind::Iterator:
        list = keptAs == KeptAs::ListIterator ? &m_listIterators : keptAs == KeptAs::TupleIterator ? &m_tupleIterators : nullptr;
        break;
    case TypeKind::Tuple: list = length < m_tuples.size() ? &m_tuples[length] : nullptr; break;
    default: break;
    }
    return list && list->cap > 0 ? list : nullptr;
}

// Objects of one kind nearly always have the type name of the one before. Of those without a class it is a literal: the same one
// lies at the same place, and need not be read.
TextId ObjectHeap::typeText(const Birth &birth)
{
    TypeText &last = m_typeTexts[static_cast<std::size_t>(birth.kind)];
    const char *const literal = birth.type ? nullptr : birth.typeName.data();
    if (literal && literal == last.literal)
        return last.text;
    if (!last.text || m_recorder.texts().text(last.text) != birth.typeName)
        last.text = text(birth.typeName);
    last.literal = literal;
    return last.text;
}

bool ObjectHeap::collectsAtNextBirth() const
{
    const GcState &gc = world().gc;
    return m_counting && m_hooks && m_profile.collector.collectsAtAllocation && gc.count[0] + 1 > gc.threshold[0] && gc.enabled && !gc.collecting;
}

void ObjectHeap::countBirth()
{
    const std::int32_t count = world().gc.count[0];
    m_recorder.commit(change::GcCountSet{0, count, count + 1});
    if (m_hooks && count + 1 > world().gc.threshold[0])
        m_hooks->allocationPassedThreshold();
}

// Where no collection is near, an allocation and its end leave everything as it was: nothing is recorded.
void ObjectHeap::passing(TypeKind kind, std::uint32_t length, std::uint32_t size, KeptAs keptAs)
{
    if (!m_counting || m_imageBirths)
        return;
    FreeList *list = freeListFor(kind, length, keptAs);
    if (list && (!list->addresses.empty() || list->startup > 0))
        return;
    const bool near = world().gc.count[0] + 1 > world().gc.threshold[0] && world().gc.enabled;
    if (!list && !near)
        return;
    const Address block = takeGcBlock(size);
    if (list)
        list->addresses.push_back(block.value);
    else
        freeGcBlock(block);
}

Address ObjectHeap::takePassing(const Passing &passing)
{
    if (!m_counting || m_imageBirths)
        return Address();
    FreeList *const list = freeListFor(passing.kind, passing.length, passing.keptAs);
    if (list && !list->addresses.empty()) {
        const Address block(list->addresses.back());
        list->addresses.pop_back();
        return block;
    }
    if (list && list->startup > 0) {
        --list->startup;
        ++m_gcBlocks;
        return m_memory.malloc(passing.size + m_profile.layout.gcHead, Tenant(TenantKind::Runtime, 0));
    }
    return takeGcBlock(passing.size);
}

void ObjectHeap::givePassing(const Passing &passing, Address block)
{
    if (!block)
        return;
    if (FreeList *list = freeListFor(passing.kind, passing.length, passing.keptAs); list && list->addresses.size() < list->cap)
        list->addresses.push_back(block.value);
    else
        freeGcBlock(block);
}

Address ObjectHeap::takeGcBlock(std::uint32_t size)
{
    const Address block = m_memory.malloc(size + m_profile.layout.gcHead, Tenant(TenantKind::Runtime, 0));
    ++m_gcBlocks;
    countBirth();
    return block;
}

void ObjectHeap::freeGcBlock(Address block)
{
    giveBlock(block);
    --m_gcBlocks;
    if (const std::int32_t count = world().gc.count[0]; count > 0)
        m_recorder.commit(change::GcCountSet{0, count, count - 1});
}

Address ObjectHeap::allocate(const Birth &birth, ObjectId id, std::uint32_t request)
{
    const Tenant tenant(TenantKind::Object, id.value);
    if (!m_counting && m_hooks)
        m_hooks->makeRoom(request);
    if (m_spaces) {
        m_gcBlocks += birth.gc;
        return m_spaces->allocate(request);
    }
    const bool ofKind = !birth.fresh && (!birth.type || birth.keptAs != KeptAs::ItsKind);
    FreeList *list = ofKind ? freeListFor(birth.kind, birth.slots, birth.keptAs) : nullptr;
    if (list && !list->addresses.empty()) {
        const Address block(list->addresses.back());
        list->addresses.pop_back();
        m_recorder.commit(change::Noticed{change::NoticeKind::FreeListHit, id, typeText(birth), 0});
        m_memory.setTenant(block, tenant);
        return block;
    }
    const Address block = m_memory.malloc(request, tenant);
    m_gcBlocks += birth.gc;
    if (list && list->startup > 0)
        --list->startup;
    else if (birth.gc && m_counting) {
        // A collection that starts here may give birth to others: until then nobody lives in the block.
        const bool collects = collectsAtNextBirth();
        if (collects)
            m_memory.setTenant(block, Tenant(TenantKind::Runtime, 0));
        countBirth();
        if (collects)
            m_memory.setTenant(block, tenant);
    }
    return block;
}

Ref ObjectHeap::create(const Birth &birth)
{
    const bool isStatic = birth.isStatic || m_imageBirths;
    const std::uint32_t head = (birth.gc ? m_profile.layout.gcHead : 0) + birth.preHeader;
    const std::uint32_t request = birth.size + head;
    // Memory first: a collection that the allocation starts must not see the object.
    const ObjectId upcoming(static_cast<std::uint32_t>(m_recorder.trace().objects.size()));
    Address block;
    if (birth.block) {
        block = birth.block;
        setTenant(block, Tenant(TenantKind::Object, upcoming.value));
    } else if (!isStatic) {
        // The id is announced after the allocation: a collection in between may give birth to others.
        block = allocate(birth, upcoming, request);
    }
    const ObjectId id = m_recorder.announce(birth.kind, typeText(birth), !isStatic);
    if (!isStatic && id != upcoming)
        setTenant(block, Tenant(TenantKind::Object, id.value));
    if (isStatic)
        block = Address(kImageAddress + id.value * kImageStep);
    const auto flags = static_cast<std::uint16_t>(birth.flags | bit(ObjectFlag::Alive)
                                                  | (isStatic ? bit(ObjectFlag::Static) : 0)
                                                  | (m_hiddenBirths ? bit(ObjectFlag::Hidden) : 0)
                                                  | (birth.gc ? bit(ObjectFlag::GcObject) : 0)
                                                  | (birth.preHeader > 0 ? bit(ObjectFlag::PreHeader) : 0));
    m_recorder.commit(change::ObjectBorn{id, birth.type, request, birth.kind, flags, (block + head).value});
    if (const std::uint64_t value = birth.keptAs == KeptAs::ItsKind ? birth.value : static_cast<std::uint64_t>(birth.keptAs); value != 0)
        m_recorder.commit(change::ValueSet{id, 0, value});
    if (birth.slots > 0) {
        m_recorder.resizeSlots(id, birth.slots);
        m_recorder.commit(change::LengthSet{id, 0, birth.slots});
    }
    changeCount(id, 0, 1);
    return Ref(*this, id);
}

void ObjectHeap::track(ObjectId id)
{
    // What belongs to the interpreter's image was there before the collector's lists of this program.
    const Object &o = object(id);
    if (m_counting && !o.tracked() && o.has(ObjectFlag::GcObject) && (!o.has(ObjectFlag::Static) || o.kind == TypeKind::Frame))
        m_recorder.commit(change::GcMoved{id, GcListId::None, GcListId::Generation0});
}

void ObjectHeap::untrack(ObjectId id)
{
    if (object(id).tracked())
        m_recorder.commit(change::GcMoved{id, object(id).gcList, GcListId::None});
}

Ref ObjectHeap::newInt(std::int64_t value)
{
    const ObjectsProfile &o = m_profile.objects;
    if (value >= o.smallIntMin && value <= o.smallIntMax)
        return own(m_smallInts[static_cast<std::size_t>(value - o.smallIntMin)]);
    const std::uint64_t magnitude = value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    const std::uint32_t digits = (static_cast<std::uint32_t>(std::bit_width(magnitude)) + 29) / 30;
    const LayoutProfile &l = m_profile.layout;
    return create({.kind = TypeKind::Int, .typeName = "int", .size = std::max(l.intBase + digits * l.intDigit, l.intMinRequest),
                   .value = static_cast<std::uint64_t>(value)});
}

Ref ObjectHeap::newInt(const BigInt &value)
{
    if (const auto small = value.toInt64())
        return newInt(*small);
    const auto digits = static_cast<std::uint32_t>((value.bitLength() + 29) / 30);
    // Decimal digits take quadratic time in the limit; huge numbers are shown in hexadecimal.
    constexpr std::size_t kDecimalBits = 40000;
    const std::string shown = value.bitLength() <= kDecimalBits
        ? value.toString()
        : (value.isNegative() ? "-0x" : "0x") + value.abs().toString(16);
    const LayoutProfile &l = m_profile.layout;
    Ref made = create({.kind = TypeKind::Int, .typeName = "int", .size = l.intBase + digits * l.intDigit,
                       .value = text(shown).value, .flags = bit(ObjectFlag::BigValue)});
    auto native = std::make_unique<BigIntNative>();
    native->value = value;
    setNative(made, std::move(native));
    return made;
}

Ref ObjectHeap::newFloat(double value)
{
    return create({.kind = TypeKind::Float, .typeName = "float", .size = m_profile.layout.floatSize,
                   .value = std::bit_cast<std::uint64_t>(value)});
}

Ref ObjectHeap::newComplex(double real, double imag)
{
    Ref made = create({.kind = TypeKind::Complex, .typeName = "complex", .size = m_profile.layout.complexSize});
    auto native = std::make_unique<ComplexNative>();
    native->value = {real, imag};
    setNative(made, std::move(native));
    return made;
}

std::uint32_t ObjectHeap::strSize(std::string_view utf8) const
{
    const LayoutProfile &l = m_profile.layout;
    const auto n = static_cast<std::uint32_t>(text::length(utf8));
    switch (text::charWidth(utf8)) {
    case text::CharWidth::Ascii: return l.strAscii + n;
    case text::CharWidth::Latin1: return l.strLatin1 + n;
    case text::CharWidth::Ucs2: return l.strUcs2 + 2 * n;
    case text::CharWidth::Ucs4: return l.strUcs4 + 4 * n;
    }
    return l.strAscii + n;
}

namespace {

// The interpreter's own one-character names, interned before the table of one-character strings came into use: in a program
// such a name or constant is another object than the character cut out of a string (run: 3.11.2, 3.11.7, 3.12.1).
std::string_view namesBesideTheTable(int minor)
{
    return minor == 11 ? "BCLST_abcdefhijklmnopqrstvwxy" : minor == 12 ? "_abcdenprsx" : "";
}

} // namespace

Ref ObjectHeap::newStr(std::string_view utf8)
{
    const TextId id = text(utf8);
    // '' and the one-character Latin-1 strings are shared (unicode_empty, unicode_latin1).
    const bool shared = utf8.empty() || (utf8.size() <= 2 && text::length(utf8) == 1 && text::maxCodePoint(utf8) < 256);
    if (shared) {
        if (const auto found = m_sharedStrs.find(id.value); found != m_sharedStrs.end())
            return own(ObjectId(found->second));
        const std::uint16_t flags = static_cast<std::uint16_t>(
            (m_profile.objects.immortals ? bit(ObjectFlag::Immortal) : 0) | bit(ObjectFlag::Interned));
        Ref made = create({.kind = TypeKind::Str, .typeName = "str", .size = strSize(utf8), .value = id.value, .flags = flags,
                           .isStatic = true});
        m_sharedStrs.emplace(id.value, made.id().value);
        if (utf8.empty() || namesBesideTheTable(m_profile.minor).find(utf8) == std::string_view::npos)
            m_interned.emplace(id.value, made.id().value);
        return own(made.release());   // the table keeps the first count
    }
    return create({.kind = TypeKind::Str, .typeName = "str", .size = strSize(utf8), .value = id.value});
}

Ref ObjectHeap::newOwnStr(std::string_view utf8)
{
    return utf8.empty() ? newStr(utf8) : create({.kind = TypeKind::Str, .typeName = "str", .size = strSize(utf8), .value = text(utf8).value});
}

Ref ObjectHeap::newInternedStr(std::string_view utf8, bool isStatic)
{
    const TextId id = text(utf8);
    if (const auto found = m_interned.find(id.value); found != m_interned.end())
        return own(ObjectId(found->second));
    if ((isStatic && utf8.size() > 1) || (utf8.size() == 1 && namesBesideTheTable(m_profile.minor).find(utf8) != std::string_view::npos)) {
        Ref name = create({.kind = TypeKind::Str, .typeName = "str", .size = strSize(utf8), .value = id.value,
                           .flags = static_cast<std::uint16_t>(bit(ObjectFlag::Interned)
                                                               | (m_profile.objects.internedImmortal ? bit(ObjectFlag::Immortal) : 0)),
                           .isStatic = true});
        m_interned.emplace(id.value, name.id().value);
        incref(name);   // the image keeps one
        return name;
    }
    Ref made = newStr(utf8);
    return intern(std::move(made));
}

Ref ObjectHeap::intern(Ref str)
{
    const auto [found, isNew] = m_interned.emplace(static_cast<std::uint32_t>(object(str).value), str.id().value);
    if (!isNew)
        return own(ObjectId(found->second));
    setFlag(str, ObjectFlag::Interned, true);
    if (m_profile.objects.internedImmortal)
        setFlag(str, ObjectFlag::Immortal, true);
    return str;
}

Ref ObjectHeap::newBytes(std::string_view bytes)
{
    if (bytes.empty())
        return own(m_emptyBytes);
    // One byte: shared once it is made, for ever.
    const bool shared = bytes.size() == 1;
    if (shared)
        if (const auto found = m_sharedBytes.find(bytes[0]); found != m_sharedBytes.end())
            return own(ObjectId(found->second));
    Ref made = create({.kind = TypeKind::Bytes, .typeName = "bytes",
                   .size = m_profile.layout.bytesBase + static_cast<std::uint32_t>(bytes.size()), .value = text(bytes).value, .isStatic = shared});
    if (shared) {
        m_sharedBytes.emplace(bytes[0], made.id().value);
        incref(made);   // the table keeps one
    }
    return made;
}

namespace {

// Whether the collector watches objects of its type, though perhaps not this one: types, functions and () of the image.
bool hasWatchedType(const Object &o)
{
    switch (o.kind) {
    case TypeKind::Type: case TypeKind::BuiltinFunction: case TypeKind::Method: case TypeKind::Module:
    case TypeKind::Tuple: case TypeKind::FrozenSet:
        return true;
    default:
        return o.has(ObjectFlag::GcObject);
    }
}

} // namespace

// Since 3.14.1 a tuple made whole of atoms is not even tracked when it is made.
void ObjectHeap::trackTuple(ObjectId tuple, TupleBirth birth)
{
    bool needed = m_profile.objects.atomTuplesTracked || birth == TupleBirth::ItemByItem;
    for (const Slot &slot : items(tuple))
        needed = needed || hasWatchedType(object(slot.target));
    if (needed)
        track(tuple);
}

Ref ObjectHeap::newTuple(std::span<const ObjectId> items, TupleBirth birth)
{
    if (items.empty())
        return own(m_emptyTuple);
    const auto n = static_cast<std::uint32_t>(items.size());
    Ref made = create({.kind = TypeKind::Tuple, .typeName = "tuple", .size = m_profile.layout.tupleBase + 8 * n, .gc = true, .slots = n});
    for (std::uint32_t i = 0; i < n; ++i) {
        incref(items[i]);
        setSlot(made, i, items[i]);
    }
    trackTuple(made, birth);
    return made;
}

Ref ObjectHeap::newBlankTuple(std::uint32_t length)
{
    if (length == 0)
        return own(m_emptyTuple);
    Ref made = create({.kind = TypeKind::Tuple, .typeName = "tuple", .size = m_profile.layout.tupleBase + 8 * length, .gc = true, .slots = length});
    track(made);
    return made;
}

Ref ObjectHeap::resizedTuple(Ref tuple, std::uint32_t length)
{
    const std::uint32_t before = this->length(tuple);
    if (before == length)
        return tuple;
    if (length == 0)
        return own(m_emptyTuple);
    std::vector<Ref> items(length);
    for (std::uint32_t i = 0; i < before; ++i) {
        if (i < length)
            items[i] = Ref(*this, item(tuple, i));
        setSlot(tuple, i, ObjectId());
    }
    const std::uint32_t size = m_profile.layout.tupleBase + 8 * length;
    const Address block = m_memory.realloc(blockOf(tuple), size + m_profile.layout.gcHead);
    untrack(tuple);
    const ObjectId old = tuple.release();
    changeCount(old, object(old).refcount, 0);
    m_recorder.commit(change::LengthSet{old, before, 0});
    m_recorder.resizeSlots(old, 0);
    m_recorder.commit(change::ObjectDied{old, true});
    Ref made = create({.kind = TypeKind::Tuple, .typeName = "tuple", .size = size, .gc = true, .slots = length, .block = block});
    for (std::uint32_t i = 0; i < length; ++i)
        setSlot(made, i, items[i].release());
    track(made);
    return made;
}

Ref ObjectHeap::newTupleStealing(std::vector<Ref> items, TupleBirth birth)
{
    if (items.empty())
        return own(m_emptyTuple);
    const auto n = static_cast<std::uint32_t>(items.size());
    Ref made = create({.kind = TypeKind::Tuple, .typeName = "tuple", .size = m_profile.layout.tupleBase + 8 * n, .gc = true, .slots = n});
    for (std::uint32_t i = 0; i < n; ++i)
        setSlot(made, i, items[i].release());
    trackTuple(made, birth);
    return made;
}

Ref ObjectHeap::constructList()
{
    Ref made = create({.kind = TypeKind::List, .typeName = "list", .size = m_profile.layout.listSize, .gc = true, .fresh = true});
    track(made);
    return made;
}

Ref ObjectHeap::newSlice(ObjectId start, ObjectId stop, ObjectId step)
{
    Ref made = create({.kind = TypeKind::Slice, .typeName = "slice", .size = m_profile.layout.sliceSize, .gc = true, .slots = 3});
    const ObjectId parts[] = {start, stop, step};
    for (std::uint32_t i = 0; i < 3; ++i) {
        incref(parts[i]);
        setSlot(made, i, parts[i]);
    }
    track(made);
    return made;
}

Ref ObjectHeap::newRange(ObjectId start, ObjectId stop, ObjectId step)
{
    Ref made = create({.kind = TypeKind::Range, .typeName = "range", .size = m_profile.layout.rangeSize, .slots = 3});
    const ObjectId parts[] = {start, stop, step};
    for (std::uint32_t i = 0; i < 3; ++i) {
        incref(parts[i]);
        setSlot(made, i, parts[i]);
    }
    return made;
}

Ref ObjectHeap::newCell(ObjectId content)
{
    Ref made = create({.kind = TypeKind::Cell, .typeName = "cell", .size = m_profile.layout.cellSize, .gc = true, .slots = 1});
    if (content) {
        incref(content);
        setSlot(made, 0, content);
    }
    track(made);
    return made;
}

Ref ObjectHeap::newBoundMethod(ObjectId function, ObjectId self)
{
    Ref made = create({.kind = TypeKind::BoundMethod, .typeName = "method", .size = m_profile.layout.boundMethodSize, .gc = true, .slots = boundslot::Count});
    incref(function);
    setSlot(made, boundslot::Function, function, m_funcLabel);
    incref(self);
    setSlot(made, boundslot::Self, self, m_selfLabel);
    track(made);
    return made;
}

Ref ObjectHeap::newBuiltinMethod(ObjectId method, ObjectId self, ObjectId type, bool slotWrapper)
{
    const LayoutProfile &l = m_profile.layout;
    Ref made = create({.kind = TypeKind::BoundMethod, .typeName = slotWrapper ? "method-wrapper" : "builtin_function_or_method", .type = type,
                       .size = slotWrapper ? l.methodWrapperSize : l.builtinFunctionSize, .gc = true,
                       .slots = boundslot::Count, .keptAs = slotWrapper ? KeptAs::ItsKind : KeptAs::BuiltinMethod});
    incref(method);
    setSlot(made, boundslot::Function, method, m_funcLabel);
    incref(self);
    setSlot(made, boundslot::Self, self, m_selfLabel);
    track(made);
    return made;
}

} // namespace pyrena
