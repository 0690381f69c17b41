# A traceback keeps the frames, and with them the locals, of all calls the exception came through.
import gc, weakref
class Node:
    def __init__(self, name): self.name = name
    def __del__(self): print("del", self.name)
def inner():
    a = Node("inner")
    raise ValueError("x")
def outer():
    b = Node("outer")
    inner()
try:
    outer()
except ValueError as e:
    kept = e
print("kept")
kept = None
print("dropped")
def cyclic():
    c = Node("cyclic")
    try:
        inner()
    except ValueError as e:
        saved = e
gc.disable()
gc.collect()
cyclic()
print("waiting")
print(gc.collect() > 0)
try:
    outer()
except ValueError as e:
    e.__traceback__ = None
    print("frames gone")
print("end")
