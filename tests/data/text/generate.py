#!/usr/bin/env python3
"""Writes the tables in this folder: inputs and what CPython 3.11 makes of them.

One case a line, fields divided by tabs, backslash escapes \\\\ \\t \\n \\r and \\u{HEX}. A result is the text itself behind
'=' or an exception behind '!': "!ValueError: message". Usage: python3 generate.py FOLDER
"""
import _string
import math
import random
import struct
import sys

R = random.Random(20240607)
FOLDER = sys.argv[1]


def escape(s):
    out = []
    for c in str(s):
        if c in "\\\t\n\r":
            out.append({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}[c])
        elif ord(c) < 32 or ord(c) > 126:
            out.append("\\u{%x}" % ord(c))
        else:
            out.append(c)
    return "".join(out)


def result(f):
    try:
        return "=" + f()
    except Exception as e:
        message = e.args[0] if e.args else ""
        return f"!{type(e).__name__}: {message}"


def write(name, rows):
    with open(f"{FOLDER}/{name}.txt", "w", encoding="ascii") as f:
        for row in rows:
            f.write("\t".join(map(escape, row)) + "\n")


def number(x):
    return repr(x) if isinstance(x, int) else struct.pack(">d", x).hex()


def random_double():
    kind = R.randrange(6)
    if kind == 0:
        return struct.unpack(">d", R.randbytes(8))[0]
    if kind == 1:
        return R.uniform(-1000, 1000)
    if kind == 2:
        return round(R.uniform(-1e6, 1e6), R.randrange(0, 6))
    if kind == 3:
        return float(R.randrange(-10**R.randrange(1, 25), 10**R.randrange(1, 25)))
    if kind == 4:
        return R.choice([1, -1]) * R.randrange(1, 100) * 10.0 ** R.randrange(-320, 306)
    return R.choice([1, -1]) * 2.0 ** R.randrange(-1074, 1024)


SPECIAL = [0.0, -0.0, float("inf"), float("-inf"), float("nan"), 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308,
           1e16, 9999999999999998.0, 1e15, 1e-4, 1e-5, 0.00012345, 123456789012345680.0, 0.1, 0.5, 1.5, 2.5, 2.675, 1e22,
           1e23, 9007199254740993.0, 0.30000000000000004, 100.0, 1e100]


def float_rows():
    for x in SPECIAL + [random_double() for _ in range(5000)]:
        yield number(x), repr(x)


def float_detail_rows():
    for x in SPECIAL + [random_double() for _ in range(400)]:
        n = R.choice([0, 1, 2, 3, 5, 10, 15, 17, 20, 300, 323, 324, -1, -2, -3, -5, -10, -17, -22, -300, -308, -309])
        yield (number(x), n, result(lambda: number(round(x, n))), result(lambda: str(round(x))),
               result(lambda: "/".join(map(str, x.as_integer_ratio()))), x.hex(), hash(x) if x == x else 0)


