#pragma once

#include "core/base/id.h"
#include "core/memory/obmalloc.h"
#include "core/memory/spaces.h"
#include "core/objects/native.h"
#include "core/objects/ref.h"
#include "core/profile/profile.h"
#include "core/trace/recorder.h"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <typeinfo>
#include <unordered_map>
#include <vector>

namespace pyrena {

class Weakrefs;

// What the heap asks of the interpreter, so that core/objects does not depend on core/python.
struct ObjectHooks
{
    virtual ~ObjectHooks() = default;
    // The class has a __del__ and it has not run yet: run it. Returns without an exception, whatever happens inside.
    virtual void finalize(ObjectId id) = 0;
    virtual bool hasFinalizer(ObjectId id) const = 0;
    // handle_callback: the referent of a weak reference died, or is about to. Returns without an exception.
    virtual void weakrefCallback(ObjectId weakref, ObjectId callback) = 0;
    // invoke_gc_callback: a collection starts (result fields 0) or stops. Returns without an exception.
    virtual void collectionCallback(bool starts, int generation, std::int64_t collected, std::int64_t uncollectable) = 0;
    // An object that DEBUG_SAVEALL keeps: to gc.garbage.
    virtual void keepGarbage(ObjectId id) = 0;
    // What gc.set_debug() asked for: a line for stderr.
    virtual void collectorSays(const std::string &line) = 0;
    virtual std::string typeNameOf(ObjectId id) = 0;
    // A GC object was allocated and generation 0's counter is over its threshold: collect now, or remember to.
    virtual void allocationPassedThreshold() = 0;
    // A manager without counts: an object of so many bytes is about to be made. No Python code runs in there.
    virtual void makeRoom(std::uint64_t bytes) { (void)bytes; }
    // What kind of clean-up an iterator or generator needs before its slots are let go (closing a suspended generator).
    virtual void beforeDealloc(ObjectId id) = 0;
};

// For tests: a rule of a collector left out, to see which check notices.
enum class ReclaimMistake : std::uint8_t {
    None,
    NoPullBack,         // move_unreachable: what was set aside too early does not come back
    NoSubtraction,      // subtract_refs: a dict's references are left out
    DictsNotFollowed,   // tracing: what a dict refers to is not reached through it
    NoWriteBarrier,     // nothing is remembered
    MovesTooFar,        // mark-compact: forwarding addresses are 16 bytes too low
    ForgetsSecondBlock, // copying: the second block stays behind
};

// Birth, counting and death of objects, in the memory obmalloc gives them. The only code that commits changes of objects
// besides the collector. Every operation takes and gives counts as CPython's function of the same name does.
class ObjectHeap
{
public:
    ObjectHeap(Recorder &recorder, Obmalloc &memory);
    ~ObjectHeap();
    void setHooks(ObjectHooks *hooks) { m_hooks = hooks; }

    Recorder &recorder() { return m_recorder; }
    Obmalloc &memory() { return m_memory; }
    // ---- blocks, from obmalloc or from the spaces of a manager that moves objects
    Address takeBlock(std::uint64_t bytes, Tenant tenant) { return m_spaces ? m_spaces->allocate(bytes) : m_memory.malloc(bytes, tenant); }
    void giveBlock(Address block);
    void setTenant(Address block, Tenant tenant);
    Address blockOf(ObjectId id) const;      // its own block: the headers in front of it included
    BumpSpaces *spaces() { return m_spaces.get(); }   // none when objects stay where they are
    void forgetRemembered();                 // the nursery is empty
    // What hash() of an object goes by: its address, at birth if it has moved since.
    Address identity(ObjectId id) const;

    const World &world() const { return m_recorder.world(); }
    const PythonProfile &profile() const { return m_profile; }
    const Object &object(ObjectId id) const { return world().object(id); }
    TypeKind kind(ObjectId id) const { return object(id).kind; }

