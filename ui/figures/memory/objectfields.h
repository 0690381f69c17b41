#pragma once

#include "ui/figures/memory/blockfields.h"

namespace pyrena {

// Collects the fields of a block one after the other. What would pass the end of the block is cut.
class FieldList
{
public:
    explicit FieldList(std::uint32_t size) : m_size(size) {}

    std::uint32_t at() const { return m_at; }
    void bytes(const QString &name, std::vector<std::uint8_t> bytes, const QString &value, FieldRole role = FieldRole::Data);
    void integer(const QString &name, std::uint64_t number, std::uint32_t size, const QString &value = {}, FieldRole role = FieldRole::Data);
    void word(const QString &name, std::uint64_t number, FieldRole role = FieldRole::Data, const QString &value = {})
    {
        integer(name, number, 8, value, role);
    }
    // To another object; NULL for none. Static objects have an address only where the simulator gave them one.
    void pointer(const QString &name, const Trace &trace, const World &world, ObjectId target, FieldRole role = FieldRole::Data);
    void unknown(const QString &name, std::uint32_t size, const QString &value, FieldRole role = FieldRole::Unknown);
    void zeros(const QString &name, std::uint32_t size, const QString &value);
    void rest(const QString &name, const QString &value, FieldRole role);   // nothing when nothing is left
    std::vector<BlockField> take() { return std::move(m_fields); }

private:
    void add(BlockField field);
    std::uint32_t m_size, m_at = 0;
    std::vector<BlockField> m_fields;
};

// The object in a block that starts at `block`: what lies in front of its address, its header, then by kind.
void addObject(FieldList &list, const Trace &trace, const World &world, ObjectId id, Address block, std::uint32_t request);
// Attribute values of an instance, as far as `end`.
void addAttributes(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t end);

// A dict's keys block or a set's table.
void addKeysBlock(FieldList &list, const Trace &trace, const World &world, ObjectId owner, std::uint32_t request);
// What a set and the kinds with plain pointers keep behind their header.
void addSet(FieldList &list, const Trace &trace, const World &world, ObjectId id);
void addNamedFields(FieldList &list, const Trace &trace, const World &world, ObjectId id, std::uint32_t end);

} // namespace pyrena
