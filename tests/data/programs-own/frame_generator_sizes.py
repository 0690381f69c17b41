# topic: sizes. A generator's size: from 3.11 on its frame is inside.
# sizes
import sys
def a():
    yield 1
def b():
    yield
def c(x):
    for i in x:
        yield i
def d(x, y):
    z = yield x
    print(z, y)
def e(n):
    for i in range(n):
        yield i * 2 + 1
def f(x):
    yield from x
def g():
    try:
        yield 1
    finally:
        print("x")
def h(x):
    with x as y:
        yield y
def m():
    n = 0
    while True:
        yield n
        n += 1
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
class Tree:
    def __init__(self):
        self.left = self.right = None
    def walk(self):
        if self.left:
            yield from self.left.walk()
        yield self
        if self.right:
            yield from self.right.walk()
def closure(n):
    def inner():
        while n:
            yield n
    return inner()
def catches():
    try:
        yield 1
    except ValueError as error:
        yield str(error)
for made in (a(), b(), c([]), d(1, 2), e(1), f([]), g(), h(1), m(), fib(), (i for i in []), (i * i for i in [] if i), ((i, j) for i in [] for j in []),
             Tree().walk(), closure(3), catches()):
    print(made.__name__, sys.getsizeof(made))
