#include "tests/generator/cycletemplates.h"

namespace pyrena::generator {

std::string_view typesOf(char letter)
{
    switch (letter) {
    case 'V': return "NOLDTFGCPMESI";
    case 'W': return "NOFGCMS";
    case 'H': return "NOFGC";
    case 'A': return "NFCE";
    case 'N': return "N";
    case 'O': return "O";
    case 'L': return "L";
    case 'D': return "D";
    case 'T': return "T";
    case 'F': return "F";
    case 'G': return "G";
    case 'C': return "C";
    case 'P': return "P";
    case 'M': return "M";
    case 'E': return "E";
    case 'R': return "R";
    case 'Q': return "Q";
    case 'S': return "S";
    default: return "I";
    }
}

const std::string_view kCycleBeginning = R"(import gc, sys, weakref
print('begin', end='\n')
gc.collect()
gc.disable()
heard = []
saved = []
refs = []
def hear(phase, info):
    heard.append(phase[2] + str(info['generation']) + ':' + str(info['collected']))
def told(name):
    def callback(ref):
        print('gone', name, ref() is None)
    return callback
class Node:
    def __init__(self, name):
        self.name = name
    def show(self, *rest):
        return self
class Loud(Node):
    def __del__(self):
        print('del', self.name)
class Phoenix(Node):
    def __del__(self):
        print('rises', self.name)
        saved.append(self)
class Bad(Node):
    def __del__(self):
        print('bad', self.name)
        raise ValueError(self.name)
class Curious(Node):
    def __del__(self):
        print('looks', self.name, [r() is None for r in refs], gc.collect(), sorted(vars(self)))
class Wide(Node):
    def __init__(self, name):
        self.name = name
        self.a, self.b, self.c = [], {}, ()
class Picky(Node):
    def __del__(self):
        print('cuts', self.name)
        self.__dict__.clear()
class Eager(Node):
    def __init__(self, name):
        self.name = name
        self.me = self
        self.shown = self.show
class Late(Node):
    def __del__(self):
        print('late', self.name)
        refs.append(weakref.ref(self))
class Slim:
    __slots__ = ('name', 'left', 'right', '__weakref__')
    def __init__(self, name):
        self.name = name
        self.left = None
    def __del__(self):
        print('slim', self.name)
class Bare:
    __slots__ = ('left', 'right')
class Items(list):
    def __del__(self):
        print('items', len(self))
class Table(dict):
    pass
def closures(value):
    def get():
        return value
    def put(new):
        nonlocal value
        value = new
    return get, put
def held(name, *more):
    box = list(more)
    try:
        while True:
            yield box
    finally:
        print('closed', name)
def begun(name, *more):
    made = held(name, *more)
    next(made)
    return made
def looper(n):
    def inner(k):
        return inner(k - 1) if k else n
    return inner
)";

