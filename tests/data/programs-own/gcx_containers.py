# topic: collector. Cycles of each kind of container, and what gc.collect() returns.
import gc
gc.collect(); gc.disable()
l = []; l.append(l); del l
print(gc.collect())
d = {}; d['d'] = d; del d
print(gc.collect())
t = ([],); t[0].append(t); del t
print(gc.collect())
s = [set()]; 
class H: pass
h = H(); h.s = {h}; del h
print(gc.collect())
a = [1]; b = [a]; a.append(b); c = [a, b]; del a, b
print(gc.collect())
del c
print(gc.collect())
x = {'list': [], 'tuple': ()}
x['list'].append(x)
x = None
print(gc.collect())
