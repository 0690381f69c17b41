#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// The recorded programs under tests/data/programs.
struct Program
{
    std::string name;
    std::string source;
};

inline std::vector<Program> recordedPrograms()
{
    std::vector<Program> result;
    for (const auto &entry : std::filesystem::directory_iterator(PYRENA_TEST_DATA "/programs")) {
        if (entry.path().extension() != ".py")
            continue;
        std::ifstream file(entry.path(), std::ios::binary);
        result.push_back({entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(file), {})});
    }
    std::sort(result.begin(), result.end(), [](const Program &a, const Program &b) { return a.name < b.name; });
    return result;
}
