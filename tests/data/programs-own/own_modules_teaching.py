# topic: modules. dataclasses, math, random and collections in short programs.
from dataclasses import dataclass, field
@dataclass
class P:
    x: int
    y: int = 2
    tags: list = field(default_factory=list)
a, b = P(1), P(1)
print(a, a == b, a is b, a.tags is b.tags)
a.tags.append('t'); print(a, b, a == b)
@dataclass(frozen=True, order=True)
class Q:
    v: int
print(sorted([Q(3), Q(1)]), hash(Q(1)) == hash(Q(1)), Q(1) < Q(2), {Q(1): 'a'})
try: Q(1).v = 2
except Exception as e: print(type(e).__name__, e)
try: P()
except TypeError as e: print(e)
import math
print(math.sqrt(16), math.pi, math.floor(-1.5), math.ceil(1.2), math.factorial(10), math.gcd(12, 18), math.hypot(3, 4), math.isclose(0.1 + 0.2, 0.3), math.inf, -math.inf, math.nan, math.trunc(2.7), math.log(8, 2), math.log10(1000), math.sin(0), math.degrees(math.pi), math.copysign(1, -0.0), math.fsum([0.1] * 10), math.prod([1, 2, 3]) if hasattr(math, 'prod') else 6, math.e)
try: math.sqrt(-1)
except ValueError as e: print(e)
try: math.log(0)
except ValueError as e: print(e)
try: math.factorial(-1)
except ValueError as e: print(e)
import random
random.seed(42)
print(random.random(), random.randint(1, 100), random.choice('abc'), random.sample(range(10), 3), random.uniform(1, 2))
l = list(range(8)); random.shuffle(l); print(l)
random.seed(1); print([random.randrange(10) for _ in range(5)], random.gauss(0, 1))
from collections import Counter, defaultdict, OrderedDict, deque, namedtuple
c = Counter('mississippi'); print(c, c.most_common(2), c['z'], c + Counter('ss'), c - Counter('mmiiii'), sorted(c.elements())[:4])
d = defaultdict(list); d['a'].append(1); print(d, d['b'], dict(d), 'c' in d)
o = OrderedDict([('b', 1), ('a', 2)]); o.move_to_end('b'); print(o, list(o.items()), o.popitem())
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.popleft(), q.pop(), len(q), q.maxlen); q.extend([7, 8, 9]); q.rotate(1); print(q, q[0], list(reversed(q)))
try: deque().pop()
except IndexError as e: print(e)
Pt = namedtuple('Pt', 'x y'); p = Pt(1, y=2); print(p, p.x, p[1], p._asdict(), p._replace(x=9), Pt._fields, p == (1, 2), isinstance(p, tuple))
try: p.x = 5
except AttributeError as e: print(e)
try: Pt(1)
except TypeError as e: print(e)
