# topic: gc_automatic. Where a collection starts that an allocation has made due: which code runs at that moment.
import gc, sys
heard=[]
keep=[]
def hear(p, i):
    f=sys._getframe(1)
    heard.append((p[2], i['collected'], f.f_code.co_name, len(keep) if 'keep' in globals() else None))
gc.collect()
gc.disable()
gc.callbacks.append(hear)
def show(what):
    gc.disable()
    print(what)
    for h in heard: print(' ', h)
    del heard[:]
    gc.collect()
    del heard[:]
    gc.enable()
gc.set_threshold(7, 100, 100)
gc.enable()
def gen():
    l = []
    while 1:
        yield [l]
        yield [l, l]
keep = []
g = gen()
for i in range(5):
    keep.append(next(g)); keep.append(next(g)); keep.append(next(g)); keep.append(next(g)); keep.append(next(g)); keep.append(next(g))
show('next')
for i in gen():
    keep.append(i)
    if len(keep) > 60: break
show('for')
def outer():
    yield 0
    yield from gen()
for i in outer():
    keep.append(i)
    if len(keep) > 90: break
show('from')
def lst(n):
    a = [[], []]; b = [[], []]; c = [[]]
    return [a, b, c]
keep = [lst(i) for i in range(12)]
show('def')
keep = []
class P:
    @property
    def it(self):
        keep.append([])
        return [[[]], [], []]
    def __getitem__(self, i):
        keep.append([])
        return [[[]], [], []]
    def __add__(self, other):
        return [[[]], [], []]
p = P()
for i in range(9):
    keep.append(p.it); keep.append(p.it)
    keep.append(p.it)
show('property')
for i in range(9):
    keep.append(p[0]); keep.append(p[1])
    keep.append(p[2])
show('getitem')
for i in range(9):
    keep.append(p+1); keep.append(p+p)
    keep.append(p+1)
show('add')
for i in range(9):
    a=[]; b=[a]; keep.append(b); a=len(b); b=[b]; c=[b]; keep.append(c); isinstance(c, list)
    b=[b]; c=[b]; keep.append(c)
    b=[b]; c=[b]; keep.append(c)
show('len')
for i in range(12):
    a=[]; b=(a,i); c=[b]; a=type(c); b=[b]; c=[b, c]; keep.append(c)
    a=[]; b=(a,i); c=[b]; a=str(i); b=[b]; c=[b, c]; keep.append(c)
    a=[]; b=(a,i); c=[b]; a=tuple(c); b=[b]; c=[b, c]; keep.append(c)
show('type')
class Node:
    def __init__(self, name):
        self.name = name
        self.l = [[]]
class Plain:
    pass
for i in range(6):
    a = Node(1)
    b = Node(2); keep.append(a); keep.append(b)
    c = Plain(); c.x=c; d = Plain(); keep.append(d); e = Plain(); keep.append(e); d = Plain(); keep.append(d)
    d = Plain(); keep.append(d); d = Plain(); keep.append(d); d = Plain(); keep.append(d); d = Plain(); keep.append(d)
show('classes')
def star(*a, **k):
    return [a, k, []]
for i in range(6):
    keep.append(star(1,2))
    keep.append(star(*a.l))
    keep.append(star(1, x=2))
    keep.append(star(**{'y':1}))
    keep.append(dict(x=[]))
    keep.append(dict(x=[], y=[i]))
show('kw')
s=0
while s < 30:
    s += 1
    keep.append([s])
    keep += [[s]]
    keep = keep + [[s]]
    keep[0:0] = [[]]
show('while')
keep.sort(key=lambda x: [[] for i in range(1)] and id(x))
show('sort')
it = map(lambda x: [[x]], range(30))
keep = list(it)
show('map')
keep = [[x] for x in range(20)]
show('comp')
keep = {x: [x] for x in range(20)}
show('dictcomp')
keep = sorted([[x] for x in range(20)])
show('sorted')
try:
    keep = [[x, 1 // (15 - x)] for x in range(20)]
except ZeroDivisionError:
    keep = [[]]
    keep = [[[keep]]]
    keep = [[[keep]]]
show('exc')
gc.disable()
