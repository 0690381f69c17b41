# topic: reuse. Recursion needs a frame for each level; they are kept for other functions.
import sys, gc
gc.get_count()
gc.disable()
def probe():
    return sys.getsizeof(sys._getframe())
size = probe() + 8
def down(n):
    return down(n - 1) if n else 0
def other():
    return len("a")
def third():
    return len("b")
down(0)
a = gc.get_count()[0]
down(3)
b = gc.get_count()[0]
down(3)
c = gc.get_count()[0]
other()
d = gc.get_count()[0]
print(b - a, c - b, d - c)
down(10)
e = gc.get_count()[0]
third()
down(10)
f = gc.get_count()[0]
down(11)
g = gc.get_count()[0]
print(e - d, f - e, g - f)
gc.collect()
x = gc.get_count()[0]
down(5)
y = gc.get_count()[0]
down(5)
print(y - x, gc.get_count()[0] - y)
