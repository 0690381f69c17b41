#include "core/lesson/moment.h"

#include <algorithm>
#include <array>
#include <optional>

namespace pyrena {

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Nine digits are more than any recording has steps.
std::optional<std::uint32_t> number(std::string_view digits)
{
    if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return static_cast<std::uint32_t>(std::stoul(std::string(digits)));
}

constexpr auto kPhases = std::to_array<std::pair<StepKind, const char *>>({
    {StepKind::MergeYounger, "merge_younger"},
    {StepKind::UpdateRefs, "update_refs"},
    {StepKind::SubtractRefs, "subtract_refs"},
    {StepKind::MoveUnreachable, "move_unreachable"},
    {StepKind::UntrackTuples, "untrack_tuples"},
    {StepKind::UntrackDicts, "untrack_dicts"},
    {StepKind::MoveLegacyFinalizers, "move_legacy_finalizers"},
    {StepKind::HandleWeakrefs, "handle_weakrefs"},
    {StepKind::FinalizeGarbage, "finalize_garbage"},
    {StepKind::HandleResurrectedObjects, "handle_resurrected_objects"},
    {StepKind::DeleteGarbage, "delete_garbage"},
    {StepKind::ClearFreeLists, "clear_freelists"},
    {StepKind::MarkRoots, "mark_roots"},
    {StepKind::MarkReachable, "mark"},
    {StepKind::FillIncrement, "fill_increment"},
    {StepKind::Sweep, "sweep"},
    {StepKind::ComputeForwarding, "compute_forwarding"},
    {StepKind::UpdatePointers, "update_pointers"},
    {StepKind::SlideObjects, "slide"},
    {StepKind::CopyRoots, "copy_roots"},
    {StepKind::ScanRemembered, "scan_remembered"},
    {StepKind::ScanCopies, "scan_copies"},
    {StepKind::FlipSpaces, "flip"},
});

std::string phaseList()
{
    std::string all;
    for (const auto &[kind, name] : kPhases)
        all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

MomentProblem notAMoment(std::string_view text)
{
    return {"'" + std::string(text) + "' is not a moment",
            "write start, end, a step number, line:4, line:4#2, after ANCHOR, before ANCHOR#2 or collect#1.subtract_refs"};
}

// Splits "name#3" into name and 3. No '#': 1. A problem: what follows is no number from 1 on.
std::optional<std::uint32_t> takeOccurrence(std::string_view &text)
{
    const auto hash = text.rfind('#');
    if (hash == std::string_view::npos)
        return 1;
    const auto k = number(text.substr(hash + 1));
    text = text.substr(0, hash);
    return k && *k > 0 ? k : std::nullopt;
}

Result<Moment, MomentProblem> parseCollection(std::string_view text, std::string_view whole, Moment::Side side)
{
    Moment m;
    m.kind = Moment::Kind::Collection;
    m.side = side;
    std::string_view rest = text.substr(std::string_view("collect").size());
    if (rest.starts_with('#')) {   // collect#2 or collect#2.phase
        const auto dot = rest.find('.');
        const auto which = number(rest.substr(1, dot == std::string_view::npos ? dot : dot - 1));
        if (!which || *which == 0)
            return notAMoment(whole);
        m.collection = *which;
        rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot);
    }
    if (rest.starts_with('.')) {
        rest.remove_prefix(1);
        if (const auto dot = rest.find('.'); dot != std::string_view::npos) {   // phase.visit#3
            std::string_view visit = rest.substr(dot + 1);
            rest = rest.substr(0, dot);
            const auto which = takeOccurrence(visit);
            if (!which || visit != "visit")
                return notAMoment(whole);
            m.visit = *which;
        }
        const auto k = takeOccurrence(rest);
        if (!k)
            return notAMoment(whole);
        m.occurrence = *k;
        m.name = rest;
        if (std::ranges::none_of(kPhases, [&](const auto &p) { return m.name == p.second; }))
            return MomentProblem{"'" + m.name + "' is not a phase of a collection", "the phases are " + phaseList()};
    } else if (!rest.empty()) {
        return notAMoment(whole);
    }
    return m;
}

Result<Moment, MomentProblem> parseAnchored(std::string_view text, std::string_view whole, Moment::Side side)
{
    if (text.starts_with("collect.") || text.starts_with("collect#")) {
        // An anchor may be called "collect", too: "after collect#2" is its second time.
        if (text.find('.') != std::string_view::npos)
            return parseCollection(text, whole, side);
    }
    Moment m;
    m.kind = Moment::Kind::Anchor;
    m.side = side;
    const auto k = takeOccurrence(text);
    if (!k || text.empty() || !std::ranges::all_of(text, isNameCharacter))
        return notAMoment(whole);
    m.occurrence = *k;
    m.name = text;
    return m;
}

struct Span
{
    std::uint32_t begin, end;
    StepId step = {};
};

// The times a line ran. Statements that share a line (`a = 1; b = 2`) and follow each other are one time.
std::vector<Span> timesOfLine(const Trace &trace, std::uint32_t line)
{
    std::vector<Span> times;
    const Step *previous = nullptr;
    for (const Step &step : trace.steps.all()) {
        if (step.kind != StepKind::Statement)
            continue;
        const bool starts = step.span.begin.line == line;
        const bool covers = step.span.begin.line < line && line <= step.span.end.line;
        if (!starts && !covers)
            continue;
        const bool joins = starts && previous && previous->parent == step.parent
            && previous->span.begin.line == line && previous->span.begin.column < step.span.begin.column
            && previous->end <= step.begin;
        if (joins)
            times.back().end = step.end;
        else
            times.push_back({step.begin, step.end});
        previous = &step;
    }
    return times;
}

std::vector<Span> stepsOfKind(const Trace &trace, StepKind kind, std::uint32_t from, std::uint32_t to)
{
    std::vector<Span> found;
    for (std::uint32_t i = from; i < to; ++i)
        if (const Step &step = trace.steps[StepId(i)]; step.kind == kind)
            found.push_back({step.begin, step.end, StepId(i)});
    return found;
}

Result<Span, MomentProblem> pickSpan(const std::vector<Span> &all, std::uint32_t occurrence, const std::string &what)
{
    if (all.empty())
        return MomentProblem{what + " never comes in this recording", "check that the program gets there"};
    if (all.size() < occurrence)
        return MomentProblem{what + " comes " + (all.size() == 1 ? "once" : std::to_string(all.size()) + " times")
                                 + " in this recording, not " + std::to_string(occurrence) + " times",
                             "use a number up to " + std::to_string(all.size())};
    return all[occurrence - 1];
}

Result<std::uint32_t, MomentProblem> pick(const std::vector<Span> &all, std::uint32_t occurrence, Moment::Side side,
                                          const std::string &what)
{
    const auto span = pickSpan(all, occurrence, what);
    if (!span)
        return span.error();
    return side == Moment::Side::Before ? span->begin : span->end;
}

// The K-th time of a phase among the steps [from, to), or one visit in it.
Result<std::uint32_t, MomentProblem> pickInPhase(const Moment &m, const Trace &trace, std::uint32_t from, std::uint32_t to, const std::string &what)
{
    StepKind kind = StepKind::Collection;
    for (const auto &[k, name] : kPhases)
        if (m.name == name)
            kind = k;
    const std::vector<Span> phases = stepsOfKind(trace, kind, from, to);
    if (m.visit == 0)
        return pick(phases, m.occurrence, m.side, what);
    const auto phase = pickSpan(phases, m.occurrence, what);
    if (!phase)
        return phase.error();
    return pick(stepsOfKind(trace, StepKind::Visit, phase->step.value, trace.steps[phase->step].last), m.visit, m.side,
                "a visit in " + what);
}

Result<std::uint32_t, MomentProblem> resolveCollection(const Moment &m, const Trace &trace)
{
    std::vector<StepId> collections;
    for (std::uint32_t i = 0; i < trace.steps.size(); ++i)
        if (trace.steps[StepId(i)].kind == StepKind::Collection)
            collections.push_back(StepId(i));

    if (m.name.empty()) {
        std::vector<Span> all;
        for (const StepId id : collections)
            all.push_back({trace.steps[id].begin, trace.steps[id].end});
        return pick(all, std::max(m.collection, 1u), m.side, "a collection");
    }
    if (m.collection == 0)
        return pickInPhase(m, trace, 0, trace.steps.size(), m.name);
    if (m.collection > collections.size())
        return MomentProblem{"there is no collection " + std::to_string(m.collection) + " in this recording (found "
                                 + std::to_string(collections.size()) + ")",
                             "check that the program collects"};
    const StepId id = collections[m.collection - 1];
    return pickInPhase(m, trace, id.value, trace.steps[id].last, m.name + " of collection " + std::to_string(m.collection));
}

} // namespace

