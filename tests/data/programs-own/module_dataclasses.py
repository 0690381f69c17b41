# topic: modules. dataclasses, plain: what the decorator makes.
try:
    from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, is_dataclass, replace
except ImportError as e:
    print(e)
    raise SystemExit

@dataclass
class Point:
    x: int
    y: int = 0

p = Point(1, 2)
print(p, p == Point(1, 2), p == Point(1, 3), p == (1, 2), Point(5), asdict(p), astuple(p), replace(p, y=9))
for wrong in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: p < p, lambda: hash(p)):
    try:
        wrong()
    except TypeError as e:
        print(e)

@dataclass(order=True)
class Card:
    rank: int
    suit: str = field(compare=False, default="clubs")

print(Card(3) < Card(5), sorted([Card(5), Card(2, "hearts")]), Card(3, "a") == Card(3, "b"))

@dataclass(frozen=True)
class Fixed:
    name: str
    tags: list = field(default_factory=list, repr=False)

f = Fixed("a")
print(f, f.tags, Fixed("a").tags is f.tags)
try:
    f.name = "b"
except FrozenInstanceError as e:
    print(type(e).__name__, e)
try:
    del f.name
except FrozenInstanceError as e:
    print(e)

@dataclass(frozen=True)
class Key:
    a: int
    b: int

print({Key(1, 2): "x"}[Key(1, 2)], hash(Key(1, 2)) == hash((1, 2)))

@dataclass
class Rect:
    width: float
    height: float
    area: float = field(init=False)
    def __post_init__(self):
        self.area = self.width * self.height

print(Rect(2, 3), [f.name for f in fields(Rect)], is_dataclass(Rect), is_dataclass(3))

@dataclass
class Base:
    a: int
    b: int = 1

@dataclass
class Child(Base):
    c: int = 2

print(Child(0), Child(0, c=5), Child.__mro__[1] is Base)

@dataclass
class Tree:
    value: int
    children: list = field(default_factory=list)

print(asdict(Tree(1, [Tree(2), Tree(3)])))
try:
    @dataclass
    class Wrong:
        items: list = []
except ValueError as e:
    print(e)
try:
    @dataclass
    class Wrong:
        a: int = 1
        b: int
except TypeError as e:
    print(type(e).__name__)
@dataclass
class Empty:
    pass
print(Empty(), Empty() == Empty())
