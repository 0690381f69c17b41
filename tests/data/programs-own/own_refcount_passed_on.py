# topic: refcount. Arguments that are copied to other names, kept and given on inside a function.
import sys
def f(p, *rest, k=None):
    a = p
    b = a
    c, d = a, b
    print(sys.getrefcount(a), sys.getrefcount(p))
    e = f = d
    print(sys.getrefcount(a))
    l = [a]
    print(sys.getrefcount(a))
    del p
    print(sys.getrefcount(a))
    a = None
    print(sys.getrefcount(b))
    g(b)
    def inner(): return b
    print(sys.getrefcount(b))
    if k: return
    for k in l: print(sys.getrefcount(k))
def g(z):
    y = z
    print('g', sys.getrefcount(y))
    return y
def h(p):
    try:
        q = p
        raise ValueError
    except ValueError:
        r = q
        print(sys.getrefcount(r))
    s = r
    print(sys.getrefcount(s))
    x = [p for i in range(2)]
    print(sys.getrefcount(p))
    p = q
    print(sys.getrefcount(p))
    t = p, p
    print(sys.getrefcount(p))
    u, v = t
    print(sys.getrefcount(p))
def main():
    v = []
    f(v); f([]); f(v, k=v)
    w = g(v)
    print(sys.getrefcount(w))
    h(v); h([])
    def gen(x):
        y = x
        yield sys.getrefcount(y)
        yield sys.getrefcount(x)
    print(list(gen(v)))
main()