    // ---- counting
    Ref own(ObjectId id) { incref(id); return Ref(*this, id); }    // a new reference to something borrowed
    void incref(ObjectId id);
    void addReference(ObjectId id)                                 // the same, inline: for instructions that do little else
    {
        const Object &o = object(id);
        if (o.has(ObjectFlag::Immortal))
            return;
        if (m_counting) [[likely]]
            m_recorder.commit(change::RefcountChanged{id, o.refcount, o.refcount + 1});
        else
            changeCount(id, refcount(id), refcount(id) + 1);
    }
    void letGo(ObjectId id)                                        // as a Ref does, inline unless it was the last reference
    {
        if (!id)
            return;
        const Object &o = object(id);
        if (o.has(ObjectFlag::Immortal))
            return;
        if (m_counting && o.refcount > 1) [[likely]]
            m_recorder.commit(change::RefcountChanged{id, o.refcount, o.refcount - 1});
        else
            Ref::decref(this, id);
    }
    void decref(ObjectId id)                                       // at 0 the object dies, if the manager counts
    {
        const Object &o = object(id);
        if (o.has(ObjectFlag::Immortal))
            return;
        if (m_counting && o.refcount > 1) [[likely]]
            m_recorder.commit(change::RefcountChanged{id, o.refcount, o.refcount - 1});
        else
            decrefLast(id);
    }
    // Managers without counts: kept beside the World, for finding what the interpreter itself holds; in no object, never shown.
    std::uint32_t refcount(ObjectId id) const { return m_counting ? object(id).refcount : m_held[id.value]; }
    bool counting() const { return m_counting; }
    ReclaimMistake mistake() const { return m_mistake; }
    void setMistake(ReclaimMistake mistake) { m_mistake = mistake; }
    std::uint32_t dropCount(ObjectId id);                          // one less, without a death; returns what is left
    bool immortal(ObjectId id) const { return object(id).has(ObjectFlag::Immortal); }

    // Throws what a Ref could not throw when it let an object go.
    void rethrowStashed();

    // ---- births; each Ref is a new reference
    // Free lists of some objects of a kind only. An object carries it as its value.
    enum class KeptAs : std::uint8_t { ItsKind, BuiltinMethod, ListIterator, TupleIterator };
    struct Birth
    {
        TypeKind kind = TypeKind::PlainObject;
        std::string_view typeName;           // shown in labels; the class name for instances
        ObjectId type;                       // class of instances and exceptions: borrowed, not counted here
        std::uint32_t size = 16;             // without GC head and pre-header
        bool gc = false;                     // has a GC head and moves generation 0's counter
        std::uint32_t preHeader = 0;
        std::uint64_t value = 0;
        std::uint32_t slots = 0;             // region to begin with
        std::uint16_t flags = 0;             // besides Alive
        bool fresh = false;                  // not from a free list: made by the type's tp_alloc
        bool isStatic = false;               // lives in the interpreter's image: no memory
        Address block;                       // kept from one that died; none: it gets one
        KeptAs keptAs = KeptAs::ItsKind;     // in which free list its block is kept once it died
    };
    Ref create(const Birth &birth);
    // Whether the next birth of an object that the collector watches starts a collection, should no free list serve it (up to 3.11).
    bool collectsAtNextBirth() const;
    // A block of the interpreter's own that counts as an object of the collector does.
    Address takeGcBlock(std::uint32_t size);
    void freeGcBlock(Address block);
    // What is born and dies within one operation of the interpreter and that nobody sees: counter 0 moves, or a free list does.
    void passing(TypeKind kind, std::uint32_t length, std::uint32_t size, KeptAs keptAs = KeptAs::ItsKind);
    // The same, with other births and deaths in between.
    struct Passing { TypeKind kind; std::uint32_t length, size; KeptAs keptAs = KeptAs::ItsKind; };
    Address takePassing(const Passing &passing);
    void givePassing(const Passing &passing, Address block);
    // ---- frames that are objects of the heap (up to 3.10; frameblocks.cpp)
    Ref newFrame(CodeId code, std::uint32_t slots, std::uint32_t bytes);
    void frameEnded(ObjectId frame);         // its count is 0: lets go what it holds; its block is kept for the next call
    // While on, what is born belongs to the interpreter's image (isStatic): modules written in Python that are there before
    // the program begins.
    void setImageBirths(bool on) { m_imageBirths = on; }
    bool imageBirths() const { return m_imageBirths; }
    // While on, what is born is the interpreter's own and hidden.
    void setHiddenBirths(bool on) { m_hiddenBirths = on; }
    void track(ObjectId id);                 // _PyObject_GC_TRACK: to the end of generation 0
    void untrack(ObjectId id);

