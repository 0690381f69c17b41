#include "core/lesson/lessonreader.h"

#include "core/lesson/query.h"
#include "core/lesson/suggest.h"
#include "core/profile/profile.h"

#include <algorithm>
#include <set>

namespace pyrena {

namespace {

constexpr std::size_t kMaxScenes = 200;

std::string quoted(std::string_view text)
{
    return '\'' + std::string(text) + '\'';
}

std::string listed(std::initializer_list<std::string_view> words)
{
    std::string all;
    for (const std::string_view w : words)
        all += (all.empty() ? "" : ", ") + std::string(w);
    return all;
}

bool isId(std::string_view id)
{
    return !id.empty() && id.size() <= 60 && id.front() != '-'
        && id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

} // namespace

void LessonReader::take(const LessonPiece &piece)
{
    switch (piece.kind) {
    case LessonPiece::Kind::FrontMatter: frontMatter(piece); break;
    case LessonPiece::Kind::Text: prose(piece); break;
    case LessonPiece::Kind::Block: block(piece); break;
    }
}

void LessonReader::finish()
{
    if (m_lesson.programLine == 0)
        problem(1, "the lesson has no program", "add a ```python block after the opening text");
    if (m_lesson.scenes.empty())
        problem(1, "the lesson has no scene", "add ```scene blocks after the program");
    if (m_lesson.questions.empty())
        problem(1, "the lesson has no question", "let the learner predict before a surprising step: add a ```question block");
    if (m_lesson.opening.empty() && m_hasFrontMatter)
        problem(1, "the lesson has no opening text", "say in one short paragraph what it is about, before the program");
    for (const LessonScene &scene : m_lesson.scenes)
        if (scene.narration.empty())
            problem(scene.line, "this scene has no narration", "write one or two sentences below the block");
        else if (const std::size_t n = countSentences(scene.narration); n > 2)
            problem(scene.narrationLine, "this narration has " + std::to_string(n) + " sentences, a scene has two at most",
                    "shorten it or split the scene");
}

void LessonReader::frontMatter(const LessonPiece &piece)
{
    m_hasFrontMatter = true;
    const auto root = map(piece, {"title", "id", "part", "goal", "python", "level", "minutes", "requires", "claims", "glossary"},
                          "the front matter");
    if (!root)
        return;
    m_lesson.title = requiredText(*root, "title", piece.line, "title: The snake that eats its tail");
    m_lesson.goal = requiredText(*root, "goal", piece.line, "goal: See why counting alone can never free a cycle.");
    m_lesson.id = requiredText(*root, "id", piece.line, "id: snake");
    if (!m_lesson.id.empty() && !isId(m_lesson.id))
        problem(root->find("id")->line, quoted(m_lesson.id) + " is not an id", "use small letters, digits and '-'");

    const auto number = [&](std::string_view key, std::uint32_t from, std::uint32_t to) -> std::uint32_t {
        const YamlNode *node = root->find(key);
        if (!node) {
            problem(piece.line, "the front matter has no '" + std::string(key) + "'",
                    "add '" + std::string(key) + ": " + std::to_string(from) + "'");
            return from;
        }
        const auto value = count(*node, key);
        if (value && (*value < from || *value > to))
            problem(node->line, std::string(key) + " must be from " + std::to_string(from) + " to " + std::to_string(to), "change it");
        return value ? std::clamp(*value, from, to) : from;
    };
    m_lesson.part = number("part", 1, 20);
    m_lesson.level = static_cast<int>(number("level", 1, 5));
    m_lesson.minutes = number("minutes", 1, 60);

    m_lesson.python = texts(*root, "python");
    const YamlNode *python = root->find("python");
    if (m_lesson.python.empty())
        problem(python ? python->line : piece.line, "the lesson names no Python profile", "add 'python: [\"3.13\"]'");
    std::set<std::string> seen;
    for (const std::string &profile : m_lesson.python) {
        if (!findProfile(profile))
            problem(python->line, "there is no profile " + quoted(profile), "'pyrena profiles' lists them");
        else if (!findProfile(profile)->runsPrograms)
            problem(python->line, "the profile " + quoted(profile) + " replays recordings only; it runs no programs",
                    "'pyrena profiles' lists those that do");
        if (!seen.insert(profile).second)
            problem(python->line, "the profile " + quoted(profile) + " is named twice", "remove one");
    }
    m_lesson.prerequisites = texts(*root, "requires");
    m_lesson.glossary = texts(*root, "glossary");
    if (const YamlNode *claims = root->find("claims"))
        for (const YamlNode &item : claims->items)
            if (const auto claim = count(item, "claims"))
                m_lesson.claims.push_back(*claim);
}

void LessonReader::prose(const LessonPiece &piece)
{
    std::string *target = &m_lesson.opening;
    if (!m_lesson.scenes.empty()) {
        LessonScene &scene = m_lesson.scenes.back();
        if (scene.narrationLine == 0)
            scene.narrationLine = piece.textLine;
        target = &scene.narration;
    }
    if (!target->empty())
        *target += "\n\n";
    *target += piece.text;
}

void LessonReader::block(const LessonPiece &piece)
{
    if (piece.info == "python")
        program(piece);
    else if (piece.info == "scene")
        scene(piece);
    else if (piece.info == "question")
        question(piece);
    else
        problem(piece.line, piece.info.empty() ? "this block says not what it is" : "a lesson has no " + quoted(piece.info) + " blocks",
                "write ```python, ```scene or ```question");
}

void LessonReader::program(const LessonPiece &piece)
{
    if (m_lesson.programLine != 0) {
        problem(piece.line, "a lesson has one program; the first is in line " + std::to_string(m_lesson.programLine - 1),
                "put both into one block, or make two lessons");
        return;
    }
    if (!m_lesson.scenes.empty())
        problem(piece.line, "the program must stand before the first scene", "move it up");
    m_lesson.program = piece.text;
    m_lesson.programLine = piece.textLine;
    m_lesson.anchors = findAnchors(piece.text);
    std::set<std::string> names;
    std::set<std::uint32_t> lines;
    for (const Anchor &anchor : m_lesson.anchors) {
        const std::uint32_t line = piece.textLine + anchor.line - 1;
        if (!parseMoment("after " + anchor.name))
            problem(line, quoted(anchor.name) + " is not a name for an anchor", "use letters, digits, '-' and '_'");
        if (!names.insert(anchor.name).second)
            problem(line, "the anchor " + quoted(anchor.name) + " is given twice", "an anchor marks one line; rename one");
    }
}

void LessonReader::scene(const LessonPiece &piece)
{
    if (m_lesson.scenes.size() == kMaxScenes) {
        problem(piece.line, "a lesson has at most " + std::to_string(kMaxScenes) + " scenes", "split it");
        return;
    }
    const auto root = map(piece, {"at", "show", "focus", "zoom", "beside"}, "a scene");
    if (!root)
        return;
    LessonScene scene;
    scene.line = piece.line;
    const std::string at = requiredText(*root, "at", piece.line, "at: after born");
    const auto either = at.find(" or ");   // "collect#1.mark or collect#1.subtract_refs"
    if (!at.empty())
        if (const auto m = moment(at.substr(0, either), *root->find("at")))
            scene.at = *m;
    if (either != std::string::npos)
        scene.otherwise = moment(at.substr(either + 4), *root->find("at"));
    scene.focus = text(*root, "focus");
    if (!scene.focus.empty())
        checkQuery(scene.focus, *root->find("focus"));
    scene.beside = text(*root, "beside");
    if (!scene.beside.empty() && std::ranges::find(m_lesson.python, scene.beside) == m_lesson.python.end())
        problem(root->find("beside")->line, "the profile " + quoted(scene.beside) + " beside this scene is not one the lesson holds for",
                "add it to 'python:' at the top");
    for (const std::string &name : texts(*root, "show")) {
        if (const auto figure = figureNamed(name))
            scene.show.push_back(*figure);
        else
            problem(root->find("show")->line, "there is no figure " + quoted(name),
                    "show one or two of objects, memory, collector, process, changes, plots");
    }
    if (!root->find("show"))
        problem(piece.line, "this scene does not say what it shows", "add 'show: objects'");
    else if (scene.show.size() > 2)
        problem(root->find("show")->line, "a scene shows one or two figures", "remove some");
    else if (scene.show.size() == 2 && !scene.beside.empty())
        problem(root->find("show")->line, "two runs beside each other show one figure", "remove one, or 'beside:'");
    if (const std::string zoom = text(*root, "zoom"); !zoom.empty()) {
        const auto known = zoomNamed(zoom);
        scene.zoom = known.value_or(LessonZoom::Free);
        if (!known)
            problem(root->find("zoom")->line, "there is no zoom " + quoted(zoom), "use process, arena, pool or bytes");
        else if (std::ranges::find(scene.show, LessonFigure::Memory) == scene.show.end())
            problem(root->find("zoom")->line, "only the memory figure has a zoom", "add memory to 'show', or remove 'zoom'");
    }
    m_lesson.scenes.push_back(std::move(scene));
}

// ---- values ---------------------------------------------------------------------------------------------------------

std::optional<YamlNode> LessonReader::map(const LessonPiece &piece, std::initializer_list<std::string_view> keys,
                                          std::string_view what)
{
    auto root = parseYaml(piece.text, m_lesson.fileName, piece.textLine, m_problems);
    if (!root)
        return std::nullopt;
    if (root->kind != YamlNode::Kind::Map) {
        problem(piece.line, std::string(what) + " is made of 'key: value' lines", "its keys are " + listed(keys));
        return std::nullopt;
    }
    checkKeys(*root, keys, what);
    return root;
}

void LessonReader::checkKeys(const YamlNode &map, std::initializer_list<std::string_view> keys, std::string_view what)
{
    for (const auto &[key, value] : map.entries) {
        if (std::ranges::find(keys, key.text) != keys.end())
            continue;
        const std::string_view close = closestWord(key.text, std::span(keys.begin(), keys.size()));
        problem(key.line, std::string(what) + " has no key " + quoted(key.text),
                close.empty() ? "its keys are " + listed(keys) : "did you mean " + quoted(close) + '?', key.column);
    }
}

std::string LessonReader::scalar(const YamlNode &node, std::string_view key)
{
    if (node.kind == YamlNode::Kind::Scalar)
        return node.text;
    problem(node.line, quoted(key) + (node.kind == YamlNode::Kind::Null ? " is empty" : " must be one text"),
            "write a text, in double quotes if it holds ':' or '#'", node.column);
    return {};
}

std::string LessonReader::text(const YamlNode &map, std::string_view key)
{
    const YamlNode *node = map.find(key);
    return node ? scalar(*node, key) : std::string();
}

std::string LessonReader::requiredText(const YamlNode &map, std::string_view key, std::uint32_t line, std::string_view example)
{
    if (!map.find(key)) {
        problem(line, "there is no " + quoted(key), "add one, for example '" + std::string(example) + "'");
        return {};
    }
    return text(map, key);
}

std::optional<std::uint32_t> LessonReader::count(const YamlNode &node, std::string_view key)
{
    if (node.kind == YamlNode::Kind::Scalar && !node.text.empty() && node.text.size() <= 6
        && node.text.find_first_not_of("0123456789") == std::string::npos)
        return static_cast<std::uint32_t>(std::stoul(node.text));
    problem(node.line, quoted(key) + " must be a whole number", "write digits only", node.column);
    return std::nullopt;
}

std::vector<std::string> LessonReader::texts(const YamlNode &map, std::string_view key)
{
    std::vector<std::string> all;
    const YamlNode *node = map.find(key);
    if (!node)
        return all;
    if (node->kind == YamlNode::Kind::Sequence) {
        for (const YamlNode &item : node->items)
            if (std::string value = scalar(item, key); !value.empty())
                all.push_back(std::move(value));
    } else if (std::string value = scalar(*node, key); !value.empty()) {
        all.push_back(std::move(value));
    }
    return all;
}

std::optional<Moment> LessonReader::moment(std::string_view text, const YamlNode &node)
{
    const auto parsed = parseMoment(text);
    if (!parsed) {
        problem(node.line, parsed.error().message, parsed.error().hint, node.column);
        return std::nullopt;
    }
    if (parsed->kind == Moment::Kind::Anchor && std::ranges::find(m_lesson.anchors, parsed->name, &Anchor::name) == m_lesson.anchors.end()) {
        std::vector<std::string_view> names;
        for (const Anchor &a : m_lesson.anchors)
            names.push_back(a.name);
        const std::string_view close = closestWord(parsed->name, names);
        problem(node.line, "the program has no anchor " + quoted(parsed->name),
                close.empty() ? "mark its line with '#@ " + parsed->name + "'" : "did you mean " + quoted(close) + '?', node.column);
    }
    return *parsed;
}

void LessonReader::checkQuery(std::string_view query, const YamlNode &node)
{
    const auto parsed = Query::parse(query);
    if (!parsed) {
        const auto &e = parsed.error();
        problem(node.line, e.message + " in " + quoted(query)
                    + (e.column > 0 ? ", character " + std::to_string(e.column) : std::string()), e.hint, node.column);
        return;
    }
    for (const Moment &m : parsed->moments())
        moment(toString(m), node);
}

void LessonReader::problem(std::uint32_t line, std::string message, std::string hint, std::uint32_t column)
{
    m_problems.push_back({m_lesson.fileName, {{line, column}, {line, column}}, std::move(message), std::move(hint)});
}

} // namespace pyrena
