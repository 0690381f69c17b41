// The module functools in the simulated Python itself. Written from its documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kFunctoolsLibrary = R"python(
WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
WRAPPER_UPDATES = ("__dict__",)
_absent = []


def reduce(function, sequence, initial=_absent):
    items = iter(sequence)
    if initial is _absent:
        try:
            total = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty %s with no initial value" % ("iterable" if _minor >= 10 else "sequence")) from None
    else:
        total = initial
    for item in items:
        total = function(total, item)
    return total


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


class partial:
    def __init__(*given, **keywords):
        if len(given) < 2:
            raise TypeError("type 'partial' takes at least one argument")
        self, func, args = given[0], given[1], given[2:]
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = dict(func.keywords, **keywords)
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(*given, **named):
        self = given[0]
        return self.func(*self.args, *given[1:], **dict(self.keywords, **named))

    def __repr__(self):
        parts = [repr(self.func)] + [repr(arg) for arg in self.args]
        return "functools.partial(%s)" % ", ".join(parts + ["%s=%r" % pair for pair in self.keywords.items()])


class _Key:
    __slots__ = ("obj", "_compare")

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0

    __hash__ = None


def cmp_to_key(mycmp):
    return lambda obj: _Key(obj, mycmp)


def _not(answer):
    return answer if answer is NotImplemented else not answer


# What each comparison is when only one of them and __eq__ are there.
def _from_lt(cls):
    def __gt__(self, other):
        less = type(self).__lt__(self, other)
        return less if less is NotImplemented else not less and self != other
    def __le__(self, other):
        less = type(self).__lt__(self, other)
        return less if less is NotImplemented else less or self == other
    def __ge__(self, other):
        return _not(type(self).__lt__(self, other))
    return __gt__, __le__, __ge__


def _from_le(cls):
    def __ge__(self, other):
        least = type(self).__le__(self, other)
        return least if least is NotImplemented else not least or self == other
    def __lt__(self, other):
        least = type(self).__le__(self, other)
        return least if least is NotImplemented else least and self != other
    def __gt__(self, other):
        return _not(type(self).__le__(self, other))
    return __ge__, __lt__, __gt__


def _from_gt(cls):
    def __lt__(self, other):
        more = type(self).__gt__(self, other)
        return more if more is NotImplemented else not more and self != other
    def __ge__(self, other):
        more = type(self).__gt__(self, other)
        return more if more is NotImplemented else more or self == other
    def __le__(self, other):
        return _not(type(self).__gt__(self, other))
    return __lt__, __ge__, __le__


def _from_ge(cls):
    def __le__(self, other):
        most = type(self).__ge__(self, other)
        return most if most is NotImplemented else not most or self == other
    def __gt__(self, other):
        most = type(self).__ge__(self, other)
        return most if most is NotImplemented else most and self != other
    def __lt__(self, other):
        return _not(type(self).__ge__(self, other))
    return __le__, __gt__, __lt__


def total_ordering(cls):
    for name, make in (("__lt__", _from_lt), ("__le__", _from_le), ("__gt__", _from_gt), ("__ge__", _from_ge)):
        if _defines(cls, name):
            for method in make(cls):
                if not _defines(cls, method.__name__):
                    setattr(cls, method.__name__, method)
            return cls
    raise ValueError("must define at least one ordering operation: < > <= >=")


class _Cached:
    def __init__(self, function, maxsize, typed):
        self._function = function
        self._maxsize = maxsize
        self._typed = typed
        self._answers = {}
        self._hits = self._misses = 0
        update_wrapper(self, function)

    def __call__(self, *args, **kwds):
        if self._maxsize == 0:
            self._misses += 1
            return self._function(*args, **kwds)
        key = (args, tuple(kwds.items())) if kwds or self._typed else args
        if self._typed:
            key = (key, tuple([type(arg) for arg in args]), tuple([type(arg) for arg in kwds.values()]))
        answers = self._answers
        if key in answers:
            self._hits += 1
            answer = answers[key]
            if self._maxsize is not None:
                del answers[key]
                answers[key] = answer
            return answer
        self._misses += 1
        answer = self._function(*args, **kwds)
        if key not in answers and self._maxsize is not None and len(answers) >= self._maxsize:
            del answers[next(iter(answers))]
        answers[key] = answer
        return answer

    def __get__(self, instance, owner=None):
        return self if instance is None else _bind(self, instance)

    def __repr__(self):
        return "<functools._lru_cache_wrapper object at %#x>" % id(self)

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._answers))

    def cache_clear(self):
        self._answers = {}
        self._hits = self._misses = 0

    def cache_parameters(self):
        return {"maxsize": self._maxsize, "typed": self._typed}


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        if _minor < 8:
            raise TypeError("Expected maxsize to be an integer or None")
        return _Cached(maxsize, 128, typed)
    if maxsize is not None and not isinstance(maxsize, int):
        raise TypeError("Expected first argument to be an integer, a callable, or None" if _minor >= 8
                        else "Expected maxsize to be an integer or None")
    return lambda function: _Cached(function, maxsize if maxsize is None else max(maxsize, 0), typed)


from collections import namedtuple
_CacheInfo = namedtuple("CacheInfo", ["hits", "misses", "maxsize", "currsize"], module="functools")
del namedtuple

if _minor >= 9:
    def cache(user_function):
        return _Cached(user_function, None, False)

if _minor >= 8:
    class cached_property:
        def __init__(self, func):
            self.func = func
            self.attrname = None
            self.__doc__ = func.__doc__

        def __set_name__(self, owner, name):
            if self.attrname is None:
                self.attrname = name
            elif name != self.attrname:
                raise TypeError("Cannot assign the same cached_property to two different names (%r and %r)." % (self.attrname, name))

        def __get__(self, instance, owner=None):
            if instance is None:
                return self
            space = instance.__dict__
            if self.attrname not in space:
                space[self.attrname] = self.func(instance)
            return space[self.attrname]
)python";

} // namespace pyrena
