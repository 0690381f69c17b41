# topic: refcount. A local variable after try statements, loops and with that are left in different ways.
import sys
g = sys.getrefcount
class Manager:
    def __enter__(self): return self
    def __exit__(self, *what): return None
def plain(a):
    try:
        len('x')
    except TypeError:
        print('no')
    return g(a)
def returns(a):
    try:
        len('x')
    except TypeError:
        return None
    return g(a)
def reraises(a):
    try:
        len('x')
    except TypeError:
        raise
    return g(a)
def bare(a):
    try:
        len('x')
    except:
        print('no')
    return g(a)
def nested(a):
    try:
        try:
            len('x')
        except TypeError:
            print('no')
    except ValueError:
        print('no')
    return g(a)
def nested_and_more(a):
    try:
        try:
            len('x')
        except TypeError:
            print('no')
        len('y')
    except ValueError:
        print('no')
    return g(a)
def ends_with_if(a):
    try:
        if a:
            len('x')
    except ValueError:
        print('no')
    return g(a)
def ends_with_else(a):
    try:
        if a:
            len('x')
        else:
            len('y')
    except ValueError:
        print('no')
    return g(a)
def ends_with_with(a):
    try:
        with Manager():
            len('x')
    except ValueError:
        print('no')
    return g(a)
def with_try(a):
    with Manager():
        try:
            len('x')
        except ValueError:
            print('no')
    return g(a)
def left_loop(a):
    while True:
        len('x')
        break
    return g(a)
def left_by_break(a):
    for i in 'ab':
        try:
            len(i)
        except ValueError:
            break
        print(g(a))
    return g(a)
def caught(a):
    try:
        raise ValueError
    except ValueError:
        print(g(a))
    return g(a)
def finally_if(a):
    try:
        len('x')
    finally:
        if a:
            len('y')
    return g(a)
def chosen(a, b):
    c = a and b
    print(g(a), g(b), g(c))
    return [g(v) for v in (a, b) if v]
def main():
    v, m = [1], Manager()
    for function in (plain, returns, reraises, bare, nested, nested_and_more, ends_with_if, ends_with_else, ends_with_with, with_try,
                     left_loop, left_by_break, caught, finally_if):
        print(function.__name__, function(v), function([2]))
    print(chosen(v, m))
main()
