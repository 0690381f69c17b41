// The module itertools in the simulated Python itself. Written from its documented behaviour.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kItertoolsLibrary = R"python(
class _Stream:
    def __iter__(self):
        return self

    def __next__(self):
        return next(self._stream)


class count(_Stream):
    def __init__(self, start=0, step=1):
        self._at, self._step = start, step

    def __next__(self):
        at = self._at
        self._at = at + self._step
        return at

    def __repr__(self):
        if isinstance(self._step, int) and self._step == 1:
            return "count(%r)" % (self._at,)
        return "count(%r, %r)" % (self._at, self._step)


class repeat(_Stream):
    def __init__(self, object, times=None):
        self._object = object
        self._left = times if times is None else max(times, 0)

    def __next__(self):
        if self._left is not None:
            if self._left == 0:
                raise StopIteration
            self._left -= 1
        return self._object

    def __repr__(self):
        return "repeat(%r)" % (self._object,) if self._left is None else "repeat(%r, %d)" % (self._object, self._left)


def _cycle(items):
    kept = []
    for item in items:
        yield item
        kept.append(item)
    while kept:
        for item in kept:
            yield item


class cycle(_Stream):
    def __init__(self, iterable):
        self._stream = _cycle(iter(iterable))


def _chain(iterables):
    for iterable in iterables:
        for item in iterable:
            yield item


