# topic: gc_counter. Counter 0 across containers.
import gc
gc.disable()
print('begin')
gc.collect()
get_count = gc.get_count

class A:
    def m(self, *a, **k): return self
    def n(self): pass
    def __getattr__(self, name):
        raise AttributeError(name)
class B:
    def __init__(self, x=0, y=0): self.x = x
class C(B):
    def __init__(self, x): super().__init__(x)
    def s(self): super()
class S:
    __slots__ = ('x', 'y')
    def __init__(self): self.x = 1
class N:
    def __new__(cls, *a): return object.__new__(cls)
class Call:
    def __call__(self, *a, **k): pass
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __len__(self): return 0
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): pass
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __add__(self, other): return 1
    def __repr__(self): return 'r'
    def __hash__(self): return 1
    def __contains__(self, x): return True
    def __bool__(self): return True
    def __enter__(self): return self
    def __exit__(self, *a): return True
    @property
    def prop(self): return 1
    @staticmethod
    def stat(x): return x
    @classmethod
    def clas(cls): return cls
class D:
    def __del__(self): pass
class L(list): pass
class T(dict): pass
def f0(): pass
def f1(a): return a
def f2(a, b=1, *c, d=2, **e): return a
def g0(): yield 1
def fc(x):
    def inner(): return x
    return inner
def fr(): raise ValueError(1)
def fr2(): fr()
a, b, c, s, n, call, it = A(), B(), C(1), S(), N(), Call(), It()
l, t, d, st = [1, 2, 3], (1, 2, 3), {'a': 1, 'b': 2}, {1, 2, 3}
l1000 = list(range(1000, 1010))
tt = (1000, 2000)
bound = a.n
def len0(x): return 0

def measure(name, f):
    out = []
    gc.collect()
    pad = [[], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], [], []]
    for k in (0, 1, 2):
        a = get_count()[0]
        f()
        out.append(get_count()[0] - a)
    print(name + ':', *out)
measure('list display', lambda: [])
measure('list display 1', lambda: [1])
measure('list display 3', lambda: [1, 2, 3])
measure('list of lists', lambda: [[], []])
measure('tuple', lambda: (l, d))
measure('tuple 1', lambda: (l,))
measure('tuple 3', lambda: (l, l, l))
measure('tuple constant', lambda: (1, 2))
measure('dict display', lambda: {})
measure('dict display 1', lambda: {'a': 1})
measure('dict display l', lambda: {'a': l})
measure('dict display int', lambda: {1: 2})
measure('set display', lambda: {1, 2})
measure('set display 3', lambda: {1, 2, 3})
measure('list star', lambda: [*l])
measure('list star 2', lambda: [*l, 1])
measure('tuple star', lambda: (*l, 1))
measure('set star', lambda: {*l})
measure('dict star', lambda: {**d})
def f():
    a, b, c = l
measure('unpack', f)
def f():
    a, b = l, d
measure('swap', f)
def f():
    a, b, c, e = l, d, l, d
measure('swap 4', f)
measure('list comprehension range', lambda: [x for x in range(3)])
measure('list add', lambda: l + l)
measure('list mul', lambda: l * 2)
measure('list slice', lambda: l[1:])
measure('list slice all', lambda: l[:])
measure('list slice step', lambda: l[::2])
measure('list slice constants', lambda: l[0:2])
measure('tuple slice', lambda: t[1:])
measure('tuple slice all', lambda: t[:])
measure('tuple add', lambda: t + tt)
measure('tuple mul', lambda: t * 2)
measure('str slice', lambda: 'abc'[1:])
def f():
    x = [1, 2]
    x[:] = [3]
measure('list slice set', f)
def f():
    x = [1, 2]
    del x[:1]
measure('list slice del', f)
measure('list item', lambda: l[0])
measure('list eq', lambda: l == [1, 2, 3])
measure('tuple eq', lambda: t == tt)
measure('list in', lambda: 1 in l)
measure('list copy', lambda: l.copy())
measure('list index', lambda: l.index(1))
measure('list count', lambda: l.count(1))
def f():
    x = []
    x.append(1)
measure('list append', f)
def f():
    x = []
    x.append([])
measure('list append list', f)
def f():
    x = [1]
    x.append(1)
    x.append(2)
measure('list append 2', f)
def f():
    x = []
    x.extend(l)
measure('list extend', f)
def f():
    x = []
    x.extend([l, d])
measure('list extend list', f)
def f():
    x = []
    x.extend((1, 2))
measure('list extend tuple', f)
def f():
    x = []
    x.insert(0, l)
measure('list insert', f)
def f():
    x = [1]
    x.pop()
measure('list pop', f)
def f():
    x = [1]
    x.pop(0)
measure('list pop 0', f)
def f():
    x = [1]
    x.remove(1)
