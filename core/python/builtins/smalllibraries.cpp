// The modules string and operator in the simulated Python itself. Written from their documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kStringLibrary = R"python(
whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _fill(self, values, safe):
        text, out, at = self.template, [], 0
        while at < len(text):
            sign = text[at]
            if sign != "$":
                out.append(sign)
                at += 1
                continue
            if text[at + 1:at + 2] == "$":
                out.append("$")
                at += 2
                continue
            braced = text[at + 1:at + 2] == "{"
            begin = end = at + 1 + braced
            while end < len(text) and text[begin:end + 1].isidentifier() and text[end].isascii():
                end += 1
            name = text[begin:end]
            good = name and (not braced or text[end:end + 1] == "}")
            after = end + 1 if braced else end
            if good and name in values:
                out.append(str(values[name]))
                at = after
            elif safe:
                out.append("$")
                at += 1
            elif good:
                raise KeyError(name)
            else:
                lines = text[:at].splitlines(True)
                raise ValueError("Invalid placeholder in string: line %d, col %d"
                                 % (max(1, len(lines)), at - len("".join(lines[:-1])) + 1))
        return "".join(out)

    def substitute(self, mapping={}, **kws):
        return self._fill(dict(mapping, **kws), False)

    def safe_substitute(self, mapping={}, **kws):
        return self._fill(dict(mapping, **kws), True)
)python";

const char *const kOperatorLibrary = R"python(
def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def ge(a, b): return a >= b
def gt(a, b): return a > b
def not_(a): return not a
def truth(a): return True if a else False
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def add(a, b): return a + b
def sub(a, b): return a - b
def mul(a, b): return a * b
def truediv(a, b): return a / b
def floordiv(a, b): return a // b
def mod(a, b): return a % b
def pow(a, b): return a ** b
def matmul(a, b): return a @ b
def neg(a): return -a
def pos(a): return +a
def inv(a): return ~a
invert = inv
def and_(a, b): return a & b
def or_(a, b): return a | b
def xor(a, b): return a ^ b
def lshift(a, b): return a << b
def rshift(a, b): return a >> b
def concat(a, b): return a + b
def contains(a, b): return b in a
def getitem(a, b): return a[b]
def delitem(a, b): del a[b]
def abs(a): return _abs(a)
def index(a): return a.__index__()
def setitem(a, b, c): a[b] = c
def countOf(a, b): return sum([item is b or item == b for item in a])


def indexOf(a, b):
    for place, item in enumerate(a):
        if item is b or item == b:
            return place
    raise ValueError("sequence.index(x): x not in sequence")


def iadd(a, b):
    a += b
    return a


def isub(a, b):
    a -= b
    return a


def imul(a, b):
    a *= b
    return a


def iconcat(a, b):
    a += b
    return a


class itemgetter:
    def __init__(self, item, *items):
        self._items = (item,) + items

    def __call__(self, obj):
        if len(self._items) == 1:
            return obj[self._items[0]]
        return tuple([obj[item] for item in self._items])

    def __repr__(self):
        return "operator.itemgetter(%s)" % ", ".join([repr(item) for item in self._items])


class attrgetter:
    def __init__(self, attr, *attrs):
        self._attrs = (attr,) + attrs
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError("attribute name must be a string")

    def __call__(self, obj):
        found = []
        for name in self._attrs:
            value = obj
            for part in name.split("."):
                value = getattr(value, part)
            found.append(value)
        return found[0] if len(found) == 1 else tuple(found)

    def __repr__(self):
        return "operator.attrgetter(%s)" % ", ".join([repr(name) for name in self._attrs])


class methodcaller:
    def __init__(self, name, *args, **kwargs):
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._kwargs)
)python";

} // namespace pyrena
