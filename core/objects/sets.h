#pragma once

#include "core/objects/dicts.h"

#include <functional>

namespace pyrena {

// A set's table as CPython has it: slots of the object are the table's places, so that iteration has CPython's order for
// what hashes the same everywhere (ints).
struct SetNative : Native
{
    std::uint32_t mask = 7;
    std::uint32_t fill = 0;    // used and deleted places
    std::uint32_t used = 0;
    std::vector<std::int64_t> hashes;     // by place
    std::vector<bool> deleted;
    std::uint64_t version = 0;
    std::uint32_t finger = 0;  // where pop() goes on looking
};

class Sets
{
public:
    using Hash = std::function<std::int64_t(ObjectId)>;
    Sets(ObjectHeap &heap, KeyEquality &equality, Hash hash) : m_heap(heap), m_equality(equality), m_hash(std::move(hash)) {}

    Ref newSet(TypeKind kind, std::span<const ObjectId> items = {});
    // A frozenset has got what it will ever hold: where it can be in no cycle the collector lets go of it (3.15).
    void untrackIfAtoms(ObjectId frozenSet);
    void adopt(ObjectId set);                         // what a class derived from set made becomes an empty one
    bool add(ObjectId set, ObjectId item);            // true: it was not there
    bool contains(ObjectId set, ObjectId item);
    bool remove(ObjectId set, ObjectId item);         // true: it was there
    // The operations of whole sets use the hashes that the tables keep, and grow as CPython's do (set_merge and its relatives).
    void merge(ObjectId set, ObjectId other);
    Ref copy(TypeKind kind, ObjectId set);
    Ref intersection(TypeKind kind, ObjectId a, ObjectId b);
    Ref difference(TypeKind kind, ObjectId a, ObjectId b);
    void subtract(ObjectId set, ObjectId other);
    void exclusive(ObjectId set, ObjectId other);     // what only one of them has
    void makeRoomFor(ObjectId set, std::uint32_t more);   // before so many come in from a dict or a set
    Ref pop(ObjectId set);                            // none when empty
    void clear(ObjectId set);
    std::uint32_t length(ObjectId set) const { return state(set).used; }
    std::uint64_t version(ObjectId set) const { return state(set).version; }
    std::vector<ObjectId> items(ObjectId set) const;  // in the order of the table; borrowed

private:
    SetNative &state(ObjectId set) const { return *m_heap.native<SetNative>(set); }
    bool addHashed(ObjectId set, ObjectId item, std::int64_t hash);
    bool removeHashed(ObjectId set, ObjectId item, std::int64_t hash);
    std::vector<std::pair<ObjectId, std::int64_t>> entries(ObjectId set) const;
    std::uint32_t grown(std::uint32_t used) const { return used > 50000 ? used * 2 : used * 4; }
    std::optional<std::uint32_t> find(ObjectId set, ObjectId item, std::int64_t hash);
    void insertClean(ObjectId set, ObjectId item, std::int64_t hash);
    void resize(ObjectId set, std::uint32_t minUsed);

    ObjectHeap &m_heap;
    KeyEquality &m_equality;
    Hash m_hash;
};

} // namespace pyrena
