# One finalizer brings one of three cycles back.
import gc
saved = []
class Node:
    def __init__(self, name): self.name = name
    def __del__(self):
        print("del", self.name)
        if self.name == "b": saved.append(self)
gc.disable(); gc.collect()
for name in "abc":
    n = Node(name); n.me = n
del n
print(gc.collect() > 0)
print([s.name for s in saved], saved[0].me is saved[0])
print(gc.collect() > 0)
saved.clear()
print(gc.collect() > 0)
