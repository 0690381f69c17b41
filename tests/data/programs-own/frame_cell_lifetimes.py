# topic: frames_closures. Cells: who keeps what.
import sys, gc
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def outer():
    t = T("captured")
    u = T("not captured")
    def inner():
        return t
    print("outer ends")
    return inner
f = outer()
print(f().n, sys.getrefcount(f.__closure__[0]) - 1)
g = f
f = None
g = None
print("--")
def rebinding():
    t = T("first")
    def get(): return t.n
    def set_(v):
        nonlocal t
        t = v
    return get, set_
get, set_ = rebinding()
set_(T("second"))
print(get())
del get
print("get gone")
del set_
print("--")
def loop():
    fs = []
    for i in range(3):
        t = T(i)
        fs.append(lambda: t.n)
    return fs
fs = loop()
print([f() for f in fs])
fs.pop()
print("one popped")
fs = None
print("--")
def fixed():
    return [(lambda t: lambda: t.n)(T(i)) for i in range(2)]
fs = fixed()
print([f() for f in fs])
fs.pop(0)
print("first popped")
del fs, f
print("--")
class C:
    def method(self):
        def helper(): return self
        return helper
    def __del__(self): print("del C")
c = C()
h = c.method()
del c
print("still held", type(h()).__name__)
h = None
print("--")
def selfref():
    def me(): return me
    t = T("beside")
    return None
gc.collect()
selfref()
print(gc.collect())
def deleted():
    t = T("deleted")
    def peek():
        try:
            return t.n
        except NameError as e:
            return "unbound"
    print(peek())
    del t
    print(peek())
deleted()
def args(t):
    def get(): return t
    t = T("replaced")
    return get().n
print(args(T("argument")))
