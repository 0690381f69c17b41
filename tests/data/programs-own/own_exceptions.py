# topic: frames_closures. Chains, finally, re-raise, traceback length; ends with a traceback.
def outer():
    def inner():
        raise ValueError('deep')
    try:
        inner()
    except ValueError as e:
        raise RuntimeError('wrapped') from e
class C:
    def go(self, n):
        if n == 0:
            return self.missing
        return self.go(n - 1)
import sys
for f in (outer, lambda: C().go(2), lambda: [1, 2][5], lambda: {'a': 1}['b'], lambda: int('x'), lambda: 1 / 0, lambda: undefined_thing, lambda: None.x, lambda: 'a' + 1):
    try: f()
    except Exception as e:
        tb = e.__traceback__
        n = 0
        while tb: n += 1; tb = tb.tb_next
        print(type(e).__name__, e, n, type(e.__cause__).__name__, e.__suppress_context__, e.args)
def chain():
    try:
        1 / 0
    except ZeroDivisionError:
        {}['k']
try: chain()
except KeyError as e: print(repr(e), repr(e.__context__), e.__cause__)
class MyErr(ValueError):
    def __init__(self, code, msg='default'):
        super().__init__(msg)
        self.code = code
    def __str__(self): return f'[{self.code}] {super().__str__()}'
try: raise MyErr(5)
except ValueError as e: print(e, repr(e), e.code, e.args)
try:
    raise MyErr
except TypeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
try: raise ValueError from 5
except TypeError as e: print(e)
try:
    try: raise ValueError(1)
    finally: print('finally runs')
except ValueError as e: print('outer', e)
def r():
    try: return 'try'
    finally: return 'finally'
print(r())
def lp():
    for i in range(3):
        try:
            if i == 1: continue
            print('body', i)
        finally: print('fin', i)
    else: print('else')
lp()
try: assert 1 == 2, 'message'
except AssertionError as e: print(repr(e))
try: assert []
except AssertionError as e: print(repr(e), e.args)
e1 = ValueError('a', 2); print(str(e1), repr(e1), e1.args, ValueError() .args, str(ValueError()), repr(KeyError('k')), str(KeyError('k')), str(KeyError()), str(OSError('x')), StopIteration(3).value, SystemExit(4).code, repr(IndexError('x')))
try: raise Exception('first')
except Exception as first:
    try: raise Exception('second')
    except Exception as second: print(second.__context__ is first, sys.exc_info()[1] is second)
    print(sys.exc_info()[1] is first)
print(sys.exc_info())
try:
    try: raise KeyError('x')
    except (TypeError, ValueError): print('no')
    except LookupError as le: print('lookup', le); raise
except KeyError: print('re-raised')
else: print('never')
print(issubclass(KeyError, LookupError), ZeroDivisionError.__mro__, Exception.__base__)
outer()
