# topic: frames_closures. Arguments and locals: who goes first.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def f(a, b):
    c = T("c")
    return c
def g(a, b, c):
    del b
    print("b deleted")
    a = None
    print("a rebound")
print(f(T("a"), T("b")).n)
print("--")
g(T("1"), T("2"), T("3"))
print("--")
def h(*args, **kw):
    print(len(args), sorted(kw))
h(T("x"), T("y"), k=T("k"), j=T("j"))
print("--")
def nested():
    return [T("e1"), T("e2")], (T("t1"), T("t2"))
nested()
print("--")
x = [f(T(i), T(i + 10)) for i in range(2)]
print("--")
x = None
(lambda q: print("lambda", q.n))(T("q"))
def default(d=T("default")):
    return d.n
print(default())
del default
print("--")
def swap(a, b):
    a, b = b, a
    return a
r = swap(T("s1"), T("s2"))
print(r.n)