class chain(_Stream):
    def __init__(self, *iterables):
        self._stream = _chain(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._stream = _chain(iterables)
        return made


def _accumulate(items, func, initial, given):
    total = initial
    if not given:
        try:
            total = next(items)
        except StopIteration:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


class accumulate(_Stream):
    def __init__(self, iterable, func=None, *, initial=None):
        self._stream = _accumulate(iter(iterable), func, initial, initial is not None)


def _islice(items, start, stop, step):
    at = 0
    while stop is None or start < stop:
        while at < start:
            for _ in items:
                break
            else:
                return
            at += 1
        for item in items:
            yield item
            break
        else:
            return
        at += 1
        start += step
    while stop is not None and at < stop:
        for _ in items:
            break
        else:
            return
        at += 1


class islice(_Stream):
    def __init__(self, iterable, *bounds):
        if not 1 <= len(bounds) <= 3:
            raise TypeError("islice expected at %s arguments, got %d" % ("least 2" if not bounds else "most 4", len(bounds) + 1))
        start, stop, step = (None, bounds[0], None) if len(bounds) == 1 else (bounds + (None,))[:3]
        for bound in (stop,) if len(bounds) == 1 else (start, stop):
            if bound is not None and (not isinstance(bound, int) or bound < 0):
                raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize." if len(bounds) == 1
                                 else "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        if step is not None and (not isinstance(step, int) or step < 1):
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._stream = _islice(iter(iterable), start or 0, stop, step or 1)


def _takewhile(predicate, items):
    for item in items:
        if not predicate(item):
            return
        yield item


class takewhile(_Stream):
    def __init__(self, predicate, iterable):
        self._stream = _takewhile(predicate, iter(iterable))


def _dropwhile(predicate, items):
    for item in items:
        if not predicate(item):
            yield item
            break
    for item in items:
        yield item


class dropwhile(_Stream):
    def __init__(self, predicate, iterable):
        self._stream = _dropwhile(predicate, iter(iterable))


def _filterfalse(predicate, items):
    for item in items:
        if not (item if predicate is None else predicate(item)):
            yield item


class filterfalse(_Stream):
    def __init__(self, predicate, iterable):
        self._stream = _filterfalse(predicate, iter(iterable))


def _compress(data, selectors):
    for item, wanted in zip(data, selectors):
        if wanted:
            yield item


class compress(_Stream):
    def __init__(self, data, selectors):
        self._stream = _compress(data, selectors)


def _starmap(function, items):
    for args in items:
        yield function(*args)


class starmap(_Stream):
    def __init__(self, function, iterable):
        self._stream = _starmap(function, iter(iterable))


def _zip_longest(streams, fillvalue):
    left = len(streams)
    while left:
        row = []
        for place, stream in enumerate(streams):
            if stream is None:
                row.append(fillvalue)
                continue
            for item in stream:
                row.append(item)
                break
            else:
                streams[place] = None
                left -= 1
                if not left:
                    return
                row.append(fillvalue)
        yield tuple(row)


class zip_longest(_Stream):
    def __init__(self, *iterables, fillvalue=None):
        self._stream = _zip_longest([iter(iterable) for iterable in iterables], fillvalue)


def _product(pools):
    if not all(pools):
        return
    places = [0] * len(pools)
    while True:
        yield tuple([pool[place] for pool, place in zip(pools, places)])
        turn = len(pools) - 1
        while turn >= 0:
            places[turn] += 1
            if places[turn] < len(pools[turn]):
                break
            places[turn] = 0
            turn -= 1
        if turn < 0:
            return


class product(_Stream):
    def __init__(self, *iterables, repeat=1):
        if repeat < 0:
            raise ValueError("repeat argument cannot be negative")
        self._stream = _product([tuple(iterable) for iterable in iterables] * repeat)


# Places into pool in the order of the pool; each next one is chosen among those that `allowed` gives.
def _arrangements(pool, r, allowed):
    if r == 0:
        yield ()
        return
    choices = [iter(allowed([]))]
    places = []
    while choices:
        for place in choices[-1]:
            places.append(place)
            break
        else:
            choices.pop()
            if places:
                places.pop()
            continue
        if len(places) == r:
            yield tuple([pool[place] for place in places])
            places.pop()
        else:
            choices.append(iter(allowed(places)))


def _length(r, name):
    if not isinstance(r, int):
        raise TypeError("Expected int as r")
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


class permutations(_Stream):
    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        r = len(pool) if r is None else _length(r, "permutations")
        self._stream = _arrangements(pool, r, lambda taken: [p for p in range(len(pool)) if p not in taken])


class combinations(_Stream):
    def __init__(self, iterable, r):
        pool = tuple(iterable)
        self._stream = _arrangements(pool, _length(r, "combinations"),
                                     lambda taken: range(taken[-1] + 1 if taken else 0, len(pool)))


class combinations_with_replacement(_Stream):
    def __init__(self, iterable, r):
        pool = tuple(iterable)
        self._stream = _arrangements(pool, _length(r, "combinations_with_replacement"),
                                     lambda taken: range(taken[-1] if taken else 0, len(pool)))


class _grouper(_Stream):
    def __init__(self, parent, key):
        self._parent, self._key = parent, key

    def __next__(self):
        parent = self._parent
        if parent._group is not self or not parent._ready():
            raise StopIteration
        if parent._next_key != self._key:
            raise StopIteration
        item, parent._pending = parent._item, False
        return item


class groupby(_Stream):
    def __init__(self, iterable, key=None):
        self._items, self._function = iter(iterable), key
        self._pending = self._done = False
        self._group = None

    # The next item and its key are looked at, once.
    def _ready(self):
        if not self._pending and not self._done:
            for item in self._items:
                self._item = item
                self._next_key = item if self._function is None else self._function(item)
                self._pending = True
                break
            else:
                self._done = True
        return self._pending

    def __next__(self):
        old = self._group
        while self._ready() and old is not None and self._next_key == old._key:
            self._pending = False
        if not self._pending:
            raise StopIteration
        self._group = _grouper(self, self._next_key)
        return self._next_key, self._group


def _branch(items, waiting, own):
    while True:
        if not own:
            for item in items:
                for queue in waiting:
                    queue.append(item)
                break
            else:
                return
        yield own.pop(0)


class _tee(_Stream):
    def __init__(self, stream):
        self._stream = stream


def tee(iterable, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    items, waiting = iter(iterable), [[] for _ in range(n)]
    return tuple([_tee(_branch(items, waiting, own)) for own in waiting])


if _minor >= 10:
    def _pairwise(items):
        for before in items:
            for item in items:
                yield before, item
                before = item

    class pairwise(_Stream):
        def __init__(self, iterable):
            self._stream = _pairwise(iter(iterable))

if _minor >= 12:
    def _batched(items, n):
        batch = []
        for item in items:
            batch.append(item)
            if len(batch) == n:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)

    class batched(_Stream):
        def __init__(self, iterable, n):
            if n < 1:
                raise ValueError("n must be at least one")
            self._stream = _batched(iter(iterable), n)
)python";

} // namespace pyrena
