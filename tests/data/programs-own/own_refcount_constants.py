# topic: refcount. Constants of the program: who holds them besides the name.
import sys
g = sys.getrefcount
A1 = 1000.5
A2 = 'a b c'
A3 = (1001, 2, 3)
A4 = b'x-y'
A5 = 3 + 5000
A6 = 'ab ' * 2
A7 = -1234
A8 = 10 ** 30
A9 = 'd e' 'f g'
A10 = 2j
A11 = 7654
A12 = 7654
A13 = (77777, -88888, (99999,))
A14 = """long
text"""
A15 = f'a b{A11}'
for n in range(1, 16):
    print(n, g(globals()['A%d' % n]))
def f():
    a = 4321
    b = 4321
    c = 'p q'
    d = 'p q'
    e = 1000.5
    return g(a), g(c), g(e), g('r s'), g(5.5), g((8, 9)), g(b'u-u')
print(f())
class C:
    z = 6789
    y = 'q w'
    def m(self):
        return g(8888), g(6789)
print(g(C.z), g(C.y), C().m())
def k():
    "doc of k"
    return g(k.__doc__), k.__doc__ is k.__doc__
print(k())
L = [3001, 3002, 'q r']
D = {'k': 'v w', 3003: 3004}
print(g(L[0]), g(L[1]), g(L[2]), g(D['k']), g(D[3003]))
for i in [3300, 3400]:
    print(g(i))
x = 5005
y = x
z = [x, x]
print(g(x), x is y)
del y
print(g(x))
z.clear()
print(g(x))
