#include "ui/figures/memory/objectfields.h"

#include "core/explain/describe.h"

#include <QCoreApplication>

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace pyrena {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("MemoryFigure", text); }
QString hex(std::uint64_t address) { return QString::fromStdString(toHex(Address(address))); }

bool since(const Trace &trace, int minor) { return trace.profile->major > 3 || (trace.profile->major == 3 && trace.profile->minor >= minor); }

// Digits of 30 bits, least significant first, of a non-negative decimal number.
std::vector<std::uint32_t> digitsOf(std::string_view decimal)
{
    std::vector<std::uint32_t> digits;
    for (const char c : decimal.substr(0, 400)) {   // a block of at most 512 bytes holds no more
        if (c < '0' || c > '9')
            continue;
        std::uint64_t carry = static_cast<std::uint64_t>(c - '0');
        for (std::uint32_t &digit : digits) {
            carry += std::uint64_t(digit) * 10;
            digit = static_cast<std::uint32_t>(carry & 0x3fffffff);
            carry >>= 30;
        }
        if (carry)
            digits.push_back(static_cast<std::uint32_t>(carry));
    }
    return digits;
}

void addInt(FieldList &list, const Trace &trace, const Object &o)
{
    bool negative = false;
    std::vector<std::uint32_t> digits;
    if (o.has(ObjectFlag::BigValue)) {
        const std::string &text = trace.text(TextId(static_cast<std::uint32_t>(o.value)));
        negative = !text.empty() && text[0] == '-';
        digits = digitsOf(text);
    } else {
        const auto value = static_cast<std::int64_t>(o.value);
        negative = value < 0;
        for (std::uint64_t rest = negative ? 0 - o.value : o.value; rest; rest >>= 30)
            digits.push_back(static_cast<std::uint32_t>(rest & 0x3fffffff));
    }
    const auto n = static_cast<std::int64_t>(digits.size());
    if (since(trace, 12))   // lv_tag: number of digits << 3 | sign (0 positive, 1 zero, 2 negative)
        list.word(QStringLiteral("lv_tag"), static_cast<std::uint64_t>(n) << 3 | (n == 0 ? 1u : negative ? 2u : 0u), FieldRole::Data,
                  tr("%1 digits, %2").arg(n).arg(n == 0 ? tr("zero") : negative ? tr("negative") : tr("positive")));
    else
        list.word(QStringLiteral("ob_size"), static_cast<std::uint64_t>(negative ? -n : n), FieldRole::Data, QString::number(negative ? -n : n));
    for (std::size_t i = 0; i < std::max<std::size_t>(digits.size(), since(trace, 11) ? 1 : 0); ++i)
        list.integer(QStringLiteral("ob_digit[%1]").arg(i), i < digits.size() ? digits[i] : 0, 4);
}

std::uint32_t codePoints(const std::string &utf8, char32_t &largest)
{
    const QList<uint> points = QString::fromStdString(utf8).toUcs4();
    largest = 0;
    for (const uint c : points)
        largest = std::max<char32_t>(largest, c);
    return static_cast<std::uint32_t>(points.size());
}

void addStr(FieldList &list, const Trace &trace, const Object &o, std::uint32_t front)
{
    const LayoutProfile &layout = trace.profile->layout;
    const std::string &utf8 = trace.text(TextId(static_cast<std::uint32_t>(o.value)));
    char32_t largest = 0;
    const std::uint32_t length = codePoints(utf8, largest);
    const std::uint32_t width = largest < 0x100 ? 1 : largest < 0x10000 ? 2 : 4;
    const bool ascii = largest < 0x80;
    const std::uint32_t data = front + (ascii ? layout.strAscii - 1 : width == 1 ? layout.strLatin1 - 1 : width == 2 ? layout.strUcs2 - 2 : layout.strUcs4 - 4);
    list.word(QStringLiteral("length"), length, FieldRole::Data, tr("%1 characters").arg(length));
    list.unknown(QStringLiteral("hash"), 8, tr("-1, or computed at first use"));
    list.unknown(QStringLiteral("state"), 8, tr("kind %1, compact%2%3").arg(width).arg(ascii ? tr(", ascii") : QString())
                     .arg(o.has(ObjectFlag::Interned) ? tr(", interned") : QString()));
    if (list.at() < data)
        list.unknown(tr("cached encodings"), data - list.at(), tr("utf8 and its length: filled on demand"));
    std::vector<std::uint8_t> bytes;
    for (const uint c : QString::fromStdString(utf8).toUcs4())
        for (std::uint32_t i = 0; i < width; ++i)
            bytes.push_back(static_cast<std::uint8_t>(c >> (8 * i)));
    bytes.insert(bytes.end(), width, 0);
    list.bytes(tr("text"), std::move(bytes), QString::fromStdString(utf8).left(60));
}

