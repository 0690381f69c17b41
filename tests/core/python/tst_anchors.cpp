#include "core/python/syntax/anchors.h"

#include <doctest/doctest.h>

using namespace pyrena;

TEST_CASE("anchors are found in comments and nowhere else")
{
    const auto anchors = findAnchors("a = []   #@ born\n"
                                     "s = '#@ no anchor'\n"
                                     "# an ordinary #@ comment\n"
                                     "t = '''\n#@ text\n'''\n"
                                     "f = f'#@ {a} #@ x'\n"
                                     "g(a,  #@ inside\n"
                                     "  b)\n"
                                     "    #@let-go  \n"
                                     "#@\n");
    CHECK(anchors == std::vector<Anchor> {{"born", 1}, {"inside", 8}, {"let-go", 10}});
}

TEST_CASE("anchors before an error are found")
{
    CHECK(findAnchors("a = 1 #@ one\nb = 'open\nc #@ two\n") == std::vector<Anchor> {{"one", 1}});
}

TEST_CASE("hidden anchors leave line numbers, line ends and strings alone")
{
    CHECK(hideAnchors("a = []   #@ born\ns = '#@ x' # kept\n#@ alone\nb\t#@ last") == "a = []\ns = '#@ x' # kept\n\nb");
    CHECK(hideAnchors("a #@ x\r\nb\r\n") == "a\r\nb\r\n");
    CHECK(hideAnchors("a #@ x\rb #@ y\r") == "a\rb\r");
    CHECK(hideAnchors("\xef\xbb\xbf" "a #@ x\n") == "\xef\xbb\xbf" "a\n");
    CHECK(hideAnchors("größe = 1 #@ größe\n") == "größe = 1\n");
    CHECK(hideAnchors("") == "");
}
