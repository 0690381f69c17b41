# topic: scoping. global, nonlocal, class bodies, comprehensions, unbound names.
x = 'global'
def f(): return x
def g():
    x = 'local'
    return f(), x
print(g())
def h():
    global x
    x = 'changed'
h(); print(x)
def outer():
    x = 'outer'
    def mid():
        def inner():
            nonlocal x
            x = 'inner set'
        inner()
        return x
    return mid(), x
print(outer(), x)
class C:
    x = 'class'
    def m(self): return x
    y = [x for _ in range(1)]
    z = x
print(C().m(), C.y, C.z)
[x for x in range(3)]; print(x)
for x in range(2): pass
print(x)
try:
    def u():
        print(q)
        q = 1
    u()
except UnboundLocalError as e: print(e)
try: undefined_name
except NameError as e: print(e)
try: pritn('x')
except NameError as e: print(e)
len = lambda v: 'shadowed'
print(len([1]))
del len
print(len([1]))
def k():
    l = []
    for i in range(2):
        def fn(j=i): return i, j
        l.append(fn)
    return [fn() for fn in l]
print(k())
print('x' in globals(), 'zz' in globals())
globals()['zz'] = 5
print(zz)
def lo(a):
    b = 2
    print(sorted(locals()))
    del b
    print(sorted(locals()))
lo(1)
import builtins
print(builtins.len is len, __name__)
def e():
    try: raise ValueError('v')
    except ValueError as err: pass
    try: err
    except UnboundLocalError as e2: print(e2)
e()
def n():
    def inner(): return later
    later = 5
    return inner()
print(n())
if False: never = 1
try: never
except NameError as e: print(e)
def cls():
    v = 1
    class K:
        v = v if False else 2
        w = v
        def get(self): return v
    return K.w, K().get()
try: print(cls())
except NameError as e: print(type(e).__name__, e)
print((lambda a, *b, c=3, **d: (a, b, c, d))(1, 2, 3, c=4, e=5))
print([y for y in [1, 2] for x in [y]], x)

