# topic: cycles. A generator in a cycle: what collect finds.
import gc
gc.disable(); gc.collect()
class A:
    def __del__(self): print("del A")
def gen(a):
    print("started")
    try:
        yield 1
        yield 2
    finally:
        print("finally")
a = A(); a.g = gen(a); del a
print(gc.collect())
a = A(); a.g = gen(a); next(a.g); del a
print(gc.collect())
def selfgen():
    me = g
    yield
    yield me
g = selfgen(); next(g); del g
print(gc.collect())
def holder():
    box = []
    def it():
        box.append(1)
        yield box
        yield 2
    box.append(it())
    next(box[0])
    return None
holder()
print(gc.collect())
def lst():
    l = []
    l.append(x for x in l)
    return None
lst()
print(gc.collect())