void addBytesObject(FieldList &list, const Trace &trace, const Object &o)
{
    const std::string &text = trace.text(TextId(static_cast<std::uint32_t>(o.value)));
    list.word(QStringLiteral("ob_size"), text.size(), FieldRole::Data, QString::number(text.size()));
    list.unknown(QStringLiteral("ob_shash"), 8, tr("-1, or computed at first use"));
    std::vector<std::uint8_t> bytes(text.begin(), text.end());
    bytes.push_back(0);
    list.bytes(QStringLiteral("ob_sval"), std::move(bytes), tr("%1 bytes and a final 0").arg(text.size()));
}

void addTuple(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t front)
{
    const auto items = world.slotsOf(id);
    list.word(QStringLiteral("ob_size"), items.size(), FieldRole::Data, QString::number(items.size()));
    if (list.at() < front + trace.profile->layout.tupleBase)
        list.unknown(QStringLiteral("ob_hash"), front + trace.profile->layout.tupleBase - list.at(), tr("-1, or computed at first use"));
    for (std::size_t i = 0; i < items.size(); ++i)
        list.pointer(QStringLiteral("ob_item[%1]").arg(i), trace, world, items[i].target);
}

QString bufferText(const Object &o)
{
    return o.buffer ? tr("%1, a block of its own").arg(hex(o.buffer.value)) : tr("NULL: no block yet");
}

void addByKind(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t front, std::uint32_t request)
{
    const Object &o = world.object(id);
    switch (o.kind) {
    case TypeKind::Int: case TypeKind::Bool: addInt(list, trace, o); break;
    case TypeKind::Float:
        list.word(QStringLiteral("ob_fval"), o.value, FieldRole::Data, QString::number(std::bit_cast<double>(o.value), 'g', 17));
        break;
    case TypeKind::Str: addStr(list, trace, o, front); break;
    case TypeKind::Bytes: addBytesObject(list, trace, o); break;
    case TypeKind::Tuple: addTuple(list, trace, world, id, front); break;
    case TypeKind::List:
        list.word(QStringLiteral("ob_size"), o.slotsLength, FieldRole::Data, tr("%1 items").arg(o.slotsLength));
        list.word(QStringLiteral("ob_item"), o.buffer.value, FieldRole::Link, bufferText(o));
        list.word(QStringLiteral("allocated"), o.bufferSize / 8, FieldRole::Data, tr("room for %1").arg(o.bufferSize / 8));
        break;
    case TypeKind::Dict: {
        // Keys and values take two slots each.
        list.unknown(QStringLiteral("ma_used"), 8, tr("number of keys"));
        list.unknown(since(trace, 14) ? QStringLiteral("_ma_watcher_tag") : QStringLiteral("ma_version_tag"), 8, tr("internal"));
        list.word(QStringLiteral("ma_keys"), o.buffer.value, FieldRole::Link, o.buffer ? bufferText(o) : tr("shared or empty keys"));
        list.unknown(QStringLiteral("ma_values"), 8, tr("NULL unless split"));
        break;
    }
    case TypeKind::Cell: case TypeKind::BoundMethod: {
        const char *names[] = {o.kind == TypeKind::Cell ? "ob_ref" : "im_func", "im_self"};
        const auto held = world.slotsOf(id);
        for (std::size_t i = 0; i < std::min<std::size_t>(held.size(), o.kind == TypeKind::Cell ? 1 : 2); ++i)
            list.pointer(QString::fromLatin1(names[i]), trace, world, held[i].target);
        break;
    }
    case TypeKind::Weakref: case TypeKind::WeakProxy: {
        const ObjectId referent(static_cast<std::uint32_t>(o.value));
        list.pointer(QStringLiteral("wr_object"), trace, world, world.contains(referent) ? referent : ObjectId());
        break;
    }
    case TypeKind::Set: case TypeKind::FrozenSet: addSet(list, trace, world, id); break;
    case TypeKind::Instance: addAttributes(list, trace, world, id, request); break;
    default: addNamedFields(list, trace, world, id, request); break;
    }
}

