# is_finalized, and __del__ once in a lifetime although the object comes back.
import gc
saved = []
class Back:
    def __del__(self):
        print("del", gc.is_finalized(self) if hasattr(gc, "is_finalized") else True)
        saved.append(self)
b = Back(); b.me = b
del b
gc.collect()
print(len(saved))
b = saved.pop()
print(gc.is_finalized(b) if hasattr(gc, "is_finalized") else True, b.me is b)
b.me = None
del b
print(len(saved))
class Plain:
    def __del__(self): saved.append(self)
p = Plain()
del p
p = saved.pop()
del p
print(len(saved))
