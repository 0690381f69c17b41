// The module collections in the simulated Python itself: what its classes hold is part of what a program can count. Written
// from their documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

// deque: its items are in a list; _left is where the first one would lie in CPython's leftmost block of 64 places, which
// says how many blocks there are, and so its size. The blocks themselves are not in the heap.
const char *const kCollectionsLibrary = R"python(
def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    names = [str(name) for name in field_names]
    typename = str(typename)
    seen = set()
    if rename:
        for place, name in enumerate(names):
            if not name.isidentifier() or _is_keyword(name) or name.startswith("_") or name in seen:
                names[place] = "_%d" % place
            seen.add(names[place])
    for name in [typename] + names:
        if not name.isidentifier():
            raise ValueError("Type names and field names must be valid identifiers: %r" % name)
        if _is_keyword(name):
            raise ValueError("Type names and field names cannot be a keyword: %r" % name)
    seen = set()
    for name in names:
        if name.startswith("_") and not rename:
            raise ValueError("Field names cannot start with an underscore: %r" % name)
        if name in seen:
            raise ValueError("Encountered duplicate field name: %r" % name)
        seen.add(name)
    given = () if defaults is None else tuple(defaults)
    if len(given) > len(names):
        raise TypeError("Got more default values than field names")
    plain = names[:len(names) - len(given)]
    late = names[len(names) - len(given):]
    arguments = "".join([", " + name for name in plain] + [", %s=_given[%d]" % (late[n], n) for n in range(len(late))])
    lines = ["class %s(tuple):" % typename,
             "    __slots__ = ()",
             "    _fields = _names",
             "    _field_defaults = _defaults",
             ("    __new__ = lambda _cls%s: _new(_cls, (%s))" if _minor == 9 else "    def __new__(_cls%s): return _new(_cls, (%s))")
             % (arguments, "".join([name + ", " for name in names])),
             "    @classmethod",
             "    def _make(cls, iterable):",
             "        made = _new(cls, iterable)",
             "        if len(made) != %d:" % len(names),
             "            raise TypeError('Expected %d arguments, got %%d' %% len(made))" % len(names),
             "        return made",
             "    def _replace(self, **kwds):",
             "        made = self._make([kwds.pop(name, value) for name, value in zip(self._fields, self)])",
             "        if kwds:",
             "            raise %s('Got unexpected field names: %%r' %% (list(kwds),))" % ("TypeError" if _minor >= 13 else "ValueError"),
             "        return made",
             "    def __repr__(self):",
             "        return self.__class__.__name__ + _pattern % tuple(self)",
             "    def _asdict(self):",
             "        return _dict(zip(self._fields, self))",
             "    def __getnewargs__(self):",
             "        return tuple(self)"]
    for place, name in enumerate(names):
        lines.append("    %s = property(lambda self: _item(self, %d))" % (name, place))
    space = {"__name__": module or "__main__", "_names": tuple(names), "_defaults": dict(zip(late, given)), "_given": given,
             "_new": tuple.__new__, "_item": tuple.__getitem__, "_pattern": "(" + ", ".join([name + "=%r" for name in names]) + ")",
             "_dict": dict if _minor >= 8 else OrderedDict}
    _define("\n".join(lines) + "\n", space)
    return space[typename]


