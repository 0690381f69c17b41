# gc.callbacks: when, with what, in which order; one that raises does not stop the others; collect() inside returns 0.
import gc
log = []
def first(phase, info):
    log.append(("first", phase, info["generation"], sorted(info)))
def second(phase, info):
    log.append(("second", phase, info["collected"], gc.collect()))
gc.collect()
gc.callbacks.append(first)
gc.callbacks.append(second)
x = []; x.append(x); del x
print(gc.collect(0))
print(gc.collect(1))
gc.callbacks.remove(first)
x = []; x.append(x); del x
print(gc.collect())
gc.callbacks.remove(second)
for entry in log: print(entry)
print(gc.callbacks)
