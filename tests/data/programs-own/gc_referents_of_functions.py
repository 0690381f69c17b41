# topic: collector. What a function shows the collector.
import gc
def mk():
    z = [3.5]
    def f(x: "ann" = 1, *, k=2):
        "doc"
        return z
    return f
f = mk()
f.attr = 9.5
def short(r):
    t = type(r).__name__
    if r is globals(): return "globals"
    if t == "dict" and "len" in r: return "builtins"
    if t == "dict": return repr(r)[:30]
    return t if t == "code" else t + ":" + repr(r)[:20].split(" at ")[0]
print([short(r) for r in gc.get_referents(f)])
def g(): pass
print([short(r) for r in gc.get_referents(g)])
