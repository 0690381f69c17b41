// What the module random needs beside its Python part: the generator, MT19937 as its authors published it (M. Matsumoto,
// T. Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998, with their init_by_array of 2002), and the clock of time.
#include "core/python/builtins/builtins.h"
#include "core/python/builtins/helpers.h"

#include <array>
#include <cmath>

namespace pyrena {

namespace {

constexpr std::size_t kWords = 624, kShift = 397;

struct TwisterNative : Native
{
    std::array<std::uint32_t, kWords> words{};
    std::size_t at = kWords;
    bool seeded = false;
    std::uint64_t ticks = 0;   // of the step counter that time shows

    void begin(std::uint32_t seed)
    {
        words[0] = seed;
        for (std::uint32_t n = 1; n < kWords; ++n)
            words[n] = 1812433253u * (words[n - 1] ^ (words[n - 1] >> 30)) + n;
        at = kWords;
    }

    void begin(const std::vector<std::uint32_t> &key)
    {
        begin(19650218u);
        std::size_t i = 1, j = 0;
        const auto step = [&](std::uint32_t factor, std::uint32_t added, bool minus) {
            const std::uint32_t mixed = words[i] ^ ((words[i - 1] ^ (words[i - 1] >> 30)) * factor);
            words[i] = minus ? mixed - static_cast<std::uint32_t>(i) : mixed + added;
            if (++i >= kWords) {
                words[0] = words[kWords - 1];
                i = 1;
            }
        };
        for (std::size_t k = std::max(kWords, key.size()); k > 0; --k) {
            step(1664525u, key[j] + static_cast<std::uint32_t>(j), false);
            j = (j + 1) % key.size();
        }
        for (std::size_t k = kWords - 1; k > 0; --k)
            step(1566083941u, 0, true);
        words[0] = 0x80000000u;
        seeded = true;
    }

