# topic: exceptions. Who dies when, when a handler ends.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
class E(Exception):
    def __init__(self, n):
        self.n = n
        self.t = T("attr of " + n)
    def __del__(self):
        print("free exc", self.n)
def f():
    a = T("local")
    raise E("1")
try:
    f()
except E:
    print("handling")
print("after 1")
try:
    f()
except E as e:
    print("handling", e.n)
print("after 2")
def g():
    b = T("g local")
    try:
        f()
    except E as e:
        x = e
        print("in g")
    print("still in g")
    del x
    print("x deleted")
g()
print("after 3")
try:
    try:
        f()
    except E as e:
        raise KeyError(T("arg"))
except KeyError as k:
    print("context", k.__context__.n)
print("after 4")
for i in range(2):
    try:
        f()
    except E as e:
        print("loop", i)
print("end")
