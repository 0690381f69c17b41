# topic: frames_closures. A traceback keeps a frame; the next call needs another.
import sys, gc
gc.disable()
def fail(n):
    x = n
    raise ValueError(n)
def keep(n):
    try:
        fail(n)
    except ValueError as e:
        return e
k = keep(0)
k = None
a = gc.get_count()[0]
k1 = keep(1)
b = gc.get_count()[0]
k2 = keep(2)
c = gc.get_count()[0]
print(c - b > 0)
ids = {id(k1.__traceback__.tb_frame), id(k2.__traceback__.tb_frame)}
print(len(ids))
k2 = None
k3 = keep(3)
print(k3.__traceback__.tb_next.tb_frame.f_locals)
