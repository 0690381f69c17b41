# topic: gc_automatic. Which generations automatic collections examine, with small thresholds.
import gc
gc.collect()
events = []
gc.callbacks.append(lambda phase, info: events.append(info['generation']) if phase == 'start' else None)
class C:
    def __init__(self): self.me = self
gc.set_threshold(20, 3, 2)
gc.enable()
keep = []
for i in range(300):
    keep.append([i])
gc.disable()
print(''.join(map(str, events)))
del events[:]
gc.enable()
for i in range(200):
    C()
gc.disable()
print(''.join(map(str, events)))
