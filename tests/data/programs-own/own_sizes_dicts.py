# topic: sizes. Dicts, sets and instance dicts as they grow.
# sizes
import sys
s = sys.getsizeof
d = {}
out = []
for i in range(200):
    d[i] = i
    out.append(s(d))
prev = 0
for n, x in enumerate(out):
    if x != prev: print(n + 1, x)
    prev = x
while d: d.popitem()
print(s(d)); d[1] = 1; print(s(d)); d.clear(); print(s(d)); d[1] = 1; print(s(d))
a = dict.fromkeys(range(6)); print(s(a)); b = a.copy(); print(s(b)); b[7] = 7; print(s(b)); c = dict(b); print(s(c)); print(s({**b}), s({**b, 1: 2}), s(dict(b, z=1)))
d = {str(i): i for i in range(5)}; print(s(d)); d[5] = 5; print(s(d))
d = {'a': 1, 'b': 2}; d.update({'c': 3, 'd': 4, 'e': 5}); print(s(d)); d.update(f=6); print(s(d)); print(len(d) > 5)
d = dict(zip('abcdef', range(6))); print(s(d)); del d['a']; d['z'] = 1; print(s(d))
d = dict([(1, 2), (3, 4)]); print(s(d))
def kw(**k): return s(k)
print(kw(), kw(a=1), kw(a=1, b=2, c=3, d=4, e=5), kw(a=1, b=2, c=3, d=4, e=5, f=6), kw(**{'a': 1}))
e = set()
prev = 0
for i in range(200):
    e.add(i)
    if s(e) != prev: print(i, s(e)); prev = s(e)
for i in range(190): e.discard(i)
print(s(e)); e.add(1); print(s(e)); e.clear(); print(s(e))
print(s({1, 2, 3} | {4, 5, 6}), s(set([1, 2]) & {1}), s({1, 2} - {1}), s(set('abcdefgh')), s(frozenset('abcdefgh')), s({1,2,3,4,5,6,7}.copy()))
class P:
    def __init__(self, x, y): self.x = x; self.y = y
ps = [P(1, 2) for _ in range(3)]
print([s(p.__dict__) for p in ps]); ps[0].z = 1; print([s(p.__dict__) for p in ps]); print(s(P(1, 2).__dict__)); del ps[1].x; print(s(ps[1].__dict__)); ps[2].__dict__['q'] = 1; print(s(ps[2].__dict__)); print(s(vars(P(3, 4)))); print(s(dict(vars(P(1, 2)))), s(vars(P(1, 2)).copy()))
class Q: pass
q = Q(); print(s(q), s(q.__dict__))
for i in range(8):
    setattr(q, 'a%d' % i, i); print(s(q.__dict__), end=' ')
print()
