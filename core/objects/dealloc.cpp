// Deaths: what an object whose count reached 0 lets go, in CPython's order (tp_dealloc), and tp_clear for the collector.
#include "core/objects/objectheap.h"

#include "core/base/verify.h"
#include "core/objects/weakrefs.h"

#include <algorithm>

namespace pyrena {

namespace {

// Deaths of any kind that nest deeper wait, too: for the sake of our own stack.
constexpr std::uint32_t kMaxNested = 1500;

} // namespace

void ObjectHeap::clearSlotsForward(ObjectId id, std::uint32_t from)
{
    for (std::uint32_t i = from; i < length(id); ++i)
        if (item(id, i))
            clearSlot(id, i);
}

void ObjectHeap::clearSlotsBackward(ObjectId id)
{
    for (std::uint32_t i = length(id); i-- > 0;)
        clearSlot(id, i);
}

// subtype_dealloc, subtype_clear: what the derived class added goes before what the built-in one holds; the class stays.
void ObjectHeap::clearFields(ObjectId id)
{
    std::vector<std::uint32_t> order;
    forFields(id, fieldCount(id), [&](std::uint32_t i) { order.push_back(i); });
    for (const std::uint32_t i : order)
        if (i < fieldCount(id) && field(id, i))
            replaceField(id, i, Ref());
}

// BaseException_clear: attributes first, then args, traceback, cause and context; in front what AttributeError adds.
void ObjectHeap::clearException(ObjectId id)
{
    for (std::uint32_t i = exceptionslot::Object; i < length(id); ++i)
        clearSlot(id, i);
    for (const std::uint32_t i : exceptionslot::kOrder)
        clearSlot(id, i);
}

// Whose deaths the trashcan counts (Py_TRASHCAN_BEGIN in their tp_dealloc).
bool ObjectHeap::usesTrashcan(ObjectId id) const
{
    if (m_profile.objects.trashcanLevel == 0)
        return false;
    switch (const Object &o = object(id); o.kind) {
    case TypeKind::List: case TypeKind::Tuple: case TypeKind::Dict: case TypeKind::Set: case TypeKind::FrozenSet:
    case TypeKind::Instance: case TypeKind::Traceback: case TypeKind::Frame:
        return true;
    case TypeKind::Exception:
        return m_profile.objects.trashcanOfExceptions || !object(o.type).has(ObjectFlag::Static);
    default:
        return o.derived();
    }
}

// An int, a float or a str: half of all deaths. It refers to nothing, and nobody hears of it.
bool ObjectHeap::dropsNothing(const Object &o) const
{
    const bool atom = o.kind == TypeKind::Int || o.kind == TypeKind::Float || o.kind == TypeKind::Str;
    return atom && !o.type && !o.weakrefs && m_deallocDepth < kMaxNested && m_putOff.empty();
}

// The trashcan: deaths that would nest too deep wait, and the last of them comes first once the outermost one is through.
void ObjectHeap::dealloc(ObjectId id)
{
    if (dropsNothing(object(id))) {
        const auto step = m_recorder.step(StepKind::Dealloc, id);
        releaseMemory(id);
        return;
    }
    const bool counted = usesTrashcan(id);
    const bool instance = counted && (object(id).kind == TypeKind::Instance || object(id).derived());
    const std::uint32_t twice = instance && m_profile.objects.trashcanCountsInstancesTwice ? 1 : 0;
    const bool tooDeep = m_deallocDepth >= kMaxNested;
    if (tooDeep || (counted && m_trashNesting + twice >= m_profile.objects.trashcanLevel)) {
        untrack(id);
        (tooDeep ? m_putOff : m_trash).push_back(id);
        return;
    }
    struct Depth
    {
        std::uint32_t &depth, by;
        Depth(std::uint32_t &d, std::uint32_t n) : depth(d), by(n) { depth += by; }
        ~Depth() { depth -= by; }
    };
    {
        const Depth deeper(m_deallocDepth, 1), nested(m_trashNesting, counted);
        deallocNow(id);
    }
    const auto empty = [&](std::vector<ObjectId> &waiting, std::uint32_t by) {
        while (!waiting.empty()) {
            const ObjectId next = waiting.back();
            waiting.pop_back();
            const Depth deeper(m_deallocDepth, 1), nested(m_trashNesting, by);
            dealloc(next);
        }
    };
    // Up to 3.7 an outermost instance leaves this to the next death of another kind, which is that of some argument tuple.
    if (counted && m_trashNesting == 0)
        empty(m_trash, 1);
    if (m_deallocDepth == 0)
        empty(m_putOff, 0);
}

void ObjectHeap::callWeakrefCallback(ObjectId weakref, ObjectId callback)
{
    if (!m_hooks)
        return;
    const auto step = m_recorder.step(StepKind::WeakrefCallback, weakref);
    m_hooks->weakrefCallback(weakref, callback);
}

void ObjectHeap::finalizeOnce(ObjectId id)
{
    if (!m_hooks || object(id).has(ObjectFlag::Finalized) || !m_hooks->hasFinalizer(id))
        return;
    setFlag(id, ObjectFlag::Finalized, true);
    const auto step = m_recorder.step(StepKind::Finalizer, id);
    m_hooks->finalize(id);
}

void ObjectHeap::deallocNow(ObjectId id)
{
    const auto step = m_recorder.step(StepKind::Dealloc, id);
    const TypeKind kind = object(id).kind;

    // A generator's weak references are cleared before it is closed, those of others after __del__.
    if (kind == TypeKind::Generator && object(id).weakrefs)
        m_weakrefs->clearAndCall(id);
    const bool hasClass = kind == TypeKind::Instance || kind == TypeKind::Exception || object(id).derived();   // in slot 0
    const bool mayFinalize = hasClass || kind == TypeKind::Generator;
    if (mayFinalize && m_hooks && !object(id).has(ObjectFlag::Finalized) && m_hooks->hasFinalizer(id)) {
        // PyObject_CallFinalizerFromDealloc: the object lives once more while __del__ runs, and stays if that kept it.
        untrack(id);
        changeCount(id, 0, 1);
        track(id);
        finalizeOnce(id);
        const std::uint32_t count = object(id).refcount;
        changeCount(id, count, count - 1);
        if (object(id).refcount > 0)
            return;
    }
    untrack(id);
    if (object(id).weakrefs)
        m_weakrefs->clearAndCall(id);
    if (kind == TypeKind::Weakref || kind == TypeKind::WeakProxy)
        m_weakrefs->clear(id);
    if (m_hooks)
        m_hooks->beforeDealloc(id);
    releaseContents(id);

    // An instance lets its class go last, after its own memory.
    ObjectId classOfInstance;
    if (hasClass && object(id).slotsLength > 0) {
        classOfInstance = field(id, 0);
        if (classOfInstance)
            setField(id, 0, ObjectId());
    }
    releaseMemory(id);
    if (classOfInstance)
        decref(classOfInstance);
}

void ObjectHeap::releaseContents(ObjectId id)
{
    if (object(id).derived()) {
        clearFields(id);
        if (object(id).fields() == 0)
            return;   // no items
    }
    switch (object(id).kind) {
    case TypeKind::List:
    case TypeKind::Tuple:
    case TypeKind::Traceback:   // tb_next, then the frame: calls that went deeper let go of their locals first
        clearSlotsBackward(id);
        break;
    case TypeKind::Instance:
        clearFields(id);
        break;
    case TypeKind::Exception:
        clearException(id);
        break;
    case TypeKind::Dict:
        clearEntries(id);
        break;
    case TypeKind::Slice:   // step, start, stop
        clearSlot(id, 2);
        clearSlotsForward(id, 0);
        break;
    case TypeKind::Frame:
        if (const auto *kept = native<FrameNative>(id); kept && m_profile.objects.localsReleasedInReverse)
            for (std::uint32_t i = kept->locals; i-- > 0;)
                clearSlot(id, i);
        clearSlotsForward(id, 0);
        break;
    default:
        clearSlotsForward(id, 0);
        break;
    }
}

// dict_dealloc: entry by entry; of a dict that shares its class's keys the values, which is all that it has.
void ObjectHeap::clearEntries(ObjectId dict)
{
    std::vector<std::uint32_t> order;
    forEntries(dict, [&](std::uint32_t e) { order.push_back(e); });
    for (const std::uint32_t e : order) {
        clearSlot(dict, 2 * e);
        clearSlot(dict, 2 * e + 1);
    }
}

void ObjectHeap::releaseMemory(ObjectId id)
{
    if (object(id).kind == TypeKind::Str && object(id).has(ObjectFlag::Interned))
        m_interned.erase(static_cast<std::uint32_t>(object(id).value));
    if (id.value < m_natives.size())
        m_natives[id.value].reset();
    if (object(id).bufferSize > 0)
        setBuffer(id, 0, TenantKind::None);

    const Object before = object(id);
    const std::uint32_t length = before.slotsLength;
    if (before.slotsCapacity > 0) {
        if (length > 0)
            m_recorder.commit(change::LengthSet{id, length, 0});
        m_recorder.resizeSlots(id, 0);
    }
    const bool gc = before.has(ObjectFlag::GcObject);
    const Address block = blockOf(id);
    const bool someOfKind = before.kind == TypeKind::BoundMethod || before.kind == TypeKind::Iterator;
    const KeptAs keptAs = someOfKind ? static_cast<KeptAs>(before.value) : KeptAs::ItsKind;
    FreeList *list = before.type && keptAs == KeptAs::ItsKind ? nullptr : freeListFor(before.kind, length, keptAs);
    const bool frame = before.kind == TypeKind::Frame && !before.has(ObjectFlag::Static);
    const bool keptFrame = frame && keepFrameBlock(before, block);
    const bool kept = list && list->addresses.size() < list->cap;
    m_recorder.commit(change::ObjectDied{id, kept || keptFrame});
    if (!before.address || before.has(ObjectFlag::Static) || keptFrame)
        return;
    if (kept) {
        list->addresses.push_back(block.value);
        return;
    }
    if (gc)
        freeGcBlock(block);
    else
        giveBlock(block);
}

void ObjectHeap::reclaim(ObjectId id)
{
    const auto step = m_recorder.step(StepKind::Dealloc, id);
    for (const Slot &slot : world().slotsOf(id))
        if (slot.target && slot.label != kBorrowed)
            dropCount(slot.target);
    releaseMemory(id);
}

// PyDict_Clear: the table is empty before anything is let go, in the order of insertion.
void ObjectHeap::clearDict(ObjectId id)
{
    std::vector<ObjectId> old;
    forEntries(id, [&](std::uint32_t e) {
        old.push_back(item(id, 2 * e));
        old.push_back(item(id, 2 * e + 1));
    });
    for (std::uint32_t i = 0; i < old.size(); ++i)
        if (item(id, i))
            setSlot(id, i, ObjectId());
    if (auto *table = native<DictNative>(id)) {
        DictNative empty;
        empty.version = table->version + 1;
        if (table->embedded) {   // the values stay the instance's
            empty.shared = table->shared;
            empty.log2Size = table->log2Size;
            empty.embedded = true;
        }
        *table = std::move(empty);
    }
    setLength(id, 0);
    for (const ObjectId target : old)
        if (target)
            decref(target);
    if (length(id) == 0) {
        setBuffer(id, 0, TenantKind::Keys);
        dropItems(id);
    }
}

// type_clear: the class's namespace is emptied and the mro goes; the bases stay, for instances that die later.
void ObjectHeap::clearType(ObjectId id)
{
    if (length(id) == 0)
        return;
    if (const ObjectId dict = item(id, typeslot::Dict))
        clearDict(dict);
    clearSlot(id, typeslot::Mro);
}

void ObjectHeap::clearContents(ObjectId id)
{
    if (object(id).derived()) {
        clearFields(id);
        if (object(id).fields() == 0)
            return;
    }
    switch (object(id).kind) {
    // These have no tp_clear: another one of the cycle has, or there would be none.
    case TypeKind::Tuple: case TypeKind::BoundMethod: case TypeKind::Slice: case TypeKind::Iterator: case TypeKind::Generator:
    case TypeKind::Descriptor: case TypeKind::Super: case TypeKind::DictView:
        break;
    case TypeKind::Function:
        if (m_profile.objects.functionsAreCleared)
            clearSlotsForward(id, 0);
        break;
    case TypeKind::Dict:
        clearDict(id);
        break;
    case TypeKind::Type:
        clearType(id);
        break;
    case TypeKind::Weakref:
    case TypeKind::WeakProxy:
        m_weakrefs->clear(id);
        clearSlotsForward(id, 0);
        break;
    case TypeKind::List:
        listClear(id);
        break;
    case TypeKind::Instance:
        if (m_hooks)
            m_hooks->beforeDealloc(id);   // its dict may outlive it
        clearFields(id);
        break;
    case TypeKind::Exception:
        clearException(id);
        break;
    case TypeKind::Traceback:
        clearSlotsBackward(id);
        break;
    default:
        clearSlotsForward(id, 0);
        break;
    }
}

// What is freed here was kept uncounted; now it counts as a death (what finalizers of the same collection left can be seen to).
std::uint32_t ObjectHeap::clearFreeLists()
{
    std::uint32_t freed = 0;
    const auto give = [&](Address block, bool ofCollector) {
        ++freed;
        m_memory.free(block);
        if (!ofCollector)
            return;
        --m_gcBlocks;
        if (const std::int32_t count = world().gc.count[0]; count > 0)
            m_recorder.commit(change::GcCountSet{0, count, count - 1});
    };
    const auto clear = [&](FreeList &list) {
        while (!list.addresses.empty()) {
            const Address block(list.addresses.back());
            list.addresses.pop_back();
            give(block, &list != &m_floats);
        }
    };
    m_startupFrames = 0;
    while (!m_frames.empty()) {
        const Address block = m_frames.back().address;
        m_frames.pop_back();
        give(block, true);
    }
    for (FreeList &list : m_tuples)
        clear(list);
    clear(m_floats);
    clear(m_lists);
    clear(m_dicts);
    for (FreeList *list : {&m_boundMethods, &m_builtinMethods, &m_listIterators, &m_tupleIterators})
        clear(*list);
    if (!m_profile.objects.sliceStaysKept)
        clear(m_slices);
    return freed;
}

} // namespace pyrena
