# topic: weak_collections. A cache in a WeakValueDictionary: entries leave with the last reference, or with the collector.
import weakref, gc
class Image:
    def __init__(self, name): self.name = name
cache = weakref.WeakValueDictionary()
def load(name):
    img = cache.get(name)
    if img is None:
        print('load', name)
        img = cache[name] = Image(name)
    return img
a = load('x'); b = load('x'); c = load('y')
print(a is b, sorted(cache), len(cache))
del a
print(sorted(cache.keys()))
del b
print(sorted(cache.keys()), 'x' in cache)
c.me = c
del c
print(len(cache))
gc.collect()
print(len(cache), list(cache.items()))
