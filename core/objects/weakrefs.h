#pragma once

#include "core/objects/objectheap.h"

namespace pyrena {

// What a weak reference remembers beside the World.
struct WeakrefNative : Native
{
    static constexpr std::int64_t kUnknown = -1;   // never a hash in CPython
    std::int64_t hash = kUnknown;                  // of the referent, once asked for
};

// Slots of a Weakref or WeakProxy object.
namespace weakrefslot {
enum : std::uint32_t { Callback, Count };
}

// Weak references and the list each object keeps of those that refer to it: the plain one first, then the plain proxy,
// then the others, newest first (Objects/weakrefobject.c).
class Weakrefs
{
public:
    explicit Weakrefs(ObjectHeap &heap) : m_heap(heap) {}

    // PyWeakref_NewRef, PyWeakref_NewProxy: without a callback (none) and of no subclass, an existing one is shared.
    // extraSlots: fields of a subclass, behind the callback.
    Ref make(TypeKind kind, ObjectId referent, ObjectId callback, ObjectId subclass = {}, std::uint32_t extraSlots = 0);

    ObjectId referent(ObjectId weakref) const { return ObjectId(static_cast<std::uint32_t>(m_heap.object(weakref).value)); }
    const std::vector<ObjectId> &of(ObjectId referent) const;
    ObjectId callback(ObjectId weakref) const { return m_heap.item(weakref, weakrefslot::Callback); }

    // clear_weakref without the callback: the weak reference is dead and in no list.
    void clear(ObjectId weakref);
    // PyObject_ClearWeakRefs: the referent's count reached 0. All are cleared, then the callbacks run, newest first.
    void clearAndCall(ObjectId referent);

private:
    void setHead(ObjectId referent);

    ObjectHeap &m_heap;
    std::unordered_map<std::uint32_t, std::vector<ObjectId>> m_lists;   // by the ObjectId of the referent
};

} // namespace pyrena
