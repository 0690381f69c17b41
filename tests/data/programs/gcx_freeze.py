# freeze() hides every tracked object from collections; unfreeze() gives them to the oldest generation.
import gc
class Node:
    def __del__(self): print("del", self.name)
gc.collect()
base = gc.get_freeze_count()
a = Node(); a.name = "frozen"; a.me = a
gc.freeze()
print(gc.get_freeze_count() > base, gc.get_count()[1:], len(gc.get_objects()) < 50)
del a
print(gc.collect())
b = Node(); b.name = "thawed"; b.me = b
del b
print("collect", gc.collect() > 0)
gc.unfreeze()
print(gc.get_freeze_count())
gc.collect()
print("end")
