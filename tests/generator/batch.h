#pragma once

#include "app/cli/realpython.h"
#include "core/profile/profile.h"

#include <string>
#include <vector>

namespace pyrena::generator {

// What a program printed on stdout, and whether it ended with status 0. A program that could not be run says why.
struct Printed
{
    std::string text;
    bool succeeded = false;
    friend bool operator==(const Printed &, const Printed &) = default;
};

Printed simulate(const PythonProfile &profile, const std::string &program);

// All the programs in one process of the interpreter, each in a copy of it (fork), which is far faster than a process for each.
// An Error: the interpreter cannot be run.
Result<std::vector<Printed>> runReal(const cli::RealPython &python, const std::vector<std::string> &programs);

} // namespace pyrena::generator
