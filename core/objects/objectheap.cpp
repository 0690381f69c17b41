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

} // namespace

void Ref::decref(ObjectHeap *heap, ObjectId id) noexcept
{
    try {
        heap->decref(id);
    } catch (...) {
        heap->m_stashed = std::current_exception();
    }
}

void ObjectHeap::rethrowStashed()
{
    if (m_stashed) [[unlikely]]
        std::rethrow_exception(std::exchange(m_stashed, nullptr));
}

ObjectHeap::ObjectHeap(Recorder &recorder, Obmalloc &memory)
    : m_recorder(recorder), m_memory(memory), m_profile(recorder.profile())
{
    const ObjectsProfile &o = m_profile.objects;
    m_floats.cap = o.floatFreeList;
    m_lists.cap = o.listFreeList;
    m_dicts.cap = o.dictFreeList;
    m_boundMethods.cap = o.boundMethodFreeList;
    m_builtinMethods.cap = o.builtinMethodFreeList;
    m_slices.cap = o.sliceFreeList;
    m_slices.startup = o.sliceStaysKept ? o.sliceFreeList : 0;
    m_listIterators.cap = o.listIteratorFreeList;
    m_tupleIterators.cap = o.tupleIteratorFreeList;
    for (std::uint32_t n = 1; n < m_tuples.size(); ++n)
        m_tuples[n].cap = n <= o.tupleFreeListLengths ? o.tupleFreeListPerLength : 0;
    m_startupFrames = o.framesAreObjects ? o.startupFrames + 1 : 0;   // that of the module is one of them
    m_weakrefs = std::make_unique<Weakrefs>(*this);
    m_counting = m_profile.collector.counts();
    m_barrier = m_profile.collector.manager == Manager::GenerationalCopying;
    if (m_profile.collector.moves())
        m_spaces = std::make_unique<BumpSpaces>(recorder);
    makeSingletons();
    m_classLabel = text("__class__");
    m_dictLabel = text("__dict__");
    m_funcLabel = text("__func__");
    m_selfLabel = text("__self__");
}

ObjectHeap::~ObjectHeap() = default;

void ObjectHeap::makeSingletons()
{
    // objects[0]: the interpreter, whose slots are the roots.
    (void)create({.kind = TypeKind::Runtime, .typeName = "interpreter", .size = 0, .isStatic = true}).release();

    const std::uint16_t shared = m_profile.objects.immortals ? bit(ObjectFlag::Immortal) : 0;
    const LayoutProfile &l = m_profile.layout;
    const auto singleton = [&](TypeKind kind, std::uint32_t size, std::uint64_t value) {
        return create({.kind = kind, .typeName = kindName(kind), .size = size, .value = value, .flags = shared, .isStatic = true})
            .release();
    };
    m_none = singleton(TypeKind::None, l.noneSize, 0);
    if (const std::uint32_t held = m_profile.objects.noneStartCount; held > 0)
        changeCount(m_none, object(m_none).refcount, object(m_none).refcount + held);
    m_notImplemented = singleton(TypeKind::NotImplemented, l.noneSize, 0);
    m_ellipsis = singleton(TypeKind::Ellipsis, l.noneSize, 0);
    m_false = singleton(TypeKind::Bool, l.boolFalse, 0);
    m_true = singleton(TypeKind::Bool, l.intBase + l.intDigit, 1);
    m_emptyTuple = singleton(TypeKind::Tuple, l.tupleBase, 0);
    m_emptyBytes = singleton(TypeKind::Bytes, l.bytesBase, text("").value);
    // Objects of 3.11's image begin with this count (_PyObject_IMMORTAL_REFCNT); before, the interpreter's modules hold each small
    // int a few times at least: run, the smallest getrefcount of -5 to 256 is 5 on 3.7.16 and 6 on 3.9.18.
    constexpr std::uint32_t kOfImage = 999'999'999, kLeastHeld = 4;
    for (std::int32_t i = m_profile.objects.smallIntMin; i <= m_profile.objects.smallIntMax; ++i) {
        const ObjectId made = singleton(TypeKind::Int, i == 0 ? l.intZero : l.intBase + l.intDigit,
                                        static_cast<std::uint64_t>(std::int64_t(i)));
        m_smallInts.push_back(made);
        if (!m_profile.objects.immortals)
            changeCount(made, object(made).refcount, object(made).refcount + (m_profile.objects.staticSmallObjects ? kOfImage : kLeastHeld));
    }
}

