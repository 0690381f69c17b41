# topic: exceptions. Walking a traceback.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def a():
    x = T("a")
    b()
def b():
    y = T("b")
    raise ValueError("deep")
try:
    a()
except ValueError as e:
    tb = e.__traceback__
    names = []
    while tb is not None:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
print("after")
def frames():
    f = sys._getframe()
    names = []
    while f is not None:
        names.append(f.f_code.co_name)
        f = f.f_back
    return names
def outer(): return frames()
print(outer())
def loc():
    secret = 42
    try:
        raise KeyError
    except KeyError as k:
        return sorted(k.__traceback__.tb_frame.f_locals)
print(loc())
