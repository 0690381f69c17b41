1def f(*args, k=1, **kw):
    try:
        yield from args
    finally:
        raise ValueError(k) from None
for i, (a, *b) in enumerate([[1, 2], "xy"]):
    d = {a: b, **{"z": i}}
    print(f"{a!r:>5}", d[a][0:1], sorted(b, key=lambda v: -i))
with open: pass