class defaultdict(dict):
    __slots__ = ("default_factory",)

    def __init__(*given, **named):
        self, given = given[0], given[1:]
        factory = given[0] if given else None
        if factory is not None and not callable(factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = factory
        dict.__init__(self, *given[1:], **named)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def __repr__(self):
        return "%s(%r, %s)" % (type(self).__name__, self.default_factory, dict.__repr__(self))

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy


_absent = []


class OrderedDict(dict):
    def __init__(*given, **named):
        self, given = given[0], given[1:]
        if len(given) > 1:
            raise TypeError("expected at most 1 arguments, got %d" % len(given))
        self.update(*given, **named)

    def __repr__(self):
        if not self:
            return "%s()" % type(self).__name__
        if _minor >= 12:
            return "%s(%s)" % (type(self).__name__, dict.__repr__(self))
        return "%s(%r)" % (type(self).__name__, list(self.items()))

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return dict.__eq__(self, other) and list(self) == list(other)
        return dict.__eq__(self, other)

    def __ne__(self, other):
        same = self == other
        return same if same is NotImplemented else not same

    __hash__ = None

    def move_to_end(self, key, last=True):
        if last:
            self[key] = dict.pop(self, key)
            return
        moved = dict.pop(self, key)
        others = list(self.items())
        dict.clear(self)
        self[key] = moved
        for other, value in others:
            self[other] = value

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = list(self)[-1 if last else 0]
        return key, dict.pop(self, key)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __reversed__(self):
        return iter(list(self)[::-1])

    # A table of the nodes beside the dict's own, and a node of 32 bytes for each.
    def __sizeof__(self):
        return dict.__sizeof__(self) + (8 * _table(self) + 32 * len(self) if len(self) else 0)


class Counter(dict):
    def __init__(*given, **named):
        self, given = given[0], given[1:]
        if len(given) > 1:
            raise TypeError("Counter.__init__() takes from 1 to 2 positional arguments but %d were given" % (len(given) + 1))
        dict.__init__(self)
        self.update(*given, **named)

    def __missing__(self, key):
        return 0

    def update(*given, **named):
        self, given = given[0], given[1:]
        for source in given[:1] + ((named,) if named else ()):
            if source is None:
                continue
            if hasattr(source, "items") and hasattr(source, "keys"):
                if len(self) == 0:
                    dict.update(self, source)
                else:
                    for key, count in source.items():
                        self[key] = count + self.get(key, 0)
            else:
                for key in source:
                    self[key] = self.get(key, 0) + 1

    def subtract(*given, **named):
        self, given = given[0], given[1:]
        for source in given[:1] + ((named,) if named else ()):
            if hasattr(source, "items") and hasattr(source, "keys"):
                for key, count in source.items():
                    self[key] = self.get(key, 0) - count
            else:
                for key in source:
                    self[key] = self.get(key, 0) - 1

    def most_common(self, n=None):
        ranked = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return ranked if n is None else ranked[:max(n, 0)]

    def elements(self):
        for key, count in self.items():
            for _ in range(count):
                yield key

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __delitem__(self, key):
        if key in self:
            dict.__delitem__(self, key)

    def __repr__(self):
        if not self:
            return "%s()" % type(self).__name__
        return "%s({%s})" % (type(self).__name__, ", ".join(["%r: %r" % pair for pair in self.most_common()]))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError("Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def _merged(self, other, rule, both):
        made = Counter()
        for key, count in self.items():
            value = rule(count, other[key])
            if value > 0:
                made[key] = value
        if both:
            for key, count in other.items():
                if key not in self and rule(0, count) > 0:
                    made[key] = rule(0, count)
        return made

    def __add__(self, other):
        return self._merged(other, lambda a, b: a + b, True) if isinstance(other, Counter) else NotImplemented

    def __sub__(self, other):
        return self._merged(other, lambda a, b: a - b, True) if isinstance(other, Counter) else NotImplemented

    def __or__(self, other):
        return self._merged(other, max, True) if isinstance(other, Counter) else NotImplemented

    def __and__(self, other):
        return self._merged(other, min, False) if isinstance(other, Counter) else NotImplemented

    def __pos__(self):
        return self._merged(Counter(), lambda a, b: a, False)

    def __neg__(self):
        return Counter()._merged(self, lambda a, b: -b, True)

    def _become(self, other):
        dict.clear(self)
        dict.update(self, other)
        return self

    def __iadd__(self, other):
        for key, count in other.items():
            self[key] += count
        return self._become(+self)

    def __isub__(self, other):
        for key, count in other.items():
            self[key] -= count
        return self._become(+self)

    def __ior__(self, other):
        return self._become(self | other)

    def __iand__(self, other):
        return self._become(self & other)

    if _minor >= 10:
        def total(self):
            return sum(self.values())

        def __eq__(self, other):
            if not isinstance(other, Counter):
                return NotImplemented
            return all([self[key] == other[key] for one in (self, other) for key in one])

        def __ne__(self, other):
            if not isinstance(other, Counter):
                return NotImplemented
            return not self == other

        def __le__(self, other):
            if not isinstance(other, Counter):
                return NotImplemented
            return all([self[key] <= other[key] for one in (self, other) for key in one])

        def __lt__(self, other):
            return self <= other and self != other if isinstance(other, Counter) else NotImplemented

        def __ge__(self, other):
            return other <= self if isinstance(other, Counter) else NotImplemented

        def __gt__(self, other):
            return other < self if isinstance(other, Counter) else NotImplemented

        __hash__ = None


class deque:
    __slots__ = ("_items", "_left", "_changes", "maxlen", "__weakref__")

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        _set(self, "maxlen", maxlen)
        self._items = []
        self._left = 32
        self._changes = 0
        if iterable != ():
            self.extend(iterable)

    def __setattr__(self, name, value):
        if name == "maxlen":
            raise AttributeError("attribute 'maxlen' of '%s.deque' objects is not writable" % "collections")
        _set(self, name, value)

    def append(self, x):
        self._changes += 1
        self._items.append(x)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._drop_first()

    def appendleft(self, x):
        self._changes += 1
        self._items.insert(0, x)
        self._left = (self._left - 1) % 64
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()
            self._settle()

    def _drop_first(self):
        first = self._items.pop(0)
        self._left = (self._left + 1) % 64
        self._settle()
        return first

    # An empty deque begins in the middle of its block again.
    def _settle(self):
        self._changes += 1
        if not self._items:
            self._left = 32

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        last = self._items.pop()
        self._settle()
        return last

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._drop_first()

    # Into an empty deque: from the left end of its block, or from the right one.
    def extend(self, iterable):
        if not self._items:
            self._left = 1
        for x in list(iterable) if iterable is self else iterable:
            self.append(x)

    def extendleft(self, iterable):
        if not self._items:
            self._left = 63
        for x in list(iterable) if iterable is self else iterable:
            self.appendleft(x)

    def clear(self):
        self._items.clear()
        self._settle()

    def rotate(self, n=1):
        count = len(self._items)
        if count > 1:
            n %= count
            if n > count // 2:
                n -= count
            for _ in range(abs(n)):
                if n > 0:
                    self._items.insert(0, self._items.pop())
                else:
                    self._items.append(self._items.pop(0))
            self._left = (self._left - n) % 64
            self._changes += 1

    def copy(self):
        return type(self)(self, self.maxlen)

    __copy__ = copy

    def count(self, x):
        return self._items.count(x)

    def index(self, x, *bounds):
        try:
            return self._items.index(x, *bounds)
        except ValueError:
            raise ValueError("deque.index(x): x not in deque" if _minor >= 14 else "%r is not in deque" % (x,)) from None

    def insert(self, i, x):
        if self.maxlen is not None and len(self._items) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        self._changes += 1
        self._items.insert(i, x)

    def remove(self, x):
        for place in range(len(self._items)):
            if self._items[place] == x:
                del self._items[place]
                self._settle()
                return
        raise ValueError("%r is not in deque" % (x,) if 10 <= _minor <= 13 else "deque.remove(x): x not in deque")

    def reverse(self):
        self._items.reverse()

    def _place(self, i):
        if isinstance(i, slice):
            raise TypeError("sequence index must be integer, not 'slice'")
        if not isinstance(i, int):
            raise TypeError("sequence index must be integer, not '%s'" % type(i).__name__)
        if not -len(self._items) <= i < len(self._items):
            raise IndexError("deque index out of range")
        return i

    def __getitem__(self, i):
        return self._items[self._place(i)]

    def __setitem__(self, i, x):
        self._items[self._place(i)] = x

    def __delitem__(self, i):
        del self._items[self._place(i)]
        self._settle()

    def __len__(self):
        return len(self._items)

    def __contains__(self, x):
        return x in self._items

    def __iter__(self):
        changes, place = self._changes, 0
        while place < len(self._items) or changes != self._changes:
            if changes != self._changes:
                raise RuntimeError("deque mutated during iteration")
            yield self._items[place]
            place += 1

    def __reversed__(self):
        return iter(self._items[::-1])

    def __repr__(self):
        shown = "%s(%r" % (type(self).__name__, self._items)
        return shown + (")" if self.maxlen is None else ", maxlen=%d)" % self.maxlen)

    def _compared(self, other, rule):
        return rule(self._items, other._items) if isinstance(other, deque) else NotImplemented

    def __eq__(self, other):
        return self._compared(other, lambda a, b: a == b)

    def __ne__(self, other):
        return self._compared(other, lambda a, b: a != b)

    def __lt__(self, other):
        return self._compared(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._compared(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._compared(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._compared(other, lambda a, b: a >= b)

    __hash__ = None

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError('can only concatenate deque (not "%s") to deque' % type(other).__name__)
        made = self.copy()
        made.extend(other)
        return made

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, n):
        return type(self)(self._items * n, self.maxlen)

    __rmul__ = __mul__

    def __sizeof__(self):
        blocks = (self._left + max(len(self._items), 1) - 1) // 64 + 1
        return _deque_size + blocks * 528 + (8 if _minor < 11 and hasattr(self, "__dict__") else 0)


# deque.__basicsize__: since 3.11 its spare blocks are kept in the object itself.
_deque_size = 216 if _minor >= 11 else 80

_solid(OrderedDict, 64)
_solid(deque, 0)
)python";

} // namespace pyrena
