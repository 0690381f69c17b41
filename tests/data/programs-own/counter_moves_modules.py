# topic: gc_counter. Counter 0 across modules.
import gc
gc.disable()
print('begin')
gc.collect()
get_count = gc.get_count

import sys, weakref, copy
class A:
    def n(self): pass
class B:
    def __init__(self, x=0, y=0): self.x = x
def f1(a): return a
a, b, l, d = A(), B(), [1, 2, 3], {'a': 1}
wv, wk, ws = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()
wv['a'] = b
wk[b] = 1
ws.add(b)

def measure(name, f):
    out = []
    gc.collect()
    pad = [[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], []]
    for k in (0, 1, 2):
        a = get_count()[0]
        f()
        out.append(get_count()[0] - a)
    print(name + ':', *out)
measure('weakref', lambda: weakref.ref(b))
measure('weakref called', lambda: weakref.ref(b)())
measure('weakref callback', lambda: weakref.ref(b, f1))
measure('weakref of dead', lambda: weakref.ref(B(), f1))
measure('weakref proxy', lambda: weakref.proxy(b))
measure('weakref proxy attribute', lambda: weakref.proxy(b).x)
measure('weakref count', lambda: weakref.getweakrefcount(b))
measure('weakrefs', lambda: weakref.getweakrefs(b))
measure('getrefcount', lambda: sys.getrefcount(l))
measure('getsizeof', lambda: sys.getsizeof(l))
measure('intern', lambda: sys.intern('zz9'))
measure('exc_info', lambda: sys.exc_info())
measure('getframe', lambda: sys._getframe())
measure('getrecursionlimit', lambda: sys.getrecursionlimit())
measure('gc count', lambda: gc.get_count())
measure('gc threshold', lambda: gc.get_threshold())
measure('gc set_threshold', lambda: gc.set_threshold(700, 10, 10))
measure('gc set_threshold 1', lambda: gc.set_threshold(700))
def f():
    gc.enable()
    gc.disable()
measure('gc enable', f)
measure('gc isenabled', lambda: gc.isenabled())
measure('gc debug', lambda: gc.set_debug(0))
measure('gc get_debug', lambda: gc.get_debug())
measure('gc referents', lambda: gc.get_referents(l))
measure('gc referents 2', lambda: gc.get_referents(l, d))
measure('gc referrers', lambda: gc.get_referrers(b))
measure('gc objects', lambda: gc.get_objects())
measure('gc objects len', lambda: len(gc.get_objects()))
measure('gc is_tracked', lambda: gc.is_tracked(l))
measure('gc freeze count', lambda: gc.get_freeze_count())
measure('gc stats', lambda: gc.get_stats())
def f():
    gc.callbacks.append(f1)
    gc.callbacks.remove(f1)
measure('gc callbacks', f)
