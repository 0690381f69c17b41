#include "core/python/text/pyhash.h"

#include <bit>
#include <cmath>

namespace pyrena::text {

namespace {

constexpr int kHashBits = 61;
constexpr std::uint64_t kModulus = (std::uint64_t(1) << kHashBits) - 1;   // sys.hash_info.modulus
constexpr Hash kInfinity = 314159;                                        // sys.hash_info.inf
constexpr std::uint64_t kImaginary = 1000003;                             // sys.hash_info.imag

// -1 tells C code about an error, so no object hashes to it.
Hash notMinusOne(std::uint64_t hash, Hash instead = -2)
{
    const Hash result = Hash(hash);
    return result == -1 ? instead : result;
}

Hash withSign(std::uint64_t magnitude, bool negative)
{
    return notMinusOne(negative ? 0 - magnitude : magnitude);
}

} // namespace

Hash hashInt(std::int64_t value)
{
    const std::uint64_t magnitude = value < 0 ? 0 - std::uint64_t(value) : std::uint64_t(value);
    return withSign(magnitude % kModulus, value < 0);
}

Hash hashInt(const BigInt &value) { return withSign(value.moduloUint64(kModulus), value.isNegative()); }

Hash hashFloat(double value)
{
    if (std::isnan(value))
        return 0;
    if (std::isinf(value))
        return value > 0 ? kInfinity : -kInfinity;
    // value = mantissa * 2**exponent. Modulo 2**61 - 1 a factor 2 is a rotation of 61 bits.
    int exponent = 0;
    const auto mantissa = std::uint64_t(std::ldexp(std::frexp(std::fabs(value), &exponent), 53));
    const int turn = ((exponent - 53) % kHashBits + kHashBits) % kHashBits;
    const std::uint64_t rotated = ((mantissa << turn) & kModulus) | (turn == 0 ? 0 : mantissa >> (kHashBits - turn));
    return withSign(rotated % kModulus, value < 0);
}

Hash hashComplex(std::complex<double> value)
{
    return notMinusOne(std::uint64_t(hashFloat(value.real())) + kImaginary * std::uint64_t(hashFloat(value.imag())));
}

Hash hashText(std::string_view text, std::uint64_t seed)
{
    if (text.empty())
        return 0;
    // Multiply, xor and shift (the finalizer of SplitMix64) over each byte's running state.
    std::uint64_t state = (seed ^ 0x9e3779b97f4a7c15u) + text.size();
    for (const char c : text)
        state = std::rotl((state ^ static_cast<unsigned char>(c)) * 0xbf58476d1ce4e5b9u, 29);
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
    state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
    return notMinusOne(state ^ (state >> 31));
}

Hash hashPointer(std::uint64_t address) { return notMinusOne(std::rotr(address, 4)); }

Hash hashTuple(std::span<const Hash> items, TupleHash algorithm)
{
    if (algorithm == TupleHash::Multiplying) {
        std::uint64_t hash = 0x345678;
        std::uint64_t multiplier = 1000003;
        std::uint64_t left = items.size();
        for (const Hash item : items) {
            --left;
            hash = (hash ^ std::uint64_t(item)) * multiplier;
            multiplier += 82520 + 2 * left;
        }
        return notMinusOne(hash + 97531);
    }
    // The primes of xxHash's 64-bit variant.
    constexpr std::uint64_t kPrime1 = 11400714785074694791u;
    constexpr std::uint64_t kPrime2 = 14029467366897019727u;
    constexpr std::uint64_t kPrime5 = 2870177450012600261u;
    std::uint64_t hash = kPrime5;
    for (const Hash item : items)
        hash = std::rotl(hash + std::uint64_t(item) * kPrime2, 31) * kPrime1;
    hash += items.size() ^ (kPrime5 ^ 3527539);   // keeps hash(()) apart from the seed
    return notMinusOne(hash, 1546275796);
}

Hash hashFrozenset(std::span<const Hash> items)
{
    // Each item is scattered before the xor, so that nearby hashes do not cancel out.
    std::uint64_t hash = 0;
    for (const Hash item : items) {
        const auto bits = std::uint64_t(item);
        hash ^= ((bits ^ 89869747) ^ (bits << 16)) * 3644798167u;
    }
    hash ^= (items.size() + 1) * 1927868237u;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069 + 907133923u;
    return notMinusOne(hash, 590923713);
}

} // namespace pyrena::text
