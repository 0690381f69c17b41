#include "programgenerator.h"

#include <array>
#include <random>
#include <string_view>
#include <vector>

namespace {

// Statements of a program; $x $y $z are names, $n a number, $t an attribute, $f a function's name of its own.
// A line begins with as many spaces as it is nested.
constexpr std::string_view kStatements[] = {
    "$x = $y",
    "$x = $y, $z = $z, $y",
    "$x = []",
    "$x = [$y, $z]",
    "$x = [$y, [$y, $z], ($z,)]",
    "$x = [1, 2, $n]",
    "$x = ($y, $z)",
    "$x = {}",
    "$x = {'a': $y, $n: $z}",
    "$x = {$n, 2, 'three'}",
    "$x = $n",
    "$x = $n + 1000",
    "$x = $n * 0.5",
    "$x = 'text ' + str($n)",
    "$x = f'{$n}-{$n + 1:>4}'",
    "$x = Node($y)",
    "$x = Leaf($y, $z)",
    "$x = Slim()\n$x.left = $y",
    "$x = Watcher($y)",
    "$x = Phoenix()",
    "$x = object()",
    "$x = None",
    "$x.$t = $y",
    "$x.$t = $x",
    "$x.$t.$t = $y",
    "$x = $y.$t",
    "$x = getattr($y, '$t', $z)",
    "del $x.$t",
    "$x = $y.show",
    "$x = Node.show",
    "Node.shared = $x",
    "$x = Node.shared",
    "$x.append($y)",
    "$x.append($x)",
    "$x.extend([$y, $z])",
    "$x = $x.pop()",
    "$x.insert(0, $y)",
    "$x.clear()",
    "$x.reverse()",
    "$x = $y.copy()",
    "$x[0] = $y",
    "$x['k'] = $y",
    "$x[$n] = $y",
    "$x = $y[0]",
    "$x = $y[1:]",
    "$x[0:1] = [$y, $z]",
    "del $x[0]",
    "$x += [$y]",
    "$x = ($y, $z)[0]",
    "$x = list(range($n))",
    "$x = tuple($y)",
    "$x = sorted([3, $n, 1], key=lambda v: -v)",
    "$x = [v for v in ($y, $z)]",
    "$x = {str(i): [i] for i in range($n % 4)}",
    "$x = [a_ for a_ in range($n) if a_ % 2]",
    "$x = dict(k=$y, m=$z)",
    "$x.update({'u': $y})",
    "$x = $y.get('k')",
    "$x = len(repr($y))",
    "print(repr($y)[:0], len(str($n)))",
    "$x = $y is $z",
    "$x = $y == $n",
    "$x = isinstance($y, Node)",
    "$x = hash((1, $n))",
    "del $x\n$x = $y",
    "$x, *$y = [$y, $z, $n]",
    "gc.collect()",
    "$x = gc.collect(0)",
    "gc.collect(1)",
    "if $x is $y:\n $z = [$x]\nelse:\n $z = [$y]",
    "if $x:\n $y = ($x,)",
    "for i in range($n % 5):\n $x = [i, $y]",
    "for i in ($x, $y):\n $z = i",
    "for i in [$x, $y]:\n if i is $z:\n  break\n continue\nelse:\n $z = i",
    "i = 0\nwhile i < $n % 4:\n $x = [$x, i]\n i += 1",
    "def $f(p, q=$y):\n r = [p, q]\n return r\n$x = $f($z)",
    "def $f(*args, **kw):\n return args, kw\n$x = $f($y, $z, k=$x)",
    "def $f(p):\n def inner():\n  return p\n return inner\n$x = $f($y)\n$z = $x()",
    "def $f(p):\n def inner(q):\n  nonlocal p\n  p = [p, q]\n  return p\n return inner\n$x = $f($y)\n$z = $x($y)",
    "def $f(p, depth):\n if depth == 0:\n  return p\n return $f([p], depth - 1)\n$x = $f($y, $n % 6)",
    "def $f(p):\n yield p\n yield [p]\n$x = $f($y)\n$z = next($x)",
    "def $f(p):\n yield p\n yield [p]\nfor i in $f($x):\n $y = i",
    "def $f(p):\n try:\n  yield p\n finally:\n  p = None\n$x = $f($y)\nnext($x)\ndel $x\n$x = $z",
    "def $f(p):\n got = yield p\n yield got\n$x = $f($y)\nnext($x)\n$z = $x.send($z)",
    "def $f(p):\n yield from [p, p]\n$x = list($f($y))",
    "def $f():\n global $x\n $x = [$y]\n$f()",
    "def $f(p):\n raise ValueError(p)\ntry:\n $f($y)\nexcept ValueError as error:\n $x = error",
    "try:\n $x = $y.missing\nexcept AttributeError:\n $x = [$y]\nfinally:\n $z = $x",
    "try:\n raise KeyError($x)\nexcept (KeyError, IndexError) as error:\n $y = error.args",
    "try:\n try:\n  1 // 0\n except ZeroDivisionError as e:\n  raise TypeError($x) from e\nexcept TypeError as e:\n $y = e.__cause__",
    "with Guard($x) as $y:\n $z = [$y]",
    "with Guard($x):\n raise ValueError($y)",
    "class $F(Node):\n extra = [$x]\n def show(self):\n  return super().show()\n$y = $F($z)\n$x = $y.show()",
    "class $F:\n __slots__ = ('one', 'two')\n$x = $F()\n$x.one = $y",
    "$x = lambda: ($y, $z)\n$y = $x()",
    "$x = iter([$y, $z])\n$z = next($x)",
    "$x = enumerate([$y, $z])\n$z = next($x)",
    "$x = list(zip([$y], [$z]))",
    "$x = list(map(lambda v: [v], ($y, $z)))",
    "$x = max([$n, 3]) + min($n, 2)",
    "$x = sum([$n, 1000]) ** 5",
    "$x = 'a b c'.split() * 2",
    "$x = ','.join(['p', 'q' * $n])",
    "$x = $y and $z",
    "$x = $y if $z else $n",
    "$x = not $y",
    "assert $x is $x",
    "Node.registry.append($x)",
    "Node.registry.clear()",
    "if gc.isenabled():\n gc.disable()\nelse:\n gc.enable()",
    "$x = Node($y)\n$y = Node($x)\n$x.other = $y",
    "$x = Node($y)\n$x.me = $x\n$x = None",
    "$x = []\n$x.append($x)\ndel $x\n$x = $z",
    "$x = {}\n$x['me'] = $x\n$x = 0",
    "$x = Watcher($y)\n$x.me = $x\ndel $x\n$x = gc.collect()",
};

constexpr std::string_view kDefinitions = R"(import gc
revived = []
class Node:
    registry = []
    shared = None
    def __init__(self, other=None):
        self.other = other
    def show(self):
        return self.other
class Leaf(Node):
    def __init__(self, one, two):
        super().__init__(one)
        self.two = two
class Slim:
    __slots__ = ('left', 'right')
class Watcher:
    def __init__(self, what):
        self.what = what
    def __del__(self):
        self.what = [self.what]
class Phoenix:
    def __del__(self):
        revived.append(self)
class Guard:
    def __init__(self, value):
        self.value = value
    def __enter__(self):
        return self.value
    def __exit__(self, kind, error, trace):
        self.error = error
        return True
)";

