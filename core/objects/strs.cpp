// Strings that grow where they are: what PyUnicode_Append does to one that nobody else can see.
#include "core/objects/objectheap.h"

#include "core/python/text/utf8.h"

#include <algorithm>

namespace pyrena {

void ObjectHeap::markHashed(ObjectId str)
{
    if (m_hashed.size() <= str.value)
        m_hashed.resize(std::max<std::size_t>(str.value + 1, m_hashed.size() * 2));
    m_hashed[str.value] = true;
}

// unicode_modifiable: one reference, not interned, its hash never asked for.
bool ObjectHeap::strMayGrow(ObjectId str) const
{
    const Object &o = object(str);
    return m_counting && o.refcount == 1 && !o.type && !o.has(ObjectFlag::Interned) && !o.has(ObjectFlag::Immortal)
        && !o.has(ObjectFlag::Static) && !(str.value < m_hashed.size() && m_hashed[str.value]);
}

// PyUnicode_Append. Lets go of left, which may be what it returns.
Ref ObjectHeap::strAppend(Ref left, ObjectId right)
{
    const std::string &head = textOf(left), &tail = textOf(right);
    if (head.empty())
        return own(right);
    if (tail.empty())
        return left;
    const std::string whole = head + tail;
    if (!strMayGrow(left) || text::charWidth(tail) > text::charWidth(head))
        return newStr(whole);
    const Object before = object(left);
    const std::uint32_t size = strSize(whole);
    setValue(left, text(whole).value);
    const Address block = m_memory.realloc(before.address, size);
    m_recorder.commit(change::SizeSet{left, before.size, size, block.value});
    return left;
}

} // namespace pyrena
