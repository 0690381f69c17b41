# topic: frames_closures. Cells and closures in cycles.
import gc
gc.disable(); gc.collect()
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def rec():
    t = T("rec")
    def inner(n):
        t
        return inner(n - 1) if n else 0
    return inner(3)
rec()
print("called")
print(gc.collect())
def pair():
    a = T("a")
    def f(): return g, a
    def g(): return f
    return None
pair()
print(gc.collect())
def chain(n):
    t = T(n)
    if n == 0:
        return lambda: t.n
    inner = chain(n - 1)
    return lambda: (t.n, inner())
c = chain(2)
print(c())
del c
print("gone")
def late():
    def f(): return x
    try:
        f()
    except NameError as e:
        print(e)
    x = 1
    print(f())
    del x
    try:
        f()
    except NameError as e:
        print(e)
late()
def params(a, b=T("default"), *c, d=T("kw"), **e):
    def in_(): return a, c
    return in_
p = params(T("arg"), T("b"), T("c1"), d=T("d"), z=T("z"))
print("made")
p = None
print("dropped")
del params
print("end")