def parse_rows():
    floats = ["1", " 1.5 ", "1_0.0_1", "_1", "1_", "1__0", "1_.5", "1._5", "1e5", "1e_5", "1e1_0", "inf", "-Infinity", "NaN", "+nan",
              "in_f", "infinit", "", " ", ".", "1.", ".5", "e5", "1e", "1e+", "0x10", "1e400", "-1e400", "1e-400", "0e999999999999",
              "\u0661\u0662.5", "\u20031\u2003", "1 2", "1\0", "--1", "+-1", "1e99999999999999999999", "1e-99999999999999999999", "é",
              "0.0000000000000000000000000000001e31", "1" * 400, "9" * 308, "'\"", "1,5", "1e5.5", "1d5", "\n1\n"]
    for text in floats:
        yield "float", text, 0, result(lambda: number(float(text)))
    for _ in range(200):
        x = random_double()
        text = "".join(R.choice("0123456789") for _ in range(R.randrange(1, 30))) + "." + \
               "".join(R.choice("0123456789") for _ in range(R.randrange(0, 30))) + R.choice(["", "e%d" % R.randrange(-330, 330)])
        yield "float", text, 0, result(lambda: number(float(text)))
        yield "float", "%.25e" % x, 0, result(lambda: number(float("%.25e" % x)))
    for _ in range(400):
        text = "".join(R.choice("0123__ ..eE+-naif") for _ in range(R.randrange(1, 8)))
        yield "float", text, 0, result(lambda: number(float(text)))
    ints = ["", " ", "0", "-0", "12", " 12 ", "  12_000 ", "12a", "1__2", "_1", "1_", "0x1f", "0X_1F", "0x", "0x_", "0b101", "0o17",
            "0b2", "010", "00", "0_0", "0_1", "+5", "- 5", "--5", "+-5", "1.5", "1e5", "\u0661\u0662", "\u2003 7", "zz", "Zz", "0x-1",
            "1\0", "it's", "\n5\n", "a" * 250, "1" * 4300, "1" * 4301, "-" + "1" * 4301, "f" * 5000, "1" * 4301 + "x", "é", "0B1", "0O7"]
    for text in ints:
        for base in (10, 0, 16, 2, 8, 36, 3, 1, 37, -1):
            if len(text) > 300 and base not in ((10, 0) if text[1] == "1" else (10, 16)):
                continue
            if len(text) > 300 and base == 16:
                yield "inthash", text, base, result(lambda: str(hash(int(text, base))))
            else:
                yield "int", text, base, result(lambda: str(int(text, base)))
    for _ in range(400):
        text = "".join(R.choice("0011278_ xXobBaf+-") for _ in range(R.randrange(1, 7)))
        base = R.choice([10, 0, 16, 2, 8])
        yield "int", text, base, result(lambda: str(int(text, base)))


def spec():
    s = ""
    if R.random() < 0.35:
        s += R.choice(["", "*", "é", "0", " ", "x"]) + R.choice("<>^=")
    if R.random() < 0.3:
        s += R.choice("+- ")
    if R.random() < 0.1:
        s += "z"
    if R.random() < 0.2:
        s += "#"
    if R.random() < 0.2:
        s += "0"
    if R.random() < 0.6:
        s += str(R.choice([0, 1, 2, 3, 5, 8, 10, 13, 20]))
    if R.random() < 0.25:
        s += R.choice([",", "_", ",", "_", ",_", "_,", ",,"])
    if R.random() < 0.4:
        s += "." + R.choice(["", "0", "1", "2", "3", "6", "12", "20"])
    if R.random() < 0.75:
        s += R.choice(list("bcdoxXneEfFgG%s") + ["q", "é", "\x01", "dd", "zz"])
    return s


