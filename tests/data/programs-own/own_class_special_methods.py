# topic: class_attributes. A class with most special methods, and one with none.
import sys
class Stack:
    def __init__(self): self._items = []
    def push(self, x): self._items.append(x); return self
    def pop(self): return self._items.pop()
    def __len__(self): return len(self._items)
    def __bool__(self): return bool(self._items)
    def __iter__(self): return reversed(self._items)
    def __contains__(self, x): return x in self._items
    def __repr__(self): return f'{type(self).__name__}({self._items!r})'
    def __eq__(self, o): return isinstance(o, Stack) and self._items == o._items
    def __getitem__(self, i): return self._items[i]
    def __setitem__(self, i, v): self._items[i] = v
    def __delitem__(self, i): del self._items[i]
    def __add__(self, o): s = Stack(); s._items = self._items + o._items; return s
    def __iadd__(self, o): self._items += o; return self
    def __lt__(self, o): return len(self) < len(o)
    def __hash__(self): return 1
    def __call__(self, n=1): return n * 2
    def __enter__(self): return self
    def __exit__(self, *a): print('exit', a[0]); return True
    def __neg__(self): return list(self)
    def __format__(self, spec): return f'<{spec}>'
    def __bytes__(self): return b'x'
    def __int__(self): return 7
    def __float__(self): return 7.5
    def __index__(self): return 1
    def __round__(self, n=None): return n
    def __abs__(self): return 'abs'
    def __divmod__(self, o): return ('dm', o)
    def __rmul__(self, o): return ('rmul', o)
    def __matmul__(self, o): return ('@', o)
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __invert__(self): return '~'
    def __rsub__(self, o): return ('rsub', o)
    def __ror__(self, o): return ('ror', o)
    def __floordiv__(self, o): return '//'
    def __reversed__(self): return iter('rev')
    def __missing__(self, k): return k
s = Stack().push(1).push('two').push([3])
print(s, len(s), bool(s), list(s), 1 in s, s[0], s[-1], s[:2], s == Stack(), s != Stack(), s < Stack(), Stack() < s)
s[0] = 'one'; del s[1]; s += [4]; print(s, s + s, s(), s(5), -s, f'{s:abc}', '{:>3}'.format(s), format(s), bytes(s), int(s), float(s), [10, 20][s], round(s), round(s, 2), abs(s), divmod(s, 3), 2 * s, s @ 1, s ** 2, pow(s, 2, 3), ~s, 1 - s, 1 | s, s // 2, list(reversed(s)), hash(s), {s: 1}, sorted([s, Stack()]), max(s, Stack()), str(s), ascii(s))
with s as t: raise ValueError
print(t is s, callable(s), sys.getrefcount(s))
class T:
    def __eq__(self, o): return True
try: hash(T())
except TypeError as e: print(e)
for op in (lambda a, b: a + b, lambda a, b: a < b, lambda a, b: a[b], lambda a, b: b in a, lambda a, b: a(b), lambda a, b: -a, lambda a, b: len(a), lambda a, b: iter(a), lambda a, b: a.b, lambda a, b: a @ b, lambda a, b: a and b, lambda a, b: a == b, lambda a, b: float(a), lambda a, b: int(a), lambda a, b: a << b, lambda a, b: a ** b, lambda a, b: divmod(a, b), lambda a, b: abs(a), lambda a, b: round(a), lambda a, b: [][a], lambda a, b: 'x' * a, lambda a, b: range(a), lambda a, b: sorted([a, b]), lambda a, b: max(a, b), lambda a, b: sum([a, b]), lambda a, b: next(a), lambda a, b: reversed(a), lambda a, b: format(a, 'x'), lambda a, b: '%d' % a, lambda a, b: chr(a), lambda a, b: bytes(a), lambda a, b: dict(a), lambda a, b: {**a}, lambda a, b: [*a], lambda a, b: print(*a), lambda a, b: print(**a), lambda a, b: isinstance(a, a), lambda a, b: issubclass(a, int), lambda a, b: setattr(a, 1, 2), lambda a, b: a.x.y, lambda a, b: ''.join(a), lambda a, b: ''.join([a]), lambda a, b: hash([a]), lambda a, b: zip(a), lambda a, b: enumerate(a), lambda a, b: map(a, [1]), lambda a, b: list(map(a, [1])), lambda a, b: list(filter(a, [1])), lambda a, b: ord(a), lambda a, b: open, lambda a, b: pow(a, 2, 3), lambda a, b: int('5', a), lambda a, b: 'a'.split(a), lambda a, b: 'a' in a, lambda a, b: a in 'a', lambda a, b: [1].index(a), lambda a, b: {}[a], lambda a, b: [1].remove(a), lambda a, b: 'abc'.find(a), lambda a, b: 'abc'.startswith(a), lambda a, b: 'a'.replace(a, a), lambda a, b: 'abc'.count(a), lambda a, b: 'abc'.strip(a), lambda a, b: 'abc'.center(a), lambda a, b: 'abc'.encode(a), lambda a, b: [].extend(a), lambda a, b: [].insert(a, 1), lambda a, b: [1].pop(a), lambda a, b: {}.update(a), lambda a, b: {1}.union(a), lambda a, b: {1} | a, lambda a, b: (1,).index(a), lambda a, b: (1,) + a, lambda a, b: [1] + a, lambda a, b: 'x' + a, lambda a, b: b'x' + a, lambda a, b: 1 + a, lambda a, b: 1.5 * a, lambda a, b: a.__nothing__, lambda a, b: type(a)(1), lambda a, b: a.__class__.__name__):
    class O: pass
    try: print(type(op(O(), O())).__name__)
    except Exception as e: print(type(e).__name__, e if ' at 0x' not in str(e) else '')
