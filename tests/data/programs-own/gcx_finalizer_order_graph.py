# topic: finalizers. __del__ of objects that refer to each other: by counts and by the collector.
import gc
class R:
    def __init__(self, name): self.name = name; self.links = []
    def __del__(self): print('~' + self.name, [l.name for l in self.links])
gc.collect(); gc.disable()
a, b, c, d = [R(n) for n in 'abcd']
a.links += [b]; b.links += [c, d]; c.links += [a]; d.links += [d]
del a, b, c, d
print('collecting')
print('->', gc.collect())
x, y = R('x'), R('y')
x.links.append(y)
y.links.append(x)
z = R('z')
z.links.append(x)
del x, y
print('alive', gc.collect())
del z
print('z gone')
print('->', gc.collect())
