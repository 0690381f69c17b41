# topic: interning. Which operations give back the same object, and which make an equal one.
import sys
s = 'hello'
u = ''.join(['hel', 'lo'])
w = sys.intern(u)
print('str', u == s, u is s, w is s, s[:] is s, s[0] is 'h'[0], s * 1 is s, s + '' is s, '' + s is s, str(s) is s, ''.join([s]) is s)
print('methods', s.replace('z', 'q') is s, s.strip() is s, s.lower() is s, s.center(3) is s, s.zfill(2) is s, s.split()[0] is s,
      s.partition('z')[0] is s, s.expandtabs() is s, s.title() is s, '%s' % s is s, '{}'.format(s) is s, f'{s}' is s)
e, t = (), (1, 2)
print('tuple', tuple(t) is t, t[:] is t, t + e is t, e + t is t, t * 1 is t, tuple([]) is e, t[0:0] is e, t[::1] is t, t[::-1] is t)
f = frozenset([1])
print('frozenset', frozenset(f) is f, f.copy() is f, f | frozenset() is f, f.union() is f, f & f is f, frozenset() is frozenset())
n, big, x = 300, 10 ** 20, 1.5
print('int', n + 0 is n, n * 1 is n, int(n) is n, abs(n) is n, +n is n, -(-n) is n, n // 1 is n, round(n) is n, int('300') is n, n.real is n)
print('big', big + 0 is big, big | 0 is big, int(big) is big, +big is big, abs(big) is big, big.conjugate() is big)
print('float', x + 0 is x, float(x) is x, +x is x, abs(x) is x, round(x, 1) is x, x.real is x, x.conjugate() is x)
print('bool', True.real is True, True + 0 is True, bool(1) is True, not 0 is True, (True and 5) == 5, type(True.real).__name__)
b = b'ab'
print('bytes', bytes(b) is b, b[:] is b, b * 1 is b, b + b'' is b, bytes() is bytes(), b[0:1] is b[0:1])
l = [1]
print('list', l[:] is l, list(l) is l, l.copy() is l, sorted(l) is l, l * 1 is l, [l][0] is l, iter(l) is iter(l))
print(chr(104) is s[0], str(5) is str(5), repr('a') is repr('a'), str(True) is str(True), 'é'.upper() is 'É', range(0) is range(0))
class A:
    def m(self): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
o = A()
print('methods', o.m is o.m, o.m == o.m, A.m is A.m, A.c is A.c, o.s is o.s, o.__dict__ is o.__dict__, o.__class__ is A, A.__mro__ is A.__mro__)
