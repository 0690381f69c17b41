// pyrena-core: the command line of a build without the window.
#include "app/cli/cli.h"

#include "core/base/verify.h"

#include <iostream>
#include <string_view>
#include <vector>

#include <unistd.h>

int main(int argc, char **argv)
{
    std::ios::sync_with_stdio(false);
    const std::vector<std::string_view> args(argv + 1, argv + argc);
    try {
        return pyrena::cli::run(args, {std::cin, std::cout, std::cerr, isatty(STDERR_FILENO) != 0});
    } catch (const pyrena::InternalError &e) {
        std::cerr << "pyrena: internal error: " << e.what() << "; please report it with the script\n";
        return pyrena::cli::Environment;
    }
}
