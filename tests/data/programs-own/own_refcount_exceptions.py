# topic: refcount. What an exception and its traceback hold, and for how long.
import sys
class A: pass
a = A()
def show(w): print(w, sys.getrefcount(a))
def raiser(x):
    raise ValueError(x)
try:
    raiser(a)
except ValueError as e:
    show('in handler')
    print(e.args[0] is a)
show('after')
saved = None
try:
    raiser(a)
except ValueError as e:
    saved = e
show('saved')
saved.__traceback__ = None
show('no traceback')
saved = None
show('none')
def f():
    x = a
    try:
        1 / 0
    except ZeroDivisionError as e:
        return e
err = f()
show('returned error')
del err
show('deleted')
try:
    try:
        raise KeyError(a)
    except KeyError as k:
        raise TypeError('t') from k
except TypeError as t:
    show('chained')
    print(t.__cause__.args[0] is a, t.__context__ is t.__cause__)
show('end')
class E(Exception):
    def __init__(self, obj):
        super().__init__('msg')
        self.obj = obj
try:
    raise E(a)
except E as e:
    show('custom')
    print(e.obj is a, e.args)
show('end')
try:
    {}[a]
except KeyError:
    show('key error')
show('end')
try:
    [].index(a)
except ValueError:
    show('index')
try:
    a + 1
except TypeError:
    show('add')
try:
    a()
except TypeError:
    show('call')
show('end')
