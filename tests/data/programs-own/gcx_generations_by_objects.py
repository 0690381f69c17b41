# topic: gc_generations. In which generation an object lies after each collection.
import gc, sys
gc.collect(); gc.disable()
class C: pass
def where(x):
    for g in range(3):
        if any(o is x for o in gc.get_objects(generation=g)):
            return g
if sys.version_info >= (3, 8):
    c = C()
    print(where(c))
    gc.collect(0); print(where(c))
    gc.collect(1); print(where(c))
    gc.collect(2); print(where(c))
    d = C(); d.c = c; c.d = d
    gc.collect(0)
    print(where(d), where(c))
    del c, d
    print(gc.collect(0), gc.collect(1), gc.collect(2))
