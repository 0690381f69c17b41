# topic: finalizers. In which order list, dict, tuple, set and instance let their members go.
class N:
    def __init__(self, n): self.n = n
    def __del__(self): print(self.n, end=' ')
l = [N(i) for i in range(6)]
l[1:3] = []
print('slice')
l.pop(0)
print('pop')
del l[0], l[-1]
print('del')
l = l + [N(10), N(11)]
l.clear()
print('clear')
d = {i: N(i) for i in range(4)}
d[2] = N(20)
print('replaced')
d.pop(0)
print('pop')
d.update({3: N(30), 5: N(5)})
print('update')
d = None
print('dict')
t = (N(1), [N(2), N(3)], {'a': N(4)})
del t
print('tuple')
s = {N(7)}
s = 0
print('set')
a = N(1); a.x = N(2); a.y = [N(3), N(4)]; a.z = (N(5),)
del a
print('nested')