Result<Moment, MomentProblem> parseMoment(std::string_view text)
{
    const std::string_view whole = trimmed(text);
    Moment m;
    if (whole == "start" || whole == "end") {
        m.kind = whole == "start" ? Moment::Kind::Start : Moment::Kind::End;
        return m;
    }
    if (const auto step = number(whole)) {
        m.kind = Moment::Kind::Step;
        m.number = *step;
        return m;
    }
    if (whole.starts_with("line:") || whole.starts_with("line ")) {
        std::string_view rest = trimmed(whole.substr(5));
        const auto k = takeOccurrence(rest);
        const auto line = number(rest);
        if (!k || !line || *line == 0)
            return notAMoment(whole);
        m.kind = Moment::Kind::Line;
        m.number = *line;
        m.occurrence = *k;
        return m;
    }
    for (const auto &[word, side] : {std::pair("after", Moment::Side::After), std::pair("before", Moment::Side::Before)}) {
        const std::string_view prefix = word;
        if (whole.starts_with(prefix) && whole.size() > prefix.size()
            && (whole[prefix.size()] == ' ' || whole[prefix.size()] == ':'))
            return parseAnchored(trimmed(whole.substr(prefix.size() + 1)), whole, side);
    }
    if (whole.starts_with("collect.") || whole.starts_with("collect#"))
        return parseCollection(whole, whole, Moment::Side::After);
    return notAMoment(whole);
}

