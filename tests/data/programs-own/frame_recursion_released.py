# topic: recursion. A deep recursion that fails lets everything go.
import gc, sys
class T:
    live = 0
    def __init__(self): T.live += 1
    def __del__(self): T.live -= 1
def down(n):
    t = T()
    down(n + 1)
try:
    down(0)
except RecursionError:
    print("inside", T.live > 900)
print("after", T.live)
def countdown(n):
    t = T()
    if n == 0:
        return T.live
    try:
        return countdown(n - 1)
    finally:
        pass
print(countdown(100), T.live)
def catch(n):
    t = T()
    if n == 0:
        raise ValueError
    try:
        catch(n - 1)
    except ValueError:
        if n < 50:
            raise
        return T.live
print(catch(60), T.live)
def mutual(n):
    return T.live if n == 0 else other(n - 1)
def other(n):
    t = T()
    return mutual(n)
print(mutual(20), T.live)
gen_depth = 0
def nest(n):
    t = T()
    if n:
        yield from nest(n - 1)
    yield n
g = nest(30)
print(next(g), T.live)
g.close()
print(T.live)
print(sum(nest(50)), T.live)
