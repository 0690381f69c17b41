#include "core/explain/explain.h"

#include "core/explain/phrase.h"

#include <algorithm>
#include <map>
#include <vector>

namespace pyrena {

namespace {

constexpr std::uint32_t kChangesLookedAt = 20000;   // of one step, for the facts of its sentence

std::string sourceLine(const Trace &trace, std::uint32_t line)
{
    const std::string &source = trace.recipe.source;
    std::size_t begin = 0;
    for (std::uint32_t i = 1; i < line && begin != std::string::npos; ++i) {
        begin = source.find('\n', begin);
        if (begin != std::string::npos)
            ++begin;
    }
    if (line == 0 || begin == std::string::npos || begin >= source.size())
        return {};
    std::string text = source.substr(begin, source.find('\n', begin) - begin);
    const std::size_t first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos)
        return {};
    text = text.substr(first, text.find_last_not_of(" \t\r:") - first + 1);   // the colon of a header says nothing here
    constexpr std::size_t kLongest = 60;
    if (text.size() > kLongest) {
        std::size_t end = kLongest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
            --end;
        text = text.substr(0, end) + "\u2026";
    }
    return text;
}

std::string about(const Trace &trace, const Step &step)
{
    return step.subject ? trace.label(step.subject) : trace.text(step.text);
}

std::string numberOf(const Step &step) { return number(step.number); }

// "updateRefs of list#1" without an object is "updateRefs".
std::string withObject(const Trace &trace, const Step &step, const char *alone, const char *of)
{
    const std::string object = about(trace, step);
    return object.empty() ? phrase(alone) : phrase(of, {object});
}

bool ofInterest(const Trace &trace, ObjectId id)
{
    if (!id || id.value >= trace.objects.size())
        return false;
    switch (trace.objects[id.value].kind) {
    case TypeKind::Runtime: case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: case TypeKind::Bool:
    case TypeKind::Int: case TypeKind::Float: case TypeKind::Complex: case TypeKind::Str: case TypeKind::Bytes:
    case TypeKind::BuiltinFunction: case TypeKind::Code: case TypeKind::Frame: case TypeKind::Descriptor: case TypeKind::Method:
    case TypeKind::BoundMethod:
        return false;
    default:
        break;
    }
    std::uint16_t flags = 0;
    const std::uint32_t born = trace.objects[id.value].bornAt;
    if (id.value < trace.initial.objects.size())
        flags = trace.initial.objects[id.value].flags;
    else if (const auto birth = born < trace.changeCount() ? trace.changeAs<change::ObjectBorn>(born) : std::nullopt)
        flags = birth->flags;
    return (flags & (static_cast<unsigned>(ObjectFlag::Static) | static_cast<unsigned>(ObjectFlag::Hidden)
                     | static_cast<unsigned>(ObjectFlag::Namespace))) == 0;
}

struct Span { std::uint32_t begin, end; };

// The statements inside a step: what a call did line by line was told line by line.
std::vector<Span> statementsInside(const Trace &trace, StepId id)
{
    std::vector<Span> spans;
    const std::uint32_t last = std::min(trace.steps[id].last, id.value + kChangesLookedAt);
    for (std::uint32_t i = id.value + 1; i < last;) {
        const Step &step = trace.steps[StepId(i)];
        const bool told = step.kind == StepKind::Statement;
        if (told)
            spans.push_back({step.begin, step.end});
        i = told ? std::max(step.last, i + 1) : i + 1;
    }
    return spans;
}

// What came of the changes [begin, end) outside `told`: deaths, births and counts, at most two facts. The death of `dying` goes
// without saying.
std::string factsOf(const Trace &trace, std::uint32_t begin, std::uint32_t end, const std::vector<Span> &told, ObjectId dying)
{
    end = std::min({end, trace.changeCount(), begin + kChangesLookedAt});
    auto skip = told.begin();
    struct Count { std::uint32_t before, after; };
    std::map<std::uint32_t, Count> counts;
    std::vector<ObjectId> born, died;
    for (std::uint32_t i = begin; i < end; ++i) {
        while (skip != told.end() && i >= skip->end)
            ++skip;
        if (skip != told.end() && i >= skip->begin) {
            i = skip->end - 1;
            continue;
        }
        const Change &change = trace.change(i);
        if (const auto *c = std::get_if<change::RefcountChanged>(&change)) {
            if (ofInterest(trace, c->object) && c->object != dying && trace.objects[c->object.value].kind != TypeKind::Type)   // every instance counts
                counts.try_emplace(c->object.value, Count{c->before, c->after}).first->second.after = c->after;
        } else if (const auto *b = std::get_if<change::ObjectBorn>(&change)) {
            if (ofInterest(trace, b->object))
                born.push_back(b->object);
        } else if (const auto *d = std::get_if<change::ObjectDied>(&change)) {
            if (ofInterest(trace, d->object) && d->object != dying)
                died.push_back(d->object);
        }
    }
    const auto isIn = [](const std::vector<ObjectId> &v, ObjectId id) { return std::find(v.begin(), v.end(), id) != v.end(); };
    std::vector<std::string> facts;
    std::size_t more = 0;
    const auto add = [&](std::string fact) { facts.size() < 2 ? facts.push_back(std::move(fact)) : void(++more); };
    if (died.size() > 2 || born.size() > 2) {
        if (!died.empty())
            facts.push_back(died.size() == 1 ? phrase("%1 dies", {trace.label(died[0])})
                                             : phrase("%1 objects die", {number(std::int64_t(died.size()))}));
        if (!born.empty())
            facts.push_back(born.size() == 1 ? phrase("%1 is made", {trace.label(born[0])})
                                             : phrase("%1 objects are made", {number(std::int64_t(born.size()))}));
    } else {
        for (const ObjectId id : died)
            if (!isIn(born, id))
                add(phrase("%1 dies", {trace.label(id)}));
        for (const ObjectId id : born)
            if (!isIn(died, id))
                add(phrase("%1 is made", {trace.label(id)}));
        for (const auto &[id, count] : counts)
            if (count.before != count.after && !isIn(born, ObjectId(id)) && !isIn(died, ObjectId(id)))
                add(phrase("count of %1 goes from %2 to %3",
                           {trace.label(ObjectId(id)), std::to_string(count.before), std::to_string(count.after)}));
    }
    std::string text;
    for (const std::string &fact : facts)
        text += (text.empty() ? "" : ", ") + fact;
    return text;
}

// A death that does not happen: the finalizer ran, and the object outlives the step.
bool isResurrection(const Trace &trace, StepId id)
{
    const Step &step = trace.steps[id];
    if (step.kind != StepKind::Dealloc || !step.subject || trace.objects[step.subject.value].diedAt < step.end)
        return false;
    for (std::uint32_t i = id.value + 1; i < step.last; ++i)
        if (trace.steps[StepId(i)].kind == StepKind::Finalizer && trace.steps[StepId(i)].subject == step.subject)
            return true;
    return false;
}

std::string withFacts(const Trace &trace, StepId id, std::uint32_t begin, std::uint32_t end)
{
    const std::string sentence = explainStep(trace, id);
    const std::string facts = factsOf(trace, begin, end, statementsInside(trace, id),
                                      trace.steps[id].kind == StepKind::Dealloc ? trace.steps[id].subject : ObjectId());
    return facts.empty() ? sentence : phrase("%1: %2", {sentence, facts});
}

// One request of an allocator recording, from the changes [begin, end) that it caused; its step says no more than they do.
std::string recordedRequest(const Trace &trace, std::uint32_t begin, std::uint32_t end)
{
    std::string sentence, freed;
    bool pool = false, arena = false, poolBack = false, arenaBack = false;
    for (std::uint32_t i = begin; i < end; ++i) {
        const Change &c = trace.change(i);
        if (const auto *mark = std::get_if<change::Noticed>(&c))
            return phrase("mark of the recording: %1", {phrase(trace.text(mark->text).c_str())});
        if (std::holds_alternative<change::BlockFreed>(c) || std::holds_alternative<change::RawFreed>(c))
            freed = explainChange(trace, i);
        else if (std::holds_alternative<change::BlockTaken>(c) || std::holds_alternative<change::RawTaken>(c)
                 || std::holds_alternative<change::BlockResized>(c) || std::holds_alternative<change::RawResized>(c))
            sentence = explainChange(trace, i);
        pool = pool || std::holds_alternative<change::PoolTaken>(c);
        arena = arena || std::holds_alternative<change::ArenaMade>(c);
        poolBack = poolBack || std::holds_alternative<change::PoolReturned>(c);
        arenaBack = arenaBack || std::holds_alternative<change::ArenaReleased>(c);
    }
    if (sentence.empty() && freed.empty())
        return begin == end ? phrase("resized to the size it has: nothing changes") : explainChange(trace, end - 1);
    if (sentence.empty())
        sentence = std::move(freed);
    else if (!freed.empty())
        sentence = phrase("%1; %2", {sentence, freed});
    if (arena)
        sentence = phrase("%1; a new arena was needed", {sentence});
    else if (pool)
        sentence = phrase("%1; a new pool was needed", {sentence});
    if (arenaBack)
        sentence = phrase("%1; its arena goes back to the operating system", {sentence});
    else if (poolBack)
        sentence = phrase("%1; its pool is empty now", {sentence});
    return sentence;
}

} // namespace

