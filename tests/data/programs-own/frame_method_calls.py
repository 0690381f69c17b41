# topic: frames_closures. Methods, bound methods, self.
import sys
class C:
    def __init__(self): self.v = 1
    def m(self): return sys.getrefcount(self) - 1
    def chain(self): return self
    def __del__(self): print("del C")
c = C()
print(c.m(), sys.getrefcount(c) - 1)
b = c.m
print(b(), sys.getrefcount(c) - 1)
C().chain().chain()
print("chained")
print(C().m())
f = C().m
print("bound")
print(f())
f = None
def call(f): return f()
print(call(c.m), call(C().m))
print(b.__self__ is c, b.__func__ is C.m)
del b, c
print("end")
