#include "randomprogram.h"

#include <random>
#include <vector>

namespace {

class Writer
{
public:
    explicit Writer(std::uint32_t seed) : m_random(seed) {}

    std::string program()
    {
        block(0, {});
        return m_text;
    }

private:
    struct Place { bool function = false, loop = false; int depth = 0; };

    int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(m_random); }
    std::string name() { return std::string(1, static_cast<char>('a' + pick(6))); }
    void line(int indent, const std::string &text) { m_text += std::string(static_cast<std::size_t>(indent) * 4, ' ') + text + '\n'; }

    std::string expression(int depth)
    {
        if (depth <= 0)
            return pick(3) == 0 ? std::to_string(pick(400)) : name();
        const auto sub = [this, depth] { return expression(depth - 1); };
        switch (pick(22)) {
        case 0: return "(" + sub() + " + " + sub() + ")";
        case 1: return "(" + sub() + " and " + sub() + " or " + sub() + ")";
        case 2: return "(" + sub() + " if " + sub() + " else " + sub() + ")";
        case 3: return "(" + sub() + " < " + sub() + " <= " + sub() + ")";
        case 4: return name() + "(" + sub() + ", *" + sub() + ", k=" + sub() + ")";
        case 5: return name() + ".m(" + sub() + ", k=" + sub() + ")";
        case 6: return "[" + sub() + " for " + name() + " in " + sub() + " if " + sub() + "]";
        case 7: return "{" + sub() + ": " + sub() + ", **" + sub() + "}";
        case 8: return "(lambda " + name() + ", k=" + sub() + ": " + sub() + ")";
        case 9: return name() + "[" + sub() + ":" + sub() + "]";
        case 10: return "f'{" + name() + "!r:>{" + name() + "}}x'";
        case 11: return "{" + sub() + " for " + name() + " in " + sub() + " for " + name() + " in [" + sub() + "]}";
        case 12: return "(not " + sub() + " in [" + sub() + ", " + sub() + "])";
        case 13: return "sum(" + sub() + " for " + name() + " in " + sub() + ")";
        case 14: return "[" + sub() + ", *" + sub() + ", " + sub() + "]";
        case 15: return "{" + sub() + ": " + sub() + " for " + name() + ", " + name() + " in " + sub() + "}";
        case 16: return "(" + sub() + ", " + sub() + ")";
        case 17: return "('%s %r' % (" + sub() + ", " + sub() + "))";
        default: return sub();
        }
    }

    std::string target()
    {
        switch (pick(6)) {
        case 0: return name() + ", " + name();
        case 1: return name() + ", *" + name() + ", " + name();
        case 2: return name() + ".x";
        case 3: return name() + "[" + expression(1) + "]";
        default: return name();
        }
    }

    void block(int indent, Place place)
    {
        for (int i = pick(3); i >= 0; --i)
            statement(indent, place);
    }

    void simple(int indent, const Place &place)
    {
        switch (pick(12)) {
        case 0: case 1: line(indent, target() + " = " + expression(2)); break;
        case 2: line(indent, name() + ", " + name() + " = " + name() + ", " + expression(1)); break;
        case 3: line(indent, name() + ".x += " + expression(1)); break;
        case 4: line(indent, "del " + name()); break;
        case 5: line(indent, place.function ? "return " + expression(1) : "pass"); break;
        case 6: line(indent, place.function ? "return" : "assert " + expression(2) + ", " + expression(1)); break;
        case 7: line(indent, place.loop ? "break" : name()); break;
        case 8: line(indent, place.loop ? "continue" : "import a.b as " + name()); break;
        case 9: line(indent, "raise " + name() + " from " + expression(1)); break;
        case 10: line(indent, place.function && pick(2) == 0 ? "x = yield " + name() : name() + "[1] -= 2"); break;
        default: line(indent, expression(3)); break;
        }
    }

    void statement(int indent, Place place)
    {
        if (++place.depth > 6 || ++m_statements > 40)
            return simple(indent, place);
        Place inside = place;
        switch (pick(14)) {
        case 0:
            line(indent, "if " + expression(2) + ":");
            block(indent + 1, inside);
            if (pick(2) == 0) {
                line(indent, "else:");
                block(indent + 1, inside);
            }
            break;
        case 1: case 2:
            line(indent, pick(2) == 0 ? "while " + expression(1) + ":" : "for " + target() + " in " + expression(1) + ":");
            inside.loop = true;
            block(indent + 1, inside);
            if (pick(3) == 0) {
                line(indent, "else:");
                block(indent + 1, place);
            }
            break;
        case 3: case 4: case 5: {
            line(indent, "try:");
            block(indent + 1, inside);
            const int handlers = pick(3);
            for (int i = 0; i < handlers; ++i) {
                line(indent, i + 1 == handlers && pick(3) == 0 ? "except:"
                             : pick(2) == 0                    ? "except " + name() + " as " + name() + ":"
                                                               : "except " + name() + ":");
                block(indent + 1, inside);
            }
            if (handlers > 0 && pick(3) == 0) {
                line(indent, "else:");
                block(indent + 1, inside);
            }
            if (handlers == 0 || pick(2) == 0) {
                line(indent, "finally:");
                block(indent + 1, inside);
            }
            break;
        }
        case 6: case 7:
            line(indent, pick(2) == 0 ? "with " + expression(1) + " as (" + target() + "):" : "with a, b as c:");
            block(indent + 1, inside);
            break;
        case 8:
            line(indent, "def " + name() + "(a, *b, c=1, **d):");
            inside = {};
            inside.depth = place.depth;
            inside.function = true;
            block(indent + 1, inside);
            break;
        case 9:
            line(indent, "class " + name() + "(" + name() + "):");
            inside = {};
            inside.depth = place.depth;
            block(indent + 1, inside);
            break;
        default: simple(indent, place); break;
        }
    }

    std::mt19937 m_random;
    int m_statements = 0;   // then only simple ones, to come to an end
    std::string m_text;
};

} // namespace

std::string randomProgram(std::uint32_t seed)
{
    return Writer(seed).program();
}