std::string explainStep(const Trace &trace, StepId id)
{
    if (!id || id.value >= trace.steps.size())
        return phrase("before the first step");
    const Step &step = trace.steps[id];
    const std::string line = std::to_string(step.span.begin.line);
    switch (step.kind) {
    case StepKind::Program: return phrase("the program %1 runs", {trace.recipe.fileName});
    case StepKind::Statement: {
        const std::string text = sourceLine(trace, step.span.begin.line);
        return text.empty() ? phrase("line %1", {line}) : phrase("line %1, %2", {line, text});
    }
    case StepKind::Operation: {
        const std::string &text = trace.text(step.text);   // the interpreter says it as a phrase of its own
        if (!text.empty())
            return phrase(text.c_str());
        return step.subject ? phrase("an operation on %1", {trace.label(step.subject)}) : phrase("an operation of line %1", {line});
    }
    case StepKind::Call: return phrase("%1 runs", {trace.text(step.text).empty() ? phrase("a function") : trace.text(step.text)});
    case StepKind::Allocation:
        return step.subject ? phrase("ask the allocator for %1 bytes for %2", {numberOf(step), trace.label(step.subject)})
                            : phrase("ask the allocator for %1 bytes", {numberOf(step)});
    case StepKind::Release:
        return step.subject ? phrase("give %1 bytes of %2 back", {numberOf(step), trace.label(step.subject)})
                            : phrase("give %1 bytes back", {numberOf(step)});
    case StepKind::PoolCarve: return phrase("take a pool for size class %1", {std::to_string(step.number)});
    case StepKind::ArenaNew: return phrase("reserve a new arena of %1 bytes", {numberOf(step)});
    case StepKind::ArenaGone: return phrase("release an arena of %1 bytes", {numberOf(step)});
    case StepKind::Dealloc:
        if (isResurrection(trace, id))
            return phrase("%1 was about to die, but __del__ gave it a new owner", {trace.label(step.subject)});
        return withObject(trace, step, "an object dies and lets go what it held", "%1 dies and lets go what it held");
    case StepKind::ListResize:
        return phrase("the item array of %1 is resized to room for %2", {about(trace, step), numberOf(step)});
    case StepKind::DictResize: return phrase("the table of %1 is resized to %2 places", {about(trace, step), numberOf(step)});
    case StepKind::Finalizer: return withObject(trace, step, "__del__ runs", "__del__ of %1 runs");
    case StepKind::WeakrefCallback: return withObject(trace, step, "a weakref callback runs", "the callback of %1 runs");
    case StepKind::Collection:
        if (trace.profile->collector.manager == Manager::Incremental && step.number == 1)
            return phrase("collect an increment");
        if (!trace.profile->collector.counts())
            return step.number == 0 ? phrase("collect the nursery") : phrase("collect the heap");
        return phrase("collect generation %1", {std::to_string(step.number)});
    case StepKind::MergeYounger: return phrase("merge the younger generations into the one that is collected");
    case StepKind::UpdateRefs: return phrase("update_refs: copy each object's count into gc_refs");
    case StepKind::SubtractRefs: return phrase("subtract_refs: take away the references that come from inside");
    case StepKind::MoveUnreachable: return phrase("move_unreachable: set aside what nothing outside holds");
    case StepKind::UntrackTuples: return phrase("untrack_tuples: let go of tuples that can't be part of a cycle");
    case StepKind::UntrackDicts: return phrase("untrack_dicts: let go of dicts that can't be part of a cycle");
    case StepKind::MoveLegacyFinalizers: return phrase("move_legacy_finalizers: keep what has an old-style finalizer");
    case StepKind::HandleWeakrefs: return phrase("handle_weakrefs: clear weak references to garbage, then call back");
    case StepKind::FinalizeGarbage: return phrase("finalize_garbage: run __del__ of the garbage");
    case StepKind::HandleResurrectedObjects: return phrase("handle_resurrected_objects: keep what __del__ brought back");
    case StepKind::DeleteGarbage: return phrase("delete_garbage: clear each object, so that the cycles break");
    case StepKind::ClearFreeLists: return phrase("clear_freelists: give the memory of free lists back");
    case StepKind::MarkRoots: return phrase("mark the roots: what the interpreter and the running calls hold is reached");
    case StepKind::MarkReachable: return phrase("mark: whatever a reached object refers to is reached too");
    case StepKind::FillIncrement:
        if (step.number == 0)
            return phrase("fill the increment: no work is due, nothing old joins");
        return phrase("fill the increment up to %1 objects: old ones join, with everything they refer to", {numberOf(step)});
    case StepKind::Sweep: return phrase("sweep: what was not reached dies");
    case StepKind::ComputeForwarding: return phrase("compute forwarding addresses: where each object will be");
    case StepKind::UpdatePointers: return phrase("update pointers: every reference is rewritten to the new address");
    case StepKind::SlideObjects: return phrase("slide: the living move together, in their order");
    case StepKind::CopyRoots: return phrase("copy what the roots refer to");
    case StepKind::ScanRemembered: return phrase("look at the remembered set: old objects that may refer to young ones");
    case StepKind::ScanCopies: return phrase("scan the copies: copy what they refer to, until the scan pointer meets the top");
    case StepKind::FlipSpaces: return phrase("flip: what is left behind is free as a whole");
    case StepKind::Visit:
        if (!step.subject && step.number > 0)
            return phrase("meet %1 objects of the interpreter itself, which are counted but not simulated", {numberOf(step)});
        return withObject(trace, step, "look at the next object", "look at %1");
    case StepKind::RecordedEvent: return recordedRequest(trace, step.begin, step.end);
    case StepKind::Shutdown: return phrase("the interpreter shuts down");
    }
    return {};
}

