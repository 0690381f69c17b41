#include "core/objects/weakrefs.h"

#include <algorithm>

namespace pyrena {

const std::vector<ObjectId> &Weakrefs::of(ObjectId referent) const
{
    static const std::vector<ObjectId> empty;
    const auto found = m_lists.find(referent.value);
    return found == m_lists.end() ? empty : found->second;
}

void Weakrefs::setHead(ObjectId referent)
{
    const auto found = m_lists.find(referent.value);
    ObjectId head;
    if (found != m_lists.end()) {
        if (found->second.empty())
            m_lists.erase(found);
        else
            head = found->second.front();
    }
    const ObjectId before = m_heap.object(referent).weakrefs;
    if (before != head)
        m_heap.recorder().commit(change::WeakrefsSet{referent, before, head});
}

Ref Weakrefs::make(TypeKind kind, ObjectId referent, ObjectId callback, ObjectId subclass, std::uint32_t extraSlots)
{
    // A callable object's proxies are of a class of their own, and shared like others.
    const bool plain = !callback && (!subclass || kind == TypeKind::WeakProxy);
    const auto isPlain = [&](ObjectId id, TypeKind wanted) {
        return m_heap.kind(id) == wanted && (wanted == TypeKind::WeakProxy || !m_heap.object(id).type) && !this->callback(id);
    };
    const auto findPlain = [&](TypeKind wanted) {
        const auto &list = of(referent);
        const auto found = std::find_if(list.begin(), list.end(), [&](ObjectId id) { return isPlain(id, wanted); });
        return found == list.end() ? ObjectId() : *found;
    };
    if (plain)
        if (const ObjectId shared = findPlain(kind)) {
            m_heap.recorder().commit(change::Noticed{change::NoticeKind::SameObject, shared, {}, 0});
            return m_heap.own(shared);
        }
    const LayoutProfile &l = m_heap.profile().layout;
    Ref made = m_heap.create({.kind = kind, .typeName = kindName(kind), .type = subclass, .size = l.weakrefSize + 8 * extraSlots,
                              .gc = true, .value = referent.value, .slots = weakrefslot::Count + extraSlots});
    m_heap.setNative(made, std::make_unique<WeakrefNative>());
    if (callback)
        m_heap.setSlot(made, weakrefslot::Callback, m_heap.own(callback).release(), m_heap.text("__callback__"));
    m_heap.track(made);

    auto &list = m_lists[referent.value];
    auto at = list.begin();
    // A collection that the allocation started may have made the plain one meanwhile; CPython looks again as well.
    while (at != list.end() && (isPlain(*at, TypeKind::Weakref) || isPlain(*at, TypeKind::WeakProxy))
           && !(plain && kind == TypeKind::Weakref))
        ++at;
    list.insert(at, made.id());
    setHead(referent);
    return made;
}

void Weakrefs::clear(ObjectId weakref)
{
    const ObjectId target = referent(weakref);
    if (!target)
        return;
    auto &list = m_lists[target.value];
    std::erase(list, weakref);
    setHead(target);
    m_heap.setValue(weakref, ObjectId().value);
}

void Weakrefs::clearAndCall(ObjectId referent)
{
    struct Due { Ref weakref, callback; };
    std::vector<Due> due;
    // More than one besides the plain ones: they and their callbacks are put into a tuple.
    const auto others = static_cast<std::uint32_t>(std::count_if(of(referent).begin(), of(referent).end(),
                                                                 [&](ObjectId id) { return callback(id) || m_heap.object(id).type; }));
    if (others > 1)
        m_heap.passing(TypeKind::Tuple, 2 * others, m_heap.profile().layout.tupleBase + 16 * others);
    for (const ObjectId weakref : std::vector<ObjectId>(of(referent))) {
        clear(weakref);
        // The callback leaves the weak reference. One that is dying itself stays silent.
        const ObjectId function = callback(weakref);
        if (!function)
            continue;
        m_heap.setSlot(weakref, weakrefslot::Callback, ObjectId());
        Ref owned(m_heap, function);
        if (m_heap.refcount(weakref) > 0)
            due.push_back({m_heap.own(weakref), std::move(owned)});
    }
    for (const Due &one : due)
        m_heap.callWeakrefCallback(one.weakref, one.callback);
    // They were kept in a tuple: last to first.
    while (!due.empty()) {
        due.back().callback.reset();
        due.pop_back();
    }
}

} // namespace pyrena
