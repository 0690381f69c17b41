# topic: gc_generations. gc.get_count() after collections of each generation and after allocations.
import gc
gc.disable()
gc.collect()
print(gc.get_count()[1:])
gc.collect(0); print(gc.get_count()[1:])
gc.collect(0); print(gc.get_count()[1:])
gc.collect(1); print(gc.get_count()[1:])
gc.collect(1); print(gc.get_count()[1:])
gc.collect(2); print(gc.get_count()[1:])
before = gc.get_count()[0]
keep = [[] for _ in range(50)]
print(gc.get_count()[0] - before)
before = gc.get_count()[0]
keep2 = [(i, []) for i in range(50)]
print(gc.get_count()[0] - before)
