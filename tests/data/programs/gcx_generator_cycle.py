# Suspended generators in cycles, and generators that hold the last reference to something.
import gc
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
def gen(n):
    held = Node("held by " + n)
    try:
        yield 1
    finally:
        print("closing", n)
    yield 2
g = gen("a"); next(g)
del g
print("-")
h = []
h.append(gen("b")); 
def cyc():
    me = None
    held = Node("in cycle")
    try:
        me = yield
        yield
    finally:
        print("cycle closed")
c = cyc(); next(c); c.send(c)
del c
gc.collect()
print("-")
del h
print("end")
