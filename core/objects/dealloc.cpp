// Deaths: what an object whose count reached 0 lets go, in CPython's order (tp_dealloc), and tp_clear for the collector.
#include "core/objects/objectheap.h"

#include "core/base/verify.h"
#include "core/objects/weakrefs.h"

#include <algorithm>

namespace pyrena {

namespace {

// Deeper nested deaths are put off and done when the outermost one is through (CPython: the trashcan).
constexpr std::uint32_t kDeallocDepth = 150;

} // namespace

void ObjectHeap::clearSlotsForward(ObjectId id, std::uint32_t from)
{
    for (std::uint32_t i = from; i < length(id); ++i)
        clearSlot(id, i);
}

void ObjectHeap::clearSlotsBackward(ObjectId id)
{
    for (std::uint32_t i = length(id); i-- > 0;)
        clearSlot(id, i);
}

// AttributeError_clear, BaseException_clear: its own fields and its attributes first.
void ObjectHeap::clearException(ObjectId id)
{
    namespace slot = exceptionslot;
    clearSlot(id, slot::Object);
    clearSlot(id, slot::Name);
    clearSlotsForward(id, slot::Count);
    for (const std::uint32_t own : {slot::Args, slot::Traceback, slot::Cause, slot::Context})
        clearSlot(id, own);
}

// subtype_dealloc, subtype_clear: what the derived class added goes before what the built-in one holds; the class stays.
void ObjectHeap::clearFields(ObjectId id)
{
    for (std::uint32_t i = 1; i < fieldCount(id); ++i)
        replaceField(id, i, Ref());
}

void ObjectHeap::dealloc(ObjectId id)
{
    if (m_deallocDepth >= kDeallocDepth) {
        m_trash.push_back(id);
        return;
    }
    struct Depth
    {
        std::uint32_t &depth;
        explicit Depth(std::uint32_t &d) : depth(d) { ++depth; }
        ~Depth() { --depth; }
    };
    {
        const Depth deeper(m_deallocDepth);
        deallocNow(id);
    }
    while (m_deallocDepth == 0 && !m_trash.empty()) {
        const ObjectId next = m_trash.back();
        m_trash.pop_back();
        const Depth deeper(m_deallocDepth);
        deallocNow(next);
    }
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
        clearSlotsForward(id, 1);
        break;
    case TypeKind::Exception:
        clearException(id);
        break;
    default:
        clearSlotsForward(id, 0);
        break;
    }
}

void ObjectHeap::releaseMemory(ObjectId id)
{
    if (object(id).kind == TypeKind::Str && object(id).has(ObjectFlag::Interned))
        m_interned.erase(static_cast<std::uint32_t>(object(id).value));
    if (id.value < m_natives.size())
        m_natives[id.value].reset();
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
    FreeList *list = before.type ? nullptr : freeListFor(before.kind, length);
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
    giveBlock(block);
    m_gcBlocks -= gc;
    if (gc && world().gc.count[0] > 0)
        m_recorder.commit(change::GcCountSet{0, world().gc.count[0], world().gc.count[0] - 1});
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
    for (const Slot &slot : items(id))
        old.push_back(slot.target);
    for (std::uint32_t i = 0; i < old.size(); ++i)
        if (old[i])
            setSlot(id, i, ObjectId());
    if (auto *table = native<DictNative>(id)) {
        const std::uint64_t version = table->version + 1;
        *table = {};
        table->version = version;
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
    const std::vector<Slot> parts(items(id).begin(), items(id).end());
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].target)
            continue;
        if (kind(parts[i].target) == TypeKind::Dict)
            clearDict(parts[i].target);
        else if (m_recorder.texts().text(parts[i].label) == "__mro__")
            clearSlot(id, i);
    }
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
        clearSlotsForward(id, 1);
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

std::uint32_t ObjectHeap::clearFreeLists()
{
    std::uint32_t freed = 0;
    const auto clear = [&](FreeList &list) {
        for (; !list.addresses.empty(); ++freed) {
            const Address block(list.addresses.back());
            list.addresses.pop_back();
            m_memory.free(block);
            m_gcBlocks -= &list != &m_floats;
        }
    };
    m_startupFrames = 0;
    for (; !m_frames.empty(); ++freed) {
        m_memory.free(m_frames.back().address);
        m_frames.pop_back();
        --m_gcBlocks;
    }
    for (FreeList &list : m_tuples)
        clear(list);
    clear(m_floats);
    clear(m_lists);
    clear(m_dicts);
    clear(m_boundMethods);
    return freed;
}

} // namespace pyrena