// ---- counting -------------------------------------------------------------------------------------------------------

void ObjectHeap::changeCount(ObjectId id, std::uint32_t before, std::uint32_t after)
{
    if (!m_counting) {
        if (m_held.size() <= id.value)
            m_held.resize(std::max<std::size_t>(id.value + 1, m_held.size() * 2));
        m_held[id.value] = after;
        return;
    }
    m_recorder.commit(change::RefcountChanged{id, before, after});
}

void ObjectHeap::incref(ObjectId id) { addReference(id); }

std::uint32_t ObjectHeap::dropCount(ObjectId id)
{
    const std::uint32_t count = refcount(id);
    if (!m_counting && !object(id).alive())
        return 0;   // of two that die together, the other one went first
    verify(count > 0, "a count falls below 0");
    changeCount(id, count, count - 1);
    return count - 1;
}

void ObjectHeap::decrefLast(ObjectId id)
{
    dropCount(id);
    if (!m_counting)
        return;
    // A frame has no memory in the heap, but it dies like any other object when the last traceback lets it go.
    if (object(id).refcount == 0 && (!object(id).has(ObjectFlag::Static) || kind(id) == TypeKind::Frame))
        dealloc(id);
}

// ---- values ---------------------------------------------------------------------------------------------------------

std::int64_t ObjectHeap::intValue(ObjectId id) const
{
    verify(fitsInt64(id), "int does not fit 64 bits");
    return static_cast<std::int64_t>(object(id).value);
}

BigInt ObjectHeap::bigValue(ObjectId id) const
{
    if (const auto *big = native<BigIntNative>(id))
        return big->value;
    return BigInt(static_cast<std::int64_t>(object(id).value));
}

double ObjectHeap::floatValue(ObjectId id) const
{
    return std::bit_cast<double>(object(id).value);
}

const std::string &ObjectHeap::textOf(ObjectId id) const
{
    return m_recorder.texts().text(TextId(static_cast<std::uint32_t>(object(id).value)));
}

// ---- slots ----------------------------------------------------------------------------------------------------------

// An old object that is made to refer to something in the nursery is remembered. Roots and frames are looked at anyhow.
void ObjectHeap::writeBarrier(ObjectId owner, Address target)
{
    if (m_mistake == ReclaimMistake::NoWriteBarrier)
        return;
    const Object &from = object(owner);
    if (!from.address || from.has(ObjectFlag::Static) || (owner.value < m_remembered.size() && m_remembered[owner.value]))
        return;
    const SpaceState &spaces = world().spaces;
    if (spaces.spaceOf(target) != SpaceId::Nursery || spaces.spaceOf(from.address) == SpaceId::Nursery)
        return;
    if (m_remembered.size() <= owner.value)
        m_remembered.resize(std::max<std::size_t>(owner.value + 1, m_remembered.size() * 2));
    m_remembered[owner.value] = true;
    m_recorder.commit(change::Remembered{owner});
}

void ObjectHeap::forgetRemembered()
{
    const auto &remembered = world().spaces.remembered;
    for (const ObjectId id : remembered)
        m_remembered[id.value] = false;
    if (!remembered.empty())
        m_recorder.commit(change::RememberedForgotten{static_cast<std::uint32_t>(remembered.size())});
}

Address ObjectHeap::identity(ObjectId id) const
{
    const Relocation *moved = world().spaces.relocationOf(id);
    return moved ? moved->first : object(id).address;
}

// ---- blocks -----------------------------------------------------------------------------------------------------------

Address ObjectHeap::blockOf(ObjectId id) const
{
    const Object &o = object(id);
    return o.address - (o.has(ObjectFlag::GcObject) ? m_profile.layout.gcHead : 0)
        - (o.has(ObjectFlag::PreHeader) ? m_profile.layout.instancePreHeader : 0);
}

void ObjectHeap::giveBlock(Address block)
{
    if (!m_spaces)   // else a hole, until the next collection
        m_memory.free(block);
}