std::string toString(const Moment &m)
{
    const std::string occurrence = m.occurrence > 1 ? '#' + std::to_string(m.occurrence) : std::string();
    const std::string side = m.side == Moment::Side::Before ? "before " : "after ";
    switch (m.kind) {
    case Moment::Kind::Start: return "start";
    case Moment::Kind::End: return "end";
    case Moment::Kind::Step: return std::to_string(m.number);
    case Moment::Kind::Line: return "line:" + std::to_string(m.number) + occurrence;
    case Moment::Kind::Anchor: return side + m.name + occurrence;
    case Moment::Kind::Collection:
        return (m.side == Moment::Side::Before ? side : std::string()) + "collect"
            + (m.collection > 0 ? '#' + std::to_string(m.collection) : std::string())
            + (m.name.empty() ? std::string() : '.' + m.name + occurrence)
            + (m.visit > 0 ? ".visit#" + std::to_string(m.visit) : std::string());
    }
    return {};
}

Result<std::uint32_t, MomentProblem> resolveMoment(const Moment &m, const Trace &trace, std::span<const Anchor> anchors,
                                                   Granularity granularity)
{
    switch (m.kind) {
    case Moment::Kind::Start:
        return 0u;
    case Moment::Kind::End:
        return trace.changeCount();
    case Moment::Kind::Step: {
        const std::uint32_t count = trace.stops.count(granularity);
        if (m.number >= count)
            return MomentProblem{"there is no step " + std::to_string(m.number) + " in this recording (the last is "
                                     + std::to_string(count == 0 ? 0 : count - 1) + ")",
                                 "use a smaller number, or end"};
        return trace.stops.position(m.number, granularity);
    }
    case Moment::Kind::Line:
        return pick(timesOfLine(trace, m.number), m.occurrence, m.side, "line " + std::to_string(m.number));
    case Moment::Kind::Anchor: {
        const auto anchor = std::ranges::find(anchors, m.name, &Anchor::name);
        if (anchor == anchors.end()) {
            std::string known;
            for (const Anchor &a : anchors)
                known += (known.empty() ? "" : ", ") + a.name;
            return MomentProblem{"the program has no anchor '" + m.name + "'",
                                 known.empty() ? "mark a line of it with '#@ " + m.name + "'" : "its anchors are " + known};
        }
        return pick(timesOfLine(trace, anchor->line), m.occurrence, m.side,
                    "'" + m.name + "' (line " + std::to_string(anchor->line) + ")");
    }
    case Moment::Kind::Collection:
        return resolveCollection(m, trace);
    }
    return notAMoment(toString(m));
}

const char *phaseName(StepKind kind)
{
    for (const auto &[k, name] : kPhases)
        if (k == kind)
            return name;
    return nullptr;
}

} // namespace pyrena
