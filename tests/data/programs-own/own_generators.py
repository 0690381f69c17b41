# topic: iterators_generators. send, throw, close, yield from and iterators of every kind.
def g():
    try:
        x = yield 1
        print('got', x)
        y = yield 2
        print('got', y)
        return 'done'
    finally:
        print('cleanup')
i = g()
print(next(i), i.send('a'))
try: i.send('b')
except StopIteration as e: print('stop', e.value)
print(next(i, 'default'))
i = g(); next(i)
try: i.throw(ValueError, 'oops')
except ValueError as e: print('thrown', e)
i = g(); next(i); i.close(); i.close()
try: next(i)
except StopIteration as e: print('stopped', e.value)
i = g()
try: i.send(1)
except TypeError as e: print(e)
def sub():
    r = yield from g()
    print('r', r)
    yield 'end'
print(list(sub()))
def inf():
    n = 0
    while True:
        k = yield n
        n = k if k is not None else n + 1
i = inf()
print(next(i), next(i), i.send(10), next(i)); i.close()
def bad():
    yield 1
    raise StopIteration
try: list(bad())
except RuntimeError as e: print(e, type(e.__cause__).__name__)
def ignore():
    while True:
        try: yield 1
        except GeneratorExit: yield 2
i = ignore(); next(i)
try: i.close()
except RuntimeError as e: print(e)
def again():
    yield next(j)
j = again()
try: next(j)
except ValueError as e: print(e)
print(i.gi_frame is None, j.gi_running, g.__name__, j.__name__, type(j).__name__)
class C:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for k in range(self.n): yield k
print(list(C(3)), 2 in C(3), max(C(4)), dict(zip(C(2), 'ab')), sorted(C(3), reverse=True), *C(2))
class Old:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * i
print(list(Old()), 9 in Old(), list(reversed([1, 2])), tuple(iter(Old())))
it = iter(lambda: len(acc) if acc.append(1) is None else 0, 4)
acc = []
print(list(it))
e = (x * y for x in range(3) for y in range(3) if x != y)
print(list(e), list(e))
print([[r * c for c in range(3)] for r in range(2)], {a: b for a, b in zip('ab', [1, 2])}, {c for c in 'aab'} == {'a', 'b'})
it = iter([1, 2, 3, 4]); print(list(zip(it, it)))
print(next(filter(lambda x: x > 2, range(5))), list(map(pow, [2, 3], [3, 2])), any(x > 1 for x in [0, 2]), sum(x for x in range(5)))
try:
    d = {1: 1}
    for k in d: d[k + 1] = 1
except RuntimeError as e: print(e)
try:
    s = {1}
    for k in s: s.add(k + 1)
except RuntimeError as e: print(e)