    ObjectId none() const { return m_none; }
    ObjectId boolean(bool b) const { return b ? m_true : m_false; }
    ObjectId notImplemented() const { return m_notImplemented; }
    ObjectId ellipsis() const { return m_ellipsis; }
    ObjectId emptyTuple() const { return m_emptyTuple; }
    Ref newNone() { return own(m_none); }
    Ref newBool(bool b) { return own(boolean(b)); }
    Ref newInt(std::int64_t value);
    Ref newInt(const BigInt &value);
    Ref newFloat(double value);
    Ref newComplex(double real, double imag);
    Ref newStr(std::string_view utf8);       // shared when empty or one Latin-1 character
    Ref newOwnStr(std::string_view utf8);    // shared only when empty
    // isStatic: a new one belongs to the interpreter's image (names that a program spells) and takes no block.
    Ref newInternedStr(std::string_view utf8, bool isStatic = false);
    Ref intern(Ref str);                     // sys.intern: the table's object of that text
    Ref newBytes(std::string_view bytes);
    // Borrowed items; () is shared. What is put together item by item is tracked whatever it holds; what is made from items at
    // hand need not be (3.14.1+).
    enum class TupleBirth : std::uint8_t { Whole, ItemByItem };
    Ref newTuple(std::span<const ObjectId> items, TupleBirth birth = TupleBirth::Whole);
    Ref newBlankTuple(std::uint32_t length);   // tracked; its items are set afterwards
    // _PyTuple_Resize: the same block made longer or shorter; an object of its own here, with the items that fit.
    Ref resizedTuple(Ref tuple, std::uint32_t length);
    Ref newTupleStealing(std::vector<Ref> items, TupleBirth birth = TupleBirth::Whole);
    Ref newList(std::span<const ObjectId> items, std::uint32_t capacity);   // capacity >= items.size(); borrowed items
    Ref constructList();                     // list(): an empty one, not from the free list
    Ref newSlice(ObjectId start, ObjectId stop, ObjectId step);
    Ref newRange(ObjectId start, ObjectId stop, ObjectId step);
    Ref newCell(ObjectId content);           // content may be none (unbound)
    Ref newBoundMethod(ObjectId function, ObjectId self);
    // A method of a built-in class with its object: a PyCFunctionObject, or for a slot (x.__len__) its wrapper. type: its class.
    Ref newBuiltinMethod(ObjectId method, ObjectId self, ObjectId type, bool slotWrapper);

    // ---- values
    std::int64_t intValue(ObjectId id) const;              // requires: fits (see isSmallInt)
    bool fitsInt64(ObjectId id) const { return !object(id).has(ObjectFlag::BigValue); }
    BigInt bigValue(ObjectId id) const;                    // Int or Bool
    double floatValue(ObjectId id) const;
    const std::string &textOf(ObjectId id) const;          // Str or Bytes
    // The items of a container, without the fields that an instance of a derived class has in front of them.
    std::span<const Slot> items(ObjectId id) const { return world().slotsOf(id).subspan(object(id).fields()); }
    ObjectId item(ObjectId id, std::uint32_t index) const
    {
        const Object &o = object(id);
        return world().slots[o.slotsBegin + o.fields() + index].target;
    }
    std::uint32_t length(ObjectId id) const { return object(id).slotsLength - object(id).fields(); }
    ObjectId field(ObjectId id, std::uint32_t index) const { return world().slots[object(id).slotsBegin + index].target; }
    // The fields of an instance behind its class, [1, end), in the order in which they are visited and let go.
    template <class Use>
    void forFields(ObjectId id, std::uint32_t end, Use &&use) const;
    // The entries of a dict, in the order in which their values are visited and let go: of insertion, or of the class's keys.
    template <class Use>
    void forEntries(ObjectId dict, Use &&use) const;
    std::uint32_t fieldCount(ObjectId id) const { return object(id).fields() > 0 ? object(id).fields() : object(id).slotsLength; }

