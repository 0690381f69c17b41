# topic: finalizers. A pool that takes objects back in __del__: resurrection once, from a count and from a cycle.
import gc
pool = []
class Conn:
    made = 0
    def __init__(self):
        Conn.made += 1
        self.number = Conn.made
    def __del__(self):
        print('back to pool', self.number)
        pool.append(self)
def get():
    return pool.pop() if pool else Conn()
gc.collect(); gc.disable()
c = get()
del c
print(len(pool), Conn.made)
c = get()
print(c.number, len(pool))
del c
print(len(pool), Conn.made)
pool.clear()
c = get()
c.me = c
del c
print(gc.collect(), len(pool), Conn.made)
c = get()
print(c.number, c.me is c)
del c
print(gc.collect(), len(pool))
