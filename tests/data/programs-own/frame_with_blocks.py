# topic: context_managers. with: suppressing, raising, order, deaths.
class M:
    def __init__(self, n, swallow=False):
        self.n = n; self.swallow = swallow
    def __enter__(self):
        print("enter", self.n); return self
    def __exit__(self, t, v, tb):
        print("exit", self.n, t.__name__ if t else None, v, tb is not None)
        return self.swallow
    def __del__(self):
        print("free", self.n)
with M("a"):
    print("body")
print("1")
with M("b", True):
    raise ValueError("x")
print("2")
try:
    with M("c") as c, M("d") as d:
        raise KeyError("y")
except KeyError:
    print("caught")
c = d = None
print("3")
def f():
    with M("e") as e:
        return e.n
print(f())
def g():
    for i in range(2):
        with M("loop%d" % i):
            if i == 0: continue
            break
    return "g"
print(g())
with M("x") as m:
    m = None
    print("in")
print("4")
class Bad(M):
    def __exit__(self, *a):
        print("bad exit", a[0].__name__ if a[0] else None)
        raise RuntimeError("exit failed")
try:
    with Bad("bad"):
        raise ValueError("first")
except RuntimeError as r:
    print(repr(r.__context__))
print("end")
