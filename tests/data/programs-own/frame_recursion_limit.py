# topic: recursion. The recursion error, caught at different depths.
import sys
print(sys.getrecursionlimit())
depth = 0
def down():
    global depth
    depth += 1
    down()
try:
    down()
except RecursionError as e:
    print(depth, e)
depth = 0
class C:
    def __getattr__(self, n):
        return getattr(self, n + "x")
try:
    C().a
except RecursionError as e:
    print("RecursionError")
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)
print(fact(20), fact(100) % 1000007)
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(300), odd(301))
a = []
a.append(a)
print(a)
d = {}
d["d"] = d
print(d)
try:
    print(a == [a], a == a)
except RecursionError as e:
    print(e)
b = []
b.append(b)
try:
    a == b
except RecursionError as e:
    print(e)
class R:
    def __repr__(self): return repr(self)
try:
    repr(R())
except RecursionError as e:
    print("repr", type(e).__name__)
def flat(x):
    for i in x:
        if isinstance(i, list):
            yield from flat(i)
        else:
            yield i
print(list(flat([1, [2, [3, [4]], 5]])))
def hanoi(n, a, b, c):
    return 0 if n == 0 else hanoi(n-1, a, c, b) + 1 + hanoi(n-1, c, b, a)
print(hanoi(8, "a", "b", "c"))
