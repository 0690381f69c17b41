# topic: finalizers. __del__ runs while an exception is on its way.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self):
        t = sys.exc_info()[0]
        print("free", self.n, t.__name__ if t else None)
def f():
    t = T("f local")
    raise ValueError("x")
try:
    f()
except ValueError:
    print("handler")
    t = T("in handler")
    del t
print("after")
def g():
    try:
        raise KeyError
    except KeyError:
        t = T("g")
    return "g"
print(g())
class Raises:
    def __del__(self):
        try:
            raise RuntimeError("inside del")
        except RuntimeError as e:
            print("del caught", e, repr(e.__context__))
def h():
    r = Raises()
    raise ValueError("outer")
try:
    h()
except ValueError as e:
    print("h", e)
print("end")
