#include "tests/generator/generator.h"

#include <array>
#include <random>
#include <string_view>
#include <vector>

namespace pyrena::generator {

namespace {

// What a name is known to hold. 'V' in a template is any of them.
//   L list   D dict   T tuple   S str   I int   F float   E set of ints   O Node   W Noisy (tells its death)   G generator
//   K function of one argument
constexpr std::string_view kTypes = "LDTSIFEOWGK";

// A statement: what its target becomes (' ': it has none) and its lines. $$ is the target; $L $D ... are names that hold such a
// value, $V any, $R any whose count is the program's own (no int, text, float or tuple that others may share); $n a small number, $m a larger one, $t an attribute, $s a short text, $x a name of its own for functions.
// A line begins with as many blanks as it is nested.
struct Statement
{
    char target;
    std::string_view text;
};

constexpr Statement kStatements[] = {
    // births
    {'L', "$$ = []"}, {'L', "$$ = [$V, $n]"}, {'L', "$$ = [$n, $m, '$s']"}, {'L', "$$ = [$n] * $n"}, {'L', "$$ = list(range($n))"},
    {'L', "$$ = [$V, [$V]]"}, {'L', "$$ = [i * $n for i in range($n)]"}, {'L', "$$ = list($T)"}, {'L', "$$ = $L[:]"}, {'L', "$$ = $L + [$V]"},
    {'L', "$$ = sorted([$n, $n, $m])"}, {'L', "$$ = [x for x in $L if x is not $V]"}, {'L', "$$ = $L[1:]"}, {'L', "$$ = $L.copy()"},
    {'L', "$$ = [*$L, $V, *$T]"}, {'L', "$$ = list($D)"}, {'L', "$$ = list(map(str, range($n)))"}, {'L', "$$ = '$s $s $s'.split()"},
    {'L', "$$ = list(zip(range($n), '$s'))"}, {'L', "$$ = list(reversed($L))"}, {'L', "$$ = [[] for _ in range($n)]"}, {'L', "$$ = [[]] * $n"},
    {'D', "$$ = {}"}, {'D', "$$ = {'$s': $V}"}, {'D', "$$ = {'a': $V, 'b': $n, $n: $m}"}, {'D', "$$ = dict(k=$V, j=$n)"},
    {'D', "$$ = {i: [i] for i in range($n)}"}, {'D', "$$ = dict($D)"}, {'D', "$$ = {**$D, 'x': $V}"}, {'D', "$$ = $D.copy()"},
    {'D', "$$ = dict.fromkeys(range($n), $V)"}, {'D', "$$ = {str(i): i for i in range($n)}"}, {'D', "$$ = vars($O)"},
    {'T', "$$ = ()"}, {'T', "$$ = ($V,)"}, {'T', "$$ = $V, $V"}, {'T', "$$ = ($n, '$s', $m)"}, {'T', "$$ = tuple($L)"}, {'T', "$$ = $T[:]"},
    {'T', "$$ = $T + ($V,)"}, {'T', "$$ = tuple(range($n))"}, {'T', "$$ = $T * 2"}, {'T', "$$ = divmod($m, $n + 1)"}, {'T', "$$ = tuple(i for i in $L)"},
    {'S', "$$ = '$s'"}, {'S', "$$ = '$s' + str($n)"}, {'S', "$$ = f'{$n}-{$m:>6}'"}, {'S', "$$ = '-'.join(['$s', str($n)])"},
    {'S', "$$ = '$s' * $n"}, {'S', "$$ = '%s:%d' % ('$s', $n)"}, {'S', "$$ = '{}/{!r}'.format($n, '$s')"}, {'S', "$$ = $S.upper()"},
    {'S', "$$ = $S[::-1]"}, {'S', "$$ = $S[1:]"}, {'S', "$$ = repr($I)"}, {'S', "$$ = chr(97 + $n)"}, {'S', "$$ = $S.replace('a', 'bb')"},
    {'S', "$$ = 'é$s'"}, {'S', "$$ = '漢' * $n"}, {'S', "$$ = $S.strip()"}, {'S', "$$ = $S[:]"}, {'S', "$$ = $S + ''"},
    {'I', "$$ = $n"}, {'I', "$$ = $m"}, {'I', "$$ = $m * $m"}, {'I', "$$ = $m ** $n"}, {'I', "$$ = $I + $n"}, {'I', "$$ = $I // ($n + 1)"},
    {'I', "$$ = $I % ($n + 1)"}, {'I', "$$ = $I & 255"}, {'I', "$$ = -$I"}, {'I', "$$ = int('$n$n$n')"}, {'I', "$$ = $n << $n"}, {'I', "$$ = len($L) * 1000"},
    {'I', "$$ = sum(range($n))"}, {'I', "$$ = abs(-$m)"}, {'I', "$$ = $I ^ $m"}, {'I', "$$ = max($n, $m)"}, {'I', "$$ = hash(($n, $m))"},
    {'F', "$$ = $n / 4"}, {'F', "$$ = $m * 0.5"}, {'F', "$$ = float($n)"}, {'F', "$$ = $F + 1.5"}, {'F', "$$ = 2.5"}, {'F', "$$ = round($F, 1)"},
    {'E', "$$ = set()"}, {'E', "$$ = {$n, $m}"}, {'E', "$$ = set(range($n))"}, {'E', "$$ = {i % 3 for i in range($n)}"}, {'E', "$$ = $E | {$n}"},
    {'E', "$$ = frozenset([$n, $n])"}, {'E', "$$ = $E - {$n}"}, {'E', "$$ = set($E)"},
    {'O', "$$ = Node($V)"}, {'O', "$$ = Node()"}, {'O', "$$ = Leaf($V, $n)"}, {'O', "$$ = Node($O)\n$$.back = $$"}, {'O', "$$ = Slim($V)"},
    {'O', "$$ = Node()\n$$.$t = $V\n$$.$t = $n"},
    {'W', "$$ = Noisy('$s')"}, {'W', "$$ = Noisy('$s', $V)"}, {'W', "$$ = Noisy('$s')\n$$.me = $$"},
    {'G', "def $x(a):\n yield a\n yield [a]\n$$ = $x($V)"}, {'G', "$$ = (i + $n for i in range($n))"},
    {'G', "def $x(a):\n try:\n  got = yield a\n  yield got\n finally:\n  print('closed')\n$$ = $x($V)\nprint(type(next($$)).__name__)"},
    {'G', "def $x(a):\n yield from a\n$$ = $x($L)"},
    {'K', "def $x(p):\n return p\n$$ = $x"}, {'K', "$$ = lambda p: [p, $V]"}, {'K', "def $x(p, q=$V):\n r = [p, q]\n return r\n$$ = $x"},
    {'K', "def $x(p):\n print(sys.getrefcount(p))\n return p\n$$ = $x"}, {'K', "def $x(c):\n def inner(p):\n  nonlocal c\n  c = (c, p)\n  return c\n return inner\n$$ = $x($V)"},
    {'K', "def $x(*args, **kw):\n return len(args), sorted(kw)\n$$ = $x"}, {'K', "$$ = $O.show"}, {'K', "$$ = Node"}, {'K', "$$ = repr"},
    {'K', "def $x(p):\n a = p\n b = [a]\n del p\n print(sys.getrefcount(a))\n return b\n$$ = $x"},
    {'K', "def $x(p):\n if isinstance(p, list):\n  p = tuple(p)\n else:\n  p = (p, p)\n return p\n$$ = $x"},
    // names
    {'L', "$$ = $L"}, {'D', "$$ = $D"}, {'T', "$$ = $T"}, {'O', "$$ = $O"}, {'S', "$$ = $S"}, {'W', "$$ = $W"},
    {'I', "$$ = $n\n$$ += $m"}, {'L', "$$ = $L\n$$ += [$V]"}, {'T', "$$ = $T\n$$ += ($n,)"}, {'S', "$$ = $S\n$$ += '$s'"},
    // changes
    {' ', "$L.append($V)"}, {' ', "$L.extend([$V, $n])"}, {' ', "$L.insert(0, $V)"}, {' ', "$L.reverse()"}, {' ', "$L.clear()"}, {' ', "$L[:1] = [$V]"},
    {' ', "$L *= 2"}, {' ', "$L.append($L)"}, {' ', "$L[$n:] = []"}, {' ', "del $L[::2]"}, {' ', "for i in range($m % 70):\n $L.append(i)"},
    {' ', "$D['$s'] = $V"}, {' ', "$D[$n] = [$V]"}, {' ', "$D.update(k=$V)"}, {' ', "$D.clear()"}, {' ', "$D.setdefault('$s', []).append($n)" }, {' ', "$D['self'] = $D"},
    {' ', "$O.$t = $V"}, {' ', "$O.me = $O"}, {' ', "$W.$t = $V"}, {' ', "for i in range($m % 40):\n $D[i] = i"}, {' ', "$D.pop('$s', None)"},
    {' ', "Node.shared = $V"}, {' ', "Node.shared = None"}, {' ', "Node.count += 1"}, {' ', "setattr($O, '$t', $V)"},
    // looks
    {' ', "print(sys.getrefcount($R))"}, {' ', "print(sys.getrefcount($L), sys.getrefcount($O))"}, {' ', "print($V is $V, $V is not None)"}, {' ', "print(id($V) == id($V))"},
    {' ', "print(sys.getsizeof($L), sys.getsizeof($D))"}, {' ', "print(sys.getsizeof($T), sys.getsizeof($S))"}, {' ', "print(sys.getsizeof($I), sys.getsizeof($F))"},
    {' ', "print(sys.getsizeof($E))"}, {' ', "print(sys.getsizeof($O))"}, {' ', "print(len($L), len($D), len($T), len($S))"}, {' ', "print(type($V).__name__)"},
    {' ', "print($I, $F)"}, {' ', "print(repr($S), $S == '$s')"}, {' ', "print(sorted($E), len($E))"}, {' ', "print($L == $L, $T == $T, $D == $D)"},
    {' ', "print(gc.is_tracked($T), gc.is_tracked($D), gc.is_tracked($L))"}, {' ', "print($I is $I, $S is $S, () is ())"}, {' ', "print(isinstance($V, (list, dict)), callable($V))"},
    {' ', "print([type(x).__name__ for x in $L])"}, {' ', "print(list($D.keys()))"}, {' ', "print(bool($V), $V is $V)"}, {' ', "print(sys.getrefcount(Node) - $n, sys.getrefcount($W))"},
    {' ', "print($I == $F, $I < $m, $I in $L)"}, {' ', "print(hasattr($V, '$t'), getattr($O, '$t', 'none') is $V)"}, {' ', "print(len(gc.get_referrers($L)))"},
    {' ', "print(sorted(vars($O)) if hasattr($O, '__dict__') else 'slots')"}, {' ', "print(len(gc.get_referents($T)))"},
    {' ', "$x = [].append\nprint(sys.getrefcount($R))\n$x = 0"},
    // calls
    {' ', "$x = $K($R)\nprint(type($x).__name__)"}, {' ', "print(type($K([])).__name__)"}, {' ', "for $x in $G:\n print(type($x).__name__)\n break"},
    {' ', "print(next($G, 'end') is $V)"}, {' ', "$x = [$K(v) for v in ($R, [])]\nprint(len($x))"}, {' ', "print(sum(1 for _ in $L))"},
    {' ', "def $x(a, b=$n, *, c=None):\n return sys.getrefcount(a), b, c\nprint($x($R), $x($R))"}, {' ', "def $x(*args):\n return [sys.getrefcount(a) for a in args]\nprint($x([], $L, {}))"},
    {' ', "def $x(n):\n if n == 0:\n  return [sys.getrefcount($R)]\n return $x(n - 1) + [n]\nprint($x($n % 5))"}, {' ', "with Guard('$s') as $x:\n print(type($x).__name__)"},
    {' ', "with Guard('$s'):\n raise KeyError('$s')"}, {' ', "def $x(**kw):\n return kw['k'] is $L, len(kw)\nprint($x(k=$L, j=$n))"},
    {' ', "$x = iter($L)\nprint(next($x, None) is $V, sys.getrefcount($L))\n$x = None"}, {' ', "print(sys.getrefcount([$V]), sys.getrefcount(($V, $n)))"},
    {' ', "$x = $O.show\nprint(sys.getrefcount($O), $x() is $V)\n$x = None"}, {' ', "print(list(map(len, [$L, $T])), max($L, key=lambda v: type(v).__name__, default=0) is $V)"},
    {' ', "def $x():\n a = [$V]\n b = Noisy('$s', a)\n return a\n$x()"}, {' ', "def $x():\n a = Noisy('$s')\n b = Noisy('$s')\n c = [a, b]\n$x()"},
    {' ', "def $x(a, b):\n a = None\n print('in')\n$x(Noisy('$s'), Noisy('$s'))\nprint('out')"}, {' ', "print([Noisy('$s').name, Noisy('$s').name])"},
    {' ', "for i in range(2):\n $x = Noisy('$s')\n print(i)\n$x = None"}, {' ', "[Noisy('$s'), $V][1]\nprint('after')"}, {' ', "$x = [Noisy('$s'), Noisy('$s')]\ndel $x[0]\n$x = None"},
    {' ', "$x = {'a': Noisy('$s'), 'b': Noisy('$s')}\n$x.clear()\nprint('cleared')"}, {' ', "$x = Noisy('$s'), Noisy('$s')\n$x = None"},
    {' ', "class $x(Node):\n extra = [$V]\n def show(self):\n  return super().show()\nprint($x($V).show() is $V, sys.getrefcount($x))"},
    {' ', "$x = Noisy('$s')\n$x.other = Noisy('$s')\n$x.other.back = $x\ndel $x\nprint('cycle')"}, {' ', "print(gc.collect())"},
    {' ', "$x = weakref.ref($O) if not isinstance($O, Slim) else None\nprint($x is not None and $x() is $O)"}, {' ', "$x = Noisy('$s')\n$w = weakref.ref($x, lambda r: print('dead'))\ndel $x\nprint($w() is None)"},
    // classes
    {' ', "class $x:\n __slots__ = ('a', 'b')\n def __init__(self, a):\n  self.a = a\n$w = $x($R)\nprint(sys.getsizeof($w), sys.getrefcount($w.a))\ntry:\n $w.c = 1\nexcept AttributeError as e:\n print(e)\ntry:\n $w.b\nexcept AttributeError as e:\n print(e)\ndel $w.a\nprint(hasattr($w, 'a'))"},
    {' ', "class $x:\n def __init__(self, v):\n  self._v = v\n @property\n def v(self):\n  return self._v\n @v.setter\n def v(self, new):\n  print('set', type(new).__name__)\n  self._v = new\n @v.deleter\n def v(self):\n  print('gone')\n$w = $x($R)\n$w.v = $V\nprint(sys.getrefcount($w), $w.v is $V)\ndel $w.v"},
    {' ', "class $x:\n made = 0\n @classmethod\n def make(cls, *args):\n  cls.made += 1\n  return cls, args\n @staticmethod\n def count(v):\n  return sys.getrefcount(v)\nprint($x.make($R)[1][0] is $V, $x().make()[0] is $x, $x.count($R), $x().count([]), $x.made)"},
    {' ', "class $x(Leaf):\n def __init__(self, v):\n  super().__init__(v, sys.getrefcount(v))\n def __len__(self):\n  return 7\n def __eq__(self, o):\n  return o is $V\n def __getitem__(self, i):\n  return i\n def __call__(self, *a, **k):\n  return len(a), sorted(k)\n$w = $x($R)\nprint($w.two, len($w), $w == $R, $w[1:2], $w(1, k=2), bool($w))"},
    {' ', "class $x(list):\n def push(self, v):\n  self.append(v)\n  return self\n$w = $x().push($V).push(1)\nprint(len($w), type($w).__name__, $w[0] is $V, sys.getsizeof($w))"},
    {' ', "class $x(Exception):\n def __init__(self, held):\n  super().__init__('text')\n  self.held = held\ntry:\n raise $x($R)\nexcept $x as e:\n print(e, e.args, sys.getrefcount(e.held), e.__context__ is None)"},
    // generators
    {' ', "def $x():\n total = 0\n while True:\n  got = yield total\n  if got is None:\n   return total\n  total += got\n$w = $x()\nnext($w)\n$w.send($n)\nprint($w.send($m))\ntry:\n next($w)\nexcept StopIteration as e:\n print(e.value)"},
    {' ', "def $x(v):\n try:\n  yield v\n  yield sys.getrefcount(v)\n finally:\n  print('finally')\n$w = $x($R)\nprint(next($w) is $V, next($w))\n$w.close()\nprint(list($w))"},
    {' ', "def $x(n):\n if n:\n  got = yield from $x(n - 1)\n  yield got\n return n\nprint(list($x($n % 5)))"},
    {' ', "$w = (v for v in [$V, $V] if v is not None)\nprint(next($w) is $V, sum(1 for _ in $w))"},
    {' ', "def $x():\n try:\n  yield 1\n except ValueError as e:\n  yield str(e)\n$w = $x()\nnext($w)\nprint($w.throw(ValueError('$s')))"},
    // errors and blocks
    {' ', "try:\n try:\n  {}[$n]\n except KeyError as e:\n  raise ValueError('$s') from e\nexcept ValueError as e:\n print(e, repr(e.__cause__), e.__context__ is e.__cause__)"},
    {' ', "def $x(v):\n try:\n  return sys.getrefcount(v)\n finally:\n  v = None\n  print('left')\nprint($x($R))"},
    {' ', "for i in range($n):\n try:\n  if i == 1:\n   continue\n  if i == 3:\n   break\n finally:\n  print('f', i)\nelse:\n print('else')"},
    {' ', "with Guard('a') as $x, Guard('b') as $w:\n print($x, $w)\n raise ValueError($n)"},
    {' ', "$x = $n\nwhile $x:\n $x -= 1\n if $x == 2:\n  break\nelse:\n print('ran out')\nprint($x)"},
    // functions
    {' ', "def $x(v):\n def inner():\n  nonlocal v\n  v = [v]\n  return sys.getrefcount(v)\n return inner\n$w = $x($R)\nprint($w(), $w(), len($w.__closure__))"},
    {' ', "def $x(f):\n def wrapper(*args, **kw):\n  print(len(args), sorted(kw))\n  return f(*args, **kw)\n return wrapper\n@$x\ndef $w(a, b=$n, *c, d=1, **e):\n return sys.getrefcount(a), b, c, d, sorted(e)\nprint($w($R), $w($R, 1, 2, d=3, z=4), $w(a=$R))"},
    {' ', "def $x(a, *, k=$V, j):\n return sys.getrefcount(a), j\nprint($x($R, j=1), $x(j=2, a=[]))\ntry:\n $x(1)\nexcept TypeError as e:\n print(e)"},
    {' ', "def $x(v, box=[]):\n box.append(v)\n return len(box)\nprint($x($V), $x($V), sys.getrefcount($x.__defaults__[0]))"},
    {' ', "$x = {'k': $R, 'j': 1}\ndef $w(**kw):\n return sys.getrefcount(kw['k']), len(kw)\nprint($w(**$x), $w(k=$R), $w(**{'k': []}))"},
    {' ', "def $x(*a):\n return [sys.getrefcount(v) for v in a]\nprint($x(*$L[:0], []), $x(*[$R, []]), $x($R, *($R,)))"},
    {' ', "print([[a * b for a in range(3)] for b in range($n % 4)], {a: [b for b in range(a)] for a in range(3)}, sorted({a % 2 for a in range($n)}))"},
    {' ', "$x = [$V, $V, 1]\n$x.sort(key=lambda v: type(v).__name__)\nprint([type(v).__name__ for v in $x])"},
    {' ', "print(sorted(['$s', '$s', 'm'], key=len, reverse=True), sorted([3, 1, 2], key=lambda v: -v))"},
    // slices, deletion, augmented
    {' ', "$x = list(range($n))\n$x[1:3] = [$V] * 3\ndel $x[::2]\nprint(len($x), sys.getsizeof($x))"},
    {' ', "$x = Node($n)\n$x.other += 1\n$x.d = {'k': [1]}\n$x.d['k'] += [2]\n$x.d['k'] *= 2\nprint($x.other, $x.d)"},
    {' ', "$x = {'a': 1, 'b': [2], 'c': {}}\n$w = $x['b']\ndel $x['a'], $x['b']\nprint(len($x), sys.getrefcount($w), sys.getsizeof($x))"},
    {' ', "$x = Node($V)\n$x.a = 1\n$x.b = 2\ndel $x.a\nprint(sorted(vars($x)), sys.getsizeof(vars($x)) > 0)"},
    {' ', "print(1 < $n < 5, $n <= $n == $n, $n in [1, 2] is False, not $n)"},
    // containers
    {' ', "$x = {1, 2, $n}\n$x.update([3, $n])\n$x.discard(2)\nprint(sorted($x ^ {1, 9}), sys.getsizeof($x), $x >= {1}, $x.isdisjoint({77}))"},
    {' ', "$x = {i: i for i in range($n)}\nprint(sys.getsizeof(dict($x)), sys.getsizeof($x.copy()), sys.getsizeof({**$x, 'z': 1}), sys.getsizeof(set($x)), $x.pop(0, 'none'), sys.getsizeof(dict($x)))"},
    {' ', "$x = {i for i in range($m % 40)}\nprint(sys.getsizeof($x | {1}), sys.getsizeof($x & {1, 2}), sys.getsizeof($x - {1}), sys.getsizeof($x ^ {1}), sys.getsizeof(set($x)), sys.getsizeof(frozenset($x)))"},
    {' ', "$x = list(zip(range($n), '$s$s'))\n$w = [a for a, b in enumerate('$s')]\nprint(len($x), sys.getsizeof($x), sys.getsizeof($w), sys.getsizeof(list(map(str, $w))), sys.getsizeof(sorted($w)))"},
    {' ', "$x = zip([$R], [1])\n$w = next($x)\nprint(sys.getrefcount($w), sys.getrefcount($w[0]))"},
    {' ', "for $x in enumerate([$V, $V]):\n print($x[0], sys.getrefcount($x))"},
    {' ', "$x = collections.deque([$V, 1], 3)\n$x.append($V)\n$x.appendleft(2)\n$x.rotate(1)\nprint(len($x), sys.getsizeof($x), $x.maxlen)"},
    {' ', "$x = Pair($R, $n)\nprint($x.b, sys.getrefcount($x.a), $x._replace(b=1).b, sys.getsizeof($x), len($x))"},
    {' ', "$x = collections.defaultdict(list)\n$x['$s'].append($n)\n$x['$s'].append(1)\nprint(sorted($x.items()), len($x))"},
    {' ', "$x = collections.Counter('$s$s')\nprint(sorted($x.items()), $x['?'], sum($x.values()))"},
    {' ', "$x = collections.OrderedDict(a=1, b=$n)\n$x.move_to_end('a')\nprint(list($x), $x.popitem(last=False))"},
    {' ', "$x = Node([$n])\n$w = copy.deepcopy($x)\nprint($w.other == $x.other, $w.other is $x.other, copy.copy($x).other is $x.other)"},
    // texts
    {' ', "print(f'{$n:>5}|{$m:,}|{$n / 3:.3f}|{$S[:3]:^7}|{$n:05d}|{$m:x}|{$S[:2]!r:>8}')"},
    {' ', "print('%5d|%-5s|%.2f|%x|%r|%%' % ($n, '$s', $n / 7, $m, '$s'), '{:<6}|{:>+4}|{0!r}'.replace('0!r', '').format('$s', $n, 1))"},
    {' ', "$x = '$s $s'\nprint($x.title(), $x.find('o'), $x.count('w'), $x.partition(' '), $x.zfill(9), $x.swapcase(), $x.split(), $x.startswith('w'), $x[::-1], $x.center(12, '*'))"},
    {' ', "$x = '$s'.encode()\nprint($x, $x[0], $x.decode() == '$s', $x + b'!', sys.getsizeof($x), bytes([1, $n]))"},
    {' ', "$x = '$s'\nprint($x.strip() is $x, str($x) is $x, '%s' % $x is $x, f'{$x}' is $x, $x.split('|')[0] is $x, $x[:] is $x, $x.upper() is $x)"},
    // identities after a death
    {' ', "$x = []\n$w = id($x)\ndel $x\n$x = []\nprint(id($x) == $w)"}, {' ', "$x = {}\n$w = id($x)\ndel $x\n$x = {}\nprint(id($x) == $w)"},
    {' ', "$x = ($V, $V)\n$w = id($x)\ndel $x\n$x = [$V], [$V]\nprint(id($x) == $w)"}, {' ', "$x = $m * 1.5\n$w = id($x)\ndel $x\n$x = $m * 2.5\nprint(id($x) == $w)"},
    {' ', "print(id(object()) == id(object()), id([]) == id([]))"}, {' ', "$x = 1000 + $n\n$w = 1000 + $n\nprint($x is $w, $x == $w)"},
    // errors
    {' ', "$V.missing_$t"}, {' ', "$L[99]"}, {' ', "$D['missing']"}, {' ', "$L + $T"}, {' ', "$S + $I"}, {' ', "$I / 0"}, {' ', "int($S)"}, {' ', "$K()"}, {' ', "$K($n, $n, $n, z=$n)"},
    {' ', "$T[0] = $V"}, {' ', "{$L: 1}"}, {' ', "next($G)\nnext($G)\nnext($G)"}, {' ', "undefined_$t"}, {' ', "a, b = $L"}, {' ', "$L.remove($V)"}, {' ', "$L.index('zz')"}, {' ', "del $O.$t"},
    {' ', "raise ValueError($V)"}, {' ', "raise KeyError('$s') from TypeError('$s')"}, {' ', "assert $V is $V, '$s'"}, {' ', "$L < $I"}, {' ', "len($I)"}, {' ', "for $x in $I:\n pass"}, {' ', "$O()"},
    {' ', "print(-$S)"}, {' ', "$F % 0"}, {' ', "[][$n]"}, {' ', "{}.popitem()"}, {' ', "[].pop()"}, {' ', "$S.foo()"}, {' ', "print(Node.nothing)"}, {' ', "'$s'[$m]"}, {' ', "sorted([$n, '$s'])"},
    {' ', "print('%d' % '$s')"}, {' ', "print('{:d}'.format('$s'))"}, {' ', "Slim($n).$t = $n"}, {' ', "float('$s')"}, {' ', "chr(-1)"}, {' ', "[1, 2].index($m)"}, {' ', "print($L[$S])"}, {' ', "sum($S)"},
    {' ', "def $x(a):\n raise IndexError(a)\ntry:\n $x($R)\nexcept IndexError as e:\n print(sys.getrefcount(e.args[0]))"},
    {' ', "try:\n raise Noisy('$s')\nexcept TypeError as e:\n print(e)\nprint('done')"}, {' ', "try:\n $D['nokey']\nexcept KeyError as e:\n $w = e\nprint(sys.getrefcount($w), sys.getrefcount($D))\ndel $w"},
    {' ', "try:\n try:\n  1 // 0\n finally:\n  print('finally')\nexcept ArithmeticError as e:\n print(e, e.__context__)"},
    {' ', "def $x():\n a = Noisy('$s')\n raise ValueError('$s')\ntry:\n $x()\nexcept ValueError:\n print('caught')\nprint('after')"},
    {' ', "def $x(a):\n try:\n  return [a]\n finally:\n  print(sys.getrefcount(a))\nprint(len($x($R)))"},
    // control
    {' ', "if $V:\n print('yes')\nelse:\n print('no')"}, {' ', "i = 0\nwhile i < $n:\n i += 1\n if i == 3:\n  continue\nelse:\n print(i)"}, {' ', "for k, v in $D.items():\n print(k if isinstance(k, str) else 'n', v is $V)\n break"},
    {' ', "for i, x in enumerate($L):\n if i > 2:\n  break\n print(i, x is $V)\nelse:\n print('end')"}, {' ', "print(type($V and $n).__name__, type($n or $V).__name__)"}, {' ', "print('a' if $V is $V else 'b')"},
    {' ', "del $V"}, {' ', "$V = None"}, {' ', "a = b = $R\nprint(sys.getrefcount(a))\ndel a, b"}, {' ', "a, *b = $T + (1,)\nprint(len(b), sys.getrefcount(b))\ndel a, b"},
    {' ', "print(copy.copy($L) == $L, copy.copy($T) is $T)"}, {' ', "$x = copy.deepcopy($T)\nprint($x is $T, $x == $T)"},
    {' ', "Node.registry.append($V)\nprint(len(Node.registry), sys.getrefcount($R))"}, {' ', "print($L * 0 == [], ($V,) * 2 == ($V, $V))"},
};

constexpr std::string_view kBeginning = R"(import sys, gc, copy, weakref, collections
gc.collect()
gc.disable()
class Node:
    count = 0
    shared = None
    registry = []
    def __init__(self, other=None):
        self.other = other
    def show(self, *rest):
        return self.other
class Leaf(Node):
    def __init__(self, one, two):
        super().__init__(one)
        self.two = two
class Slim:
    __slots__ = ('other', 'left')
    def __init__(self, other):
        self.other = other
    def show(self, *rest):
        return self.other
Pair = collections.namedtuple('Pair', 'a b')
class Noisy:
    def __init__(self, name, held=None):
        self.name = name
        self.held = held
    def __del__(self):
        print('del', self.name if type(self.name) is str else type(self.name).__name__)
class Guard:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        print('enter')
        return [self.name]
    def __exit__(self, kind, error, trace):
        print('exit', kind is None)
        return True
)";

class Generator
{
public:
    explicit Generator(std::uint32_t seed) : m_random(seed) {}

