# WeakSet: what dies leaves it, also while it is walked; set operations; equality.
import weakref, gc
class Node:
    def __init__(self, n): self.n = n
    def __repr__(self): return "N%d" % self.n
keep = [Node(i) for i in range(5)]
s = weakref.WeakSet(keep)
print(len(s), keep[0] in s, 3 in s)
del keep[1]
print(len(s), sorted(x.n for x in s))
s.discard(keep[0]); s.add(keep[1]); s.add(keep[1])
print(sorted(x.n for x in s))
t = weakref.WeakSet([keep[1], keep[2]])
print(sorted(x.n for x in s & t), sorted(x.n for x in s | t), sorted(x.n for x in s - t), t <= s, s == t)
it = iter(s)
next(it)
dead = keep.pop()
del dead
print(len(s) <= 3)
del it
c = Node(9); c.me = c
s.add(c)
del c
print(any(x.n == 9 for x in s))
x = None
gc.collect()
print(sorted(x.n for x in s))
