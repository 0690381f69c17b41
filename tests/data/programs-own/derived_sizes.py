# topic: derived. What sys.getsizeof says of instances of classes derived from built-in ones, and of their __dict__.
# sizes
import sys

def show(base, *args):
    class WithDict(base):
        pass
    class Empty(base):
        __slots__ = ()
    print(base.__name__, args, sys.getsizeof(WithDict(*args)), sys.getsizeof(Empty(*args)))
    x, y = WithDict(*args), WithDict(*args)
    y.a = 1
    print("  dict", sys.getsizeof(x.__dict__), sys.getsizeof(y.__dict__))
    for i in range(8):
        setattr(y, "a%d" % i, i)
    print("  dict", sys.getsizeof(y.__dict__))
    if base in (int, tuple, bytes):
        return
    class Slots(base):
        __slots__ = ("a", "b")
    print("  slots", sys.getsizeof(Slots(*args)))

for base, args in ((list, ()), (list, ([1, 2, 3],)), (dict, ()), (dict, ({1: 2},)), (set, ()), (frozenset, ([1],)), (str, ("",)),
                   (str, ("abc",)), (str, ("\xe9",)), (str, ("\u20ac",)), (str, ("\U0001f600",)), (int, (0,)), (int, (5,)),
                   (int, (-5,)), (int, (2 ** 40,)), (int, (2 ** 90,)), (float, (1.5,)), (complex, (1,)), (tuple, ()),
                   (tuple, ((1, 2, 3),)), (bytes, (b"",)), (bytes, (b"abc",))):
    show(base, *args)

class E(Exception):
    pass

print(sys.getsizeof(E()), sys.getsizeof(ValueError()))
