#pragma once

#include "core/lesson/lesson.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace pyrena::testing {

inline std::string contentOf(const std::filesystem::path &file)
{
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// The lessons of the program with what their text alone shows to be wrong, by number.
inline std::vector<LoadedLesson> loadedLessons()
{
    std::vector<LoadedLesson> all;
    for (const auto &entry : std::filesystem::directory_iterator(std::filesystem::path(PYRENA_SOURCE_DIR) / "lessons"))
        if (entry.path().extension() == ".md")
            all.push_back(loadLesson(contentOf(entry.path()), entry.path().filename().string()));
    std::ranges::sort(all, {}, [](const LoadedLesson &l) { return l.lesson.fileName; });
    return all;
}

} // namespace pyrena::testing
