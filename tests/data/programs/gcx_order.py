# The order of finalizers in one collection: that of the list, which surviving a collection may change.
import gc
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print(self.name, end=" ")
gc.disable(); gc.collect()
def cycle(*names):
    nodes = [Node(n) for n in names]
    for i, n in enumerate(nodes): n.next = nodes[(i + 1) % len(nodes)]
    return nodes
a = cycle("a", "b", "c")
gc.collect(0)
b = cycle("d", "e")
gc.collect(1)
c = cycle("f", "g")
del a, b, c
gc.collect(); print()
last = [Node("inner")]
middle = [last, Node("middle")]
first = [middle, Node("outer")]
first.append(first); last.append(first)
gc.collect()
del last, middle, first
gc.collect(); print()
x = Node("x"); y = Node("y"); x.y = y; y.x = x
z = Node("z"); z.x = x
del x, y, z
gc.collect(); print()
