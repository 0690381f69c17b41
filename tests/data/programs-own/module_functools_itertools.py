# topic: modules. functools and itertools: the common ones.
import functools
import itertools
from functools import lru_cache, partial, reduce, total_ordering, wraps

print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, [], 7))
try:
    reduce(lambda a, b: a, [])
except TypeError as e:
    print(e)
add = partial(lambda a, b, c=0: a + b + c, 10)
print(add(5), add(5, c=1), add.args, add.keywords, partial(add, 1)(c=2))
print(partial(int, base=2)("101"), repr(partial(int, base=2)))

def logged(f):
    @wraps(f)
    def inner(*args):
        """inner doc"""
        print("call", f.__name__, args)
        return f(*args)
    return inner

@logged
def double(x):
    """Twice."""
    return 2 * x

print(double(4), double.__name__, double.__doc__, double.__wrapped__(3))

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(30), fib.cache_info())
fib.cache_clear()
print(fib.cache_info(), fib.__name__)

@lru_cache(maxsize=2)
def square(x):
    print("computing", x)
    return x * x

print(square(1), square(2), square(1), square(3), square(2), square.cache_info())
print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))

@total_ordering
class Version:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n

print(Version(1) < Version(2), Version(1) >= Version(2), Version(2) > Version(1), Version(1) <= Version(1), max([Version(1), Version(3)]).n)

it = itertools
print(list(it.islice(it.count(10, 5), 4)), list(it.islice(it.cycle("ab"), 5)), list(it.repeat(7, 3)), it.count(3), it.repeat(1, 2))
print(list(it.chain([1], "ab", (2,))), list(it.chain.from_iterable([[1, 2], [3]])))
print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 4], max)))
print(list(it.islice("abcdefg", 2)), list(it.islice("abcdefg", 2, None)), list(it.islice("abcdefg", 0, None, 2)), list(it.islice("abcdefg", 1, 5, 3)))
print(list(it.takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda x: x < 3, [1, 2, 3, 1])), list(it.filterfalse(lambda x: x % 2, range(6))))
print(list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=2)), list(it.product()))
print(list(it.permutations("abc", 2)), len(list(it.permutations(range(4)))), list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 2)))
print([(k, list(g)) for k, g in it.groupby("aabbbca")], [(k, len(list(g))) for k, g in it.groupby([1, 3, 2, 4, 5], key=lambda x: x % 2)])
print(list(it.zip_longest("abc", "x", fillvalue="-")), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.compress("abcd", [1, 0, 1, 0])))
a, b = it.tee([1, 2, 3])
print(next(a), next(a), list(b), list(a))
items = iter([1, 2, 3, 4, 5])
print(list(it.islice(items, 2)), list(items))
try:
    it.islice([1], -1)
except ValueError as e:
    print(e)
