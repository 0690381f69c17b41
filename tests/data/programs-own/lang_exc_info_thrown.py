# topic: frames_closures. What is being handled in a generator that was thrown into.
import sys

def state(label):
    t, v, tb = sys.exc_info()
    print(label, None if t is None else t.__name__, v, tb is None)

def yields_in_handler():
    try:
        yield 1
    except KeyError:
        state('handler')
        yield 2
        state('handler after yield')
    state('after handler')
    yield 3
    state('end')

g = yields_in_handler()
next(g)
state('before throw')
print(g.throw(KeyError('thrown')))
state('outside while suspended in handler')
print(next(g))
state('outside')
print(list(g))

print('-- thrown from a handler')
g = yields_in_handler()
next(g)
try:
    raise ValueError('outer')
except ValueError:
    state('outer before')
    print(g.throw(KeyError('thrown')))
    state('outer between')
    print(next(g))
    state('outer after')
state('none')
print(list(g))

print('-- resumed from another handler')
g = yields_in_handler()
next(g)
print(g.throw(KeyError('thrown')))
try:
    raise IndexError('other')
except IndexError:
    print(next(g))
    state('other')

def finally_only():
    try:
        yield 1
    finally:
        state('finally')
        try:
            yield 2
        finally:
            state('inner finally')

print('-- finally')
g = finally_only()
next(g)
try:
    g.throw(RuntimeError('through'))
except RuntimeError as e:
    print('came out', e)
print(g.gi_frame is None)
try:
    print(next(g))
except (StopIteration, RuntimeError) as e:
    print(type(e).__name__, e)

print('-- context')
def raises_anew():
    try:
        yield 1
    except KeyError:
        raise ValueError('new')
g = raises_anew()
next(g)
try:
    raise TypeError('around')
except TypeError:
    try:
        g.throw(KeyError('thrown'))
    except ValueError as e:
        chain = []
        while e:
            chain.append(type(e).__name__)
            e = e.__context__
        print(chain)

def not_started():
    state('never')
    yield 1
g = not_started()
try:
    g.throw(KeyError('early'))
except KeyError as e:
    print('early', e.args, e.__context__)
try:
    g.throw(KeyError('late'))
except KeyError as e:
    print('late', e.args)

print('-- delegated')
def inner():
    try:
        yield 'a'
    except KeyError:
        state('inner')
        yield 'b'
        state('inner again')
    state('inner end')
    return 'result'
def outer():
    try:
        raise OSError('outer')
    except OSError:
        state('outer')
        x = yield from inner()
        state('outer again')
        yield x
g = outer()
print(next(g))
print(g.throw(KeyError('deep')))
state('module')
print(next(g))
print(list(g))

print('-- bare raise')
def again():
    try:
        yield 1
    except KeyError:
        try:
            yield 2
        except ValueError:
            state('second')
        state('first')
        raise
g = again()
next(g)
g.throw(KeyError('first'))
try:
    g.throw(ValueError('second'))
except KeyError as e:
    print('KeyError', e.args, type(e.__context__).__name__)

print('-- close')
def closed():
    try:
        yield 1
    except GeneratorExit:
        state('closing')
        raise
    finally:
        state('finally')
g = closed()
next(g)
try:
    raise ValueError('while closing')
except ValueError:
    g.close()
    state('after close')
g = closed()
next(g)
g.close()
state('at last')