    std::string run()
    {
        m_text = kBeginning;
        // One name for each kind of value, then statements that shuffle them.
        for (std::size_t i = 0; i < kTypes.size(); ++i)
            m_names.push_back({"v" + std::to_string(i), kTypes[i]});
        constexpr std::string_view kStart[] = {"[1, 'two']", "{'k': []}", "(1, [])", "'text'", "12345", "0.25", "{1, 2}", "Node()",
                                               "Noisy('w')", "(i for i in range(3))", "lambda p: p"};
        std::string first;
        for (std::size_t i = 0; i < m_names.size(); ++i)
            first += m_names[i].name + " = " + std::string(kStart[i]) + '\n';
        const bool inFunction = below(3) == 0;
        if (inFunction)
            m_text += "def main():\n";
        const std::size_t indent = inFunction ? 1 : 0;
        append(first, indent);
        const std::uint32_t count = 3 + below(22);
        for (std::uint32_t i = 0; i < count; ++i)
            statement(indent);
        if (below(2) == 0)
            append("print('collected', gc.collect())\n", indent);
        if (inFunction)
            m_text += "main()\nprint('returned')\nprint(gc.collect())\n";
        return m_text;
    }

private:
    struct Variable { std::string name; char type; };

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(m_random() % n); }

    void append(std::string_view lines, std::size_t indent)
    {
        while (!lines.empty()) {
            const std::size_t end = lines.find('\n');
            std::string_view line = lines.substr(0, end);
            std::size_t nested = 0;
            while (nested < line.size() && line[nested] == ' ')
                ++nested;
            m_text += std::string(4 * (indent + nested), ' ') + std::string(line.substr(nested)) + '\n';
            lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        }
    }