def format_rows():
    def one(value):
        if isinstance(value, bool):
            return "bool", str(int(value))
        if isinstance(value, int):
            return "int", str(value)
        if isinstance(value, float):
            return "float", number(value)
        if isinstance(value, complex):
            return "complex", number(value.real) + number(value.imag)
        return "str", value
    strings = ["", "a", "hello", "héllo wörld", "日本語", "😀x", "it's"]
    ints = [0, 1, -1, 5, 42, 65, 97, 255, -255, 1000, 123456789, -1234567, 10**20, -10**30, 0x10ffff, 0x110000, 2**63, 8364]
    floats = SPECIAL + [3.14159, -2.5, 1234567.891, 1e-7, -1e-9, 99.9999, 0.05]
    fixed = [("a", "99999999999999999999"), (1.0, ".9999999999f"), (1, ".99999999999999999999"), (10**400, "f"), (10**400, "e"),
             (1e300, "f"), (5e-324, ".800f"), (5e-324, ".760e"), (1.1, ".60g"), (0.1, "%"), (True, "5"), (True, "s"), (False, "d"),
             (True, "e"), (12, "\u0661\u0660d"), (1, "0=10"), (1, "é^9"), (float("inf"), "010,"), (float("nan"), "+08.2%")]
    for value, s in fixed:
        yield *one(value), s, result(lambda: format(value, s))
    for _ in range(3200):
        kind = R.randrange(10)
        if kind < 2:
            value = R.choice(strings)
        elif kind < 5:
            value = R.choice(ints) if R.random() < 0.6 else R.randrange(-10**R.randrange(1, 25), 10**R.randrange(1, 25))
        elif kind < 8:
            value = R.choice(floats) if R.random() < 0.6 else random_double()
        elif kind < 9:
            value = complex(R.choice(SPECIAL + [1.5, -2.25, 3.0]), R.choice(SPECIAL + [1.5, -2.25, 3.0]))
        else:
            value = R.choice([True, False])
        s = spec()
        if isinstance(value, (bool, complex)) and not s:
            continue   # str() of the object, which its own table covers
        if isinstance(value, int) and s.endswith("c") and 0xd800 <= value <= 0xdfff:
            continue
        yield *one(value), s, result(lambda: format(value, s))


def percent_rows():
    """A format, the arguments with their types in front, and the result."""
    def shown(v):
        if isinstance(v, int):
            return "i" + format(v, "x")
        if isinstance(v, float):
            return "f" + number(v)
        return "s" + v
    values = [0, 1, -1, 42, -42, 255, 65, 10**20, -10**25, 1114111, 1114112, 0.0, -0.0, 1.5, -2.75, 1e16, 1e-5, float("inf"),
              float("nan"), "a", "", "héllo", "日本", "ab"]
    for _ in range(2000):
        args, f = [], R.choice(["", "a", "é", "%%"])
        for _ in range(R.choice([1, 1, 1, 2])):
            f += "%" + "".join(R.choice("-+ #0") for _ in range(R.choice([0, 0, 1, 1, 2])))
            w = R.random()
            if w < 0.4:
                f += str(R.choice([1, 2, 5, 8, 12]))
            elif w < 0.5:
                f += "*"
                args.append(R.choice([3, 7, -6, 0, 9]))
            w = R.random()
            if w < 0.3:
                f += "." + R.choice(["", "0", "1", "3", "10"])
            elif w < 0.35:
                f += ".*"
                args.append(R.choice([0, 3, -2, 5]))
            if R.random() < 0.05:
                f += R.choice("hlL")
            if R.random() < 0.97:
                f += R.choice("sdixXoeEfFgGcsdrau") if R.random() < 0.95 else R.choice("qyé%\x02")
            args.append(R.choice(values))
            f += R.choice(["", "!", " z"])
        if R.random() < 0.05:
            args = args[:-1]
        elif R.random() < 0.05:
            args.append(7)
        yield (f, result(lambda: f % tuple(args)), *map(shown, args))
    for f, args in [("%99999999999999999999d", (3,)), ("%.9999999999d", (3,)), ("%.2147483648f", (1.0,)), ("%", ()), ("%(a", (1,)),
                    ("%d", (10**4300,)), ("%x", (10**30,)), ("%.60f", (0.1,)), ("%5%", (1,)), ("%-", (1,)), ("x%%y", ())]:
        if f.startswith("%("):
            continue
        yield (f, result(lambda: f % args), *map(shown, args))


