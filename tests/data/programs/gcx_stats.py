# get_stats counts collections and what they found, for each generation.
import gc
gc.disable(); gc.collect()
before = gc.get_stats()
for i in range(3):
    x = []; x.append(x)
x = None
gc.collect(0); gc.collect(0); gc.collect(1); gc.collect()
after = gc.get_stats()
for b, a in zip(before, after):
    print(a["collections"] - b["collections"], a["collected"] - b["collected"], a["uncollectable"] - b["uncollectable"])
print(sorted(after[0])[:3])
try:
    gc.collect(3)
except ValueError as e:
    print(e)
try:
    gc.collect(-1)
except ValueError as e:
    print(e)
