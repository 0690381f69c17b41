#pragma once

#include "core/objects/objectheap.h"

#include <optional>

namespace pyrena {

// How keys compare; may run Python code (__eq__) and throw.
struct KeyEquality
{
    virtual ~KeyEquality() = default;
    virtual bool keysEqual(ObjectId a, ObjectId b) = 0;
};

// dict: a header and a keys block (index table and entries in insertion order). Sizes and moments of growth are CPython's;
// the order inside the index table, which only hash values decide, is not modelled.
class Dicts
{
public:
    Dicts(ObjectHeap &heap, KeyEquality &equality) : m_heap(heap), m_equality(equality) {}

    Ref newDict(std::uint16_t flags = 0);              // {}
    Ref newPresized(std::uint32_t entries);            // a display of so many pairs: _PyDict_NewPresized
    // A dict whose keys belong to a class: with a values array of its own (up to 3.10) or without one, because its values
    // are the instance's. No keys block of its own until it outgrows that.
    Ref newSplit(std::shared_ptr<SharedKeys> keys, bool withValues);
    bool isUnicodeOnly(ObjectId dict) const { return state(dict).unicodeOnly; }
    bool isSplit(ObjectId dict) const { return bool(state(dict).shared); }
    // A combined dict of str keys only becomes one that shares its keys, up to 3.10 (make_keys_shared); null: it can't.
    std::shared_ptr<SharedKeys> shareKeys(ObjectId dict);
    // An instance's dict outlives it, or the instance lets it go: the values move into an array of the dict.
    void detachValues(ObjectId dict);
    // dict() and its like make the header without asking the free list.
    Ref construct();
    void adopt(ObjectId dict);                         // what a class derived from dict made becomes an empty one
    Ref copy(ObjectId dict);                           // PyDict_Copy
    void presize(ObjectId dict, std::uint32_t entries, bool unicodeOnly);
    void prepareMerge(ObjectId dict, ObjectId other);  // the room that dict_merge makes before it inserts

    std::uint32_t length(ObjectId dict) const { return state(dict).used; }
    // Entries in insertion order are 0 ... entryCount() - 1; deleted ones have no key.
    std::uint32_t entryCount(ObjectId dict) const { return state(dict).entries; }
    ObjectId keyAt(ObjectId dict, std::uint32_t entry) const { return m_heap.item(dict, 2 * entry); }
    ObjectId valueAt(ObjectId dict, std::uint32_t entry) const { return m_heap.item(dict, 2 * entry + 1); }
    std::int64_t hashAt(ObjectId dict, std::uint32_t entry) const { return state(dict).hashes[entry]; }
    std::uint64_t version(ObjectId dict) const { return state(dict).version; }

    std::optional<std::uint32_t> find(ObjectId dict, ObjectId key, std::int64_t hash);
    std::optional<std::uint32_t> findText(ObjectId dict, TextId key);             // a str key
    std::optional<std::uint32_t> findText(ObjectId dict, std::string_view key) { return findText(dict, m_heap.text(key)); }
    ObjectId get(ObjectId dict, ObjectId key, std::int64_t hash);                 // borrowed; none when missing
    ObjectId getText(ObjectId dict, TextId key);
    ObjectId getText(ObjectId dict, std::string_view key) { return getText(dict, m_heap.text(key)); }

    // PyDict_SetItem: takes its own reference to key; the value's is handed over.
    void set(ObjectId dict, ObjectId key, std::int64_t hash, Ref value);
    void setText(ObjectId dict, std::string_view key, Ref value);                 // interns the key
    void setStatic(ObjectId dict, std::string_view key, Ref value);               // key and table are part of the interpreter's image
    void setInterned(ObjectId dict, ObjectId strKey, Ref value);
    // Of an entry that is known, with a key that is a str.
    void replaceValue(ObjectId dict, std::uint32_t entry, Ref value);
    // False when there is no such key.
    bool remove(ObjectId dict, ObjectId key, std::int64_t hash);
    bool removeText(ObjectId dict, std::string_view key);
    Ref take(ObjectId dict, std::uint32_t entry);      // pop: the key is let go, the value handed over
    void clear(ObjectId dict);

    std::int64_t hashOfText(TextId text);
    // What sys.getsizeof counts beside the header: the keys block; of a split dict one pointer for each shared key.
    std::uint32_t keysBytes(ObjectId dict) const;

private:
    DictNative &state(ObjectId dict) const { return m_heap.nativeOf<DictNative>(dict); }
    Ref make(std::uint16_t flags, bool fresh);
    bool staysSplit(ObjectId dict, ObjectId key);
    void insert(ObjectId dict, ObjectId key, std::int64_t hash, Ref value);
    void makeKeys(ObjectId dict, std::uint32_t log2Size, bool unicodeOnly);
    void grow(ObjectId dict, bool unicodeOnly);
    void resize(ObjectId dict, std::uint32_t log2Size, bool unicodeOnly);
    std::uint32_t estimatedLog2Size(std::uint32_t entries) const;
    std::uint32_t bytesFor(std::uint32_t log2Size, bool unicodeOnly) const;
    void removeEntry(ObjectId dict, std::uint32_t entry);

    ObjectHeap &m_heap;
    KeyEquality &m_equality;
    std::vector<std::int64_t> m_textHashes;            // by TextId; -1: not computed yet
};

// _PyObject_GC_MAY_BE_TRACKED: whether storing it makes a lazily tracked dict or tuple worth the collector's time.
bool mayBeTracked(const World &world, ObjectId id);

} // namespace pyrena
