# topic: frames_closures. Counters, late binding, decorators, cells.
def make(n):
    def up(by=1):
        nonlocal n
        n += by
        return n
    def get(): return n
    return up, get
u, g = make(10)
print(u(), u(5), g(), u.__closure__[0].cell_contents, u.__closure__[0] is g.__closure__[0])
print(u.__code__.co_freevars, make.__code__.co_cellvars, u.__name__, u.__qualname__, u.__defaults__)
fs = []
for i in range(3):
    fs.append(lambda: i)
print([f() for f in fs])
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
def outer():
    x = 1
    def a():
        def b():
            nonlocal x
            x += 1
            return x
        return b
    return a()
b1 = outer(); b2 = outer()
print(b1(), b1(), b2())
def deco(f):
    calls = 0
    def wrapper(*a, **k):
        nonlocal calls
        calls += 1
        wrapper.calls = calls
        print('call', calls, f.__name__)
        return f(*a, **k)
    return wrapper
@deco
def add(a, b=2): return a + b
print(add(1), add(1, b=5), add.calls, add.__name__)
def empty():
    def f(): return z
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
    z = 1
    print(f())
    del z
    try:
        f()
    except NameError as e:
        print(type(e).__name__, e)
empty()
def local():
    try:
        print(v)
    except UnboundLocalError as e:
        print(e)
    v = 1
local()
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print('free', self.n)
def hold():
    t = T('held')
    def f(): return t
    return f
h = hold()
print(sys.getrefcount(h()))
del h
print('done')
def nohold():
    t = T('not held')
    def f(): return 1
    return f
n = nohold()
print('after nohold')
def locs(a, b):
    c = a + b
    return sorted(locals().items())
print(locs(1, 2))
