# topic: collector. DEBUG_SAVEALL keeps garbage in gc.garbage.
import gc
class A:
    def __init__(self, n): self.n, self.me = n, self
    def __del__(self): print('del', self.n)
gc.collect(); gc.disable()
gc.set_debug(gc.DEBUG_SAVEALL)
A(1); A(2)
l = []; l.append(l); del l
print(gc.collect())
print([type(x).__name__ for x in gc.garbage])
gc.set_debug(0)
print(gc.get_debug(), gc.is_tracked(gc.garbage))
gc.garbage.clear()
print(gc.collect())
