// The module random in the simulated Python itself: the documented ways from the generator's numbers to what a program asks
// for, which give the same sequence for the same seed as the version does.
#include "core/python/builtins/library.h"

namespace pyrena {

const char *const kRandomLibrary = R"python(
import math as _math


class Random:
    def __init__(self, x=None):
        self._source = _twister()
        self._spare = None
        if x is not None:
            self.seed(x)

    def seed(self, a=None, version=2):
        if a is None:
            _refuse("random.seed() without a number: no two runs would be the same; give it an int")
        if isinstance(a, (str, bytes)):
            _refuse("random.seed() of a str or bytes; give it an int")
        if isinstance(a, float):
            a = hash(a)
            a = a if a >= 0 else a + 2 ** 64
        elif not isinstance(a, int):
            raise TypeError("The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
        _seed(self._source, a)
        self._spare = None

    def random(self):
        return _random(self._source)

    def getrandbits(self, k):
        return _bits(self._source, k)

    # Bits are drawn until they make a number below n.
    def _randbelow(self, n):
        width = n.bit_length()
        r = _bits(self._source, width)
        while r >= n:
            r = _bits(self._source, width)
        return r

    def randrange(self, start, stop=None, step=1):
        for part in (start, step) if stop is None else (start, stop, step):
            if not isinstance(part, int):
                _refuse("random.randrange() with an argument that is no int")
        if stop is None:
            if start > 0:
                return self._randbelow(start)
            raise ValueError("empty range for randrange()")
        width = stop - start
        if step == 1:
            if width > 0:
                return start + self._randbelow(width)
            raise ValueError(_range_words % ((start, stop) if _minor >= 12 else (start, stop, width)))
        if step == 0:
            raise ValueError("zero step for randrange()")
        count = (width + step + (-1 if step > 0 else 1)) // step
        if count <= 0:
            raise ValueError("empty range in randrange(%d, %d, %d)" % (start, stop, step) if _minor >= 12
                             else "empty range for randrange()")
        return start + step * self._randbelow(count)

    def randint(self, a, b):
        if _minor >= 14 and b < a:
            raise ValueError("empty range in randint(%d, %d)" % (a, b))
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if len(seq) == 0 and _minor in (9, 10):
            return seq[0]       # no check of their own
        if len(seq) == 0:
            raise IndexError("Cannot choose from an empty sequence")
        return seq[self._randbelow(len(seq))]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        n = len(population)
        if cum_weights is None and weights is None:
            return [population[int(self.random() * n)] for _ in range(k)]
        if cum_weights is None:
            cum_weights, total = [], 0
            for weight in weights:
                total += weight
                cum_weights.append(total)
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        if total <= 0.0 and _minor >= 9:
            raise ValueError("Total of weights must be greater than zero")
        made = []
        for _ in range(k):
            aim, low, high = self.random() * total, 0, n - 1
            while low < high:
                middle = (low + high) // 2
                if aim < cum_weights[middle]:
                    high = middle
                else:
                    low = middle + 1
            made.append(population[low])
        return made

    # From the end, each place changes with one at or below it.
    def shuffle(self, x):
        for last in range(len(x) - 1, 0, -1):
            other = self._randbelow(last + 1)
            x[last], x[other] = x[other], x[last]

    def sample(self, population, k):
        if isinstance(population, (set, frozenset)):
            if _minor >= 11:
                raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
            population = tuple(population)
        n = len(population)
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        room = 21
        if k > 5:
            room += 4 ** _math.ceil(_math.log(k * 3, 4))
        made = []
        if n <= room:
            # What was drawn makes room for the last that was not.
            pool = list(population)
            for drawn in range(k):
                place = self._randbelow(n - drawn)
                made.append(pool[place])
                pool[place] = pool[n - drawn - 1]
            return made
        seen = set()
        while len(made) < k:
            place = self._randbelow(n)
            if place not in seen:
                seen.add(place)
                made.append(population[place])
        return made

    def uniform(self, a, b):
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        u = self.random()
        if high == low:
            return low
        peak = 0.5 if mode is None else (mode - low) / (high - low)
        if u > peak:
            u, peak, low, high = 1.0 - u, 1.0 - peak, high, low
        return low + (high - low) * _math.sqrt(u * peak)

    # Box and Muller: two numbers at a time, the second is kept.
    def gauss(self, mu=0.0, sigma=1.0):
        z, self._spare = self._spare, None
        if z is None:
            angle = self.random() * (2.0 * _math.pi)
            radius = _math.sqrt(-2.0 * _math.log(1.0 - self.random()))
            z = _math.cos(angle) * radius
            self._spare = _math.sin(angle) * radius
        return mu + z * sigma

    # Kinderman and Monahan: a ratio of two uniform numbers.
    def normalvariate(self, mu=0.0, sigma=1.0):
        scale = 4 * _math.exp(-0.5) / _math.sqrt(2.0)
        while True:
            u, v = self.random(), 1.0 - self.random()
            z = scale * (u - 0.5) / v
            if z * z / 4.0 <= -_math.log(v):
                return mu + z * sigma

    def expovariate(self, lambd=1.0):
        return -_math.log(1.0 - self.random()) / lambd


_range_words = "empty range in randrange(%d, %d)" if _minor >= 12 else "empty range for randrange() (%d, %d, %d)"
if _minor < 10:
    _range_words = "empty range for randrange() (%d,%d, %d)" if _minor < 8 else _range_words

_inst = Random()
seed = _inst.seed
random = _inst.random
getrandbits = _inst.getrandbits
randrange = _inst.randrange
randint = _inst.randint
choice = _inst.choice
choices = _inst.choices
shuffle = _inst.shuffle
sample = _inst.sample
uniform = _inst.uniform
triangular = _inst.triangular
gauss = _inst.gauss
normalvariate = _inst.normalvariate
expovariate = _inst.expovariate
)python";

} // namespace pyrena
