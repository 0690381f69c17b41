#pragma once

#include "core/base/id.h"
#include "core/objects/hashindex.h"
#include "core/python/text/bigint.h"

#include <complex>
#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

// What the interpreter keeps beside the World for an object while it records: indexes and caches that follow from the
// World, or values of types the pictures show as text. Never part of a picture, gone when the recording is done.
struct Native
{
    virtual ~Native() = default;
};

struct BigIntNative : Native
{
    BigInt value;
};

struct ComplexNative : Native
{
    std::complex<double> value;
};

// The attribute names that the instances of one class have shown so far, in that order (CACHED_KEYS of the type). A dict
// that shares them has no keys block of its own.
struct SharedKeys
{
    std::vector<TextId> names;
    std::uint32_t usable = 0;           // room for further names
    std::uint32_t log2Size = 3;         // of the table, up to 3.10

    std::uint32_t room() const { return static_cast<std::uint32_t>(names.size()) + usable; }
};

// A dict's hash table. The entries themselves are the dict's slots: key at 2 * entry, value at 2 * entry + 1.
struct DictNative : Native
{
    std::uint32_t log2Size = 0;         // of the table CPython would have; 0: no keys block yet
    std::uint32_t usable = 0;           // entries that still fit
    std::uint32_t entries = 0;          // used ones and deleted ones
    std::uint32_t used = 0;             // len()
    bool unicodeOnly = true;            // every key is a str: smaller entries (3.11+)
    std::shared_ptr<SharedKeys> shared; // split: its keys are those of a class
    bool embedded = false;              // its values lie inside the instance whose __dict__ it is (3.13+)
    std::uint64_t version = 0;          // grows with every insertion or deletion of a key
    std::vector<std::int64_t> hashes;   // of each entry
    HashIndex index;                    // hash -> entry
};

} // namespace pyrena