    const std::string *nameOf(char type)
    {
        std::vector<const std::string *> fitting;
        for (const Variable &v : m_names)
            if (v.type == type || (type == 'V' && v.type != ' ') || (type == 'R' && std::string_view("LDEOW").find(v.type) != std::string_view::npos))
                fitting.push_back(&v.name);
        return fitting.empty() ? nullptr : fitting[below(static_cast<std::uint32_t>(fitting.size()))];
    }

    void statement(std::size_t indent)
    {
        for (int attempt = 0; attempt < 50; ++attempt) {
            const Statement &chosen = kStatements[below(static_cast<std::uint32_t>(std::size(kStatements)))];
            Variable *target = chosen.target == ' ' ? nullptr : &m_names[below(static_cast<std::uint32_t>(m_names.size()))];
            const auto text = filled(chosen.text, target ? target->name : std::string());
            if (!text.empty()) {
                const bool guarded = below(8) != 0 || chosen.target == ' ';
                if (guarded)
                    append("try:\n", indent);
                append(text, indent + guarded);
                if (guarded)
                    append("except Exception as error:\n print(type(error).__name__, error if ' at 0x' not in str(error) else '')\n", indent);
                if (target)
                    target->type = chosen.target;
                if (m_deleted) {
                    // What a try block may have deleted holds nothing known until it is bound again.
                    append(*m_deleted + " = " + std::to_string(below(2000)) + "\n", indent);
                    for (Variable &v : m_names)
                        if (v.name == *m_deleted)
                            v.type = 'I';
                }
                return;
            }
        }
    }