measure('list remove', f)
def f():
    x = [2, 1]
    x.sort()
measure('list sort', f)
def f():
    x = [2, 1]
    x.sort(key=len0)
measure('list sort key', f)
def f():
    x = [2, 1]
    x.reverse()
measure('list reverse', f)
def f():
    x = [2, 1]
    x.clear()
measure('list clear', f)
def f():
    x = [2, 1]
    x += l
measure('list iadd', f)
measure('dict get', lambda: d.get('a'))
measure('dict get default', lambda: d.get('z', 1))
def f():
    x = {'a': 1}
    x.pop('a')
measure('dict pop', f)
measure('dict pop default', lambda: d.pop('z', 1))
def f():
    x = {}
    x.setdefault('a', [])
measure('dict setdefault', f)
def f():
    x = {}
    x.update(d)
measure('dict update', f)
def f():
    x = {}
    x.update(a=1)
measure('dict update keywords', f)
measure('dict keys', lambda: d.keys())
measure('dict values', lambda: d.values())
measure('dict items', lambda: d.items())
measure('dict copy', lambda: d.copy())
def f():
    x = {'a': 1}
    x.clear()
measure('dict clear', f)
def f():
    x = {'a': 1}
    x.popitem()
measure('dict popitem', f)
measure('dict item', lambda: d['a'])
def f():
    x = {}
    x['a'] = 1
measure('dict set', f)
def f():
    x = {}
    x[1] = 1
measure('dict set int', f)
def f():
    x = {}
    x[1] = []
measure('dict set list', f)
def f():
    x = {'a': 1}
    del x['a']
measure('dict del', f)
measure('dict in', lambda: 'a' in d)
def f():
    for x in d: pass
measure('dict for', f)
def f():
    for x, y in d.items(): pass
measure('dict for items', f)
def f():
    for x in d.values(): pass
measure('dict for values', f)
def f():
    x = {}
    for i in range(10): x[i] = []
measure('dict grow', f)
measure('dict fromkeys', lambda: dict.fromkeys(l))
measure('dict eq', lambda: d == {'a': 1})
def f():
    x = {}
    x['a'] = x2 = {}
    x2['b'] = 1
measure('dict from list', f)
def f():
    x = set()
    x.add(1)
measure('set add', f)
measure('set discard', lambda: st.discard(9))
measure('set or', lambda: st | {9})
measure('set and', lambda: st & {1})
measure('set minus', lambda: st - {1})
measure('set union', lambda: st.union(l))
def f():
    x = set()
    x.update(l)
measure('set update', f)
measure('set copy', lambda: st.copy())
def f():
    for x in st: pass
measure('set for', f)
def f():
    x = set()
    for i in range(10): x.add(i)
measure('set grow', f)
def f():
    x = {1}
    x.pop()
measure('set pop', f)
measure('set eq', lambda: st == {1})
measure('set issubset', lambda: st.issubset({1}))
def f():
    for x in range(3): pass
measure('for range', f)
def f():
    for x in 'abc': pass
measure('for str', f)
def f():
    for i, x in enumerate(l): pass
measure('for enumerate', f)
def f():
    for i, x in zip(l, l): pass
measure('for zip', f)
def f():
    x = [y for y in zip(l, l)]
measure('for zip kept', f)
def f():
    for x in map(f1, l): pass
measure('for map', f)
def f():
    for x in reversed(l): pass
measure('for reversed', f)
def f():
    for x in g0(): pass
measure('for generator', f)
def f():
    for x in it: pass
measure('for instance', f)
measure('join', lambda: ''.join(['a', 'b']))
measure('join generator', lambda: ''.join(x for x in 'ab'))
measure('join map', lambda: ''.join(map(str, l)))
measure('split', lambda: 'a b'.split())
measure('split sep', lambda: 'a b'.split(' '))
measure('replace', lambda: 'ab'.replace('a', 'b'))
measure('startswith', lambda: 'ab'.startswith('a'))
measure('strip', lambda: ' a'.strip())
measure('find', lambda: 'ab'.find('b'))
measure('count', lambda: 'ab'.count('b'))
measure('upper', lambda: 'ab'.upper())
measure('percent', lambda: '%s' % 1)
measure('percent tuple', lambda: '%s %s' % (1, 2))
measure('percent tuple var', lambda: '%s %s' % (l, 2))
measure('percent dict', lambda: '%(a)s' % d)
measure('format', lambda: '{}'.format(1))
measure('format 2', lambda: '{} {a}'.format(1, a=2))
measure('f-string', lambda: f'{l}')
measure('f-string 2', lambda: f'{1} {l!r:>10}')
measure('str add', lambda: 'a' + 'b' * len(l))
measure('rjust', lambda: 'a'.rjust(3))
measure('encode', lambda: 'a'.encode())
measure('partition', lambda: 'a b'.partition(' '))
