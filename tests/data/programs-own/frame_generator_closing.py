# topic: iterators_generators. Closing a generator that has not begun, or is suspended: when its locals go.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def gen(t):
    u = T("u")
    yield 1
    yield 2
g = gen(T("arg"))
g.close()
print("closed unstarted")
print(list(g))
del g
print("deleted")
g = gen(T("arg2"))
next(g)
g.close()
print("closed suspended")
del g
print("deleted")
def guarded(t):
    try:
        yield 1
    finally:
        print("finally")
g = guarded(T("arg3")); next(g)
g.close()
print("closed guarded")
del g
a = sys.getrefcount(gen)
g = gen(T("x"))
print(sys.getrefcount(gen) - a)
next(g)
print(sys.getrefcount(gen) - a)
g.close()
print(sys.getrefcount(gen) - a)
g = None
print(sys.getrefcount(gen) - a)
g = gen(T("y")); list(g)
print(sys.getrefcount(gen) - a)
g = gen(T("z"))
try:
    g.throw(ValueError)
except ValueError:
    print("thrown")
print(sys.getrefcount(gen) - a)