std::string explainPosition(const Trace &trace, std::uint32_t position, Granularity granularity)
{
    if (position == 0 || trace.changeCount() == 0)
        return phrase("before the first step");
    position = std::min(position, trace.changeCount());
    if (granularity == Granularity::Event)
        return explainChange(trace, position - 1);
    if (position == trace.changeCount() && trace.outcome == Outcome::Finished && !trace.codes.empty())
        return phrase("the program has ended");
    const StepId innermost = trace.steps.stepAt(position - 1);
    if (!innermost && !trace.profile->runsPrograms)
        return recordedRequest(trace, trace.stops.previous(position, granularity), position);
    if (!innermost)
        return explainChange(trace, position - 1);
    if (granularity == Granularity::Line) {
        const StepId statement = trace.steps.statementOf(innermost);
        const StepId told = statement ? statement : innermost;
        return withFacts(trace, told, trace.steps[told].begin, position);
    }
    // The step a learner sees as done at this position: the outermost that ended here below its statement.
    StepId shown = innermost;
    for (StepId id = innermost; id; id = trace.steps[id].parent) {
        const Step &step = trace.steps[id];
        if (step.kind == StepKind::Statement || step.kind == StepKind::Program || step.kind == StepKind::Call)
            break;
        shown = id;
        if (step.kind == StepKind::Operation || step.kind == StepKind::Visit || step.kind == StepKind::Dealloc
            || step.kind == StepKind::RecordedEvent || step.end > position)
            break;
    }
    const Step &step = trace.steps[shown];
    if (step.kind == StepKind::Statement || step.kind == StepKind::Program || step.kind == StepKind::Call)
        return explainStep(trace, shown);
    return withFacts(trace, shown, std::max(step.begin, trace.stops.previous(position, granularity)), position);
}

} // namespace pyrena
