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
// The same, each in a process of its own from a file of its own, as a user would: slower, and exact to the last counter. A child of a
// running interpreter begins with other free lists and frames, and where no file is, less is opened to tell of an exception.
Result<std::vector<Printed>> runEachReal(const cli::RealPython &python, const std::vector<std::string> &programs);

} // namespace pyrena::generator
