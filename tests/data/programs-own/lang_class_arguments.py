# topic: class_attributes. Keyword arguments of class statements, __init_subclass__, __class_getitem__, __set_name__.
import sys, gc

class Plugin:
    registry = {}
    def __init_subclass__(cls, tag=None, **rest):
        super().__init_subclass__(**rest)
        cls.tag = tag
        Plugin.registry[tag] = cls.__name__

class A(Plugin, tag='a'):
    pass
class B(A, tag='b'):
    pass
class C(B):
    pass
print(Plugin.registry, A.tag, B.tag, C.tag)
try:
    class D(Plugin, tag='d', more=1):
        pass
except TypeError as e:
    print(e)
try:
    class E(x=1):
        pass
except TypeError as e:
    print(e)
class F(metaclass=type):
    pass
print(type(F).__name__, F.__mro__[-1].__name__)

class Middle(Plugin):
    def __init_subclass__(cls, **rest):
        print('middle hears of', cls.__name__, sorted(rest))
        super().__init_subclass__(**rest)
class G(Middle, tag='g'):
    pass
print(G.tag, type(Plugin.__dict__['__init_subclass__']).__name__)

if sys.version_info >= (3, 7):
    class Shelf:
        def __class_getitem__(cls, item):
            return (cls.__name__, item)
    print(Shelf[3], Shelf['a', 'b'])
    class Longer(Shelf):
        pass
    print(Longer[0])

class Field:
    def __set_name__(self, owner, name):
        self.name = '_' + name
        print(owner.__name__, name)
    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.name, 0)
    def __set__(self, instance, value):
        setattr(instance, self.name, value)
class Point:
    x = Field()
    y = Field()
p = Point()
p.x = 3
print(p.x, p.y, p.__dict__)

class Counted:
    made = 0
    def __new__(cls, *args):
        cls.made += 1
        return super().__new__(cls)
    def __init__(self, value):
        self.value = value
print(Counted(1).value, Counted(2).value, Counted.made, type(Counted.__dict__['__new__']).__name__)
class Plain:
    pass
try:
    Plain[1]
except TypeError as e:
    print(e)
try:
    [1].index(1, None)
except TypeError as e:
    print(e)
