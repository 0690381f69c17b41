#pragma once

#include "core/base/id.h"

#include <utility>

namespace pyrena {

class ObjectHeap;

// An owned reference: +1 while it is alive, given up (decref) when it goes. CPython's "new reference".
// A borrowed reference is a plain ObjectId.
class Ref
{
public:
    Ref() = default;
    // Takes over one count that the caller owns.
    Ref(ObjectHeap &heap, ObjectId owned) : m_heap(&heap), m_id(owned) {}
    Ref(Ref &&other) noexcept : m_heap(other.m_heap), m_id(std::exchange(other.m_id, ObjectId())) {}
    Ref &operator=(Ref &&other) noexcept
    {
        if (this != &other) {
            const ObjectId old = std::exchange(m_id, std::exchange(other.m_id, ObjectId()));
            ObjectHeap *heap = std::exchange(m_heap, other.m_heap);
            drop(heap, old);
        }
        return *this;
    }
    ~Ref() { drop(m_heap, m_id); }

    ObjectId id() const { return m_id; }
    operator ObjectId() const { return m_id; }
    explicit operator bool() const { return bool(m_id); }
    // Gives the count to whoever stores it.
    [[nodiscard]] ObjectId release() { return std::exchange(m_id, ObjectId()); }
    void reset() { const ObjectId old = std::exchange(m_id, ObjectId()); drop(m_heap, old); }

private:
    friend class ObjectHeap;
    static void drop(ObjectHeap *heap, ObjectId id)
    {
        if (id)
            decref(heap, id);
    }
    // What a death throws (a limit reached inside __del__, an internal error) waits for the next checkpoint.
    static void decref(ObjectHeap *heap, ObjectId id) noexcept;

    ObjectHeap *m_heap = nullptr;
    ObjectId m_id;
};

} // namespace pyrena
