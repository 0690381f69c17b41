# topic: recursion. How deep built-in code goes into structures, and what is said at the limit.
import sys
sys.setrecursionlimit(120)

def text_of(e):
    return type(e).__name__ + ': ' + str(e)

def measure(name, start):
    global depth
    depth = 0
    try:
        start()
        print(name, 'ended', depth)
    except RecursionError as e:
        print(name, depth, text_of(e))

nest = []
for i in range(300):
    nest = [nest]
measure('repr of lists', lambda: repr(nest))
d = {}
for i in range(300):
    d = {1: d}
measure('repr of dicts', lambda: repr(d))
t = ()
for i in range(300):
    t = (t,)
measure('repr of tuples', lambda: repr(t))
measure('hash of tuples', lambda: hash(t))
one, two = [], []
for i in range(300):
    one, two = [one], [two]
measure('eq of lists', lambda: one == two)
measure('lt of lists', lambda: one < two)
one, two = (), ()
for i in range(300):
    one, two = (one,), (two,)
measure('eq of tuples', lambda: one == two)
one, two = {}, {}
for i in range(300):
    one, two = {1: one}, {1: two}
measure('eq of dicts', lambda: one == two)

class Node:
    def __init__(self, below):
        self.below = below
    def __repr__(self):
        global depth
        depth += 1
        return 'Node(%r)' % (self.below,)
    def __eq__(self, other):
        global depth
        depth += 1
        return self.below == other.below
    def __len__(self):
        global depth
        depth += 1
        return 1 + len(self.below)
    def __iter__(self):
        global depth
        depth += 1
        for x in self.below:
            yield x
        yield 1
chain, other = Node(()), Node(())
for i in range(200):
    chain, other = Node(chain), Node(other)
measure('repr of nodes', lambda: repr(chain))
measure('eq of nodes', lambda: chain == other)
measure('len of nodes', lambda: len(chain))
measure('iter of nodes', lambda: sum(chain))

class InList:
    def __init__(self, below):
        self.children = [below]
    def __repr__(self):
        global depth
        depth += 1
        return repr(self.children)
    def __eq__(self, other):
        global depth
        depth += 1
        return self.children == other.children
chain, other = InList(1), InList(1)
for i in range(200):
    chain, other = InList(chain), InList(other)
measure('repr in lists', lambda: repr(chain))
measure('eq in lists', lambda: chain == other)
measure('str in lists', lambda: str(chain))
measure('print', lambda: print(chain))
