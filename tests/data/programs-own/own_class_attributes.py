# topic: class_attributes. Class attributes, properties, class and static methods, type() of three.
class A:
    count = 0
    items = []
    def __init__(self):
        A.count += 1
        self.items.append(A.count)
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def hello(): return 'hello'
    @property
    def size(self): return len(self.items)
    @size.setter
    def size(self, v): del self.items[v:]
    @size.deleter
    def size(self): self.items.clear()
a, b = A(), A()
print(A.count, a.count, a.items is b.items, a.items)
a.count = 100
print(a.count, b.count, A.count, a.__dict__, b.__dict__)
del a.count
print(a.count)
a.items = []
print(a.items, b.items, A.items)
c = A.make()
print(type(c).__name__, c.hello(), A.hello(), b.size)
b.size = 1
print(b.items)
del b.size
print(b.items)
class B(A):
    count = 5
    def __init__(self):
        super().__init__()
        self.x = 1
b = B()
print(A.count, B.count, b.count, B.__mro__, B.__bases__, B.__name__)
B.count += 1
print(A.count, B.count)
print(isinstance(b, A), issubclass(B, A), type(b) is B, type(B), B.__base__)
print('count' in B.__dict__, 'items' in B.__dict__, hasattr(B, 'items'), sorted(k for k in A.__dict__ if not k.startswith('__')))
try:
    A.nothing
except AttributeError as e: print(e)
try:
    b.size = 'x'
except TypeError as e: print(e)
class C:
    @property
    def r(self): return 1
try: C().r = 5
except AttributeError as e: print(e)
try: del C().r
except AttributeError as e: print(e)
A.new = lambda self: 'new'
print(b.new(), a.new())
print(a.make.__name__, A.make.__func__.__name__ if hasattr(A.make, '__func__') else None)
class D:
    x = 1
    y = x + 1
    l = [x for _ in range(2)] if False else [1]
    def f(self): return D.y
print(D.y, D().f(), D.l)
class E:
    pass
E.a = 1
e = E()
E.a = 2
print(e.a, vars(e), E.__dict__['a'])
print(E.__module__, E.__doc__, E.__qualname__)
class F:
    'doc of F'
    __class__x = 1
    def __init__(self): self.__private = 1
print(F.__doc__, F().__dict__)
class G:
    def __getattr__(self, n): return n.upper()
    def __setattr__(self, n, v): print('set', n, v); object.__setattr__(self, n, v)
    def __delattr__(self, n): print('del', n); super().__delattr__(n)
g = G(); g.a = 1; print(g.a, g.zzz); del g.a; print(g.a)
x = type('X', (A,), {'z': 5, 'w': lambda self: self.z})
print(x.z, x().w(), x.__name__, x)
