# topic: default_arguments. Defaults, and the messages of calls with wrong arguments.
def f(a, l=[]):
    l.append(a)
    return l
print(f(1), f(2), f(3, []), f(4), f.__defaults__)
def g(a, d={}, *, k=()):
    d[a] = k
    return d
print(g(1), g(2, k=3), g.__kwdefaults__, g.__defaults__[0] is g(1))
x = 10
def h(v=x): return v
x = 20
print(h(), h(x))
class A:
    n = 5
    def m(self, k=n): return k
A.n = 6
print(A().m())
def t(a, b=None):
    if b is None: b = []
    b.append(a)
    return b
print(t(1), t(2), t(1) is t(1))
f.__defaults__ = ([100],)
print(f(1))
import sys
obj = object()
def d(o=obj): pass
print(sys.getrefcount(obj))
del d
print(sys.getrefcount(obj))
def make():
    print('evaluated')
    return []
def u(p=make()): return p
print(u() is u())
for bad in ('f()', 'f(1, 2, 3)', 'f(b=1)', 'f(1, a=2)', 'g(1, {}, 3)', 'g(zz=1)', 'h(1, 2)', 't()', 'len()', 'len(1, 2)', 'A()', 'A(1)', 'A().m(1, 2)', 'int(1, 2, 3)'):
    pass
def call(fn, *a, **k):
    try:
        fn(*a, **k)
    except TypeError as e:
        print(e)
call(f)
call(f, 1, 2, 3)
call(f, b=1)
call(f, 1, a=2)
call(g, 1, {}, 3)
call(g, zz=1)
call(h, 1, 2)
call(t)
call(len)
call(len, 1, 2)
call(A, 1)
call(A().m, 1, 2)
call(A.m)
call(print, foo=1)
call(sorted)
call(lambda a, b, c: 0)
call(lambda *, k, j: 0)
call(lambda *, k: 0, 1)
call(lambda: 0, 1)
call(lambda a, b=1: 0, 1, 2, 3)
call(isinstance, 1)
call(isinstance, 1, 2)
call(max)
call(sum)
call(sum, 5)
call(range)
call(range, 'a')
call(enumerate)
call(zip, 5)
call(map, len)
call(dict, 5)
call(list, 5)
call(set, 5)
call(tuple, 1, 2)
call(str, 1, 2)
call(abs, 'x')
call(round, 'x')
call(chr, 'x')
call(ord, 'xy')
call(getattr, 1)
call(iter, 5)
call(next, 5)
call(hash, [])
call(pow, 1)
call(divmod, 1)
call(reversed, 5)
call(bool, 1, 2)
call(float, [])
call(int, [])
call(input, 1, 2)
