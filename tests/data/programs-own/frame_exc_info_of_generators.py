# topic: iterators_generators. A generator suspended in a handler keeps its handled exception to itself.
import sys
def name():
    t = sys.exc_info()[0]
    return t.__name__ if t else None
def gen():
    print("g", name())
    try:
        raise ValueError("x")
    except ValueError:
        print("g", name())
        yield 1
        print("g", name())
    print("g", name())
    yield 2
    print("g", name())
g = gen()
print(next(g), name())
try:
    raise KeyError
except KeyError:
    print(name())
    print(next(g), name())
print(name())
print(list(g), name())
h = gen()
try:
    raise OSError
except OSError:
    print(next(h), name())
print(name())
print(next(h), name())
