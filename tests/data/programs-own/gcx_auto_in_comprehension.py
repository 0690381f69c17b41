# topic: gc_automatic. When a collection starts: in a comprehension, a loop, a C function, a recursion.
import gc
gc.collect()
starts = []
gc.callbacks.append(lambda p, i: starts.append(len(made)) if p == 'start' else None)
made = []
gc.set_threshold(30, 100, 100)
gc.enable()
x = [[] for _ in range(100)]
print(len(starts))
del starts[:]
for i in range(100):
    made.append([])
print(starts)
del starts[:]
y = list(map(list, [()] * 100))
print(len(starts))
del starts[:]
def f(n):
    v = []
    return f(n - 1) + [v] if n else []
z = f(50)
print(len(starts))
gc.disable()