    // ---- slots; raw, without counting
    void setSlot(ObjectId owner, std::uint32_t index, ObjectId target, TextId label = {});
    void setLength(ObjectId owner, std::uint32_t length);
    void reserveSlots(ObjectId owner, std::uint32_t capacity);
    void setValue(ObjectId id, std::uint64_t value);
    void setFlag(ObjectId id, ObjectFlag flag, bool on);
    // Stores an owned reference and lets the old one go afterwards, as Py_XSETREF does.
    void replaceSlot(ObjectId owner, std::uint32_t index, Ref target, TextId label = {});
    void clearSlot(ObjectId owner, std::uint32_t index);   // Py_CLEAR; the label goes too
    void shiftItems(ObjectId owner, std::uint32_t from, std::uint32_t to, std::uint32_t count);
    void dropItems(ObjectId owner);                        // no room for items any more
    void setField(ObjectId owner, std::uint32_t index, ObjectId target, TextId label = {});
    void replaceField(ObjectId owner, std::uint32_t index, Ref target, TextId label = {});

    // ---- second blocks (item arrays, keys, values)
    void setBuffer(ObjectId owner, std::uint32_t bytes, TenantKind tenant);   // allocates, reallocates or frees (0)
    void replaceBuffer(ObjectId owner, std::uint32_t bytes, TenantKind tenant);   // takes the new block first, then frees the old

    // ---- list (lists.cpp)
    std::uint32_t listCapacity(ObjectId list) const { return object(list).bufferSize / 8; }
    void listResize(ObjectId list, std::uint32_t newSize);    // list_resize: over-allocates; sets the length
    void listAppend(ObjectId list, Ref item);
    void listPut(ObjectId list, Ref item);                    // into the array if there is room, else append
    void listInsert(ObjectId list, std::uint32_t index, Ref item);
    Ref listTake(ObjectId list, std::uint32_t index);         // pop(index)
    // Replaces [begin, end) by new references to items; lets the old ones go last to first.
    void listAssign(ObjectId list, std::uint32_t begin, std::uint32_t end, std::span<const ObjectId> items);
    void listClear(ObjectId list);
    void listExtend(ObjectId list, std::span<const ObjectId> items);

    // ---- str (strs.cpp)
    Ref strAppend(Ref left, ObjectId right);                  // in place when nobody else has left
    void markHashed(ObjectId str);

    // ---- native side
    template <class T>
    T *native(ObjectId id) const
    {
        // Every T derives from Native directly and nothing derives from a T: a comparison says what dynamic_cast, for which any
        // number of bases is thinkable, takes twenty times as long to say.
        Native *const native = id.value < m_natives.size() ? m_natives[id.value].get() : nullptr;
        return native && typeid(*native) == typeid(T) ? static_cast<T *>(native) : nullptr;
    }
    // Requires: it has one, and it is a T, as every class, every dict has.
    template <class T>
    T &nativeOf(ObjectId id) const { return static_cast<T &>(*m_natives[id.value]); }
    void setNative(ObjectId id, std::unique_ptr<Native> native);

    // Memory of free lists goes back (a full collection empties them). Returns how many blocks.
    std::uint32_t clearFreeLists();
    std::size_t simulatedBytes() const;      // what the program holds, for the memory limit

    // GC objects in blocks now, those on free lists included (3.14.0: heap_size).
    std::int64_t gcBlocks() const { return m_gcBlocks; }

    // ---- deaths, for the collector
    void reclaim(ObjectId id);               // no root reaches it: it is gone, whatever its count. No hook is called
    void finalizeOnce(ObjectId id);          // PyObject_CallFinalizer: sets Finalized, runs __del__
    bool hasFinalizer(ObjectId id) const { return m_hooks && m_hooks->hasFinalizer(id); }
    Weakrefs &weakrefs() { return *m_weakrefs; }
    void callWeakrefCallback(ObjectId weakref, ObjectId callback);
    ObjectHooks *hooks() { return m_hooks; }
    void clearDict(ObjectId id);             // PyDict_Clear
    void clearContents(ObjectId id);         // tp_clear: lets go what it refers to; it stays an object

