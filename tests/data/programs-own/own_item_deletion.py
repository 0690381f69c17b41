# topic: containers. Who takes no items away, and in which words.
class A: pass
class B:
    def __getitem__(self, i): return 1
class S(str): pass
for x in (5, 'a', (1,), range(3), None, b'x', object(), A(), B(), A.__dict__, {1}, frozenset(), {}.keys(), {}.values(), len, A, S('x'), (i for i in ()), slice(1), 1.5, True, iter([]), Exception()):
    for key in (0, 'k'):
        try: del x[key]
        except TypeError as e: print(e)
        try: x[key] = 1
        except TypeError as e: print(e)
