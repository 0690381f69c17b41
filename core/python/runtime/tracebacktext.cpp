// The excerpts of source in tracebacks. How each version marks the failing part was measured with 3.11.7, 3.12.1 and 3.13.0;
// tests/core/python/tst_tracebacks.cpp holds the programs and what they printed.
#include "core/python/runtime/tracebacktext.h"

#include "core/python/syntax/parser.h"
#include "core/python/text/unicode.h"
#include "core/python/text/utf8.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace pyrena {

namespace {

struct At
{
    std::size_t line = 0, column = 0;   // from 0
    friend auto operator<=>(const At &, const At &) = default;
};

// The marks between them are '^', those outside '~'.
struct Anchors
{
    At left, right;
};

using Line = std::u32string;

bool isBlank(char32_t c) { return text::isSpace(c); }

std::size_t indentOf(const Line &line)
{
    return static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), isBlank) - line.begin());
}

std::size_t strippedEnd(const Line &line)
{
    std::size_t end = line.size();
    while (end > 0 && isBlank(line[end - 1]))
        --end;
    return end;
}

// The expression that the text is, if it is nothing else. The first line of the text is line 0 of the spans that `At` stands for.
class Segment
{
public:
    explicit Segment(const std::string &text)
    {
        // In parentheses, so that it may go over several lines.
        auto parsed = parse("(\n" + text + "\n)", "");
        if (!parsed)
            return;
        m_module = std::move(*parsed);
        if (m_module->body.size() != 1)
            return;
        if (const auto *statement = std::get_if<ast::ExprStmt>(&m_module->body.front()->node))
            m_expression = statement->value.get();
    }
    const ast::Expr *expression() const { return m_expression; }
    static At place(const SourcePosition &position) { return {position.line - 2, position.column - 1}; }

private:
    std::optional<ast::Module> m_module;
    const ast::Expr *m_expression = nullptr;
};

// From `at` over blanks, closing parentheses, line ends and comments to the next character of the text.
std::optional<At> nextSign(const std::vector<Line> &lines, At at)
{
    for (; at.line < lines.size(); ++at.line, at.column = 0) {
        const Line &line = lines[at.line];
        for (; at.column < line.size(); ++at.column) {
            const char32_t c = line[at.column];
            if (c == U'#' || c == U'\\')
                break;
            if (!isBlank(c) && c != U')')
                return at;
        }
    }
    return std::nullopt;
}

// Where the operator, the subscript or (3.13+) the parentheses of a call stand in a part of the source.
std::optional<Anchors> anchorsOf(const std::string &text, const std::vector<Line> &lines, bool marksCalls)
{
    const Segment segment(text);
    if (!segment.expression())
        return std::nullopt;
    const ast::Expr &expr = *segment.expression();
    if (const auto *binary = std::get_if<ast::BinOp>(&expr.node)) {
        const auto sign = nextSign(lines, Segment::place(binary->left->span.end));
        if (!sign)
            return std::nullopt;
        At end{sign->line, sign->column + 1};
        const Line &line = lines[sign->line];
        const bool beforeRight = end < Segment::place(binary->right->span.begin);
        if (beforeRight && end.column < line.size() && !isBlank(line[end.column]) && line[end.column] != U'\\' && line[end.column] != U'#')
            ++end.column;
        return Anchors{*sign, end};
    }
    if (const auto *subscript = std::get_if<ast::Subscript>(&expr.node)) {
        const auto sign = nextSign(lines, Segment::place(subscript->value->span.end));
        const auto end = nextSign(lines, Segment::place(subscript->slice->span.end));
        if (!sign || !end)
            return std::nullopt;
        return Anchors{*sign, {end->line, end->column + 1}};
    }
    if (const auto *call = std::get_if<ast::Call>(&expr.node); call && marksCalls) {
        const auto sign = nextSign(lines, Segment::place(call->func->span.end));
        if (!sign)
            return std::nullopt;
        return Anchors{*sign, Segment::place(expr.span.end)};
    }
    return std::nullopt;
}

// East Asian wide characters take two columns (Unicode's EastAsianWidth W and F, the large blocks).
std::size_t columnsOf(char32_t c)
{
    const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0x303E) || (c >= 0x3041 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1F64F) || (c >= 0x1F900 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
}

// A call of a name that is returned, or a call that is assigned: 3.13 shows such a line without marks when the call is what
// failed and nothing stands behind it.
bool isPlainCall(const std::vector<Line> &lines, const std::string &text, std::size_t begin, std::size_t end)
{
    const Segment segment(text);
    const auto *call = segment.expression() ? std::get_if<ast::Call>(&segment.expression()->node) : nullptr;
    if (!call)
        return false;
    const Line behind = lines.back().substr(std::min(end, lines.back().size()));
    if (const std::size_t sign = indentOf(behind); sign < behind.size() && behind[sign] != U'#' && behind[sign] != U';')
        return false;
    const Line before = lines.front().substr(0, begin);
    if (before.substr(0, strippedEnd(before)) == U"return")
        return std::holds_alternative<ast::Name>(call->func->node);
    const auto assigned = parse(text::encodeUtf8(before) + "0", "");
    return assigned && assigned->body.size() == 1 && std::holds_alternative<ast::Assign>(assigned->body.front()->node);
}

