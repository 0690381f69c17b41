# topic: iterators_generators. Closing generators runs finally; throwing; return values.
def gen(n):
    print("start", n)
    try:
        for i in range(n):
            try:
                got = yield i
                print("got", got)
            except ValueError as e:
                print("caught", e)
    except GeneratorExit:
        print("exit")
        raise
    finally:
        print("finally", n)
    return "done"
g = gen(3)
print(next(g)); print(g.send("x")); print(g.throw(ValueError("boo")))
try:
    next(g)
except StopIteration as s:
    print("stop", s.value)
g = gen(5); next(g); g.close(); print("closed")
g = gen(5); next(g); del g; print("deleted")
g = gen(5); g.close(); print("never started")
g = gen(5); next(g)
try:
    g.throw(KeyError("k"))
except KeyError as k:
    print("out", k)
print(list(g))
def outer():
    r = yield from gen(2)
    print("result", r)
    yield "last"
o = outer()
print(next(o), next(o), next(o))
o.close()
o = outer(); next(o)
print(o.throw(ValueError("through")))
o.close()
def bad():
    try:
        yield 1
    except GeneratorExit:
        yield 2
b = bad(); next(b)
try:
    b.close()
except RuntimeError as e:
    print(e)
def ret():
    return 5
    yield
try:
    next(ret())
except StopIteration as s:
    print(s.value, s.args)
