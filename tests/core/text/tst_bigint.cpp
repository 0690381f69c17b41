#include "textdata.h"

#include "core/python/text/bigint.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/inttext.h"
#include "core/python/text/pyhash.h"

#include <doctest/doctest.h>

#include <limits>

using namespace pyrena;
using namespace pyrena::text;
using namespace textdata;

namespace {

BigInt big(const std::string &digits) { return *BigInt::fromDigits(digits); }

std::string sign(std::partial_ordering order)
{
    return order < 0 ? "-1" : order > 0 ? "1" : "0";
}

} // namespace

TEST_CASE("arithmetic on ints of every size is CPython's")
{
    const auto rows = table("bigint");
    REQUIRE(rows.size() > 250);
    for (const Row &row : rows) {
        const BigInt a = big(row[0]);
        const BigInt b = big(row[1]);
        const BigInt c = big(row[2]);
        const BigInt shift = big(row[3]);
        const BigInt exponent = big(row[4]);
        CAPTURE(row[0]);
        CAPTURE(row[1]);
        CAPTURE(row[2]);
        CHECK((a + b).toString() == row[5]);
        CHECK((a - b).toString() == row[6]);
        CHECK(BigInt::multiply(a, b)->toString() == row[7]);
        if (!b.isZero()) {
            CHECK("=" + BigInt::floorDivide(a, b).toString() == row[8]);
            CHECK("=" + BigInt::modulo(a, b).toString() == row[9]);
        }
        CHECK((a & b).toString() == row[10]);
        CHECK((a | b).toString() == row[11]);
        CHECK((a ^ b).toString() == row[12]);
        CHECK((~a).toString() == row[13]);
        CHECK(BigInt::shiftLeft(a, shift)->toString() == row[14]);
        CHECK(BigInt::shiftRight(a, shift).toString() == row[15]);
        CHECK(BigInt::power(a, exponent)->toString() == row[16]);
        const auto modular = BigInt::powerModulo(a, b, c.isZero() ? BigInt(7) : c);
        CHECK((modular ? "=" + modular->toString() : "!ValueError: base is not invertible for the given modulus") == row[17]);
        CHECK(std::to_string(a.bitLength()) == row[18]);
        CHECK(std::to_string(a.bitCount()) == row[19]);
        CHECK(std::to_string(hashInt(a)) == row[20]);
        CHECK(BigInt::gcd(a, b).toString() == row[21]);
        CHECK(BigInt::isqrt(a.abs()).toString() == row[22]);
        const auto number = a.toDouble();
        CHECK((number ? "=" + toBits(*number) : "!OverflowError: int too large to convert to float") == row[23]);
        if (!b.isZero()) {
            const auto quotient = BigInt::trueDivide(a, b);
            CHECK((quotient ? "=" + toBits(*quotient) : "!OverflowError: integer division result too large for a float") == row[24]);
        }
        CHECK(formatWithPrefix(a, 16) == row[25]);
        CHECK(formatWithPrefix(a, 8) == row[26]);
        CHECK(formatWithPrefix(a, 2) == row[27]);
        CHECK(roundInt(a, -exponent).toString() == row[28]);
        CHECK(sign(a <=> b) == row[29]);
        if (row[30] != "9")
            CHECK(sign(a.compareWith(*b.toDouble())) == row[30]);
    }
}

TEST_CASE("results above the limit are refused, not allocated")
{
    const BigInt two(2);
    const BigInt huge = *BigInt::shiftLeft(BigInt(1), BigInt(100));
    CHECK(!BigInt::power(two, huge));
    CHECK(!BigInt::power(BigInt(10), BigInt(1'000'000'000)));
    CHECK(!BigInt::shiftLeft(BigInt(1), huge));
    CHECK(!BigInt::shiftLeft(BigInt(1), BigInt(std::numeric_limits<std::int64_t>::max())));
    const BigInt wide = *BigInt::shiftLeft(BigInt(1), BigInt(600));
    CHECK(!BigInt::multiply(wide, wide, 1000));
    CHECK(BigInt::multiply(wide, wide, 2000));
    // What stays small is never refused.
    CHECK(BigInt::power(BigInt(1), huge)->toString() == "1");
    CHECK(BigInt::power(BigInt(-1), huge + BigInt(1))->toString() == "-1");
    CHECK(BigInt::power(BigInt(0), huge)->toString() == "0");
    CHECK(BigInt::shiftLeft(BigInt(0), huge)->isZero());
    CHECK(BigInt::shiftRight(BigInt(-5), huge).toString() == "-1");
    CHECK(roundInt(BigInt(7), -huge).isZero());
}

TEST_CASE("ints convert at the edges of 64 bits")
{
    const BigInt most(std::numeric_limits<std::int64_t>::max());
    const BigInt least(std::numeric_limits<std::int64_t>::min());
    CHECK(*most.toInt64() == std::numeric_limits<std::int64_t>::max());
    CHECK(*least.toInt64() == std::numeric_limits<std::int64_t>::min());
    CHECK(!(most + BigInt(1)).toInt64());
    CHECK(!(least - BigInt(1)).toInt64());
    CHECK((most + BigInt(1)).toUint64() == std::uint64_t(1) << 63);
    CHECK(hashInt(std::numeric_limits<std::int64_t>::min()) == hashInt(least));
    CHECK(hashInt(std::int64_t(-1)) == -2);
    CHECK(BigInt(0).digitCount(30) == 0);
    CHECK(BigInt(1 << 30).digitCount(30) == 2);
    CHECK(!BigInt::fromDouble(std::numeric_limits<double>::infinity()));
    CHECK(BigInt::fromDouble(-1e22)->toString() == "-10000000000000000000000");
    CHECK(!BigInt::fromDigits(""));
    CHECK(!BigInt::fromDigits("1 2"));
    CHECK(!BigInt::fromDigits("12", 2));
    CHECK(BigInt::powerModulo(BigInt(3), BigInt(-1), BigInt(1))->isZero());
}

TEST_CASE("hashes of tuples and frozensets are CPython's")
{
    const auto rows = table("hashes");
    REQUIRE(rows.size() > 200);
    for (const Row &row : rows) {
        std::vector<Hash> items;
        std::string_view rest = row[2];
        while (!rest.empty()) {
            const std::size_t space = std::min(rest.find(' '), rest.size());
            items.push_back(std::stoll(std::string(rest.substr(0, space))));
            rest.remove_prefix(std::min(space + 1, rest.size()));
        }
        CAPTURE(row[2]);
        CHECK(std::to_string(hashTuple(items)) == row[0]);
        if (!row[1].empty())
            CHECK(std::to_string(hashFrozenset(items)) == row[1]);
    }
    // Python 3.7: values seen in many published sessions.
    CHECK(hashTuple({}, TupleHash::Multiplying) == 3527539);
    const Hash oneTwoThree[] = {1, 2, 3};
    CHECK(hashTuple(oneTwoThree, TupleHash::Multiplying) == 2528502973977326415);
    CHECK(hashText("") == 0);
    CHECK(hashText("a") != hashText("b"));
    CHECK(hashText("a", 1) != hashText("a", 2));
    CHECK(hashText("abc", 7) == hashText("abc", 7));
}
