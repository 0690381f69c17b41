# topic: cycles. An exception kept in a local is a cycle; collect returns its members.
import gc
gc.disable(); gc.collect()
class T:
    def __del__(self): print("del")
def f():
    t = T()
    try:
        raise ValueError
    except ValueError as e:
        err = e
f()
print(gc.collect())
def g():
    t = T()
    try:
        h()
    except ValueError as e:
        err = e
def h():
    u = T()
    raise ValueError("x")
g()
print(gc.collect())
def outer():
    k = T()
    g()
outer()
print(gc.collect())
