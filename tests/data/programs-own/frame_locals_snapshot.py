# topic: frames_closures. locals() and what it keeps.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def f():
    a = T("a")
    d = locals()
    print(sorted(d))
    del a
    print("deleted a")
    d = None
    print("dict dropped")
    b = 1
    print(sorted(locals()))
f()
print("end f")
def g():
    x = []
    n = sys.getrefcount(x)
    locals()
    print(sys.getrefcount(x) - n)
g()
def h(a, b=2, *c, **d):
    z = lambda: a
    return locals()
print(sorted(h(1).items(), key=lambda kv: kv[0])[0:1], sorted(h(1)))
def cmp():
    d = locals()
    x = 1
    e = locals()
    return d is e, "x" in d
print(cmp())
