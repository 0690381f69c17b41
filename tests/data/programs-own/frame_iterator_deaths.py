# topic: iterators_generators. Loops, iterators and their deaths.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
class It:
    def __init__(self, n): self.n = n; self.i = 0
    def __iter__(self): return self
    def __next__(self):
        if self.i == self.n: raise StopIteration
        self.i += 1
        return T(self.i)
    def __del__(self): print("iterator freed", self.i)
for x in It(2):
    print("item", x.n)
print("loop done")
del x
for x in It(3):
    if x.n == 2: break
else:
    print("never")
print("broke")
x = None
def f():
    for y in It(3):
        if y.n == 2: return y
r = f()
print("returned", r.n)
del r
it = It(2)
print(next(it).n)
print(list(t.n for t in it))
print(next(it, "default"))
del it
a, b = It(2)
print(a.n, b.n)
del a, b
try:
    a, b = It(3)
except ValueError as e:
    print(e)
for i, t in enumerate(It(2)):
    print(i, t.n)
del t
for p, q in zip(It(1), [1, 2, 3]):
    print(p.n, q)
del p
print([t.n for t in map(lambda t: t, It(2))])
m = map(T, [1, 2])
print(next(m).n)
del m
print(max(It(3), key=lambda t: t.n).n)
s = sorted(It(3), key=lambda t: -t.n)
print([t.n for t in s])
s = None
def g():
    yield T("a")
    yield T("b")
for t in g(): print(t.n)
del t
print(*[t.n for t in g()])
first, *rest = g()
print(first.n, len(rest))
del first, rest
print("end")