// What lies between the start of the block and the object's address: CPython's GC header, and on 3.11 and later for
// instances with a __dict__ two more pointers in front of it.
void addFront(FieldList &list, const Trace &trace, const World &world, const Object &o, std::uint32_t front)
{
    const std::uint32_t head = trace.profile->layout.gcHead;
    if (front > head) {
        const std::uint32_t pre = front - head;
        const bool weakFirst = since(trace, 12);
        if (weakFirst)
            list.pointer(QStringLiteral("weakreflist"), trace, world, o.weakrefs, FieldRole::Header);
        else
            list.unknown(QStringLiteral("values"), std::min(pre, 8u), tr("attribute values"), FieldRole::Header);
        if (pre > 8)
            list.unknown(QStringLiteral("dict"), pre - 8, tr("its __dict__, once one is asked for"), FieldRole::Header);
    }
    if (front < head)
        return;
    const auto neighbour = [&](const char *name, ObjectId other) {
        if (!o.tracked())
            list.word(QString::fromLatin1(name), 0, FieldRole::Collector, tr("0: not tracked"));
        else if (other && world.contains(other) && world.object(other).address)
            list.word(QString::fromLatin1(name), world.object(other).address.value - head, FieldRole::Collector,
                      QString::fromStdString(trace.label(other)));
        else
            list.unknown(QString::fromLatin1(name), 8, tr("the head of its generation"), FieldRole::Collector);
    };
    neighbour("_gc_next", o.gcNext);
    // Since 3.8 the low bits of _gc_prev are flags and, during a collection, the rest of it counts.
    if (world.gc.collecting && o.gcRefs != 0 && head == 16)
        list.unknown(QStringLiteral("_gc_prev"), 8, tr("gc_refs %1, during the collection").arg(o.gcRefs), FieldRole::Collector);
    else if (head == 16 && o.tracked() && o.has(ObjectFlag::Finalized) && o.gcPrev && world.object(o.gcPrev).address)
        list.word(QStringLiteral("_gc_prev"), (world.object(o.gcPrev).address.value - head) | 1, FieldRole::Collector,
                  tr("%1, finalized").arg(QString::fromStdString(trace.label(o.gcPrev))));
    else
        neighbour("_gc_prev", o.gcPrev);
    if (list.at() < front)
        list.unknown(QStringLiteral("gc_refs"), front - list.at(), tr("%1, and padding").arg(o.gcRefs), FieldRole::Collector);
}

} // namespace

void FieldList::add(BlockField field)
{
    field.offset = m_at;
    field.size = std::min(field.size, m_size - m_at);
    if (field.size == 0)
        return;
    if (!field.bytes.empty())
        field.bytes.resize(field.size);
    m_at += field.size;
    m_fields.push_back(std::move(field));
}

void FieldList::bytes(const QString &name, std::vector<std::uint8_t> bytes, const QString &value, FieldRole role)
{
    BlockField field{0, static_cast<std::uint32_t>(bytes.size()), name, value, std::move(bytes), role};
    add(std::move(field));
}

void FieldList::integer(const QString &name, std::uint64_t number, std::uint32_t size, const QString &value, FieldRole role)
{
    std::vector<std::uint8_t> raw;
    for (std::uint32_t i = 0; i < size; ++i)
        raw.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    bytes(name, std::move(raw), value.isEmpty() ? QString::number(number) : value, role);
}

void FieldList::pointer(const QString &name, const Trace &trace, const World &world, ObjectId target, FieldRole role)
{
    if (!target || !world.contains(target)) {
        word(name, 0, role, QStringLiteral("NULL"));
        return;
    }
    const QString label = QString::fromStdString(describe(trace, world, target));
    if (const Address address = world.object(target).address)
        word(name, address.value, role, label);
    else
        unknown(name, 8, label, role);
}

void FieldList::unknown(const QString &name, std::uint32_t size, const QString &value, FieldRole role)
{
    add({0, size, name, value, {}, role});
}

void FieldList::zeros(const QString &name, std::uint32_t size, const QString &value)
{
    add({0, size, name, value, std::vector<std::uint8_t>(size, 0), FieldRole::Unused});
}

void FieldList::rest(const QString &name, const QString &value, FieldRole role)
{
    add({0, m_size - m_at, name, value, {}, role});
}

void addAttributes(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t end)
{
    if (end <= list.at())
        return;
    QStringList names;
    for (const Slot &slot : world.slotsOf(id)) {
        if (!slot.target || names.size() >= 12)
            continue;
        const QString label = slot.label && slot.label != kBorrowed ? QLatin1Char('.') + QString::fromStdString(trace.text(slot.label)) : QString();
        names << QStringLiteral("%1 \u2192 %2").arg(label, QString::fromStdString(trace.label(slot.target)));
    }
    list.unknown(tr("attribute values"), end - list.at(), names.isEmpty() ? tr("none set") : names.join(QStringLiteral(", ")));
}

void addObject(FieldList &list, const Trace &trace, const World &world, ObjectId id, Address block, std::uint32_t request)
{
    const Object &o = world.object(id);
    if (o.address < block || o.address - block >= request)
        return;
    const auto front = static_cast<std::uint32_t>(o.address - block);
    addFront(list, trace, world, o, front);
    if (list.at() < front)
        list.unknown(tr("in front of the object"), front - list.at(), tr("header"), FieldRole::Header);
    const std::uint64_t count = shownRefcount(trace, world, id);
    list.word(QStringLiteral("ob_refcnt"), count, FieldRole::Header,
              o.has(ObjectFlag::Immortal) ? tr("%1: immortal").arg(count) : QString::number(count));
    if (o.type && world.contains(o.type))
        list.pointer(QStringLiteral("ob_type"), trace, world, o.type, FieldRole::Header);
    else
        list.unknown(QStringLiteral("ob_type"), 8, tr("the type %1").arg(QString::fromStdString(trace.text(trace.objects[id.value].typeName))),
                     FieldRole::Header);
    addByKind(list, trace, world, id, front, request);
}

} // namespace pyrena
