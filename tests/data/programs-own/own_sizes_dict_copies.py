# topic: sizes. Dicts copied, merged and shared between instances.
# sizes
import sys
s = sys.getsizeof
class P:
    def __init__(self, *n):
        for k in n: setattr(self, k, 1)
print(s(dict(vars(P('x')))), s(vars(P('x')).copy()), s({**vars(P('x'))}))
class P2(P): pass
p = P2('x', 'y')
print(s(dict(vars(p))), s(vars(p).copy()), s({**vars(p)}), s(dict(vars(p), a=1)))
class P3(P): pass
p = P3(*'abcdef')
print(s(p.__dict__), s(dict(vars(p))), s(vars(p).copy()), s({**vars(p)}))
class P4(P): pass
p = P4(*'abcdefghijkl')
print(s(p.__dict__), s(dict(vars(p))), s(vars(p).copy()), s({**vars(p)}))
d = {i: i for i in range(6)}
print(s(d), s(dict(d)), s(d.copy()), s({**d}), s(dict(d, x=1)))
del d[0]
print(s(d), s(dict(d)), s(d.copy()), s({**d}))
del d[1]; del d[2]; del d[3]
print(s(d), s(dict(d)), s(d.copy()), s({**d}))
e = {}
e.update(d); print(s(e))
e = {1: 1}; e.update({i: i for i in range(4)}); print(s(e))
e = {1: 1}; e.update({i: i for i in range(10)}); print(s(e))
e = {1: 1}; e.update([(i, i) for i in range(10)]); print(s(e))
e = dict([(i, i) for i in range(10)]); print(s(e))
e = dict(zip('abc', range(3))); print(s(e))
e = dict(a=1, b=2, c=3, d=4, e=5, f=6); print(s(e))
e = {}; e.setdefault('a', 1); print(s(e)); del e['a']; print(s(e))
e = dict.fromkeys('abcdefghijkl'); print(s(e)); e = dict.fromkeys(range(20)); print(s(e)); e = dict.fromkeys({1, 2, 3, 4, 5, 6}); print(s(e)); e = dict.fromkeys({i: 0 for i in range(20)}); print(s(e))
e = {**{'a': 1}, 'b': 2}; print(s(e)); e = {'a': 1, 'b': 2, 'c': 3, 'd': 4, 'e': 5, 'f': 6}; print(s(e)); e = {k: 1 for k in 'abcdef'}; print(s(e))
e.pop('a'); print(s(e)); e['zz'] = 1; e['yy'] = 1; print(s(e)); e[5] = 1; print(s(e))
e = {1: 1, 'a': 2}; print(s(e)); del e[1]; print(s(e)); print(s(e.copy())); print(s(dict(e)))
e = {1.5: 1}; print(s(e)); e = {(1,): 1}; print(s(e))
class Q:
    def __init__(self): self.a = 1; self.b = 2
x = Q(); y = Q(); print(s(x.__dict__)); del x.a; print(s(x.__dict__), s(y.__dict__), s(Q().__dict__)); x.a = 3; print(s(x.__dict__))
class R:
    def __init__(self): self.a = 1
x = R(); x.b = 2; y = R(); y.c = 3; print(s(x.__dict__), s(y.__dict__)); z = R(); z.c = 1; z.b = 2; print(s(z.__dict__), list(z.__dict__))
vars(z)['d'] = 1; print(s(z.__dict__)); z.__dict__ = {'q': 1}; print(s(z.__dict__), z.q); z.r = 1; print(s(z.__dict__))
vars(x).update(k=1, l=2); print(s(x.__dict__)); print(s(R().__dict__))
def kw(**k): return s(k)
print(kw(a=1), kw(**{'a': 1, 'b': 2}), kw(**vars(Q())), kw(**{k: 1 for k in 'abcdef'}), kw(a=1, b=1, c=1, d=1, e=1, f=1))
print(s(globals()) > 0, s(locals()) > 0)
def loc():
    a = 1; b = 2
    return s(locals())
print(loc())
