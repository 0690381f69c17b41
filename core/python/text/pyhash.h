#pragma once

#include "core/python/text/bigint.h"

#include <complex>
#include <cstdint>
#include <span>
#include <string_view>

// hash() as CPython computes it on a 64-bit machine; -1 never occurs. Equal numbers of different types hash alike.
namespace pyrena::text {

using Hash = std::int64_t;

Hash hashInt(std::int64_t value);
Hash hashInt(const BigInt &value);    // modulo 2**61 - 1
Hash hashFloat(double value);         // nan: 0 (from 3.10 on CPython hashes the identity of the object instead)
Hash hashComplex(std::complex<double> value);
// str and bytes: CPython seeds this hash differently in every run, so any fixed function is as true as another. The empty
// text hashes to 0, as in CPython. The seed plays the role of PYTHONHASHSEED.
Hash hashText(std::string_view text, std::uint64_t seed = 0);
Hash hashPointer(std::uint64_t address);   // object.__hash__: the address, its low four bits rotated to the top

enum class TupleHash { Multiplying, XxHash };   // up to 3.7, from 3.8 on
Hash hashTuple(std::span<const Hash> items, TupleHash algorithm = TupleHash::XxHash);
Hash hashFrozenset(std::span<const Hash> items);   // in any order

} // namespace pyrena::text
