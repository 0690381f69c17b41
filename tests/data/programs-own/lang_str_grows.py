# topic: identity. When s += t leaves the string where it is.
# sizes
import sys

def same(ids):
    return ''.join('=' if a == b else '.' for a, b in zip(ids, ids[1:]))

def by_for(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        s += 'x'
        ids.append(id(s))
    return ids
print(same(by_for(40)))
print(same(by_for(40)))

def by_while(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    i = 0
    while i < n:
        i += 1
        s += 'x'
        ids.append(id(s))
    return ids
print(same(by_while(20)))

def for_ever(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    i = 0
    while True:
        i += 1
        s += 'x'
        ids.append(id(s))
        if i == n:
            break
    return ids
print(same(for_ever(20)))

def generator(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    for i in range(n):
        s += 'x'
        yield id(s)
print(same(list(generator(20))))

def nothing_added(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        s += 'x' if i % 2 else ''
        ids.append(id(s))
    return ids
print(same(nothing_added(20)))

def two_places(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        if i % 3 == 0:
            s += 'x'
        else:
            s = s + 'y'
        ids.append(id(s))
    return ids
print(same(two_places(24)))

def three_parts(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        s = s + 'y' + 'z'
        ids.append(id(s))
    return ids
print(same(three_parts(24)))

def hashed(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    d = {}
    ids = []
    for i in range(n):
        s += 'y'
        if i == 12:
            s in d
        ids.append(id(s))
    return ids
print(same(hashed(24)))

def two_names(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        t = s
        s += 'y'
        ids.append(id(s))
        if i % 4 == 0:
            t = None
        s += 'z'
        ids.append(id(s))
    return ids
print(same(two_names(24)))

def wider(n):
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    ids = []
    for i in range(n):
        s += 'é'
        ids.append(id(s))
    for i in range(n):
        s += '€'
        ids.append(id(s))
    return ids
print(same(wider(24)))

def parameter(s):
    before = id(s)
    s += 'x'
    return before == id(s)
print([parameter('abcdefghijklmnopqrstuvwxyzabcdefg'.upper()) for i in range(12)])

def in_cell():
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    before = id(s)
    s += 'x'
    now = id(s)
    (lambda: s)
    return before == now
print([in_cell() for i in range(12)])

def in_global():
    global text
    text = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    before = id(text)
    text += 'x'
    return before == id(text)
print([in_global() for i in range(12)])

s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
ids = []
for i in range(12):
    s += 'x'
    ids.append(id(s))
print(same(ids))
ids = []
for i in range(12):
    text += 'x'
    ids.append(id(text))
print(same(ids))
class Body:
    s = 'abcdefghijklmnopqrstuvwxyzabcdefg'.upper()
    before = id(s)
    s += 'x'
    print(before == id(s), sys.getrefcount(s) > 1)

def sizes():
    s = ''
    for i in range(12):
        s += 'word '
        print(len(s), sys.getsizeof(s) - sys.getsizeof(''), end='; ')
    print(s)
    s += 'long ' * 110
    for i in range(3):
        s += 'more '
    print(len(s), sys.getsizeof(s) - sys.getsizeof(''))
sizes()
names = [n for n in globals() if not n.startswith('__')]
print(names)
