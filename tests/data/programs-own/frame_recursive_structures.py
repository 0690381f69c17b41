# topic: recursion. Recursive structures and functions on them.
import sys
class Node:
    def __init__(self, v, kids=()):
        self.v = v; self.kids = list(kids)
    def __del__(self): print("free", self.v)
    def total(self): return self.v + sum(k.total() for k in self.kids)
    def depth(self): return 1 + max([k.depth() for k in self.kids], default=0)
t = Node(1, [Node(2, [Node(3)]), Node(4)])
print(t.total(), t.depth())
t.kids[0] = None if False else t.kids[1]
print("replaced")
t = None
def perms(xs):
    if not xs: return [[]]
    return [[x] + p for i, x in enumerate(xs) for p in perms(xs[:i] + xs[i+1:])]
print(perms([1, 2, 3]), len(perms(list(range(5)))))
def power(b, n):
    if n == 0: return 1
    half = power(b, n // 2)
    return half * half * (b if n % 2 else 1)
print(power(3, 100))
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def flatten(x): return [z for y in x for z in (flatten(y) if isinstance(y, list) else [y])]
print(flatten([1, [2, [3, [4]], 5]]))
def limit():
    n = 0
    def go():
        nonlocal n
        n += 1
        go()
    try:
        go()
    except RecursionError as e:
        return n, str(e)
print(limit())
def again(): return limit()
print(again()[0])
class Prop:
    @property
    def x(self): return self.x
try:
    Prop().x
except RecursionError as e:
    print("property")
class Eq:
    def __eq__(self, o): return self == o
try:
    Eq() == Eq()
except RecursionError as e:
    print("eq", e)
class Call:
    def __call__(self): return self()
try:
    Call()()
except RecursionError as e:
    print("call", e)
class Init:
    def __init__(self): Init()
try:
    Init()
except RecursionError as e:
    print("init", e)
def gen(n):
    yield from gen(n + 1)
try:
    next(gen(0))
except RecursionError as e:
    print("gen", e)
def lam(): return (lambda: lam())()
try:
    lam()
except RecursionError as e:
    print("lambda", e)
x = []
for i in range(100): x = [x]
print(str(x)[:5], len(str(x)))
d = 0
def nested_try(n):
    global d
    d = n
    try:
        nested_try(n + 1)
    finally:
        pass
try:
    nested_try(0)
except RecursionError:
    print(d)
print(sum(1 for _ in range(10)), sys.getrecursionlimit())