    TextId text(std::string_view s) { return m_recorder.texts().intern(s); }
    // Labels of slots that most instances have.
    TextId classLabel() const { return m_classLabel; }   // "__class__"
    TextId dictLabel() const { return m_dictLabel; }     // "__dict__"

private:
    friend class Ref;
    // startup: so many of the interpreter's start are in it; they may lie anywhere.
    struct FreeList { std::vector<std::uint64_t> addresses; std::uint32_t cap = 0, startup = 0; };

    struct KeptBlock { Address address; std::uint32_t bytes = 0; };   // GC head included

    void makeSingletons();
    bool keepFrameBlock(const Object &frame, Address block);
    Address allocate(const Birth &birth, ObjectId id, std::uint32_t request);
    void decrefLast(ObjectId id);
    void dealloc(ObjectId id);
    bool usesTrashcan(ObjectId id) const;
    bool dropsNothing(const Object &o) const;
    void deallocNow(ObjectId id);
    void releaseContents(ObjectId id);
    void releaseMemory(ObjectId id);
    void clearSlotsForward(ObjectId id, std::uint32_t from);
    void clearSlotsBackward(ObjectId id);
    void clearFields(ObjectId id);
    void clearEntries(ObjectId dict);
    void clearException(ObjectId id);
    void clearType(ObjectId id);
    void trackTuple(ObjectId tuple, TupleBirth birth);
    void listClearBuffer(ObjectId list);
    FreeList *freeListFor(TypeKind kind, std::uint32_t length, KeptAs keptAs);
    void countBirth();
    void changeCount(ObjectId id, std::uint32_t before, std::uint32_t after);
    void writeBarrier(ObjectId owner, Address target);
    std::uint32_t strSize(std::string_view utf8) const;
    bool strMayGrow(ObjectId str) const;
    TextId typeText(const Birth &birth);

    Recorder &m_recorder;
    Obmalloc &m_memory;
    const PythonProfile &m_profile;
    ObjectHooks *m_hooks = nullptr;
    std::unique_ptr<Weakrefs> m_weakrefs;
    bool m_imageBirths = false;
    bool m_hiddenBirths = false;
    bool m_counting = true;
    ReclaimMistake m_mistake = ReclaimMistake::None;
    bool m_barrier = false;                  // there is a nursery
    std::unique_ptr<BumpSpaces> m_spaces;
    std::vector<std::uint32_t> m_held;       // by ObjectId, of managers without counts
    std::vector<bool> m_remembered;          // by ObjectId
    std::vector<bool> m_hashed;              // by ObjectId: str whose hash was asked for
    std::int64_t m_gcBlocks = 0;
    std::vector<std::unique_ptr<Native>> m_natives;
    std::unordered_map<std::uint32_t, std::uint32_t> m_interned;      // TextId -> ObjectId, not counted
    std::vector<ObjectId> m_smallInts;
    std::unordered_map<std::uint32_t, std::uint32_t> m_sharedStrs;    // TextId of '' and one-character strings -> ObjectId
    std::unordered_map<char, std::uint32_t> m_sharedBytes;
    ObjectId m_none, m_true, m_false, m_notImplemented, m_ellipsis, m_emptyTuple, m_emptyBytes;
    FreeList m_floats, m_lists, m_dicts, m_boundMethods, m_builtinMethods, m_slices, m_listIterators, m_tupleIterators;
    std::array<FreeList, 21> m_tuples;      // by length
    std::vector<KeptBlock> m_frames;
    std::uint32_t m_startupFrames = 0;
    std::vector<KeptBlock> m_frameOfCode;   // by CodeId: co_zombieframe
    struct TypeText { TextId text; const char *literal = nullptr; };   // where it lies, when it is that of a built-in class
    std::array<TypeText, 64> m_typeTexts;   // by TypeKind: the type name of the last one born
    TextId m_classLabel, m_dictLabel, m_funcLabel, m_selfLabel;
    std::vector<ObjectId> m_trash;          // deaths that wait in the trashcan
    std::vector<ObjectId> m_putOff;         // those that our own stack makes wait
    std::uint32_t m_deallocDepth = 0;       // of deaths of any kind
    std::uint32_t m_trashNesting = 0;       // of those that the trashcan counts
    std::exception_ptr m_stashed;
};

// Since 3.11 the values of instances lie in the order of their class's keys, whatever the order in which they were set
// (run: deaths and gc.get_referents of instances with the same attributes in another order).
template <class NameOf, class Use>
void inOrderOfKeys(const SharedKeys &keys, std::uint32_t count, NameOf &&nameOf, Use &&use)
{
    bool ordered = true;
    for (std::uint32_t i = 0; i < count && ordered; ++i)
        ordered = i < keys.names.size() && nameOf(i) == keys.names[i];
    if (ordered) {
        for (std::uint32_t i = 0; i < count; ++i)
            use(i);
        return;
    }
    std::vector<std::pair<std::size_t, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < count; ++i)
        order.emplace_back(std::find(keys.names.begin(), keys.names.end(), nameOf(i)) - keys.names.begin(), i);
    std::sort(order.begin(), order.end());
    for (const auto &[key, i] : order)
        use(i);
}

