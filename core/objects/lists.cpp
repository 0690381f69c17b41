// list: a header and a separate item array (ob_item) that is grown in advance.
#include "core/objects/objectheap.h"

#include "core/base/verify.h"

#include <algorithm>

namespace pyrena {

namespace {

// list_resize's over-allocation. Up to 3.8: n/8 + 3 or 6 more; 3.9+: (n + n/8 + 6) rounded down to a multiple of 4, and
// just n rounded up to 4 when one step adds more than that slack.
std::uint32_t grownCapacity(ListGrowth growth, std::uint32_t newSize, std::uint32_t oldSize)
{
    if (newSize == 0)
        return 0;
    if (growth == ListGrowth::Classic)
        return newSize + (newSize >> 3) + (newSize < 9 ? 3 : 6);
    const std::uint32_t rounded = (newSize + (newSize >> 3) + 6) & ~3u;
    if (newSize > oldSize && newSize - oldSize > rounded - newSize)
        return (newSize + 3) & ~3u;
    return rounded;
}

} // namespace

Ref ObjectHeap::newList(std::span<const ObjectId> items, std::uint32_t capacity)
{
    Ref made = create({.kind = TypeKind::List, .typeName = "list", .size = m_profile.layout.listSize, .gc = true});
    if (capacity > 0) {
        setBuffer(made, capacity * 8, TenantKind::Items);
        reserveSlots(made, capacity);
        setLength(made, static_cast<std::uint32_t>(items.size()));
        for (std::uint32_t i = 0; i < items.size(); ++i) {
            incref(items[i]);
            setSlot(made, i, items[i]);
        }
    }
    track(made);
    return made;
}

void ObjectHeap::listResize(ObjectId list, std::uint32_t newSize)
{
    const std::uint32_t allocated = listCapacity(list);
    const std::uint32_t oldSize = length(list);
    // 3.14.9+: below this many slots an array is not worth making smaller.
    constexpr std::uint32_t kSmallList = 24;
    const bool keeps = m_profile.objects.keepsSmallLists && allocated <= kSmallList && newSize > 0;
    if (allocated >= newSize && (newSize >= (allocated >> 1) || keeps)) {
        setLength(list, newSize);
        return;
    }
    const std::uint32_t capacity = grownCapacity(m_profile.objects.listGrowth, newSize, oldSize);
    const auto step = m_recorder.step(StepKind::ListResize, list, {}, static_cast<std::int32_t>(capacity));
    if (newSize < oldSize)
        setLength(list, newSize);
    setBuffer(list, capacity * 8, TenantKind::Items);
    if (capacity == 0)
        dropItems(list);
    else
        reserveSlots(list, capacity);
    setLength(list, newSize);
}

void ObjectHeap::listAppend(ObjectId list, Ref item)
{
    const std::uint32_t n = length(list);
    listResize(list, n + 1);
    setSlot(list, n, item.release());
}

void ObjectHeap::listPut(ObjectId list, Ref item)
{
    const std::uint32_t n = length(list);
    if (n >= listCapacity(list)) {
        listAppend(list, std::move(item));
        return;
    }
    setLength(list, n + 1);
    setSlot(list, n, item.release());
}

void ObjectHeap::listInsert(ObjectId list, std::uint32_t index, Ref item)
{
    const std::uint32_t n = length(list);
    listResize(list, n + 1);
    if (index < n)
        shiftItems(list, index, index + 1, n - index);
    setSlot(list, index, item.release());
}

Ref ObjectHeap::listTake(ObjectId list, std::uint32_t index)
{
    const std::uint32_t n = length(list);
    verify(index < n, "pop outside the list");
    Ref taken(*this, item(list, index));
    setSlot(list, index, ObjectId());
    if (index + 1 < n)
        shiftItems(list, index + 1, index, n - index - 1);
    listResize(list, n - 1);
    return taken;
}

void ObjectHeap::listAssign(ObjectId list, std::uint32_t begin, std::uint32_t end, std::span<const ObjectId> items)
{
    const std::uint32_t n = length(list);
    verify(begin <= end && end <= n, "slice outside the list");
    std::vector<ObjectId> fresh(items.begin(), items.end());
    for (const ObjectId id : fresh)
        incref(id);
    std::vector<ObjectId> old;
    for (std::uint32_t i = begin; i < end; ++i) {
        old.push_back(item(list, i));
        setSlot(list, i, ObjectId());
    }
    const auto added = static_cast<std::uint32_t>(fresh.size());
    const std::uint32_t newSize = n - (end - begin) + added;
    const std::uint32_t tail = n - end;
    if (newSize > n)
        listResize(list, newSize);
    if (tail > 0 && begin + added != end)
        shiftItems(list, end, begin + added, tail);
    if (newSize < n) {
        if (newSize == 0)
            listClearBuffer(list);
        else
            listResize(list, newSize);
    }
    for (std::uint32_t i = 0; i < added; ++i)
        setSlot(list, begin + i, fresh[i]);
    for (std::size_t i = old.size(); i-- > 0;)
        decref(old[i]);
}

void ObjectHeap::listClearBuffer(ObjectId list)
{
    setLength(list, 0);
    setBuffer(list, 0, TenantKind::Items);
    dropItems(list);
}

void ObjectHeap::listClear(ObjectId list)
{
    // list_clear empties the list first and lets the items go afterwards, last to first, then frees the array.
    std::vector<ObjectId> old;
    for (const Slot &slot : items(list))
        old.push_back(slot.target);
    for (std::uint32_t i = 0; i < old.size(); ++i)
        setSlot(list, i, ObjectId());
    setLength(list, 0);
    for (std::size_t i = old.size(); i-- > 0;)
        if (old[i])
            decref(old[i]);
    if (length(list) == 0)
        listClearBuffer(list);
}

void ObjectHeap::listExtend(ObjectId list, std::span<const ObjectId> items)
{
    const std::uint32_t n = length(list);
    const std::vector<ObjectId> fresh(items.begin(), items.end());
    if (fresh.empty())
        return;
    if (listCapacity(list) == 0 && m_profile.objects.listGrowth == ListGrowth::Rounded) {
        // list_extend of an empty list sets aside exactly what is needed, rounded up to even (3.9+: list_preallocate_exact).
        setBuffer(list, (static_cast<std::uint32_t>(fresh.size()) + 1) / 2 * 2 * 8, TenantKind::Items);
        reserveSlots(list, listCapacity(list));
        setLength(list, static_cast<std::uint32_t>(fresh.size()));
    } else {
        listResize(list, n + static_cast<std::uint32_t>(fresh.size()));
    }
    for (std::uint32_t i = 0; i < fresh.size(); ++i) {
        incref(fresh[i]);
        setSlot(list, n + i, fresh[i]);
    }
}

} // namespace pyrena
