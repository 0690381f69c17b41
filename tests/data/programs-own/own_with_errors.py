# topic: context_managers. with blocks that return, break, raise and swallow.
class C:
    def __enter__(self): print('in'); return self
    def __exit__(self, t, v, tb):
        print('out', t.__name__ if t else None, v, tb is None)
        return False
def f():
    with C() as c:
        return 'x'
print(f())
for i in range(3):
    with C():
        if i == 1: continue
        if i == 2: break
        print(i)
try:
    with C() as a, C() as b:
        print(a is b)
        1 / 0
except ZeroDivisionError as e: print(e, e.__context__)
class Bad:
    def __enter__(self): raise RuntimeError('no entry')
    def __exit__(self, *a): print('never')
try:
    with C(), Bad(): print('never')
except RuntimeError as e: print(e)
class BadExit(C):
    def __exit__(self, t, v, tb): raise KeyError('exit')
try:
    with BadExit(): raise ValueError('v')
except KeyError as e: print(repr(e), repr(e.__context__))
try:
    with 5: pass
except (AttributeError, TypeError) as e: print(type(e).__name__, e)
class NoExit:
    def __enter__(self): return 1
try:
    with NoExit(): pass
except (AttributeError, TypeError) as e: print(type(e).__name__, e)
class S:
    def __init__(self): self.log = []
    def __enter__(self): self.log.append('e'); return self.log
    def __exit__(self, *a): self.log.append('x'); return True
s = S()
with s as l:
    l.append('b'); raise SystemExit
print(s.log)
with s:
    with s:
        raise KeyError
    s.log.append('mid')
print(s.log)