def template_rows():
    def pieces(t):
        out = []
        for literal, field, spec_, conversion in _string.formatter_parser(t):
            out.append(f"{literal}|" + ("-" if field is None else f"{field}|{conversion or ''}|{spec_}"))
        return " // ".join(out)

    def path(name):
        first, rest = _string.formatter_field_name_split(name)
        return " // ".join([f"{type(first).__name__[0]}{first}"] + [
            f"{'.' if attribute else '['}{type(key).__name__[0]}{key}" for attribute, key in rest])
    fixed = ["", "abc", "{}", "{{}}", "{0.a[b]!r:>{w}}", "{!}", "{!r", "{!r:", "{a!rx}", "{a", "{", "}", "{a[", "{a[}", "{a[}]}", "{0:{",
             "{0!", "{:}}", "{0:{{}}}", "a{b}c{d:e}f", "{{{}}}", "{é!é:é}", "{0!:}", "{:{}{}}", "{a{b}}", "}}{{", "{a:b!c}", "{0]}"]
    names = ["", "0", "a", "0.a", "a[0]", "a[b]", "a.b.c", "a[0][1].x", "0.", ".a", "[0]", "a[]", "a[0", "a[0]x", "a..b", "a.[0]",
             "99999999999999999999", "a[99999999999999999999]", "\u0661", "a[\u0661\u0662]", "-1", "a[-1]", "a[ 1]", "01", "a.0", "]"]
    for t in fixed + ["".join(R.choice("{{}}[]!:.ar0é") for _ in range(R.randrange(1, 10))) for _ in range(900)]:
        yield "template", t, result(lambda: pieces(t))
    for n in names + ["".join(R.choice("..[][]a0b1") for _ in range(R.randrange(1, 8))) for _ in range(400)]:
        yield "field", n, result(lambda: path(n))


WORDS = ["", "a", "b", "ab", "ba", "aa", "aba", " ", "\t", "\n", "\r\n", "é", "日本", "😀", "ß", "Σ", "ΑΣ", "ǆ", "Hello", "x.y",
         "\u2003", "\x1c", "\u2028", "1", "²", "½", "_", "+5", "-7", "ﬁ", "İ", "ʰ", "'", '"', "\\", "\x7f", "\xa0", "\xad", "\u0301",
         "\ue000", "\U000e0001", "Д", "ы", "ǅ", "\x00"]


def text_rows():
    for _ in range(700):
        s = "".join(R.choice(WORDS) for _ in range(R.randrange(0, 7)))
        yield (s, len(s), repr(s), ascii(s), s.lower(), s.upper(), s.title(), s.capitalize(), s.swapcase(), s.casefold(),
               "".join("01"[f()] for f in (s.isalpha, s.isalnum, s.isdecimal, s.isdigit, s.isnumeric, s.isspace, s.isprintable,
                                           s.islower, s.isupper, s.istitle, s.isidentifier, s.isascii)), s[::-1], s[1:4], s[::2])


def method_rows():
    def joined(parts):
        return "|".join(f"<{p}>" for p in parts)
    for _ in range(1000):
        s = "".join(R.choice(WORDS) for _ in range(R.randrange(0, 9)))
        t = R.choice(WORDS + [s[1:3], s[:2], s[-2:]])
        n = R.randrange(-2, 4)
        a, b = R.randrange(-8, 9), R.randrange(-8, 12)
        calls = [("find", lambda: str(s.find(t, a, b))), ("rfind", lambda: str(s.rfind(t, a, b))),
                 ("count", lambda: str(s.count(t, a, b))), ("startswith", lambda: str(int(s.startswith(t, a, b)))),
                 ("endswith", lambda: str(int(s.endswith(t, a, b)))), ("replace", lambda: s.replace(t, "<é>", n)),
                 ("split", lambda: joined(s.split(t, n))), ("rsplit", lambda: joined(s.rsplit(t, n))),
                 ("splitspace", lambda: joined(s.split(None, n))), ("rsplitspace", lambda: joined(s.rsplit(None, n))),
                 ("splitlines", lambda: joined(s.splitlines(n > 0))), ("partition", lambda: joined(s.partition(t))),
                 ("rpartition", lambda: joined(s.rpartition(t))), ("strip", lambda: s.strip()), ("stripset", lambda: s.strip(t)),
                 ("lstripset", lambda: s.lstrip(t)), ("rstripset", lambda: s.rstrip(t)), ("lstrip", lambda: s.lstrip()),
                 ("rstrip", lambda: s.rstrip()),
                 ("removeprefix", lambda: s.removeprefix(t)), ("removesuffix", lambda: s.removesuffix(t)),
                 ("center", lambda: s.center(b, "é")), ("ljust", lambda: s.ljust(b, "é")), ("rjust", lambda: s.rjust(b)),
                 ("zfill", lambda: s.zfill(b)), ("expandtabs", lambda: s.expandtabs(a)), ("repeat", lambda: s * n),
                 ("compare", lambda: str((s > t) - (s < t)))]
        for name, f in R.sample(calls, 3):
            yield name, s, t, n, a, b, result(f)


