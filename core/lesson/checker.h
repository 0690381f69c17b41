#pragma once

#include "core/lesson/lesson.h"

#include <stop_token>
#include <span>
#include <string>
#include <vector>

namespace pyrena {

// Everything `pyrena check` rejects in one lesson: what loadLesson() found and, when the text can be read, what running
// the program under every profile it names shows. In the order of their lines.
std::vector<Diagnostic> checkLesson(const LoadedLesson &lesson, std::stop_token stop = {});

// What is wrong between lessons: an id used twice, a lesson required that is not there.
// LessonSet::All: these are all lessons there are, so that `requires` can be checked.
enum class LessonSet { Some, All };
std::vector<Diagnostic> checkLessonsTogether(std::span<const Lesson> lessons, LessonSet set);

} // namespace pyrena
