# topic: context_managers. A with block in a generator.
class M:
    def __enter__(self):
        print("enter"); return self
    def __exit__(self, *a):
        print("exit", a[0].__name__ if a[0] else None)
def gen():
    with M():
        yield 1
        yield 2
    print("after with")
for x in gen():
    print(x)
g = gen()
next(g)
g.close()
g = gen()
next(g)
del g
print("--")
def loop():
    for x in gen():
        return x
print(loop())
from_list = [x for x in gen()]
print(from_list)
def nested():
    with M():
        with M():
            yield "in"
n = nested()
print(next(n))
try:
    n.throw(ValueError("v"))
except ValueError as e:
    print("caught", e)
