# topic: modules. What sys.getsizeof says of what collections makes.
# sizes
import sys
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

for n in (0, 1, 31, 32, 33, 63, 64, 65, 100, 200, 1000):
    print(n, sys.getsizeof(deque(range(n))))
d = deque()
for i in range(40):
    d.appendleft(i)
print(sys.getsizeof(d), sys.getsizeof(deque(range(100), maxlen=10)))
for i in range(40):
    d.pop()
print(sys.getsizeof(d))
for n in (0, 1, 5, 6, 20, 100):
    print(n, sys.getsizeof(OrderedDict((i, i) for i in range(n))), sys.getsizeof(defaultdict(int, {i: i for i in range(n)})),
          sys.getsizeof(Counter(range(n))))
Point = namedtuple("Point", "x y")
print(sys.getsizeof(Point(1, 2)))

class Sub(deque):
    pass

class SubCounter(Counter):
    pass

print(sys.getsizeof(Sub()), sys.getsizeof(SubCounter()))
