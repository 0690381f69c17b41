# topic: gc_counter. What telling of an exception that nobody can handle leaves in counter 0: the source file is opened to show a line.
import gc
gc.disable()
gc.collect()


class Bad:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        raise ValueError(self.name)


class Deep:
    def fail(self, n):
        if n:
            self.fail(n - 1)
        raise ValueError

    def __del__(self):
        self.fail(2)


kept = []


def around():
    gc.collect()
    gc.collect()
    before = gc.get_count()[0]
    kept.clear()
    after = gc.get_count()[0]
    return after - before


print('telling')
around()
print(around())
kept.append(Bad('a'))
print(around())
kept.append(Bad('a'))
print(around())
kept[:] = [Bad('a'), Bad('b')]
print(around())
kept.append(Deep())
print(around())

# Told in the middle of a collection.
for generation in range(3):
    x = Bad('c')
    x.me = x
    y = Bad('d')
    y.me = [y]
    gc.collect(0)
    before = gc.get_count()[0]
    x = y = None
    found = gc.collect(generation)
    print(generation, found, gc.get_count()[0])
gc.collect()

# It can start a collection.
heard = []
seen = []


def hear(phase, info):
    if phase == 'stop':
        heard.append(info['generation'])


gc.callbacks.append(hear)
for spare in range(3, 16):
    x = Bad('e')
    gc.collect()
    heard.clear()
    gc.set_threshold(gc.get_count()[0] + spare, 100, 100)
    gc.enable()
    x = None
    gc.disable()
    seen.append(len(heard))
gc.callbacks.clear()
print(seen)
