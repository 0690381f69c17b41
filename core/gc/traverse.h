#pragma once

#include "core/objects/native.h"
#include "core/objects/objectheap.h"

namespace pyrena {

// What an object shows the collector: tp_traverse of each kind. The order decides in which order the survivors and the garbage
// lie in their lists (run: gc.get_referents of one object of each kind, 3.7 to 3.13).
template <class Visit>
void traverse(const ObjectHeap &heap, ObjectId id, Visit &visit)
{
    const World &w = heap.world();
    const std::uint32_t n = w.object(id).slotsLength;
    const auto slot = [&](std::uint32_t i) {
        const ObjectId target = w.slots[w.object(id).slotsBegin + i].target;
        if (!target)
            return;
        // The frame of a suspended generator is part of the generator.
        if (w.object(target).kind == TypeKind::Frame && !w.object(target).tracked() && w.object(id).kind == TypeKind::Generator)
            traverse(heap, target, visit);
        else
            visit(target);
    };
    // subtype_traverse: the fields of a derived class, the class, then what the built-in one holds.
    const std::uint32_t fields = w.object(id).fields();
    if (fields > 0) {
        heap.forFields(id, fields, slot);
        slot(0);
    }
    switch (w.object(id).kind) {
    case TypeKind::List:
    case TypeKind::Tuple:
    case TypeKind::Traceback:
        for (std::uint32_t i = n; i-- > fields;)
            slot(i);
        break;
    case TypeKind::Dict: {
        // Keys that are all str can't be part of a cycle and are not shown; else the value comes before its key.
        const auto *native = heap.native<DictNative>(id);
        if (native && native->embedded && !heap.profile().objects.instancesShowDicts)
            break;   // the instance shows them
        const bool withKeys = native && !native->unicodeOnly;
        heap.forEntries(id, [&](std::uint32_t e) {
            slot(fields + 2 * e + 1);
            if (withKeys)
                slot(fields + 2 * e);
        });
        break;
    }
    case TypeKind::Instance:
        // Attributes first, the class last (subtype_traverse). Values inside the instance are its own, __dict__ or not.
        heap.forFields(id, n, [&](std::uint32_t i) {
            const Slot &field = w.slots[w.object(id).slotsBegin + i];
            const ObjectId target = field.target;
            if (target && field.label == heap.dictLabel() && w.object(target).kind == TypeKind::Dict)
                if (const auto *native = heap.native<DictNative>(target);
                    native && native->embedded && !heap.profile().objects.instancesShowDicts) {
                    // 3.13.0 shows them instead of the dict; later versions the dict alone.
                    heap.forEntries(target, [&](std::uint32_t e) {
                        if (const ObjectId value = heap.item(target, 2 * e + 1))
                            visit(value);
                    });
                    return;
                }
            slot(i);
        });
        if (n > 0)
            slot(0);
        break;
    case TypeKind::Exception:
        // Instances of built-in exceptions don't show their class.
        for (const std::uint32_t i : {exceptionslot::Object, exceptionslot::Name})
            slot(i);
        if (!w.object(w.object(id).type).has(ObjectFlag::Static))
            slot(exceptionslot::Class);
        for (std::uint32_t i = exceptionslot::Count; i < n; ++i)
            slot(i);
        for (const std::uint32_t i : exceptionslot::kOrder)
            slot(i);
        break;
    case TypeKind::Function:
        for (const std::uint32_t i : functionslot::kShown)
            slot(i);
        break;
    case TypeKind::Type:   // the namespace, the order, the bases, the base
        for (const std::uint32_t i : typeslot::kShown)
            if (i < n)   // built-in classes show nothing
                slot(i);
        break;
    case TypeKind::Super:   // what it is bound to, then the class
        slot(1);
        slot(0);
        break;
    case TypeKind::BoundMethod:
        if (const ObjectId function = w.slots[w.object(id).slotsBegin].target; !function || !w.object(function).has(ObjectFlag::Static))
            slot(0);   // a built-in method shows its object only
        slot(1);
        break;
    case TypeKind::Weakref:
        // Fields of a subclass, then the callback.
        for (std::uint32_t i = 1; i < n; ++i)
            slot(i);
        if (n > 0)
            slot(0);
        break;
    default:
        for (std::uint32_t i = fields; i < n; ++i)
            slot(i);
        break;
    }
}

} // namespace pyrena
