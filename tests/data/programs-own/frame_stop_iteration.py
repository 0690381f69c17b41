# topic: iterators_generators. StopIteration inside a generator.
def g():
    yield 1
    raise StopIteration("early")
try:
    print(list(g()))
except RuntimeError as e:
    print("RuntimeError", e, repr(e.__cause__), repr(e.__context__))
def h():
    it = iter([1])
    while True:
        yield next(it)
try:
    print(list(h()))
except RuntimeError as e:
    print("RuntimeError", e)
def running():
    yield next(me)
me = running()
try:
    next(me)
except ValueError as e:
    print(e)
