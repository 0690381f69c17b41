#!/usr/bin/env python3
"""Writes unicodeclasses.cpp and unicodecases.cpp from what this interpreter says about each code point.

Usage: python3 unicode_tables.py FOLDER. The tables in the source were made with CPython 3.11 (Unicode 14).
"""
import sys
import textwrap
import unicodedata

ALL = range(0x110000)


def gaps(test):
    """Where the answer changes, each as the distance from the change before: small numbers, a short table."""
    out, before, inside = [], 0, False
    for c in ALL:
        if test(chr(c)) != inside:
            inside = not inside
            out.append(c - before)
            before = c
    return out


def numbers(values):
    return textwrap.fill(", ".join(map(str, values)), 116,
                         initial_indent="    ", subsequent_indent="    ")


def class_table(name, test):
    return f"const std::uint32_t {name}[] = {{\n{numbers(gaps(test))}\n}};\n"


def runs(mapping):
    """[(first, last, stride, delta)] of a {code point: code point} mapping."""
    out = []
    for c in sorted(mapping):
        delta = mapping[c] - c
        if out:
            first, last, stride, d = out[-1]
            if d == delta and ((first == last and c - last in (1, 2)) or (first != last and c - last == stride)):
                out[-1] = (first, c, c - last, d)
                continue
        out.append((c, c, 1, delta))
    return out


def case_table(name, func):
    simple, special = {}, []
    for c in ALL:
        r = func(chr(c))
        if r == chr(c):
            continue
        if len(r) == 1:
            simple[c] = ord(r)
        else:
            special.append((c, [ord(x) for x in r] + [0] * (3 - len(r))))
    lines = ", ".join(f"{{{f:#x}, {l:#x}, {s}, {d}}}" for f, l, s, d in runs(simple))
    text = f"const CaseRun {name}Runs[] = {{\n" + textwrap.fill(
        lines, 116, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False) + "\n};\n"
    if special:
        lines = ", ".join(f"{{{c:#x}, {{{', '.join(hex(x) for x in m)}}}}}" for c, m in special)
        text += f"const CaseSpecial {name}Specials[] = {{\n" + textwrap.fill(
            lines, 116, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False) + "\n};\n"
    else:
        text += f"const std::span<const CaseSpecial> {name}Specials;\n"
    return text


def case_ignorable(c):
    # 'AΣ' + c + 'A': the sigma is final unless c is skipped when looking for the following cased letter.
    if cased(c):
        return False
    return ("AΣ" + c + "A").lower()[1] == "σ"


def cased(c):
    # A sigma before a cased letter is not final.
    return ("AΣ" + c).lower()[1] == "σ"


HEADER = """// Made by unicode_tables.py from CPython's own answers. Do not edit.
#include "core/python/text/unicodetables.h"

namespace pyrena::text {

"""


def main(folder):
    with open(f"{folder}/unicodeclasses.cpp", "w", encoding="ascii") as f:
        f.write(HEADER + "namespace {\n")
        classes = [
            ("kNonPrintable", lambda c: not c.isprintable()),
            ("kAlpha", str.isalpha),
            ("kSpace", str.isspace),
            ("kDigitNotDecimal", lambda c: c.isdigit() and not c.isdecimal()),
            ("kNumericNotDigit", lambda c: c.isnumeric() and not c.isdigit()),
            ("kLower", str.islower),
            ("kUpper", str.isupper),
            ("kTitle", lambda c: unicodedata.category(c) == "Lt"),
            ("kXidStart", lambda c: c.isidentifier()),
            ("kXidContinueNotStart", lambda c: ("a" + c).isidentifier() and not c.isidentifier()),
            ("kCased", cased),
            ("kCaseIgnorable", case_ignorable),
        ]
        for name, test in classes:
            f.write(class_table(name, test))
        # Decimal digits come in blocks of ten: only the zeros are stored.
        zeros = [c for c in ALL if chr(c).isdecimal() and unicodedata.decimal(chr(c)) == 0]
        assert all(unicodedata.decimal(chr(z + i), -1) == i for z in zeros for i in range(10))
        assert len(zeros) * 10 == sum(chr(c).isdecimal() for c in ALL)
        f.write(f"const std::uint32_t kZeros[] = {{\n{numbers(zeros)}\n}};\n}} // namespace\n\n")
        f.write("const UnicodeClasses kUnicodeClasses{\n    " + ",\n    ".join(n for n, _ in classes) + ",\n    kZeros};\n")
        f.write("\n} // namespace pyrena::text\n")
    with open(f"{folder}/unicodecases.cpp", "w", encoding="ascii") as f:
        f.write(HEADER + "namespace {\n")
        # One character alone: a lone sigma is not final, so lower() needs no special care here.
        cases = [("kLower", str.lower), ("kUpper", str.upper), ("kTitle", str.title), ("kFold", str.casefold)]
        for name, func in cases:
            f.write(case_table(name, func))
        f.write("} // namespace\n\nconst UnicodeCases kUnicodeCases{\n    "
                + ",\n    ".join(f"{{{n}Runs, {n}Specials}}" for n, _ in cases) + "};\n")
        f.write("\n} // namespace pyrena::text\n")


main(sys.argv[1])
