// The containers and helpers of the module weakref, in the simulated Python itself: what they hold, and when they let it go,
// is part of what a program can count. Written from their documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

// Every container keeps its entries in self.data; an entry is a weak reference whose callback takes it out again. What else a
// container of CPython holds (run: gc.get_referents of each) is held here too, for the sake of what the collector counts: a
// function whose defaults hold a weak reference to the container, and up to 3.13 a list and a set.
// While a container is walked, over a list of its entries, nothing stops others from leaving it.
const char *const kWeakrefLibrary = R"python(
import atexit
import sys

_waits = sys.version_info < (3, 14)


class _WeakMapping:
    def __iter__(self):
        for key, value in self.items():
            yield key

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return "<%s at %#x>" % (type(self).__name__, id(self))

    def __eq__(self, other):
        if isinstance(other, (dict, _WeakMapping)):
            return dict(self.items()) == dict(other.items())
        return NotImplemented

    __hash__ = None

    def keys(self):
        return iter(self)

    def values(self):
        for key, value in self.items():
            yield value

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key, *default):
        try:
            found = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return found

    def popitem(self):
        for key, value in self.items():
            del self[key]
            return key, value
        raise KeyError("popitem(): dictionary is empty")

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def update(self, given=None, /, **named):
        if given is not None:
            if not hasattr(given, "items"):
                given = dict(given)
            for key, value in given.items():
                self[key] = value
        if named:
            for key, value in named.items():
                self[key] = value


class WeakValueDictionary(_WeakMapping):
    def __init__(self, given=(), /, **named):
        def remove(entry, door=ref(self), count=len):
            owner = door()
            if owner is not None:
                owner._forget(entry)
        self._remove = remove
        if _waits:
            self._pending_removals = []
            self._iterating = set()
        self.data = {}
        self.update(given, **named)

    def _forget(self, entry):
        if self.data.get(entry.key) is entry:
            del self.data[entry.key]

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return key in self.data and self.data[key]() is not None

    def items(self):
        for key, entry in list(self.data.items()):
            value = entry()
            if value is not None:
                yield key, value

    def valuerefs(self):
        return list(self.data.values())

    def itervaluerefs(self):
        return iter(self.valuerefs())


class WeakKeyDictionary(_WeakMapping):
    def __init__(self, given=None):
        self.data = {}
        def remove(entry, door=ref(self)):
            owner = door()
            if owner is not None:
                owner._forget(entry)
        self._remove = remove
        if _waits:
            self._pending_removals = []
            self._iterating = set()
            self._dirty_len = False
        if given is not None:
            self.update(given)

    def _forget(self, entry):
        self.data.pop(entry, None)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:
            return False

    def items(self):
        for entry, value in list(self.data.items()):
            key = entry()
            if key is not None:
                yield key, value

    def keyrefs(self):
        return list(self.data)


class WeakSet:
    def __init__(self, members=None):
        self.data = set()
        def remove(entry, door=ref(self)):
            owner = door()
            if owner is not None:
                owner._forget(entry)
        self._remove = remove
        if _waits:
            self._pending_removals = []
            self._iterating = set()
        if members is not None:
            self.update(members)

    def _forget(self, entry):
        self.data.discard(entry)

    def __iter__(self):
        for entry in list(self.data):
            member = entry()
            if member is not None:
                yield member

    def __len__(self):
        return len(self.data)

    def __contains__(self, member):
        try:
            return ref(member) in self.data
        except TypeError:
            return False

    def __repr__(self):
        return repr(self.data)

    def __eq__(self, other):
        if isinstance(other, WeakSet):
            return self.data == other.data
        return NotImplemented

    __hash__ = None

    def add(self, member):
        self.data.add(ref(member, self._remove))

    def discard(self, member):
        self.data.discard(ref(member))

    def remove(self, member):
        self.data.remove(ref(member))

    def pop(self):
        while self.data:
            member = self.data.pop()()
            if member is not None:
                return member
        raise KeyError("pop from empty WeakSet")

    def clear(self):
        self.data.clear()

    def update(self, others):
        for member in others:
            self.add(member)

    def copy(self):
        return WeakSet(self)

    def union(self, others):
        made = WeakSet(self)
        made.update(others)
        return made

    def intersection(self, others):
        return WeakSet([member for member in others if member in self])

    def difference(self, others):
        gone = WeakSet(others)
        return WeakSet([member for member in self if member not in gone])

    def difference_update(self, others):
        for member in list(others):
            self.discard(member)

    def symmetric_difference(self, others):
        return self.difference(others).union(WeakSet(others).difference(self))

    def issubset(self, others):
        whole = WeakSet(others)
        return all([member in whole for member in self])

    def issuperset(self, others):
        return all([member in self for member in others])

    def isdisjoint(self, others):
        return not any([member in self for member in others])

    __or__, __and__, __sub__, __xor__ = union, intersection, difference, symmetric_difference
    __le__, __ge__ = issubset, issuperset


def _watch_method(method, callback):
    def half_died(half):
        whole = mine()
        if whole is not None and _method_ends(whole) and callback is not None:
            callback(whole)
    whole = _weak_method(method.__self__, half_died)
    _of_function(whole, ref(method.__func__, half_died))
    mine = ref(whole)
    return whole


class _Duty:
    __slots__ = ("number", "watch", "call", "at_exit")


class finalize:
    __slots__ = ()
    _duties = {}
    _made = 0
    _over = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if finalize._made == 0:
            atexit.register(_last_duties)
        duty = _Duty()
        duty.number = finalize._made
        duty.watch = ref(obj, self)
        duty.call = (func, args, kwargs)
        duty.at_exit = True
        finalize._made += 1
        finalize._duties[self] = duty

    def __call__(self, watch=None):
        duty = finalize._duties.pop(self, None)
        if duty is not None and not finalize._over:
            func, args, kwargs = duty.call
            return func(*args, **kwargs)

    def peek(self):
        duty = finalize._duties.get(self)
        watched = None if duty is None else duty.watch()
        if watched is not None:
            return (watched,) + duty.call

    def detach(self):
        known = self.peek()
        if known is not None:
            del finalize._duties[self]
        return known

    @property
    def alive(self):
        return self in finalize._duties

    @property
    def atexit(self):
        return self.alive and finalize._duties[self].at_exit

    @atexit.setter
    def atexit(self, wanted):
        if self.alive:
            finalize._duties[self].at_exit = bool(wanted)

    def __repr__(self):
        known = self.peek()
        if known is None:
            return "<finalize object at %#x; dead>" % id(self)
        return "<finalize object at %#x; for %r at %#x>" % (id(self), type(known[0]).__name__, id(known[0]))


def _last_duties():
    while True:
        newest = None
        for one, duty in finalize._duties.items():
            if duty.at_exit and (newest is None or duty.number > finalize._duties[newest].number):
                newest = one
        if newest is None:
            break
        try:
            newest()
        except Exception as error:
            atexit._report(error)
    finalize._over = True
)python";

} // namespace pyrena
