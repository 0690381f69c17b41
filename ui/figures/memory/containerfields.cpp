// Fields of dict keys, of sets, and of the kinds that keep plain pointers.
// Layouts: Objects/dictobject.c and Include/internal/pycore_dict.h, Include/setobject.h, and the headers of the other types.
#include "ui/figures/memory/objectfields.h"

#include "core/explain/describe.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>

namespace pyrena {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }

bool since(const Trace &trace, int minor) { return trace.profile->major > 3 || (trace.profile->major == 3 && trace.profile->minor >= minor); }

struct KeysShape { std::uint32_t slots = 0, indexBytes = 0, usable = 0, entry = 0; };

// The only table that takes exactly so many bytes: two thirds of its slots, rounded down, are usable.
std::optional<KeysShape> keysShape(const LayoutProfile &layout, std::uint32_t request)
{
    for (std::uint32_t log2 = 3; log2 < 8; ++log2)   // larger ones do not fit into a pool's block
        for (const std::uint32_t entry : {layout.keysUnicodeEntry, layout.keysEntry}) {
            const std::uint32_t slots = 1u << log2, usable = (slots << 1) / 3;
            if (layout.keysHeader + slots + usable * entry == request)
                return KeysShape{slots, slots, usable, entry};
        }
    return std::nullopt;
}

void addKeysHeader(FieldList &list, const Trace &trace, const KeysShape &shape, std::uint32_t entries)
{
    const auto role = FieldRole::Header;
    const QString counted = tr("1, or more where instances share it");
    const std::uint32_t log2 = static_cast<std::uint32_t>(std::countr_zero(shape.slots));
    const std::uint32_t left = shape.usable > entries ? shape.usable - entries : 0;
    list.unknown(QStringLiteral("dk_refcnt"), 8, counted, role);
    if (since(trace, 11)) {
        list.integer(QStringLiteral("dk_log2_size"), log2, 1, tr("2^%1 = %2 slots").arg(log2).arg(shape.slots), role);
        list.integer(QStringLiteral("dk_log2_index_bytes"), log2, 1, tr("%1 bytes of indices").arg(shape.indexBytes), role);
        list.integer(QStringLiteral("dk_kind"), shape.entry == 16 ? 1 : 0, 1, shape.entry == 16 ? tr("1: all keys are str") : tr("0: any keys"), role);
        list.unknown(tr("padding"), 1, tr("unused"), FieldRole::Unused);
        list.unknown(QStringLiteral("dk_version"), 4, tr("0, or given by the specializer"), role);
    } else {
        list.word(QStringLiteral("dk_size"), shape.slots, role, tr("%1 slots").arg(shape.slots));
        list.unknown(QStringLiteral("dk_lookup"), 8, tr("the function that looks a key up"), role);
    }
    list.word(QStringLiteral("dk_usable"), left, role, tr("room for %1 more").arg(left));
    list.word(QStringLiteral("dk_nentries"), entries, role, tr("%1 entries used").arg(entries));
    list.unknown(QStringLiteral("dk_indices"), shape.indexBytes, tr("one byte for each slot: -1 or the number of an entry; the order is that of the hash values"), role);
}

} // namespace

void addKeysBlock(FieldList &list, const Trace &trace, const World &world, ObjectId owner, std::uint32_t request)
{
    const auto held = world.slotsOf(owner);
    const TypeKind kind = world.object(owner).kind;
    if (kind == TypeKind::Set || kind == TypeKind::FrozenSet) {
        for (std::uint32_t i = 0; list.at() + 16 <= request; ++i) {
            const ObjectId key = i < held.size() ? held[i].target : ObjectId();
            list.pointer(QStringLiteral("table[%1].key").arg(i), trace, world, key);
            list.unknown(QStringLiteral("table[%1].hash").arg(i), 8, key ? tr("its hash value") : tr("0, or -1 where a key was removed"));
        }
        return;
    }
    const auto shape = keysShape(trace.profile->layout, request);
    const bool combined = kind == TypeKind::Dict;
    if (!shape) {
        list.unknown(tr("dk header and index table"), std::min(request, trace.profile->layout.keysHeader + 8),
                     tr("sizes, counts, then one index for each slot"), FieldRole::Header);
        list.unknown(tr("entries"), request - list.at(), tr("not modelled"));
        return;
    }
    // A dict's slots are its entries in insertion order, two for each; those of an instance are its values.
    const auto entries = std::min(shape->usable, static_cast<std::uint32_t>(combined ? held.size() / 2 : 0));
    addKeysHeader(list, trace, *shape, entries);
    for (std::uint32_t e = 0; e < shape->usable; ++e) {
        const QString index = QStringLiteral("[%1]").arg(e);
        if (e >= entries) {
            list.unknown(tr("entries from %1 on").arg(e), (shape->usable - e) * shape->entry, tr("not used yet"), FieldRole::Unused);
            return;
        }
        if (shape->entry == 24)
            list.unknown(QStringLiteral("me_hash") + index, 8, tr("the hash value of the key"));
        list.pointer(QStringLiteral("me_key") + index, trace, world, held[2 * e].target);
        list.pointer(QStringLiteral("me_value") + index, trace, world, held[2 * e + 1].target);
    }
}

