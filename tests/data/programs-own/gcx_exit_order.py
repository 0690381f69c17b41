# topic: finalizers. What runs when the interpreter ends, and in which order.
import atexit, weakref
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
atexit.register(print, 'atexit 1')
a = N('a')
b = N('b')
_c = N('_c')
cyc = N('cyc'); cyc.me = cyc
weakref.finalize(a, print, 'finalize a')
weakref.finalize(b, print, 'finalize b')
atexit.register(print, 'atexit 2')
print('end')