    // Empty when there is no name of a kind that the template needs.
    std::string filled(std::string_view pattern, const std::string &target)
    {
        static constexpr std::array<std::string_view, 5> kTexts{"a", "xy", "word", "b c", "Zed"}, kAttributes{"left", "other", "me", "two", "name"};
        const std::string own = "x" + std::to_string(m_functions++);
        m_deleted = nullptr;
        std::string out;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] != '$') {
                out += pattern[i];
                continue;
            }
            switch (const char c = pattern[++i]) {
            case '$': out += target; break;
            case 'n': out += std::to_string(below(9)); break;
            case 'm': out += std::to_string(100 + below(3000)); break;
            case 't': out += kAttributes[below(kAttributes.size())]; break;
            case 's': out += kTexts[below(kTexts.size())]; break;
            case 'x': out += own; break;
            case 'w': out += own + "w"; break;
            default: {
                const std::string *name = nameOf(c);
                if (!name)
                    return {};
                if (pattern == "del $V" || pattern == "$V = None")
                    m_deleted = name;
                out += *name;
            }
            }
        }
        return out;
    }

    std::mt19937 m_random;
    std::string m_text;
    std::vector<Variable> m_names;
    const std::string *m_deleted = nullptr;
    std::uint32_t m_functions = 0;
};

} // namespace

std::string generate(std::uint32_t seed)
{
    return Generator(seed).run();
}

} // namespace pyrena::generator
