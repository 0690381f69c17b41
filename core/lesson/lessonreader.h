#pragma once

#include "core/lesson/lesson.h"
#include "core/lesson/lessontext.h"
#include "core/lesson/yamltree.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace pyrena {

// Fills a Lesson from the pieces of its file and notes every problem on the way.
class LessonReader
{
public:
    LessonReader(Lesson &lesson, std::vector<Diagnostic> &problems) : m_lesson(lesson), m_problems(problems) {}
    void take(const LessonPiece &piece);
    void finish();

private:
    // lessonreader.cpp
    void frontMatter(const LessonPiece &piece);
    void prose(const LessonPiece &piece);
    void block(const LessonPiece &piece);
    void program(const LessonPiece &piece);
    void scene(const LessonPiece &piece);
    // lessonquestions.cpp
    void question(const LessonPiece &piece);
    void repeat(LessonQuestion &question, const YamlNode &root);
    void options(LessonQuestion &question, const YamlNode &node);
    void wrongOptions(LessonQuestion &question, const YamlNode &node);
    void checkQuestion(const LessonQuestion &question);

    // reading values; each notes what is wrong
    std::optional<YamlNode> map(const LessonPiece &piece, std::initializer_list<std::string_view> keys, std::string_view what);
    void checkKeys(const YamlNode &map, std::initializer_list<std::string_view> keys, std::string_view what);
    std::string text(const YamlNode &map, std::string_view key);
    std::string requiredText(const YamlNode &map, std::string_view key, std::uint32_t line, std::string_view example);
    std::string scalar(const YamlNode &node, std::string_view key);
    std::optional<std::uint32_t> count(const YamlNode &node, std::string_view key);
    std::vector<std::string> texts(const YamlNode &map, std::string_view key);
    std::optional<Moment> moment(std::string_view text, const YamlNode &node);
    void checkQuery(std::string_view query, const YamlNode &node);

    void problem(std::uint32_t line, std::string message, std::string hint, std::uint32_t column = 0);

    Lesson &m_lesson;
    std::vector<Diagnostic> &m_problems;
    bool m_hasFrontMatter = false;
};

} // namespace pyrena
