# topic: recursion. How deep calls go where versions specialize: properties, __getitem__, __init__.
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

class Getattribute:
    def __getattribute__(self, name):
        global depth
        depth += 1
        return self.missing
measure('getattribute', lambda: Getattribute().x)

class Property:
    @property
    def x(self):
        global depth
        depth += 1
        return self.x
measure('property', lambda: Property().x)

class Getitem:
    def __getitem__(self, i):
        global depth
        depth += 1
        return self[i]
measure('getitem', lambda: Getitem()[1])

class Init:
    def __init__(self):
        global depth
        depth += 1
        Init()
measure('init', lambda: Init())

def by_genexp(x=None):
    global depth
    depth += 1
    return sum(by_genexp() for i in [1])
measure('genexp', by_genexp)

def decorator(f):
    def wrapper(*args):
        global depth
        depth += 1
        return f(*args)
    return wrapper
@decorator
def decorated():
    global depth
    depth += 1
    return decorated()
measure('decorated', decorated)
