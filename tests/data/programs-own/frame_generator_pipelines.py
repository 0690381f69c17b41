# topic: iterators_generators. A pipeline of generators dies from the outside in.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def source():
    t = T("source")
    try:
        for i in range(10):
            yield i
    finally:
        print("source closed")
def double(it):
    t = T("double")
    try:
        for x in it:
            yield 2 * x
    finally:
        print("double closed")
p = double(source())
print(next(p), next(p))
del p
print("--")
p = double(source())
for x in p:
    if x > 2: break
print("broke", x)
p = None
print("--")
g = (T(i).n for i in range(3))
print(list(g))
g = (t.n for t in [T("l1"), T("l2")])
print(next(g))
del g
print("--")
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)
print(list(tree(3)))
t = tree(3)
print(next(t), next(t))
t.close()
def first(it):
    for x in it:
        return x
print(first(double(source())))
print("end")