void ObjectHeap::setTenant(Address block, Tenant tenant)
{
    if (!m_spaces)
        m_memory.setTenant(block, tenant);
}

void ObjectHeap::replaceField(ObjectId owner, std::uint32_t index, Ref target, TextId label)
{
    const ObjectId old = field(owner, index);
    setField(owner, index, target.release(), label);
    if (old)
        decref(old);
}

void ObjectHeap::setLength(ObjectId owner, std::uint32_t length)
{
    const std::uint32_t before = object(owner).slotsLength, after = length + object(owner).fields();
    if (before != after)
        m_recorder.commit(change::LengthSet{owner, before, after});
}

void ObjectHeap::reserveSlots(ObjectId owner, std::uint32_t capacity)
{
    capacity += object(owner).fields();
    if (capacity > object(owner).slotsCapacity)
        m_recorder.resizeSlots(owner, capacity);
}

void ObjectHeap::shiftItems(ObjectId owner, std::uint32_t from, std::uint32_t to, std::uint32_t count)
{
    const std::uint32_t fields = object(owner).fields();
    m_recorder.commit(change::SlotsShifted{owner, fields + from, fields + to, count});
}

void ObjectHeap::dropItems(ObjectId owner)
{
    m_recorder.resizeSlots(owner, object(owner).fields());
}

void ObjectHeap::setValue(ObjectId id, std::uint64_t value)
{
    const std::uint64_t before = object(id).value;
    if (before != value)
        m_recorder.commit(change::ValueSet{id, before, value});
}

void ObjectHeap::setFlag(ObjectId id, ObjectFlag flag, bool on)
{
    const std::uint16_t before = object(id).flags;
    const auto after = static_cast<std::uint16_t>(on ? before | bit(flag) : before & ~bit(flag));
    if (before != after)
        m_recorder.commit(change::FlagsSet{id, before, after});
}

void ObjectHeap::replaceSlot(ObjectId owner, std::uint32_t index, Ref target, TextId label)
{
    const ObjectId old = item(owner, index);
    setSlot(owner, index, target.release(), label);
    if (old)
        decref(old);
}

void ObjectHeap::clearSlot(ObjectId owner, std::uint32_t index)
{
    const ObjectId old = item(owner, index);
    if (!old)
        return;
    setSlot(owner, index, ObjectId());
    decref(old);
}

void ObjectHeap::setBuffer(ObjectId owner, std::uint32_t bytes, TenantKind tenant)
{
    const std::uint32_t before = object(owner).bufferSize;
    const Address old = object(owner).buffer;
    if (bytes == before || object(owner).has(ObjectFlag::Static))
        return;
    Address now;
    if (bytes == 0)
        giveBlock(old);
    else if (before == 0)
        now = takeBlock(bytes, Tenant(tenant, owner.value));
    else
        now = m_spaces ? m_spaces->reallocate(old, before, bytes) : m_memory.realloc(old, bytes);
    if (m_barrier && now)
        writeBarrier(owner, now);
    m_recorder.commit(change::BufferSet{owner, before, bytes, now.value});
}

void ObjectHeap::replaceBuffer(ObjectId owner, std::uint32_t bytes, TenantKind tenant)
{
    if (object(owner).has(ObjectFlag::Static))
        return;
    const std::uint32_t before = object(owner).bufferSize;
    const Address old = object(owner).buffer;
    const Address now = bytes > 0 ? takeBlock(bytes, Tenant(tenant, owner.value)) : Address();
    if (m_barrier && now)
        writeBarrier(owner, now);
    m_recorder.commit(change::BufferSet{owner, before, bytes, now.value});
    if (old)
        giveBlock(old);
}

void ObjectHeap::setNative(ObjectId id, std::unique_ptr<Native> native)
{
    if (m_natives.size() <= id.value)
        m_natives.resize(std::max<std::size_t>(id.value + 1, m_natives.size() * 2));
    m_natives[id.value] = std::move(native);
}

std::size_t ObjectHeap::simulatedBytes() const
{
    const HeapTotals &t = world().heap.totals;
    return t.bytesRequested + (m_spaces ? m_spaces->used() : 0) + m_recorder.texts().bytes();
}

} // namespace pyrena
