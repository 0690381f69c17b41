# topic: gc_generations. gc.callbacks: phases, generations and what was collected.
import gc
log = []
def watch(phase, info):
    log.append((phase, info['generation'], info['collected']))
class C:
    def __init__(self): self.me = self
gc.collect(); gc.disable()
gc.callbacks.append(watch)
for g in (0, 1, 2):
    C()
    gc.collect(g)
gc.callbacks.remove(watch)
for line in log:
    print(*line)
C(); C()
print(gc.collect(0))
