# topic: collector. gc.collect() inside __del__, from a count and from a collection.
import gc
class A:
    def __init__(self, n): self.n, self.me = n, self
    def __del__(self): print('del', self.n, gc.collect())
gc.collect(); gc.disable()
A(1); A(2)
print(gc.collect())
A(3)
class B:
    def __init__(self, n): self.n = n
    def __del__(self): print('B', self.n, gc.collect())
b = B(1)
del b
print('end', gc.collect())
