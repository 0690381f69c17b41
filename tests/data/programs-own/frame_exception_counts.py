# topic: exceptions. How many references an exception has in its handler.
import sys
def f():
    try:
        raise ValueError("x")
    except ValueError as e:
        print(sys.getrefcount(e) - 1)
        x = e
        print(sys.getrefcount(e) - 1)
f()
def g():
    e = ValueError("y")
    print(sys.getrefcount(e) - 1)
    try:
        raise e
    except ValueError as c:
        print(sys.getrefcount(e) - 1, c is e)
    print(sys.getrefcount(e) - 1)
    e.__traceback__ = None
    e = None
g()
def h():
    o = object()
    print(sys.getrefcount(o) - 1)
    try:
        raise KeyError(o)
    except KeyError as k:
        print(sys.getrefcount(o) - 1)
    print(sys.getrefcount(o) - 1)
h()
def arg(o):
    return sys.getrefcount(o) - 1
def loc():
    o = object()
    p = o
    return arg(o), arg(p), sys.getrefcount(o) - 1
print(loc())
print(arg(object()))
def kw(a=None, **k):
    return sys.getrefcount(a) - 1, [sys.getrefcount(v) - 1 for v in k.values()]
print(kw(a=object()), kw(0, b=object())[1], kw(object()))
def star(*a):
    return [sys.getrefcount(v) - 1 for v in a]
print(star(object(), object()))
