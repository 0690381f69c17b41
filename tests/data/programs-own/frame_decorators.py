# topic: frames_closures. Decorators, closures with state, default arguments evaluated once.
import functools
def count(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        wrapper.calls += 1
        return f(*a, **k)
    wrapper.calls = 0
    return wrapper
@count
def add(a, b=1):
    "adds"
    return a + b
print(add(1), add(1, 2), add(a=3), add.calls, add.__name__, add.__doc__)
def memo(f):
    cache = {}
    def inner(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    inner.cache = cache
    return inner
@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(50), len(fib.cache))
print(fib.__closure__[0].cell_contents is fib.cache, [c.cell_contents.__class__.__name__ for c in fib.__closure__])
print(fib.__code__.co_freevars, fib.__code__.co_varnames, memo.__code__.co_cellvars)
def outer():
    x = "outer"
    def middle():
        def inner():
            nonlocal x
            x = "changed"
            return x
        return inner
    print(middle()(), x)
outer()
def gen_closures():
    return [lambda k=i: (i, k) for i in range(3)]
print([f() for f in gen_closures()])
def empty_cell():
    def f(): return later
    try:
        print(f.__closure__[0].cell_contents)
    except ValueError as e:
        print(e)
    later = 5
    return f
f = empty_cell()
print(f.__closure__[0].cell_contents, f())
class A:
    x = "class"
    def m(self):
        try:
            return x
        except NameError as e:
            return str(e)
    y = x
print(A().m(), A.y)
def f(a, *, b, c=3, **d):
    return a, b, c, d
print(f(1, b=2), f(1, b=2, z=9))
for bad in ("f()", "f(1)", "f(1,2)", "f(1,b=2,a=3)"):
    try:
        if bad == "f()": f()
        elif bad == "f(1)": f(1)
        elif bad == "f(1,2)": f(1, 2)
        else: f(1, b=2, **{"a": 3})
    except TypeError as e:
        print(e)
