# topic: derived. Classes derived from built-in ones: what they inherit, what they override, super().
import weakref
class L(list):
    def __init__(self, *a):
        super().__init__(*a)
        self.n = 0
    def append(self, x):
        self.n += 1
        super().append(x)
    def __getitem__(self, i):
        return super().__getitem__(i) if not isinstance(i, str) else 'key ' + i
    def __len__(self):
        return 100 + super().__len__()
x = L([1, 2, 3])
x.append(4)
print(x, x.n, len(x), x[0], x['a'], x[1:3], isinstance(x, list), type(x).__mro__)
print(x == [1, 2, 3, 4], x + [5], sorted(x, reverse=True), list(x), sum(x), 3 in x)
class D(dict):
    def __missing__(self, k):
        self[k] = k * 2
        return self[k]
    def __setitem__(self, k, v):
        print('set', k)
        super().__setitem__(k, v)
d = D(a=1)
d['b'] = 2
print(d['zz'], d, len(d), d.get('q'), 'q' in d)
class I(int):
    def __add__(self, other):
        return I(int(self) + other + 1)
    def __repr__(self):
        return 'I(%d)' % int(self)
i = I(5)
print(i, i + 2, 2 + i, i * 3, -i, type(-i).__name__, i == 5, hash(i) == hash(5), {i: 1}[5], str(i), '%d' % i, f'{i:03}')
class S(str):
    def shout(self):
        return self.upper() + '!'
s = S('abc')
print(s, s.shout(), len(s), s[0], s + 'x', type(s + 'x').__name__, s == 'abc', {'abc': 3}[s], repr(s), s.upper(), type(str(s)).__name__)
class T(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))
    @property
    def first(self):
        return self[0]
t = T(3, 4)
print(t, t.first, len(t), t == (3, 4), t + (5,), type(t[:]).__name__, hash(t) == hash((3, 4)))
class F(float):
    pass
f = F('1.5')
f.unit = 'cm'
print(f, f + 1, f.unit, f.__dict__)
class St(set):
    def add(self, x):
        super().add(x * 2)
st = St([1, 2])
st.add(5)
print(st, 10 in st, st | {7}, type(st | {7}).__name__)
class Fs(frozenset): pass
print(Fs([1, 2]), hash(Fs([1])) == hash(frozenset([1])))
class B(bytes): pass
print(B(b'xy'), B(b'xy')[0])
class E(Exception):
    def __init__(self, code):
        super().__init__('code', code)
        self.code = code
try:
    raise E(3)
except E as e:
    print(e, repr(e), e.code, e.args)
