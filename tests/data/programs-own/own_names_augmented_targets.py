# topic: names. Augmented assignment to names, attributes, items and slices.
class Box:
    def __init__(self): self.items = [1]; self.n = 1
b = Box()
same = b.items
b.items += [2]
print(b.items is same, same)
b.n += 1
print(b.n, b.__dict__)
d = {'k': [0], 't': (1,)}
old = d['t']
d['k'] += [1]; d['t'] += (2,)
print(d, d['t'] is old)
t = ([1], 2)
try:
    t[0] += [5]
except TypeError as e:
    print(e)
print(t)
m = [[0]*2]*2
m[0][0] += 7
print(m)
x = 5
x <<= 2; x |= 1; x ^= 3; x //= 2; x **= 2; x %= 7; x -= 9
print(x)
s = {1, 2}
r = s
s |= {3}; s &= {1, 3}; s ^= {9}; s -= {1}
print(s is r, sorted(r))
l = [1, 2, 3, 4, 5, 6]
l[1:3] = ['a']
print(l)
l[::2] = [0, 0, 0]
print(l)
try:
    l[::2] = [1]
except ValueError as e:
    print(e)
del l[::3]
print(l)
l[len(l):] = (7, 8)
l[:0] = 'xy'
print(l)
l *= 2
print(l, len(l))
