# topic: recursion. Limits, trees, permutations, self-containing lists.
import sys
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(5), fact(30), len(str(fact(200))))
def fib(n, memo={}):
    if n in memo: return memo[n]
    r = n if n < 2 else fib(n - 1) + fib(n - 2)
    memo[n] = r
    return r
print(fib(50), len(fib.__defaults__[0]))
def hanoi(n, a, b, c): return 0 if n == 0 else hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(6, 'a', 'b', 'c'))
def down(n): return down(n + 1)
try: down(0)
except RecursionError as e: print(e, type(e).__mro__[1].__name__)
depth = 0
def count():
    global depth
    depth += 1
    count()
try: count()
except RecursionError: print(depth)
print(sys.getrecursionlimit())
sys.setrecursionlimit(200)
depth = 0
try: count()
except RecursionError: print(depth)
try: sys.setrecursionlimit(0)
except ValueError as e: print(e)
sys.setrecursionlimit(1000)
class N:
    def __init__(self, v, kids=()): self.v = v; self.kids = kids
    def total(self): return self.v + sum(k.total() for k in self.kids)
    def depth(self): return 1 + max((k.depth() for k in self.kids), default=0)
t = N(1, [N(2, [N(3)]), N(4)])
print(t.total(), t.depth())
def flat(l): return [y for x in l for y in (flat(x) if isinstance(x, list) else [x])]
print(flat([1, [2, [3, [4]], 5]]))
def perms(l): return [[]] if not l else [[x] + p for i, x in enumerate(l) for p in perms(l[:i] + l[i+1:])]
print(perms([1, 2, 3]))
l = []; l.append(l); print(l, repr(l) == '[[...]]'); d = {}; d['d'] = d; print(d)
try: l == [l]; print('eq'); m = []; m.append(m); l == m
except RecursionError as e: print(e)
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def gen(t):
    yield t.v
    for k in t.kids: yield from gen(k)
print(list(gen(t)))
def even(n): return True if n == 0 else odd(n - 1)
def odd(n): return False if n == 0 else even(n - 1)
print(even(10), odd(7))
