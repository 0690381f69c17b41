# topic: weakref. Callbacks: newest first for one object; in a cycle object by object.
import weakref, gc
class A: pass
log = []
def cb(n): return lambda r: log.append(n)
a = A()
rs = [weakref.ref(a, cb(i)) for i in range(5)]
del rs[2]
fin = weakref.finalize(a, log.append, 'fin')
rs.append(weakref.ref(a, cb(9)))
del a
print(log)
log.clear()
gc.disable()
x, y = A(), A()
x.y, y.x = y, x
r = [weakref.ref(y, cb('y1')), weakref.ref(x, cb('x1')), weakref.ref(x, cb('x2')), weakref.ref(y, cb('y2'))]
del x, y
gc.collect()
print(log)
