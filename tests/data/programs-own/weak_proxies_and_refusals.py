# topic: weakref. Proxies of callable and other objects; what cannot be referred to weakly.
import weakref
class A:
    def m(self): return "m"
    def __call__(self, x): return x * 2
    def __len__(self): return 3
    def __getitem__(self, i): return i
a = A()
p = weakref.proxy(a)
print(p.m(), p(4), len(p), p[7], type(p).__name__)
p.x = 5
print(a.x, bool(p), isinstance(p, A))
print(weakref.getweakrefcount(a), weakref.getweakrefs(a)[0] is p, weakref.proxy(a) is p)
wm = weakref.WeakMethod(a.m)
print(wm()(), wm() == a.m)
del a
try: p.m()
except ReferenceError as e: print(e)
print(wm())
try: bool(p)
except ReferenceError as e: print(e)
for v in (1, "s", [], {}, (), None, object(), 1.5, b""):
    try: weakref.ref(v)
    except TypeError as e: print(e)
for v in (set(), frozenset(), A, A.m, len, lambda: 1, (i for i in [])):
    print(type(weakref.ref(v)).__name__)
class S: __slots__ = ()
try: weakref.ref(S())
except TypeError as e: print(e)
