# topic: context_managers. How often a manager is held inside its with block.
import sys
g = sys.getrefcount
class M:
    def __enter__(self): return self
    def __exit__(self, *w): return None
def f1(a):
    with a:
        print('1', g(a))
    return g(a)
def f2(a):
    with a:
        if a:
            print('2', g(a))
    return g(a)
def f3():
    a = M()
    with a:
        print('3', g(a))
        if a:
            print('4', g(a))
    with a as b:
        print('5', g(a), g(b))
    return g(a)
m = M()
f1(m); print(f1(m)); f1(M()); print(f2(m)); f2(M()); print(f3())
