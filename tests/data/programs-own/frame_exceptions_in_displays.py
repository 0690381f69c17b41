# topic: exceptions. Exceptions inside comprehensions, default values, class bodies, decorators.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def bad(i):
    t = T(i)
    if i == 2:
        raise ValueError(i)
    return t
try:
    x = [bad(i) for i in range(4)]
except ValueError as e:
    print("list", e)
print("--")
try:
    x = {i: bad(i) for i in range(4)}
except ValueError as e:
    print("dict", e)
print("--")
try:
    x = tuple(bad(i) for i in range(4))
except ValueError as e:
    print("tuple", e)
print("--")
try:
    def f(a=bad(1), b=bad(2)):
        pass
except ValueError as e:
    print("default", e)
print("--")
try:
    class C:
        one = bad(1)
        two = bad(2)
except ValueError as e:
    print("class", e)
print("--")
try:
    print(bad(0).n, bad(2))
except ValueError as e:
    print("args", e)
print("--")
try:
    y = [bad(0), bad(1), bad(2)]
except ValueError as e:
    print("display", e)
print("--")
try:
    d = {bad(0): bad(1), bad(3): bad(2)}
except ValueError as e:
    print("dict display", e)
print("--")
try:
    for z in (bad(i) for i in range(5)):
        print("got", z.n)
except ValueError as e:
    print("for", e)
del z
print("--")
def g(*a, **k): pass
try:
    g(*[bad(0)], k=bad(1), **{"z": bad(2)})
except ValueError as e:
    print("call", e)
print("--")
a = [T("old0"), T("old1")]
try:
    a[0], a[1] = bad(0), bad(2)
except ValueError as e:
    print("assign", e)
try:
    a[0] = bad(1)
    a[5] = bad(3)
except IndexError as e:
    print("index", e)
a = None
print("end")
