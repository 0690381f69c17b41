# topic: exceptions. return in try/finally and who dies when.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def f():
    a = T("a")
    try:
        return T("result")
    finally:
        b = T("b")
        print("finally")
r = f()
print("got", r.n)
r = None
def g():
    for i in range(2):
        t = T(i)
        try:
            continue
        finally:
            print("finally", i)
    print("loop done")
g()
def h():
    try:
        try:
            raise ValueError(T("in value"))
        finally:
            x = T("x")
            print("inner finally")
            del x
    except ValueError as e:
        print("caught", e.args[0].n)
    finally:
        print("outer finally")
    print("h end")
h()
def swallow():
    t = T("local")
    try:
        raise ValueError(T("payload"))
    finally:
        return 1
print(swallow())
def override():
    try:
        return T("first")
    finally:
        return T("second")
print(override().n)
print("end")