namespace {

constexpr CycleStatement kBirthList[] = {
    {'N', "$$ = $c($l)"}, {'N', "$$ = $c($l)"}, {'N', "$$ = $c($l)"}, {'N', "$$ = $c($l)"}, {'N', "$$ = $c($l)\n$$.$t = $$"},
    {'O', "$$ = Slim($l)"}, {'O', "$$ = Slim($l)\n$$.$s = $$"}, {'L', "$$ = []"}, {'L', "$$ = [$c($l), $c($l)]"}, {'L', "$$ = []\n$$.append($$)"},
    {'L', "$$ = Items()"}, {'L', "$$ = [$V, $V]"}, {'L', "$$ = [[] for _ in range($n)]"}, {'L', "$$ = [$c($l) for _ in range(2)]"},
    {'D', "$$ = {}"}, {'D', "$$ = {'k': $V}"}, {'D', "$$ = {1: $V, 'k': $V}"}, {'D', "$$ = Table()"}, {'D', "$$ = {}\n$$['self'] = $$"},
    {'D', "$$ = {$H: $V}"}, {'T', "$$ = ($V, $V)"}, {'T', "$$ = ($c($l),)"}, {'T', "$$ = ([], {}, $V)"}, {'T', "$$ = (1, 'x', ($V,))"},
    {'F', "def $$(a=$V):\n return a"}, {'F', "$$ = looper($m)"}, {'F', "$$ = lambda: 0"}, {'F', "$$ = closures($V)[0]"},
    {'G', "$$ = begun($l)"}, {'G', "$$ = begun($l, $V)"}, {'G', "$$ = held($l, $V)"}, {'G', "$$ = begun($l, $c($l), $c($l))"},
    {'C', "class $$:\n pass"}, {'C', "class $$(Node):\n item = $V\n def show(self):\n  return super().show()"}, 
    {'C', "class $$(Loud):\n __slots__ = ('extra',)"},
    {'P', "$$ = closures($V)"}, {'P', "$$ = closures(None)\n$$[1]($$[0])"}, {'P', "$$ = closures(None)\n$$[1]($$)"},
    {'M', "$$ = $N.show"}, {'E', "$$ = ValueError($V)"}, 
    {'S', "$$ = {$H}"}, {'S', "$$ = set()"}, {'S', "$$ = frozenset([$H])"}, {'I', "$$ = iter($L)"}, {'I', "$$ = slice($V, $V)"}, {'I', "$$ = enumerate($L)"}, {'I', "$$ = map($F, $L)"},
    {'I', "$$ = $D.values()"}, {'I', "$$ = iter($D)"}, {'I', "$$ = reversed($L)"}, {'I', "$$ = zip($L, $T)"}, {'I', "$$ = Bare()\n$$.$s = $V"}, {'I', "$$ = property($F)"}, {'I', "$$ = (x for x in $L)"}, {'I', "$$ = iter($T)"},
    {'I', "$$ = staticmethod($F)"}, {'I', "$$ = object()"}, {'I', "$$ = super(Loud, $N) if isinstance($N, Loud) else None"},
};

constexpr CycleStatement kTieList[] = {
    {' ', "$A.$t = $V"}, {' ', "$N.$t = $V"}, {' ', "$N.$t = $N"}, {' ', "$N.$t = $V"}, {' ', "$N.$t = $N.show"}, {' ', "$O.$s = $V"}, {' ', "$O.$s = $V"},
    {' ', "$L.append($V)"}, {' ', "$L.append($V)"}, {' ', "$L.append($L)"}, {' ', "$L.extend([$V, $N])"}, {' ', "$L.insert(0, $V)"}, {' ', "$L.append([$V])"}, {' ', "$L.append(($V, $V))"},
    {' ', "$D[$n] = $V"}, {' ', "$D['$t'] = $V"}, {' ', "$D[$H] = $V"}, {' ', "$D['$t'] = $D"}, {' ', "$P[1]($V)"}, {' ', "$P[1]($P)"}, {' ', "$P[1]($N)"},
    {' ', "next($G).append($V)"}, {' ', "next($G).append($G)"}, {' ', "next($G).append($N)"}, {' ', "$F.$t = $V"}, {' ', "$F.__defaults__ = ($V,)"}, {' ', "$C.$t = $V"},
    {' ', "$N.$t = lambda: 0"}, {' ', "$N.$t = {'k': $V}"}, {' ', "$N.$t = ($V, $N)"}, {' ', "$N.$t = iter($L)"}, {' ', "$E.$t = $V"}, {' ', "$E.__context__ = $E"}, 
    {' ', "$x = vars($N)\n$x['$t'] = $V\ndel $x"}, {' ', "vars($N)['$t'] = vars($N)"}, {' ', "$N.$t = vars($N)"}, {' ', "$N.$t = closures($V)"},
    {' ', "$L.append(begun($l, $V))"}, {' ', "$N.$t = begun($l, $N)"}, {' ', "$N.$t = $c($l)"}, {' ', "$N.$t = $c($l)"}, {' ', "$N.$t = Slim($l)"}, {' ', "$L.append($c($l))"}, {' ', "$D[$n] = $c($l)"},
    {' ', "$x = $c($l)\n$x.$t, $x.me = $x, $V\ndel $x"}, {' ', "$x, $w = $c($l), $c($l)\n$x.$t = $w\n$w.$t = $x\ndel $x, $w"}, {' ', "$x, $w = $c($l), $c($l)\n$w.me, $x.me = $x, $w\n$w.$t = $V\ndel $w, $x"},
    {' ', "$x = [$c($l) for _ in range(3)]\nfor $w in range(3):\n $x[$w].$t = $x[$w - 1]\ndel $x, $w"}, {' ', "$x = []\n$x.append(($c($l), $x))\ndel $x"},
    {' ', "$x = {}\n$x['k'] = [$x, $c($l)]\ndel $x"}, {' ', "def $x(k):\n return $x(k - 1) if k else 0\n$x.$t = $c($l)\ndel $x"}, {' ', "class $x:\n it = $c($l)\ndel $x"},
    {' ', "def $x():\n a = $c($l)\n b = $c($l)\n a.$t, b.$t = b, a\n c = [a]\n c.append(c)\n$x()"}, {' ', "def $x(a, b):\n a.me, b.me = b, a\n def see():\n  return a, b, see\n$x($c($l), $c($l))"},
    
    {' ', "$E.with_traceback(None)"}, {' ', "$L.append($E)"}, {' ', "$L[:] = [$V, $V]"}, {' ', "$N.$t = Wide($l)\n$N.other = $V"},
};

constexpr CycleStatement kWatcherList[] = {
    {'R', "$$ = weakref.ref($W)"}, {'R', "$$ = weakref.ref($W, told($l))"}, {'R', "$$ = weakref.ref($W, told($l))"}, {'R', "$$ = weakref.ref($N, told($l))"}, {' ', "refs.append(weakref.ref($W, told($l)))"}, {' ', "refs.append(weakref.ref($W))"},
    {' ', "$L.append(weakref.ref($W, told($l)))"}, {' ', "$N.$t = weakref.ref($W, told($l))"}, {' ', "$N.$t = weakref.ref($N, $N.show)"}, {' ', "$N.$t = weakref.proxy($N)"}, {' ', "$D['$t'] = weakref.ref($N)"},
    {'Q', "$$ = weakref.WeakValueDictionary()\n$$['a'] = $H\n$$['b'] = $N"}, {'Q', "$$ = weakref.WeakKeyDictionary()\n$$[$H] = $V\n$$[$N] = 1"}, {'Q', "$$ = weakref.WeakSet()\n$$.add($H)\n$$.add($N)"},
    {' ', "$N.$t = weakref.WeakValueDictionary(k=$N)"}, {' ', "$N.$t = weakref.WeakSet([$N])"}, {' ', "weakref.finalize($N, print, 'finalize', $l)"}, {' ', "weakref.finalize($W, print, 'finalize', $l)"}, {' ', "weakref.finalize($N, print, 'never', $l).atexit = False"},
    {' ', "refs.append(weakref.WeakMethod($N.show))"}, {' ', "refs.append(weakref.WeakMethod($N.show, told($l)))"}, {' ', "$N.$t = weakref.WeakMethod($N.show)"}, {' ', "weakref.ref($W, told($l))"},
    {' ', "$x = weakref.ref($N, lambda r, held=$V: print('lambda', r() is None))\n$N.$t = $x\ndel $x"}, {'R', "$$ = weakref.ref($N, saved.append)"}, {' ', "$L.append(weakref.ref($L[0]) if $L and isinstance($L[0], Node) else 0)"},
};

constexpr CycleStatement kLookList[] = {
    {' ', "print([type(x).__name__ for x in gc.get_referents($L)])"}, {' ', "print([type(x).__name__ for x in gc.get_referents($O)])"}, {' ', "print([type(x).__name__ for x in gc.get_referents($N)])"}, {' ', "$x = $V\nprint(sorted(type(x).__name__ for x in gc.get_referrers($x)) if $x is not None else 0)\ndel $x"}, {' ', "print(len(gc.get_referrers($N)))"},
    {' ', "print(gc.is_tracked($V), gc.is_tracked($D), gc.is_tracked($T))"}, {' ', "print(gc.is_tracked(vars($N)), len(vars($N)))"}, {' ', "print(sys.getrefcount($N), sys.getrefcount($L))"}, {' ', "print(gc.is_finalized($N))", 9}, {' ', "print([x.name for x in gc.get_objects(0) if isinstance(x, Node)])", 8},
    {' ', "print([x.name for x in gc.get_objects(1) if isinstance(x, Node)])", 8}, {' ', "print(weakref.getweakrefcount($W), len(weakref.getweakrefs($W)))"},
    {' ', "print($R() is None)"}, {' ', "print(len($Q), $Q is $Q)"}, {' ', "$x = len(gc.get_objects())\n$w = [[]]\nprint(len(gc.get_objects()) - $x)\ndel $x, $w"}, {' ', "print([r() is None for r in refs])"}, {' ', "print(len(saved), len(gc.garbage))"},
};

constexpr CycleStatement kCutList[] = {
    {' ', "$L.clear()"}, {' ', "del $L[:1]"}, {' ', "$D.clear()"}, {' ', "$G.close()"}, {' ', "$N.__dict__.clear()"}, {' ', "$N.$t = None"}, {' ', "$P[1](None)"}, {' ', "del saved[:]"}, {' ', "del refs[:]"}, {' ', "vars($N).pop('me', 0)"},
    {' ', "gc.freeze()\nprint('frozen')"}, {' ', "gc.unfreeze()"}, {' ', "$F.__dict__.clear()"},
};

constexpr CycleStatement kCollectionList[] = {
    {' ', "print(gc.collect())"}, {' ', "print(gc.collect())"}, {' ', "print(gc.collect())"}, {' ', "print(gc.collect($n))"}, {' ', "print(gc.collect($n))"}, {' ', "print(gc.collect(0), gc.collect(1))"},
    {' ', "gc.callbacks.append(hear)\nprint(gc.collect($n))\ngc.callbacks.remove(hear)\nprint(heard)"}, {' ', "gc.set_debug(gc.DEBUG_SAVEALL)\nprint(gc.collect($n))\ngc.set_debug(0)\nprint([type(x).__name__ for x in gc.garbage])\ngc.garbage.clear()\nprint(gc.collect())"},
};

constexpr CycleStatement kAfterList[] = {
    {' ', "print(len(saved), [s.name if hasattr(s, 'name') else 0 for s in saved])"}, {' ', "del saved[:]"}, {' ', "print([r() is None for r in refs])"}, {' ', "print(gc.collect($n))"}, {' ', "print([x.name for x in gc.get_objects(1) if isinstance(x, Node)])", 8},
    {' ', "print([x.name for x in gc.get_objects(0) if isinstance(x, Node)])", 8}, {' ', "print(len($Q))"}, {' ', "print($R() is None)"}, {' ', "print([(type(x).__name__, gc.is_tracked(x)) for x in ($V, $V)])"}, {' ', "print([gc.is_finalized(x) for x in saved])", 9},
};

constexpr CycleStatement kLoopList[] = {
    {' ', "for $x in range($m):\n $w = $c(str($x))\n $w.me = $w"}, {' ', "for $x in range($m):\n $w = Node($x)\n $w.me = $w\n $w = Loud($x)\n $w.me = $w"}, {' ', "for $x in range($m):\n $w = []\n $w.append($w)"}, {' ', "$w = [[] for $x in range($m)]"},
    {' ', "$w = list(zip(range($m), range($m)))"}, {' ', "for $x in range($m):\n $L.append([])"}, {' ', "for $x in range($m):\n $D[$x] = {}"}, {' ', "for $x in range($m):\n $w = {}\n $w[0] = $w"}, {' ', "$x = 0\nwhile $x < $m:\n $x += 1\n $w = Loud($x)\n $w.me = [$w]"},
    {' ', "for $x in range($m):\n $w = begun($x)\n next($w).append($w)"}, {' ', "for $x in range($m):\n $w = closures(None)\n $w[1]($w)"}, {' ', "def $x(n):\n a = Loud(n)\n a.me = a\n return $x(n - 1) if n else 0\n$x($m)"}, {' ', "for $x in range($m):\n $w = Eager(str($x))"},
    {' ', "for $x in range($m):\n $w = weakref.ref(Node($x), told($x))"}, {' ', "for $x in range($m):\n $w = Node($x)\n $w.me = $w\n refs.append(weakref.ref($w, told($x)))"}, {' ', "$w = {$x: [$x] for $x in range($m)}"}, {' ', "$w = [Loud($x) for $x in range($m)]\nfor $x in $w:\n $x.me = $w\ndel $w"},
    {' ', "for $x in range($m):\n class $w:\n  it = $x"}, {' ', "for $x in range($m):\n $w = Slim($x)\n $w.left = $w\n $w = Loud($x)"}, {' ', "for $x in range($m):\n $w = lambda: $w"}, {' ', "$w = tuple([$x] for $x in range($m))"}, {' ', "$w = sorted([[$x] for $x in range($m)])"}, 
};

} // namespace

const std::span<const CycleStatement> kBirths = kBirthList, kTies = kTieList, kWatchers = kWatcherList, kLooks = kLookList, kCuts = kCutList,
                                      kCollections = kCollectionList, kAfter = kAfterList, kLoops = kLoopList;

} // namespace pyrena::generator
