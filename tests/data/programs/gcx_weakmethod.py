# WeakMethod lives as long as the object, not as long as the bound method; equality; its callback.
import weakref, gc
class Node:
    def hello(self): return "hello"
    def other(self): return "other"
n = Node()
plain = weakref.ref(n.hello)
print(plain() is None)
wm = weakref.WeakMethod(n.hello, lambda ref: print("gone", ref() is None))
print(wm()(), wm() == n.hello, wm == weakref.WeakMethod(n.hello), wm == weakref.WeakMethod(n.other))
print(len({wm, weakref.WeakMethod(n.hello)}))
del n
print(wm())
m = Node(); m.me = m
wm2 = weakref.WeakMethod(m.other, lambda ref: print("gone too"))
del m
print(wm2() is not None)
gc.collect()
print(wm2())
