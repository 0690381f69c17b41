# topic: refcount. What a call of a class holds while __init__ runs, the first time and later.
import sys, gc
class A:
    def __init__(self, x, y):
        print(sys.getrefcount(x), sys.getrefcount(self), sys.getrefcount(y), sys.getrefcount(A) - before)
class S:
    __slots__ = ('x',)
    def __init__(self, x, y):
        print(sys.getrefcount(x), sys.getrefcount(self), sys.getrefcount(y))
class Deaf:
    def __init__(self, x): self.x = x
    def __del__(self): print('dies')
class T:
    def __init__(self, x):
        x = None
        print('body')
def f():
    for i in range(4):
        A([], object())
def g():
    for i in range(4):
        S([], object())
def h():
    for i in range(4):
        T(Deaf(1))
before = sys.getrefcount(A)
f()
g()
h()
x = []
for i in range(4):
    a = A(x, 5.5)
for i in range(3): A(y=[], x=[1])
for i in range(3): A(*[[], []])
def counts():
    for i in range(4):
        gc.collect()
        a = gc.get_count()[0]; Deaf(1); b = gc.get_count()[0]; T(1); c = gc.get_count()[0]
        print(a, b, c)
counts()