void addSet(FieldList &list, const Trace &trace, const World &world, ObjectId id)
{
    const Object &o = world.object(id);
    const auto held = world.slotsOf(id);
    const auto used = static_cast<std::uint64_t>(std::count_if(held.begin(), held.end(), [](const Slot &slot) { return bool(slot.target); }));
    const std::uint64_t slots = o.buffer ? o.bufferSize / 16 : 8;
    list.unknown(QStringLiteral("fill"), 8, tr("used and removed entries"));
    list.word(QStringLiteral("used"), used, FieldRole::Data, tr("%1 members").arg(used));
    list.word(QStringLiteral("mask"), slots - 1, FieldRole::Data, tr("%1 slots").arg(slots));
    if (o.buffer)
        list.word(QStringLiteral("table"), o.buffer.value, FieldRole::Link, tr("a block of its own"));
    else
        list.unknown(QStringLiteral("table"), 8, tr("smalltable, below"), FieldRole::Link);
    list.unknown(QStringLiteral("hash"), 8, o.kind == TypeKind::FrozenSet ? tr("-1, or computed at first use") : tr("-1: a set has none"));
    list.unknown(QStringLiteral("finger"), 8, tr("where pop() looks next"));
    for (std::uint32_t i = 0; i < 8; ++i) {
        const ObjectId key = !o.buffer && i < held.size() ? held[i].target : ObjectId();
        list.pointer(QStringLiteral("smalltable[%1].key").arg(i), trace, world, key);
        list.unknown(QStringLiteral("smalltable[%1].hash").arg(i), 8, key ? tr("its hash value") : tr("unused"));
    }
    list.pointer(QStringLiteral("weakreflist"), trace, world, o.weakrefs);
}

void addNamedFields(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t end)
{
    const auto names = [&]() -> std::vector<const char *> {
        switch (world.object(id).kind) {
        case TypeKind::Complex: return {"cval.real", "cval.imag"};
        case TypeKind::Slice: return {"start", "stop", "step"};
        case TypeKind::Range: return {"start", "stop", "step", "length"};
        case TypeKind::Property: return {"prop_get", "prop_set", "prop_del", "prop_doc"};
        case TypeKind::StaticMethod: return {"sm_callable", "sm_dict"};
        case TypeKind::ClassMethod: return {"cm_callable", "cm_dict"};
        case TypeKind::Traceback: return {"tb_next", "tb_frame"};
        case TypeKind::BuiltinFunction: return {"m_ml", "m_self", "m_module", "m_weakreflist"};
        case TypeKind::Exception: return {"dict", "args"};
        case TypeKind::Function:
            if (since(trace, 10))
                return {"func_globals", "func_builtins", "func_name", "func_qualname", "func_code", "func_defaults", "func_kwdefaults", "func_closure"};
            return {"func_code", "func_globals", "func_defaults", "func_kwdefaults", "func_closure", "func_doc", "func_name", "func_dict"};
        default: return {};
        }
    }();
    // What they hold is told by the references; which of them lies in which field is not modelled.
    QStringList held;
    for (const Slot &slot : world.slotsOf(id))
        if (slot.target && held.size() < 12)
            held << QString::fromStdString(trace.label(slot.target));
    for (const char *name : names)
        if (list.at() + 8 <= end)
            list.unknown(QString::fromLatin1(name), 8, world.object(id).kind == TypeKind::Complex ? tr("a double") : tr("a pointer"));
    if (list.at() < end)
        list.unknown(names.empty() ? tr("fields") : tr("further fields"), end - list.at(),
                     held.isEmpty() ? tr("in use; not modelled one by one") : tr("all fields together refer to %1").arg(held.join(QStringLiteral(", "))));
}

} // namespace pyrena
