# topic: class_attributes. What the __dict__ of a class is: a view that reads and does not write.
import gc, sys


class A:
    x = 1

    def f(self):
        pass


class B(A):
    pass


class Meter:
    pass


d = A.__dict__
print(type(d), type(d).__name__, gc.is_tracked(d), [type(x).__name__ for x in gc.get_referents(d)])
print(d["x"], "x" in d, "y" in d, len(d) > 2, d.get("x"), d.get("q", 7), d.get("q"))
print(sorted(k for k in d if not k.startswith("__")))
print(A.__dict__ is A.__dict__, A.__dict__ == A.__dict__, A.__dict__ != B.__dict__, d == dict(d), dict(d) == d, d == 5)
print(vars(A)["x"], type(vars(A)), vars(A) is d, d is not A.__dict__)


def told(what, tried):
    try:
        print(what, tried())
    except (TypeError, AttributeError, KeyError) as error:
        print(what, type(error).__name__, error)


def store():
    d["y"] = 2


def remove():
    del d["x"]


def replace():
    A.__dict__ = {}


def take_away():
    del A.__dict__


for name, tried in (("store", store), ("remove", remove), ("replace", replace), ("take away", take_away), ("update", lambda: d.update({})), ("pop", lambda: d.pop("x")),
                    ("clear", lambda: d.clear()), ("setdefault", lambda: d.setdefault("x", 3)), ("missing", lambda: d["nope"]), ("hash", lambda: hash(d)),
                    ("less", lambda: d.get(1, 2, 3, 4) and 0)):
    told(name, tried) if name != "less" else None
A.y = 5
print(d["y"], d.copy()["y"], type(d.copy()), "y" in B.__dict__, "y" in d)
del A.y
print("y" in d, list(d)[-1] != "y")
print([type(x).__name__ for x in (d.keys(), d.values(), d.items(), iter(d))])
print(repr(Meter.__dict__)[:29], str(Meter.__dict__)[:16])
print(isinstance(d, dict), bool(d), {**d}["x"], dict(d)["x"], sorted(d)[-2:], [k for k, v in d.items() if v == 1])
print(sys.getrefcount(d), any(d is r for r in gc.get_referrers(gc.get_referents(d)[0])))
print(type(d)({"a": 1}), len(type(d)({})), bool(type(d)({})))
gc.collect()
gc.disable()
count = gc.get_count
moves = [0] * 12
moves[0] = count()[0]
moves[0] = count()[0]
A.__dict__
moves[1] = count()[0]
t = A.__dict__
moves[2] = count()[0]
u = vars(A)
moves[3] = count()[0]
del t, u
moves[4] = count()[0]
k = d.keys()
moves[5] = count()[0]
"x" in A.__dict__
moves[6] = count()[0]
A.__dict__.get("x")
moves[7] = count()[0]
for name in A.__dict__:
    pass
moves[8] = count()[0]
len(A.__dict__)
moves[9] = count()[0]
print([moves[i + 1] - moves[i] for i in range(9)])