def bigint_rows():
    def operand():
        bits = R.choice([1, 5, 15, 30, 31, 53, 54, 60, 63, 64, 65, 100, 200])
        return R.randrange(-2**bits, 2**bits + 1)
    for _ in range(250):
        a, b, c = operand(), operand(), operand()
        s, e = R.randrange(0, 150), R.randrange(0, 12)
        m = c or 7
        yield (a, b, c, s, e, a + b, a - b, a * b, result(lambda: str(a // b)), result(lambda: str(a % b)), a & b, a | b, a ^ b, ~a,
               a << s, a >> s, a ** e, result(lambda: str(pow(a, b, m))), a.bit_length(), a.bit_count(), hash(a),
               math.gcd(a, b), math.isqrt(abs(a)), result(lambda: number(float(a))), result(lambda: number(a / b)), hex(a), oct(a),
               bin(a), str(round(a, -e)), (a > b) - (a < b), (a > float(b)) - (a < float(b)))
    for a, b in [(2**1024 - 2**970, 1), (2**1024 - 2**969, 1), (2**1024 - 1, 1), (1, 2**1074), (1, 2**1075), (3, 2**1075), (2**2000, 2**1900 + 1),
                 (-1, 10**400), (10**400, -1), (2**53 + 1, 1), (2**54 + 2, 1), (2**54 + 6, 1), (5, 2**1076), (7**300, 3**200)]:
        yield (a, b, 1, 0, 0, a + b, a - b, a * b, "=" + str(a // b), "=" + str(a % b), a & b, a | b, a ^ b, ~a, a, a, 1, "=0",
               a.bit_length(), a.bit_count(), hash(a), math.gcd(a, b), math.isqrt(abs(a)), result(lambda: number(float(a))),
               result(lambda: number(a / b)), hex(a), oct(a), bin(a), str(a), (a > b) - (a < b), 9)


def hash_rows():
    def item():
        return R.choice([R.randrange(-5, 100), R.randrange(-2**70, 2**70), random_double()])
    for n in list(range(9)) * 25:
        items = [item() for _ in range(n)]
        items = [x for x in items if x == x]
        yield hash(tuple(items)), hash(frozenset(items)) if len(set(items)) == len(items) else "", " ".join(str(hash(x)) for x in items)


def complex_rows():
    for _ in range(300):
        re, im = R.choice(SPECIAL + [random_double()]), R.choice(SPECIAL + [random_double()])
        z = complex(re, im)
        yield number(re), number(im), repr(z), hash(z) if z == z else 0


def bytes_rows():
    for _ in range(60):
        data = bytes(R.choice(list(range(256)) + [39, 34, 92, 10, 9, 13] * 5) for _ in range(R.randrange(0, 20)))
        yield data.hex(), repr(data)


write("floatrepr", float_rows())
write("floatdetails", float_detail_rows())
write("parse", parse_rows())
write("formatspec", format_rows())
write("percent", percent_rows())
write("template", template_rows())
write("strings", text_rows())
write("strmethods", method_rows())
write("bigint", bigint_rows())
write("hashes", hash_rows())
write("complex", complex_rows())
write("bytes", bytes_rows())
