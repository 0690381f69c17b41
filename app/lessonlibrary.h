#pragma once

#include <QString>

#include "core/lesson/lesson.h"

#include <optional>
#include <vector>

namespace pyrena {

struct LibraryLesson
{
    QString path;              // a file, or inside the program's resources
    Lesson lesson;
};

// The lessons the program finds: beside the binary, where it is installed, in the source folder of a build, or inside
// the program itself; the first place that has any.
class LessonLibrary
{
public:
    LessonLibrary();
    explicit LessonLibrary(const QString &folder);

    const std::vector<LibraryLesson> &lessons() const { return m_lessons; }   // in their order
    const std::vector<Diagnostic> &problems() const { return m_problems; }    // of files that could not be used
    int indexOf(const QString &id) const;                                     // -1: none

private:
    void load(const QString &folder);

    std::vector<LibraryLesson> m_lessons;
    std::vector<Diagnostic> m_problems;
};

// A text file, or why it cannot be read. At most `maxBytes`.
Result<std::string> readTextFile(const QString &path, qint64 maxBytes = 4 << 20);

} // namespace pyrena
