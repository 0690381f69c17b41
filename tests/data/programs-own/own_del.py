# topic: del_statement. del of names, items, slices and attributes, and who dies.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print('del', self.n)
a = T('a'); b = a
del a
print('still')
try: a
except NameError as e: print(e)
del b
l = [T(1), T(2), T(3), T(4)]
del l[0]; print('x'); del l[-1:]; print('y'); del l[:]; print(l)
d = {'x': T('x'), 'y': T('y')}
del d['x']
try: del d['x']
except KeyError as e: print('KeyError', e)
d.clear()
o = T('o'); o.attr = T('attr')
del o.attr
try: del o.attr
except AttributeError as e: print(e)
o2 = o
del o
print(o2.n); del o2
def f():
    x = T('local')
    del x
    print('in f')
    try: x
    except UnboundLocalError as e: print(e)
    try: del x
    except UnboundLocalError as e: print(e)
f()
x = y = z = T('xyz')
del x, (y, z)
t = (1, [2])
try: del t[0]
except TypeError as e: print(e)
try: del 'abc'[0]
except TypeError as e: print(e)
try: del t.foo
except AttributeError as e: print(e)
def g():
    global G
    G = T('global')
g()
del G
try: del G
except NameError as e: print(e)
class C:
    v = T('class v')
del C.v
print('end')
def h(n):
    if n: h(n - 1)
    t = T('h%d' % n)
h(2)
for i in range(2):
    q = T('q%d' % i)
    print('made', i)
del q, i
lst = [1, 2, 3, 4, 5, 6, 7]
del lst[1::2]; print(lst); del lst[-1]; print(lst); del lst[10:]; print(lst); del lst[::-1]; print(lst)
try: del lst[0]
except IndexError as e: print(e)
m = {'a': {'b': [T('deep')]}}
del m['a']['b'][0]
del m
class Item:
    def __delitem__(self, k): print('delitem', k)
    def __setitem__(self, k, v): print('setitem', k, v)
    def __getitem__(self, k): return k
it = Item(); it[1] = 2; del it[1], it[2:3], it['a', 1]; it[0] += 5; print(it[1:2, ::3])
w = T('end of program')
