# Cycles that only the collector can free.
import gc


class Node:
    pass


for i in range(300):
    a = Node()
    b = Node()
    a.other = b
    b.other = a
    if i % 50 == 0:
        gc.collect()
print(gc.collect() > 0)
