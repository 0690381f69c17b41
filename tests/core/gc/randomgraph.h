#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace pyrena::testing {

// A program that makes up to `most` objects, links them at random, keeps a few by name, lets go of the others and collects.
// Plain objects, lists and dicts; with finalizers, some of the instances have a __del__.
inline std::string randomGraphProgram(std::uint32_t seed, std::uint32_t most = 200, bool finalizers = false)
{
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t n) { return random() % n; };
    const std::uint32_t n = 1 + below(most);
    const std::uint32_t edges = below(2 * n + 1);
    std::string kinds, from, to, kept;
    for (std::uint32_t i = 0; i < n; ++i)
        kinds += "NLDF"[below(finalizers ? 4 : 3)];
    for (std::uint32_t e = 0; e < edges; ++e) {
        from += std::to_string(below(n)) + ", ";
        to += std::to_string(below(n)) + ", ";
    }
    for (std::uint32_t k = below(4); k > 0; --k)
        kept += "made[" + std::to_string(below(n)) + "], ";
    return "import gc\ngc.disable()\ngc.collect()\n"
           "class Node: pass\n"
           "class Final:\n    def __del__(self): pass\n"
           "def build():\n"
           "    made = []\n"
           "    for kind in '" + kinds + "':\n"
           "        if kind == 'N': made.append(Node())\n"
           "        elif kind == 'L': made.append([])\n"
           "        elif kind == 'D': made.append({})\n"
           "        else: made.append(Final())\n"
           "    where = 0\n"
           "    to = (" + to + ")\n"
           "    for a in (" + from + "):\n"
           "        x = made[a]\n"
           "        y = made[to[where]]\n"
           "        where += 1\n"
           "        if type(x) is list: x.append(y)\n"
           "        elif type(x) is dict: x[where] = y\n"
           "        elif where % 2: x.one = y\n"
           "        else: x.two = y\n"
           "    return [" + kept + "]\n"
           "keep = build()\n"
           "gc.collect()\n" + (finalizers ? "gc.collect()\n" : "");
}

} // namespace pyrena::testing
