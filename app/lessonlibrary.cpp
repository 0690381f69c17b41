#include "app/lessonlibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace pyrena {

namespace {

QStringList places()
{
    const QString binary = QCoreApplication::applicationDirPath();
    return {binary + QStringLiteral("/lessons"), binary + QStringLiteral("/../share/pyrena/lessons"),
#ifdef PYRENA_LESSON_DIR
            QStringLiteral(PYRENA_LESSON_DIR),
#endif
            QStringLiteral(":/lessons")};
}

} // namespace

Result<std::string> readTextFile(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{QCoreApplication::translate("File", "%1 cannot be read: %2. Check the name and the permissions.")
                         .arg(QDir::toNativeSeparators(path), file.errorString()).toStdString()};
    const QByteArray bytes = file.read(maxBytes + 1);
    if (bytes.size() > maxBytes)
        return Error{QCoreApplication::translate("File", "%1 is larger than %2 KiB. Pyrena opens lessons and short scripts.")
                         .arg(QDir::toNativeSeparators(path)).arg(maxBytes / 1024).toStdString()};
    return bytes.toStdString();
}

LessonLibrary::LessonLibrary()
{
    for (const QString &place : places()) {
        load(place);
        if (!m_lessons.empty())
            return;
    }
}

LessonLibrary::LessonLibrary(const QString &folder)
{
    load(folder);
}

void LessonLibrary::load(const QString &folder)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name)) {
        const QString path = dir.filePath(name);
        const auto text = readTextFile(path, kMaxLessonBytes);
        if (!text || !looksLikeLesson(*text))
            continue;
        LoadedLesson loaded = loadLesson(*text, path.toStdString());
        if (!loaded.ok()) {
            m_problems.push_back(loaded.problems.front());
            continue;
        }
        m_lessons.push_back({path, std::move(loaded.lesson)});
    }
    std::stable_sort(m_lessons.begin(), m_lessons.end(), [](const LibraryLesson &a, const LibraryLesson &b) {
        const auto key = [](const LibraryLesson &l) { return l.lesson.number ? l.lesson.number : 0xffffffffu; };
        return key(a) < key(b);
    });
}

int LessonLibrary::indexOf(const QString &id) const
{
    const std::string wanted = id.toStdString();
    const auto found = std::find_if(m_lessons.begin(), m_lessons.end(), [&wanted](const LibraryLesson &l) { return l.lesson.id == wanted; });
    return found == m_lessons.end() ? -1 : static_cast<int>(found - m_lessons.begin());
}

} // namespace pyrena
