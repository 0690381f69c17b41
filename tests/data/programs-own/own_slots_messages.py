# topic: slots. Slots, and the messages of attributes that are not there.
# sizes
import sys
class P:
    __slots__ = 'x', 'y'
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return f'P({self.x}, {self.y})'
p = P(1, 2)
print(p, sys.getsizeof(p), P.x, type(P.x).__name__, P.__slots__)
try: p.z = 1
except AttributeError as e: print(e)
try: p.__dict__
except AttributeError as e: print(e)
del p.x
try: p.x
except AttributeError as e: print(e)
try: del p.x
except AttributeError as e: print(e)
try:
    class Bad:
        __slots__ = ('a',)
        a = 1
except ValueError as e: print(e)
class D(P): pass
d = D(1, 2); d.z = 3
print(d.__dict__, sys.getsizeof(d), D.__slots__)
class E(P):
    __slots__ = ('z',)
e = E(1, 2); e.z = 3
print(sys.getsizeof(e), e.z)
class F:
    __slots__ = ('a', '__dict__', '__weakref__')
f = F(); f.a = 1; f.b = 2
print(f.__dict__, sys.getsizeof(f))
class G:
    __slots__ = ()
print(sys.getsizeof(G()))
try: G().a = 1
except AttributeError as e: print(e)
class H:
    __slots__ = ['a']
    b = 5
h = H()
try: h.b = 6
except AttributeError as e: print(e)
print(h.b)
class O: pass
o = O()
try: o.a
except AttributeError as e: print(e)
try: O.a
except AttributeError as e: print(e)
try: del o.a
except AttributeError as e: print(e)
try: (5).a = 1
except AttributeError as e: print(e)
try: (5).real = 1
except AttributeError as e: print(e)
try: 'x'.foo
except AttributeError as e: print(e)
try: len.x = 1
except AttributeError as e: print(e)
try: int.x = 1
except TypeError as e: print(e)
try: None.x = 1
except AttributeError as e: print(e)
try: del [].append
except AttributeError as e: print(e)
try: [].append = 1
except AttributeError as e: print(e)
try: object().x = 1
except AttributeError as e: print(e)
try: setattr(5, 'x', 1)
except AttributeError as e: print(e)
try: delattr(5, 'x')
except AttributeError as e: print(e)
try: delattr(o, 'x')
except AttributeError as e: print(e)
try: setattr(o, 5, 1)
except TypeError as e: print(e)
try: getattr(o, 5)
except TypeError as e: print(e)