class Generator
{
public:
    explicit Generator(std::uint32_t seed) : m_random(seed) {}

    std::string run()
    {
        m_text = kDefinitions;
        for (const std::string_view name : kNames)
            line(0, std::string(name) + " = " + std::string(pick(kStarts)));
        const std::uint32_t statements = 3 + below(40);
        // In some programs an error ends the program; in most it is caught.
        const bool careless = below(8) == 0;
        const bool inFunction = below(4) == 0;
        std::uint32_t indent = 0;
        if (inFunction) {
            line(0, "def main(a, b, c, d, e):");
            indent = 1;
        }
        for (std::uint32_t i = 0; i < statements; ++i) {
            std::string_view statement = pick(kStatements);
            // Within main() the names are its parameters.
            while (inFunction && (statement.find("global") != statement.npos || statement.find("nonlocal") != statement.npos))
                statement = pick(kStatements);
            if (careless) {
                expand(statement, indent);
                continue;
            }
            line(indent, "try:");
            expand(statement, indent + 1);
            line(indent, below(3) == 0 ? "except Exception as problem:" : "except Exception:");
            line(indent + 1, below(2) == 0 ? "pass" : std::string(pick(kNames)) + " = [" + std::string(pick(kNames)) + "]");
        }
        if (inFunction)
            line(0, "try:\n    main(a, b, c, d, e)\nexcept Exception as problem:\n    a = problem");
        if (below(2) == 0)
            line(0, "gc.collect()");
        return m_text;
    }

private:
    static constexpr std::array<std::string_view, 5> kNames{"a", "b", "c", "d", "e"};
    static constexpr std::array<std::string_view, 4> kAttributes{"other", "me", "left", "what"};
    static constexpr std::array<std::string_view, 7> kStarts{"[]", "{}", "Node()", "[1, 2]", "(1000, [])", "'some text'", "None"};

    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(m_random() % n); }

    template <class List>
    std::string_view pick(const List &list) { return std::data(list)[below(static_cast<std::uint32_t>(std::size(list)))]; }

    void line(std::uint32_t indent, std::string_view text) { m_text += std::string(4 * indent, ' ') + std::string(text) + '\n'; }

    void expand(std::string_view statement, std::uint32_t indent)
    {
        // One choice for each placeholder and statement, so that $x means the same name throughout.
        const std::array<std::string_view, 3> names{pick(kNames), pick(kNames), pick(kNames)};
        const std::string function = "f" + std::to_string(m_functions), type = "T" + std::to_string(m_functions);
        ++m_functions;
        std::string number = std::to_string(below(12)), out;
        bool atStart = true;
        for (std::size_t i = 0; i < statement.size(); ++i) {
            const char c = statement[i];
            if (atStart) {
                out += std::string(4 * indent, ' ');
                for (; statement[i] == ' '; ++i)
                    out += "    ";
                atStart = false;
                --i;
                continue;
            }
            if (c == '\n')
                atStart = true;
            if (c != '$') {
                out += c;
                continue;
            }
            switch (statement[++i]) {
            case 'x': out += names[0]; break;
            case 'y': out += names[1]; break;
            case 'z': out += names[2]; break;
            case 'n': out += number; break;
            case 't': out += pick(kAttributes); break;
            case 'f': out += function; break;
            case 'F': out += type; break;
            }
        }
        m_text += out + '\n';
    }

    std::mt19937 m_random;
    std::string m_text;
    std::uint32_t m_functions = 0;
};

} // namespace

std::string generateProgram(std::uint32_t seed)
{
    return Generator(seed).run();
}
