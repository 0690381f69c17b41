# topic: weak_collections. WeakSet while it is walked; unions and subsets.
import weakref
class T:
    def __init__(self, n): self.n = n
s = weakref.WeakSet()
ts = [T(i) for i in range(5)]
for t in ts: s.add(t)
print(len(s), ts[0] in s)
it = iter(s)
first = next(it)
n = first.n
del first, t
ts.pop(n)
print(len(ts), len(s) in (4, 5))
rest = sum(1 for _ in it)
print(rest, len(s))
del it
s.discard(ts[0]); print(len(s))
u = s | weakref.WeakSet(ts)
print(len(u), len(s & u), s <= u)
ts.clear()
print(len(s), len(u))
