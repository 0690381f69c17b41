# topic: gc_generations. Which frames the collector knows.
import gc, sys
def f(): return gc.is_tracked(sys._getframe())
def g():
    yield gc.is_tracked(sys._getframe())
class C:
    tracked = gc.is_tracked(sys._getframe())
print(f(), next(g()), C.tracked)
def kept():
    try:
        raise ValueError
    except ValueError as e:
        return e
e = kept()
print(gc.is_tracked(e.__traceback__.tb_frame))
x = g()
if sys.version_info < (3, 11):
    print(gc.is_tracked(x.gi_frame))
def refs():
    o = object()
    def gen():
        y = o
        yield y
    k = gen()
    next(k)
    return sorted(type(r).__name__ for r in gc.get_referrers(o))
if sys.version_info >= (3, 7):
    print(refs())
