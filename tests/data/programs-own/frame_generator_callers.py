# topic: frames_closures. The frame of a generator that ended with an exception, and what closing a generator counts.
import gc, sys
def gen():
    yield 1
    raise ValueError
def f():
    g = gen()
    next(g)
    try:
        next(g)
    except ValueError as e:
        return e
def h():
    g = gen()
    try:
        for x in g: pass
    except ValueError as e:
        return e
e = f()
print(type(e.__traceback__.tb_next.tb_frame.f_back).__name__, e.__traceback__.tb_frame.f_code.co_name)
e = h()
print(type(e.__traceback__.tb_next.tb_frame.f_back).__name__, e.__traceback__.tb_frame.f_code.co_name)
def k():
    try:
        yield 1
    finally:
        print('end', gc.get_count()[0])
gc.collect(); gc.disable()
def run():
    a = k(); next(a); b = k(); next(b); c=k(); next(c)
    print(gc.get_count()[0])
    del a
    print(gc.get_count()[0])
    del b
    print(gc.get_count()[0])
    c.close()
    print(gc.get_count()[0])
    del c
    print(gc.get_count()[0])
gc.collect(); run()
gc.collect(); run()
a = k(); next(a); b = k(); next(b); c=k(); next(c)
gc.collect()
print(gc.get_count()[0])
del a
print(gc.get_count()[0])
del b
print(gc.get_count()[0])
c.close()
print(gc.get_count()[0])
