# topic: reuse. A suspended generator has a frame of its own.
import sys, gc
gc.get_count()
gc.disable()
def gen(n):
    yield n
    yield n + 1
g = gen(1)
del g
a = gc.get_count()[0]
g = gen(1)
b = gc.get_count()[0]
h = gen(2)
c = gc.get_count()[0]
print(b - a, c - b)
del h
d = gc.get_count()[0]
del g
e = gc.get_count()[0]
print(d - c, e - d)
gs = [gen(i) for i in range(5)]
f = gc.get_count()[0]
gs = None
print(gc.get_count()[0] - f)
