# gc.collect() inside a finalizer or callback of a collection does nothing and returns 0.
import gc, weakref
class Node:
    def __del__(self): print("del", gc.collect())
gc.disable(); gc.collect()
n = Node(); n.me = n
r = weakref.ref(n, lambda ref: print("callback", gc.collect()))
del n
gc.collect()
m = Node()
del m
print("end")
