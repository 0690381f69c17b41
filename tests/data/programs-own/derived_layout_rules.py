# topic: derived. Slots, several bases, weak references: what a class statement refuses and allows.
import weakref

class Slim(list):
    __slots__ = ("a", "b")

z = Slim([1])
z.a = 5
print(z, z.a, hasattr(z, "b"))
try:
    z.c = 1
except AttributeError as e:
    print(e)
for base in (int, tuple, bytes):
    try:
        class Q(base):
            __slots__ = ("a",)
    except TypeError as e:
        print(e)
for base in (bool, range, slice, type(None), type(lambda: 0)):
    try:
        class Q(base):
            pass
    except TypeError as e:
        print(e)
try:
    class Q(set):
        __slots__ = ("__weakref__",)
except TypeError as e:
    print(e)

class A:
    def who(self):
        return ["A"]

class B(A):
    def who(self):
        return ["B"] + super().who()

class C(A):
    def who(self):
        return ["C"] + super().who()

class D(B, C):
    def who(self):
        return ["D"] + super().who()

print(D().who(), [c.__name__ for c in D.__mro__], D.__bases__ == (B, C), D.__base__ is B)
for bases in ((A, B), (list, dict), (A, A), (B, C, A), (C, B), (int, str), (dict, A)):
    try:
        if len(bases) == 2:
            class X(bases[0], bases[1]):
                pass
        else:
            class X(bases[0], bases[1], bases[2]):
                pass
        print([c.__name__ for c in X.__mro__])
    except TypeError as e:
        print(e)

class Mixin:
    def describe(self):
        return "%s with %d" % (type(self).__name__, len(self))

class Bag(Mixin, list):
    pass

bag = Bag("abc")
print(bag.describe(), bag)
r = weakref.ref(bag)
print(r() is bag)
del bag
print(r())

class Noisy(list):
    def __del__(self):
        print("bye", list(self), self.__dict__)

n = Noisy([1, 2])
n.tag = "x"
del n

class Item:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("item", self.name)

class Shelf(list):
    pass

s = Shelf([Item("first"), Item("second")])
s.extra = Item("attribute")
del s
class Words(dict):
    pass
w = Words(a=Item("value"))
w.extra = Item("attribute of dict")
del w
