# topic: exceptions. Chains of contexts and their deaths.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
class E(Exception):
    def __init__(self, n): 
        super().__init__(n)
        self.n = n
    def __del__(self): print("free E", self.n)
def chain(n):
    if n == 0:
        raise E(0)
    try:
        chain(n - 1)
    except E:
        raise E(n)
try:
    chain(3)
except E as e:
    names = []
    c = e
    while c:
        names.append(c.n)
        c = c.__context__
    print(names)
print("after")
del c
try:
    try:
        raise E("a")
    except E as a:
        raise E("b") from a
except E as b:
    print(b.__cause__.n, b.__context__ is b.__cause__)
print("--")
try:
    raise E("x")
except E as x:
    keep = x
print("kept")
try:
    raise E("y") from keep
except E as y:
    pass
print("keep dropped next")
keep = None
def raise_in_handler():
    try:
        1/0
    except ZeroDivisionError:
        undefined_name
try:
    raise_in_handler()
except NameError as n:
    print(type(n.__context__).__name__, n)
def raise_in_finally():
    try:
        1/0
    finally:
        [][1]
try:
    raise_in_finally()
except IndexError as i:
    print(type(i.__context__).__name__, i)
class Ctx:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
try:
    with Ctx():
        raise ValueError("body")
except KeyError as k:
    print(repr(k.__context__))
