# topic: gc_counter. What finding and calling a special method makes: bound methods and tuples of arguments.
import gc, sys
K=gc.get_count
class A:
    def __init__(self, *a): pass
    def __call__(self, *a): return 1
    def __getattr__(self, name): return name
    def __setattr__(self, name, value): pass
    def __delattr__(self, name): pass
    def __len__(self): return 2
    def __bool__(self): return True
    def __repr__(self): return 'r'
    def __hash__(self): return 1
    def __eq__(self, o): return True
    def __lt__(self, o): return True
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): pass
    def __delitem__(self, i): pass
    def __contains__(self, i): return True
    def __iter__(self): return self
    def __next__(self): return 1
    def __add__(self, o): return 1
    def __radd__(self, o): return 1
    def __iadd__(self, o): return self
    def __neg__(self): return 1
    def __index__(self): return 1
    def __int__(self): return 1
    def __enter__(self): return self
    def __exit__(self, *a): return None
    def __format__(self, s): return 'f'
    def __get__(self, o, t=None): return 1
    def __set__(self, o, v): pass
    def __delete__(self, o): pass
    def __reversed__(self): return self
    def __sizeof__(self): return 10
    def __dir__(self): return []
    def __float__(self): return 1.0
    def __round__(self, n=None): return 1
    def __trunc__(self): return 1
    def __missing__(self, k): return k
class G:
    def __getattribute__(self, n): return n
class N:
    def __new__(cls): return 1
class D:
    def __del__(self): pass
class B:
    def __getattribute__(self, n):
        raise AttributeError(n)
    def __getattr__(self, n): return n
class H:
    x = A()
    def take(self, v): return v
a=A(); g=G(); b=B(); h=H(); l=[1,2,3]
out=[]
gc.disable()
def m(name, f):
    f()
    gc.collect()
    p=K()[0]; q=K()[0]
    f()
    r=K()[0]
    f()
    s=K()[0]
    out.append((name, r-q, s-r))
def f_del():
    global d
    del d
def f_with():
    with a: pass
def f_iadd():
    b=a; b+=1
def f_set():
    a.x=1
def f_dela():
    del a.x
def f_seti(): a[0]=1
def f_deli(): del a[0]
def f_hset(): h.x=1
def f_hdel(): del h.x
def f_for():
    for x in a: break
for name, f in [('init', lambda: A()), ('init1', lambda: A(1)), ('call', lambda: a()), ('call1', lambda: a(1)), ('getattr', lambda: a.zz), ('setattr', f_set), ('delattr', f_dela), ('len', lambda: len(a)), ('bool', lambda: not a),
   ('repr', lambda: repr(a)), ('hash', lambda: hash(a)), ('eq', lambda: a==1), ('lt', lambda: a<1), ('getitem', lambda: a[0]), ('setitem', f_seti), ('delitem', f_deli), ('contains', lambda: 1 in a),
   ('for', f_for), ('next', lambda: next(a)), ('add', lambda: a+1), ('radd', lambda: 1+a), ('iadd', f_iadd), ('neg', lambda: -a), ('index', lambda: l[a]), ('int', lambda: int(a)), ('with', f_with), ('format', lambda: format(a)), ('get', lambda: h.x), ('set', f_hset), ('del', f_hdel), ('reversed', lambda: reversed(a)),
   ('sizeof', lambda: sys.getsizeof(a)), ('dir', lambda: dir(a)), ('float', lambda: float(a)), ('getattribute', lambda: g.x), ('both', lambda: b.x), ('round', lambda: round(a)), ('round1', lambda: round(a, 1)), ('map', lambda: list(map(a.__len__, ()))), ('mapped', lambda: list(map(h.take, (1, 2)))), ('sorted', lambda: sorted([2, 1], key=h.take)), ('new', lambda: N()), ('finalizer', lambda: (D(), 1)[1])]:
    m(name, f)
for o in out: print(o)
