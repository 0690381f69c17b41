# topic: sizes. How large frames are: locals, cells and the value stack count.
# sizes
import sys
def none(): return sys.getsizeof(sys._getframe())
def local(a, b=1):
    c = 2
    return sys.getsizeof(sys._getframe())
def cells(a):
    b = a
    def inner(): return a, b, sys.getsizeof(sys._getframe())
    return inner()[2], sys.getsizeof(sys._getframe())
def deep(): return max(1, 2, 3, 4, 5, 6, 7, sys.getsizeof(sys._getframe()))
def handler():
    try:
        raise ValueError
    except ValueError as e:
        return sys.getsizeof(sys._getframe())
def gen():
    x = 1
    yield sys.getsizeof(sys._getframe())
class C:
    size = sys.getsizeof(sys._getframe())
if sys.version_info < (3, 11):
    print(none(), local(1), cells(1), deep(), handler(), next(gen()), C.size)
    print([sys.getsizeof(sys._getframe()) for i in range(1)], (lambda a, b, c: sys.getsizeof(sys._getframe()))(1, 2, 3))
print(sys.getsizeof(sys._getframe()) > 0)
