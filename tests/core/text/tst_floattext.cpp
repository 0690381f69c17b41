#include "textdata.h"

#include "core/python/text/complexrepr.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/inttext.h"
#include "core/python/text/pyhash.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace pyrena;
using namespace pyrena::text;
using namespace textdata;

TEST_CASE("repr of a float is CPython's, and reads back as the same value")
{
    const auto rows = table("floatrepr");
    REQUIRE(rows.size() > 5000);
    for (const Row &row : rows) {
        const double value = toDouble(row[0]);
        CHECK(reprFloat(value) == row[1]);
        const auto back = parseFloat(row[1]);
        REQUIRE(back.ok());
        CHECK(toBits(*back) == toBits(value));
    }
}

TEST_CASE("round, as_integer_ratio, hex and hash of floats are CPython's")
{
    const auto rows = table("floatdetails");
    REQUIRE(rows.size() > 400);
    for (const Row &row : rows) {
        const double value = toDouble(row[0]);
        CAPTURE(reprFloat(value));
        CAPTURE(row[1]);
        const auto rounded = roundFloat(value, std::stoll(row[1]));
        CHECK((rounded ? "=" + toBits(*rounded) : shown(rounded.error())) == row[2]);
        const auto whole = roundFloatToInt(value);
        CHECK((whole ? "=" + whole->toString() : shown(whole.error())) == row[3]);
        const auto ratio = asIntegerRatio(value);
        CHECK((ratio ? "=" + ratio->numerator.toString() + "/" + ratio->denominator.toString() : shown(ratio.error())) == row[4]);
        CHECK(hexFloat(value) == row[5]);
        CHECK(std::to_string(hashFloat(value)) == row[6]);
    }
}

TEST_CASE("float() and int() read what CPython reads and refuse with its messages")
{
    const auto rows = table("parse");
    REQUIRE(rows.size() > 1200);
    for (const Row &row : rows) {
        CAPTURE(row[0]);
        CAPTURE(row[1].substr(0, 80));
        CAPTURE(row[2]);
        std::string result;
        if (row[0] == "float") {
            const auto value = parseFloat(row[1]);
            result = value ? "=" + toBits(*value) : shown(value.error());
        } else {
            const auto value = parseInt(row[1], std::stoi(row[2]));
            if (!value)
                result = shown(value.error());
            else
                result = "=" + (row[0] == "inthash" ? std::to_string(hashInt(*value)) : value->toString());
        }
        CHECK(result == row[3]);
    }
}

TEST_CASE("repr and hash of complex numbers are CPython's")
{
    for (const Row &row : table("complex")) {
        const std::complex<double> value(toDouble(row[0]), toDouble(row[1]));
        CHECK(reprComplex(value) == row[2]);
        if (!std::isnan(value.real()) && !std::isnan(value.imag()))
            CHECK(std::to_string(hashComplex(value)) == row[3]);
    }
}

TEST_CASE("float division rounds down and the remainder has the sign of the divisor")
{
    CHECK(floorDivideFloat(7.5, 2) == 3);
    CHECK(floorDivideFloat(-7.5, 2) == -4);
    CHECK(moduloFloat(-7.5, 2) == 0.5);
    CHECK(moduloFloat(7.5, -2) == -0.5);
    CHECK(reprFloat(moduloFloat(-4, 2)) == "0.0");
    CHECK(reprFloat(moduloFloat(4, -2)) == "-0.0");
    CHECK(reprFloat(moduloFloat(1, std::numeric_limits<double>::infinity())) == "1.0");
    CHECK(reprFloat(floorDivideFloat(-1, std::numeric_limits<double>::infinity())) == "-1.0");
}

TEST_CASE("the digit limit follows the rules of the version")
{
    const BigInt big = BigInt::powerOfTen(5000);
    CHECK(!formatDecimal(big));
    TextRules unlimited;
    unlimited.maxStrDigits = 0;
    const auto text = formatDecimal(big, unlimited);
    REQUIRE(text.ok());
    CHECK(text->size() == 5001);
    CHECK(parseInt(*text, 10, unlimited).value() == big);
    CHECK(!parseInt(*text));
    CHECK(formatWithPrefix(BigInt(-255), 16) == "-0xff");
}
