# topic: gc_generations. gc.freeze() puts the old objects, the namespace of the program among them, behind the young ones: the order of deaths tells.
import gc
gc.disable()


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name)


def ring(*names):
    nodes = [Node(n) for n in names]
    for a, b in zip(nodes, nodes[1:] + nodes[:1]):
        a.next = b
    return nodes[0]


old = ring('old 1', 'old 2')
gc.collect()
young = ring('young 1', 'young 2', 'young 3')
names = [x.name for x in gc.get_objects() if isinstance(x, Node)]
print(names)
gc.freeze()
print([x.name for x in gc.get_objects() if isinstance(x, Node)])
younger = ring('younger 1', 'younger 2')
gc.unfreeze()
print([x.name for x in gc.get_objects() if isinstance(x, Node)])
gc.collect()
print([x.name for x in gc.get_objects() if isinstance(x, Node)])
print(sorted(type(x).__name__ for x in gc.get_referrers(old)))
middle = ring('middle 1', 'middle 2')
gc.collect(0)
last = ring('last 1', 'last 2')
gc.freeze()
old = young = younger = middle = last = None
print(gc.collect())
gc.unfreeze()
print(gc.collect())
a = ring('a 1', 'a 2')
gc.collect()
b = ring('b 1', 'b 2')
gc.freeze()
c = ring('c 1', 'c 2')
print('exit')
