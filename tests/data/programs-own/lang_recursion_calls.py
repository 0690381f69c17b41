# topic: recursion. How deep calls go that built-in code makes, and what is said at the limit.
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

def plain():
    global depth
    depth += 1
    plain()
measure('plain', plain)

def by_key(x=None):
    global depth
    depth += 1
    return sorted([1], key=by_key)
measure('sorted key', by_key)

def by_map(x=None):
    global depth
    depth += 1
    return list(map(by_map, [1]))
measure('map', by_map)

def by_filter(x=None):
    global depth
    depth += 1
    return list(filter(by_filter, [1]))
measure('filter', by_filter)

def by_max(x=None):
    global depth
    depth += 1
    return max([1, 2], key=by_max)
measure('max key', by_max)

def by_listcomp(x=None):
    global depth
    depth += 1
    return [by_listcomp() for i in [1]]
if sys.version_info[:3] != (3, 13, 0):   # it never ends there
    measure('listcomp', by_listcomp)

class Repr:
    def __repr__(self):
        global depth
        depth += 1
        return repr(self)
measure('repr', lambda: repr(Repr()))

class Str:
    def __str__(self):
        global depth
        depth += 1
        return str(self)
measure('str', lambda: str(Str()))

class Percent:
    def __str__(self):
        global depth
        depth += 1
        return '%s' % self
measure('percent', lambda: str(Percent()))

class Format:
    def __format__(self, spec):
        global depth
        depth += 1
        return f'{self}'
measure('format', lambda: f'{Format()}')

class Len:
    def __len__(self):
        global depth
        depth += 1
        return len(self)
measure('len', lambda: len(Len()))

class Bool:
    def __bool__(self):
        global depth
        depth += 1
        return not self
measure('bool', lambda: not Bool())

class Eq:
    def __eq__(self, other):
        global depth
        depth += 1
        return self == other
measure('eq', lambda: Eq() == 1)

class Lt:
    def __lt__(self, other):
        global depth
        depth += 1
        return self < other
measure('lt', lambda: Lt() < 1)

class Hash:
    def __hash__(self):
        global depth
        depth += 1
        return hash(self)
measure('hash', lambda: hash(Hash()))

class Add:
    def __add__(self, other):
        global depth
        depth += 1
        return self + other
measure('add', lambda: Add() + 1)

class Getattr:
    def __getattr__(self, name):
        global depth
        depth += 1
        return self.missing
measure('getattr', lambda: Getattr().x)

class Setattr:
    def __setattr__(self, name, value):
        global depth
        depth += 1
        self.x = value
def set_x():
    Setattr().x = 1
measure('setattr', set_x)

class Setitem:
    def __setitem__(self, i, value):
        global depth
        depth += 1
        self[i] = value
def set_item():
    Setitem()[1] = 1
measure('setitem', set_item)

class Contains:
    def __contains__(self, i):
        global depth
        depth += 1
        return i in self
measure('contains', lambda: 1 in Contains())

class Call:
    def __call__(self):
        global depth
        depth += 1
        return self()
measure('call', lambda: Call()())

class New:
    def __new__(cls):
        global depth
        depth += 1
        return New()
measure('new', lambda: New())

class Iter:
    def __iter__(self):
        global depth
        depth += 1
        return iter(self)
measure('iter', lambda: iter(Iter()))

class Next:
    def __iter__(self):
        return self
    def __next__(self):
        global depth
        depth += 1
        return next(self)
measure('next', lambda: next(Next()))

class Enter:
    def __enter__(self):
        global depth
        depth += 1
        with self:
            pass
    def __exit__(self, *args):
        return False
def enter():
    with Enter():
        pass
measure('enter', enter)

class Base:
    def go(self):
        global depth
        depth += 1
        return self.go()
class Derived(Base):
    def go(self):
        global depth
        depth += 1
        return super().go()
measure('super', lambda: Derived().go())

def generator(n=0):
    global depth
    depth += 1
    yield from generator(n + 1)
measure('yield from', lambda: list(generator()))

def by_star(*args):
    global depth
    depth += 1
    return by_star(*args)
if sys.version_info[:2] != (3, 15):   # it crashes there
    measure('star', lambda: by_star(1))

class Static:
    @staticmethod
    def s():
        global depth
        depth += 1
        return Static.s()
    @classmethod
    def c(cls):
        global depth
        depth += 1
        return cls.c()
measure('static', Static.s)
measure('class', Static.c)