template <class Use>
void ObjectHeap::forFields(ObjectId id, std::uint32_t end, Use &&use) const
{
    std::uint32_t next = 1;
    const ObjectId type = field(id, 0);
    const auto *layout = type && type.value < m_natives.size() && kind(type) == TypeKind::Type ? static_cast<const ClassLayout *>(m_natives[type.value].get()) : nullptr;
    if (layout)
        for (const auto &[begin, stop] : layout->slotRanges) {
            next = std::max(next, stop);
            for (std::uint32_t i = begin; i < std::min(stop, end); ++i)
                use(i);
        }
    if (layout && layout->sharedKeys && end > next + 1 && m_profile.objects.instances != InstanceShape::DictHeader) {
        if (layout->slotRanges.empty())
            next += layout->ownSlots;
        for (std::uint32_t i = 1; i < next && layout->slotRanges.empty(); ++i)
            use(i);
        inOrderOfKeys(*layout->sharedKeys, end > next ? end - next : 0, [&](std::uint32_t i) { return world().slotsOf(id)[next + i].label; },
                      [&](std::uint32_t i) { use(next + i); });
        return;
    }
    for (std::uint32_t i = next; i < end; ++i)
        use(i);
}

template <class Use>
void ObjectHeap::forEntries(ObjectId dict, Use &&use) const
{
    const std::uint32_t count = length(dict) / 2;
    const auto *table = native<DictNative>(dict);
    if (!table || !table->shared || m_profile.objects.instances == InstanceShape::DictHeader) {
        for (std::uint32_t e = 0; e < count; ++e)
            use(e);
        return;
    }
    inOrderOfKeys(*table->shared, count, [&](std::uint32_t e) {
        const ObjectId key = item(dict, 2 * e);
        return key ? TextId(static_cast<std::uint32_t>(object(key).value)) : TextId();
    }, use);
}

inline void ObjectHeap::setField(ObjectId owner, std::uint32_t index, ObjectId target, TextId label)
{
    if (m_barrier && target) [[unlikely]]
        writeBarrier(owner, object(target).address);
    m_recorder.commit(change::SlotSet{owner, index, field(owner, index), target, label});
}

inline void ObjectHeap::setSlot(ObjectId owner, std::uint32_t index, ObjectId target, TextId label)
{
    if (m_barrier && target) [[unlikely]]
        writeBarrier(owner, object(target).address);
    const Object &o = object(owner);
    const std::uint32_t at = o.fields() + index;
    m_recorder.commit(change::SlotSet{owner, at, world().slots[o.slotsBegin + at].target, target, label});
}

} // namespace pyrena
