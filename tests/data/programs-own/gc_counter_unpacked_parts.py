# topic: gc_counter. Displays and calls with * and **: which containers are made, and when each part is taken apart.

import gc
count = gc.get_count


def told(name):
    print("make", name)
    return Told(name)


class Told:
    def __init__(self, name):
        self.name = name

    def __iter__(self):
        print("iterate", self.name)
        return iter((1, 2))

    def keys(self):
        print("keys", self.name)
        return ["k" + self.name]

    def __getitem__(self, key):
        return 0


def take(*args, **kwargs):
    return args


def show(name, message, make):
    try:
        print(name, make())
    except TypeError as error:
        print(name, message, error)


show("list", "refuses", lambda: [*told("a"), 0, *told("b"), len("xyz")])
show("tuple", "refuses", lambda: (0, *told("a"), *told("b")))
show("set", "refuses", lambda: sorted({0, *told("a"), *told("b"), 5}))
show("dict", "refuses", lambda: sorted({"x": 0, **told("a"), **told("b"), "y": 1}))
show("call", "refuses", lambda: take(0, *told("a"), len("xyz"), *told("b")))
show("keywords", "refuses", lambda: take(x=0, **told("a"), y=len("xyz"), **told("b")))
show("bad list", "refuses", lambda: len([0, *told("a"), *told("b"), *(5,)]))
show("bad keyword", "refuses", lambda: take(ka=0, **told("a")))
show("same keyword", "refuses", lambda: take(**{"k": 1}, **{"k": 2}))

x, y, rest, named = [], {}, [1, 2], {"a": 1}
gc.disable()
moves = [0] * 32


def measure():
    gc.collect()
    a = count()[0]
    b = count()[0]
    moves[0] = b - a
    gc.collect()
    a = count()[0]
    take(x, *rest)
    moves[1] = count()[0] - a
    gc.collect()
    a = count()[0]
    take(x, y, *rest, y, x, y)
    moves[2] = count()[0] - a
    gc.collect()
    a = count()[0]
    take(*rest, *rest)
    moves[3] = count()[0] - a
    gc.collect()
    a = count()[0]
    made = [x, *rest, y]
    moves[4] = count()[0] - a
    gc.collect()
    a = count()[0]
    made = (x, *rest, y)
    moves[5] = count()[0] - a
    gc.collect()
    a = count()[0]
    made = {1, *rest, len(x)}
    moves[6] = count()[0] - a
    gc.collect()
    a = count()[0]
    made = {**named, "b": x}
    moves[7] = count()[0] - a
    gc.collect()
    a = count()[0]
    made = {**named}
    moves[8] = count()[0] - a
    gc.collect()
    a = count()[0]
    take(b=x, **named)
    moves[9] = count()[0] - a
    gc.collect()
    a = count()[0]
    take(**named)
    moves[10] = count()[0] - a
    gc.collect()
    a = count()[0]
    take(1, 2, *rest)
    moves[11] = count()[0] - a
    gc.collect()
    a = count()[0]
    next(iter(rest))
    moves[12] = count()[0] - a


measure()
print(moves[:13])