// The part of the source in the span, line ends included.
std::string textBetween(const std::vector<Line> &lines, std::size_t begin, std::size_t end)
{
    std::string out;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t from = i == 0 ? begin : 0, to = i + 1 == lines.size() ? end : lines[i].size();
        out += (i > 0 ? "\n" : "") + text::encodeUtf8(lines[i].substr(std::min(from, lines[i].size()), to > from ? to - from : 0));
    }
    return out;
}

// 3.11 and 3.12: the first line; what goes on in further lines counts as reaching to its end.
std::string markedLine(const Line &line, const SourceSpan &span)
{
    const std::size_t indent = indentOf(line), last = strippedEnd(line);
    std::string out = "    " + text::encodeUtf8(line.substr(indent, last - indent)) + '\n';
    const bool oneLine = span.begin.line == span.end.line;
    const std::size_t begin = span.begin.column - 1, end = oneLine ? std::min<std::size_t>(span.end.column - 1, line.size()) : last;
    if (begin < indent || end <= begin)
        return out;
    std::optional<Anchors> anchors;
    if (oneLine) {
        const std::vector<Line> segment{line.substr(begin, end - begin)};
        anchors = anchorsOf(text::encodeUtf8(segment.front()), segment, false);
    }
    if (!anchors && begin == indent && end >= last)
        return out;
    out += "    ";
    for (std::size_t i = indent; i < end; ++i) {
        const bool beside = anchors && i >= begin && (i - begin < anchors->left.column || i - begin >= anchors->right.column);
        out += std::string(columnsOf(line[i]), i < begin ? ' ' : beside ? '~' : '^');
    }
    return out + '\n';
}

// 3.13: every line of the span, without the indentation they share.
std::string markedLines(std::vector<Line> lines, std::size_t begin, std::size_t end)
{
    std::size_t shared = SIZE_MAX;
    for (Line &line : lines)
        if (indentOf(line) == line.size())
            line.clear();
        else
            shared = std::min(shared, indentOf(line));
    if (shared == SIZE_MAX || begin < shared)
        return {};
    for (Line &line : lines)
        line.erase(0, shared);
    begin -= shared;
    end -= std::min(end, shared);
    const std::string text = textBetween(lines, begin, end);
    std::vector<Line> segment = lines;
    segment.back().resize(std::min(end, segment.back().size()));
    segment.front().erase(0, begin);
    auto anchors = anchorsOf(text, segment, true);
    if (anchors) {   // from the segment to the lines
        for (At *at : {&anchors->left, &anchors->right})
            if (at->line == 0)
                at->column += begin;
    }
    const bool all = indentOf(lines.front()) >= begin && strippedEnd(lines.back()) <= end;
    const bool marks = end > 0 && !isPlainCall(lines, text, begin, end) && (anchors || !all);

    // The ends, and what is around the marks of an operator.
    const std::size_t last = lines.size() - 1;
    std::set<std::size_t> shown{0, last};
    if (anchors)
        for (const std::size_t line : {anchors->left.line, anchors->right.line})
            for (std::size_t near = line == 0 ? 0 : line - 1; near <= std::min(line + 1, last); ++near)
                shown.insert(near);
    std::string out;
    std::size_t next = 0;
    const auto show = [&](std::size_t i) {
        const Line &line = lines[i];
        out += "    " + text::encodeUtf8(line.substr(0, strippedEnd(line))) + '\n';
        if (!marks)
            return;
        const std::size_t from = i == 0 ? begin : indentOf(line), to = i == last ? end : strippedEnd(line);
        std::string below;
        for (std::size_t c = 0; c < std::min(to, line.size()); ++c) {
            const At at{i, c};
            below += std::string(columnsOf(line[c]), c < from ? ' ' : anchors && (at < anchors->left || at >= anchors->right) ? '~' : '^');
        }
        out += "    " + below + '\n';
    };
    for (const std::size_t i : shown) {
        if (i == next + 1)
            show(next);
        else if (i > next)
            out += "    ...<" + std::to_string(i - next) + " lines>...\n";
        show(i);
        next = i + 1;
    }
    return out;
}

} // namespace

std::string tracebackExcerpt(std::span<const std::string> sourceLines, const SourceSpan &span, const PythonProfile &profile,
                             TracebackMarks marks)
{
    if (span.begin.line == 0 || span.begin.line > sourceLines.size())
        return {};
    const Line first = text::decodeUtf8(sourceLines[span.begin.line - 1]);
    const std::size_t indent = indentOf(first);
    if (indent == first.size())
        return {};
    if (profile.minor <= 10 || marks == TracebackMarks::None)
        return "    " + text::encodeUtf8(first.substr(indent, strippedEnd(first) - indent)) + '\n';
    if (profile.minor <= 12)
        return markedLine(first, span);
    std::vector<Line> lines;
    for (std::size_t line = span.begin.line; line <= std::min<std::size_t>(span.end.line, sourceLines.size()); ++line)
        lines.push_back(text::decodeUtf8(sourceLines[line - 1]));
    return markedLines(std::move(lines), span.begin.column - 1, span.end.column - 1);
}

} // namespace pyrena
