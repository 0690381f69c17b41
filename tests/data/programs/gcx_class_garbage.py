# Classes are cycles of themselves; their instances, methods and subclasses go with them.
import gc, weakref
gc.disable(); gc.collect()
class Base:
    def method(self): return self
class Derived(Base):
    x = 1
d = Derived()
r = [weakref.ref(Base), weakref.ref(Derived), weakref.ref(Base.method)]
del Base, d
gc.collect()
print([x() is None for x in r])
del Derived
gc.collect()
print([x() is None for x in r])
def make():
    class Local:
        def __del__(self): print("local", self.__class__.__name__)
    x = Local(); x.me = x
    return weakref.ref(Local)
w = make()
print(w() is None)
gc.collect()
gc.collect()
print(w() is None)
