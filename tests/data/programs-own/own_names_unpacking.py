# topic: names. Unpacking with stars, nesting and its errors.
a, (b, *c), d = 1, 'xyz', 4
print(a, b, c, d)
*p, q = range(4)
print(p, q)
[x, y] = {'one': 1, 'two': 2}
print(x, y)
for i, (j, k) in enumerate([(1, 2), (3, 4)]):
    print(i, j, k)
try:
    a, b = [1, 2, 3]
except ValueError as e:
    print(e)
try:
    a, b, c = [1, 2]
except ValueError as e:
    print(e)
try:
    a, *b, c = [1]
except ValueError as e:
    print(e)
try:
    a, b = 5
except TypeError as e:
    print(e)
i = 0
v = [10, 20, 30]
i, v[i] = 1, 99
print(i, v)
a = b = []
a += [1]
print(b)
(z) = 3
print(z)
def f(*args, **kw):
    return args, kw
print(f(*[1, 2], 3, *'ab', **{'x': 1}, y=2))
first, *_, last = 'hello'
print(first, last, _)