    std::uint32_t next()
    {
        if (at >= kWords) {
            for (std::size_t n = 0; n < kWords; ++n) {
                const std::uint32_t y = (words[n] & 0x80000000u) | (words[(n + 1) % kWords] & 0x7fffffffu);
                words[n] = words[(n + kShift) % kWords] ^ (y >> 1) ^ ((y & 1) ? 0x9908b0dfu : 0);
            }
            at = 0;
        }
        std::uint32_t y = words[at++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    double real()   // 53 bits, [0, 1)
    {
        const std::uint32_t high = next() >> 5, low = next() >> 6;
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }
};

// A generator is a small object that the classes of the Python part keep.
Ref newTwister(Interpreter &i, const CallArgs &)
{
    Ref made = i.heap().create({.kind = TypeKind::PlainObject, .typeName = "object", .size = 16});
    i.heap().setNative(made, std::make_unique<TwisterNative>());
    return made;
}

TwisterNative &twister(Interpreter &i, ObjectId id)
{
    auto &native = *i.heap().native<TwisterNative>(id);
    if (!native.seeded)
        i.unsupported("random numbers without a seed, which no two runs share: call random.seed(1) first");
    return native;
}

Ref seed(Interpreter &i, const CallArgs &a)
{
    // The absolute value, as 32-bit words, lowest first.
    BigInt n = i.heap().bigValue(a[1]).abs();
    std::vector<std::uint32_t> key;
    do {
        key.push_back(static_cast<std::uint32_t>((n & BigInt(0xffffffff)).toInt64().value_or(0)));
        n = BigInt::shiftRight(n, BigInt(32));
    } while (!n.isZero());
    i.heap().native<TwisterNative>(a[0])->begin(key);
    return i.heap().newNone();
}

Ref random(Interpreter &i, const CallArgs &a) { return i.heap().newFloat(twister(i, a[0]).real()); }

Ref bits(Interpreter &i, const CallArgs &a)
{
    const std::int64_t count = i.toIndex(a[1]);
    if (count < 0 || (count == 0 && i.profile().minor < 9))
        i.raise("ValueError", count == 0 || i.profile().minor < 9 ? "number of bits must be greater than zero" : "number of bits must be non-negative");
    i.guardSize(static_cast<std::uint64_t>(count) / 8);
    auto &source = twister(i, a[0]);
    BigInt result;
    std::int64_t left = count;
    for (std::int64_t shift = 0; left > 0; left -= 32, shift += 32) {
        std::uint32_t word = source.next();
        if (left < 32)
            word >>= 32 - left;   // the highest bits of the last word
        result = result | *BigInt::shiftLeft(BigInt(std::int64_t(word)), BigInt(shift));
    }
    return i.heap().newInt(result);
}

constexpr NativeDef kTwister[] = {{"_twister", newTwister, 0, 0}, {"_seed", seed, 2, 2}, {"_random", random, 1, 1}, {"_bits", bits, 2, 2}};

// ---- time: a counter of steps

// Each look at a clock is a thousandth of a second after the one before; nothing else takes time, but sleep.
double now(Interpreter &i, double passes)
{
    const ObjectId module = i.importModule("time");
    const ObjectId clock = i.dicts().getText(i.heap().item(module, 0), "_clock");
    auto &native = *i.heap().native<TwisterNative>(clock);
    native.ticks += static_cast<std::uint64_t>(std::llround(passes * 1e6));
    return static_cast<double>(native.ticks) / 1e6;
}

constexpr double kStep = 0.001, kEpoch = 1'700'000'000.0;

Ref monotonic(Interpreter &i, const CallArgs &) { return i.heap().newFloat(now(i, kStep)); }
Ref wallClock(Interpreter &i, const CallArgs &) { return i.heap().newFloat(kEpoch + now(i, kStep)); }
Ref nanoseconds(Interpreter &i, const CallArgs &) { return i.heap().newInt(static_cast<std::int64_t>(std::llround(now(i, kStep) * 1e9))); }
Ref wallNanoseconds(Interpreter &i, const CallArgs &)
{
    return i.heap().newInt(static_cast<std::int64_t>(kEpoch) * 1'000'000'000 + static_cast<std::int64_t>(std::llround(now(i, kStep) * 1e9)));
}

Ref sleep(Interpreter &i, const CallArgs &a)
{
    if (i.kind(a[0]) != TypeKind::Float && !i.isInt(a[0]))
        i.raise("TypeError", "'" + i.typeName(a[0]) + "' object cannot be interpreted as an integer");
    const double seconds = i.kind(a[0]) == TypeKind::Float ? i.heap().floatValue(a[0]) : static_cast<double>(i.toIndex(a[0]));
    if (std::isnan(seconds))
        i.raise("ValueError", "Invalid value NaN (not a number)");
    if (seconds < 0)
        i.raise("ValueError", "sleep length must be non-negative");
    if (seconds > 1e9)
        i.raise("OverflowError", "timestamp out of range for platform time_t");
    (void)now(i, seconds);
    return i.heap().newNone();
}

constexpr NativeDef kTime[] = {{"time", wallClock, 0, 0}, {"perf_counter", monotonic, 0, 0}, {"monotonic", monotonic, 0, 0},
                               {"process_time", monotonic, 0, 0}, {"sleep", sleep, 1, 1}};
constexpr NativeDef kTimeSince37[] = {{"time_ns", wallNanoseconds, 0, 0}, {"perf_counter_ns", nanoseconds, 0, 0},
                                      {"monotonic_ns", nanoseconds, 0, 0}, {"process_time_ns", nanoseconds, 0, 0}};

} // namespace

void fillRandomModule(Interpreter &i, ObjectId dict) { fillModule(i, dict, kTwister); }

void fillTimeModule(Interpreter &i, ObjectId dict)
{
    fillModule(i, dict, kTime);
    if (i.profile().minor >= 7)
        fillModule(i, dict, kTimeSince37);
    i.dicts().setStatic(dict, "_clock", newTwister(i, {}));
}

} // namespace pyrena
