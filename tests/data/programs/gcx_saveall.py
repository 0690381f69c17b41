# With DEBUG_SAVEALL garbage goes to gc.garbage instead of being freed; finalizers run all the same.
import gc
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
gc.collect()
print(gc.get_debug(), gc.garbage)
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug() == gc.DEBUG_SAVEALL)
a = Node("a"); b = Node("b"); a.b = b; b.a = a
x = []; x.append(x)
del a, b, x
gc.collect()
print(sorted({type(o).__name__ for o in gc.garbage} & {"Node", "list"}))
print([o.name for o in gc.garbage if type(o) is Node])
gc.set_debug(0)
del gc.garbage[:]
print("cleared", gc.garbage)
gc.collect()
print("end")
