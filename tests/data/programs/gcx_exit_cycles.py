# At the end of the interpreter: what names still hold, and cycles.
import gc, atexit
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
atexit.register(print, "first registered")
atexit.register(lambda: print("last registered", gc.isenabled()))
a = Node("a")
_b = Node("_b")
c = Node("c"); c.me = c
d = [Node("d")]
def f(x=Node("default")): return a
e = Node("e"); e.f = f
print("end of program")
