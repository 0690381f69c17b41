# topic: modules. collections: deque, namedtuple, OrderedDict, defaultdict, Counter.
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), d)
d.rotate(1)
print(d)
d.rotate(-2)
print(d, 2 in d, list(reversed(d)), d.count(2), d.index(3))
m = deque(range(5), maxlen=3)
m.append(9)
print(m, m.maxlen, m == deque([3, 4, 9]), sorted(m, reverse=True))
m.appendleft(7)
m.extend("ab")
m.extendleft("cd")
print(m, bool(deque()), deque("abc") + deque("d"))
try:
    deque().pop()
except IndexError as e:
    print(e)
try:
    d[10]
except IndexError as e:
    print(e)
try:
    for x in d:
        d.append(x)
except RuntimeError as e:
    print(e)
d.clear()
print(d, type(d))

Point = namedtuple("Point", "x y")
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), p._replace(x=5), p._asdict(), Point._fields, Point._make([3, 4]), isinstance(p, tuple))
a, b = p
print(a + b, len(p), hash(p) == hash((1, 2)), max(Point(1, 5), Point(2, 0)))
for wrong in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: setattr(p, "x", 3), lambda: p.z):
    try:
        wrong()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e if "z" in str(e) or "arg" in str(e) else "")
for names in ("a a", "class", "_a", "1a"):
    try:
        namedtuple("T", names)
    except ValueError as e:
        print(e)

class Vector(namedtuple("Vector", ["x", "y"])):
    __slots__ = ()
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

print(Vector(1, 2) + Vector(3, 4))

o = OrderedDict()
o["b"] = 1
o["a"] = 2
o["c"] = 3
print(o, list(o), o == {"a": 2, "b": 1, "c": 3}, o == OrderedDict(a=2, b=1, c=3))
o.move_to_end("b")
print(list(o.items()))
o.move_to_end("c", last=False)
print(list(o), o.popitem(), o.popitem(last=False), o, OrderedDict())

groups = defaultdict(list)
for word in "the cat sat on the mat at ten".split():
    groups[len(word)].append(word)
print(groups, groups[99], 99 in groups, dict(groups))
counts = defaultdict(int)
for c in "mississippi":
    counts[c] += 1
print(counts, counts.get("z"), "z" in counts, counts.default_factory)
try:
    defaultdict(None)[1]
except KeyError as e:
    print("KeyError", e)
try:
    defaultdict(3)
except TypeError as e:
    print(e)

c = Counter("mississippi")
print(c, c.most_common(2), c["z"], sum(c.values()), sorted(c.elements()))
c.update("mmm")
c.subtract("ss")
print(c, Counter(a=3, b=1) + Counter(a=1, c=2), Counter(a=3, b=1) - Counter(a=1, b=4), Counter(a=3) & Counter(a=1), Counter(a=3) | Counter(b=1))
print(Counter(), Counter([1, 1, 2]), +Counter(a=-1, b=2), Counter(a=1) == {"a": 1}, isinstance(c, dict), type(c))
del c["nothing"]
