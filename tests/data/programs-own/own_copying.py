# topic: copying. Shallow and deep copies, hooks, cycles, slots.
import copy
class P:
    def __init__(self, x): self.x = x; self.tags = ['t']
    def __eq__(self, o): return self.x == o.x
p = P([1, 2])
q = copy.copy(p); r = copy.deepcopy(p)
print(q is p, q.x is p.x, r.x is p.x, q == p, r == p, q.__dict__ == p.__dict__)
l = [1, [2, 3], (4, [5])]
a = l[:]; b = list(l); c = l.copy(); d = copy.copy(l); e = copy.deepcopy(l)
for n in (a, b, c, d, e): print(n == l, n is l, n[1] is l[1], n[2] is l[2], n[2][1] is l[2][1])
l.append(l)
f = copy.deepcopy(l)
print(f[3] is f, len(f), f[3][3][3] is f)
t = (1, 2, (3, 4)); print(copy.deepcopy(t) is t, copy.copy(t) is t)
t = (1, [2]); u = copy.deepcopy(t); print(u is t, u == t, u[1] is t[1])
d = {'a': [1], 'b': {'c': 2}}
s = d.copy(); z = copy.deepcopy(d)
s['a'].append(2); s['n'] = 1
print(d, s, z)
print(copy.copy(None), copy.copy(5), copy.deepcopy('x'), copy.copy(len) is len, copy.deepcopy(P) is P)
x = [1]
y = [x, x]
w = copy.deepcopy(y)
print(w[0] is w[1], w[0] is x)
memo = {}
v = copy.deepcopy(y, memo)
print(len(memo), id(y) in memo)
class Q:
    def __copy__(self): print('copy'); return 'c'
    def __deepcopy__(self, memo): print('deep', type(memo).__name__); return 'd'
print(copy.copy(Q()), copy.deepcopy([Q()]))
class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = [1]
s1 = S(); s2 = copy.copy(s1); s3 = copy.deepcopy(s1)
print(s2.a is s1.a, s3.a is s1.a, hasattr(s3, 'b'))
class N:
    def __init__(self): self.me = self
n = copy.deepcopy(N()); print(n.me is n)
print(copy.copy({1, 2}), copy.deepcopy(frozenset([1])), copy.deepcopy(range(3)))
