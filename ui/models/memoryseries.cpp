#include "ui/models/memoryseries.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <variant>

namespace pyrena {

namespace {

// Follows bytes and objects without a World: only the sizes of allocated blocks are remembered.
class Meter
{
public:
    explicit Meter(const Trace &trace) : m_trace(trace)
    {
        const HeapState &heap = trace.initial.heap;
        m_requests.resize(heap.blocks.size());
        for (std::size_t i = 0; i < heap.blocks.size(); ++i)
            m_requests[i] = heap.blocks[i].request;
        m_raw.resize(heap.rawBlocks.size());
        for (std::size_t i = 0; i < heap.rawBlocks.size(); ++i)
            m_raw[i] = heap.rawBlocks[i].request;
        bytes = static_cast<double>(heap.totals.bytesRequested);
        for (const Space &space : trace.initial.spaces.spaces)
            bytes += static_cast<double>(space.used);
        objects = trace.initial.liveObjects;
        m_flags.reserve(trace.objects.size());
        for (const Object &o : trace.initial.objects)
            m_flags.push_back(o.flags);
    }

    double bytes = 0, objects = 0;

    void operator()(const change::BlockTaken &c)
    {
        request(c.pool, c.offset) = c.request;
        bytes += c.request;
    }
    void operator()(const change::BlockFreed &c)
    {
        std::uint16_t &held = request(c.pool, c.offset);
        bytes -= held;
        held = 0;
    }
    void operator()(const change::BlockResized &c)
    {
        request(c.pool, c.offset) = c.requestAfter;
        bytes += double(c.requestAfter) - c.requestBefore;
    }
    void operator()(const change::RawTaken &c)
    {
        raw(c.block) = c.request;
        bytes += static_cast<double>(c.request);
    }
    void operator()(const change::RawFreed &c)
    {
        std::uint64_t &held = raw(c.block);
        bytes -= static_cast<double>(held);
        held = 0;
    }
    void operator()(const change::RawResized &c)
    {
        raw(c.block) = c.requestAfter;
        bytes += static_cast<double>(c.requestAfter) - static_cast<double>(c.requestBefore);
    }
    void operator()(const change::SpaceUsed &c) { bytes += static_cast<double>(c.after) - static_cast<double>(c.before); }
    void operator()(const change::ObjectBorn &c) { setFlags(c.object, c.flags); }
    void operator()(const change::ObjectDied &c)
    {
        setFlags(c.object, static_cast<std::uint16_t>(flags(c.object) & ~static_cast<unsigned>(ObjectFlag::Alive)));
    }
    void operator()(const change::FlagsSet &c) { setFlags(c.object, c.after); }
    template <class C>
    void operator()(const C &) {}

private:
    template <class V>
    static auto &grown(V &v, std::size_t index)
    {
        if (index >= v.size())
            v.resize(std::max(index + 1, v.size() * 2));
        return v[index];
    }
    std::uint16_t &request(PoolId pool, std::uint32_t offset)
    {
        return grown(m_requests, m_trace.initial.heap.blockIndex(pool, offset));
    }
    std::uint64_t &raw(RawBlockId block) { return grown(m_raw, block.value); }
    std::uint16_t &flags(ObjectId id) { return grown(m_flags, id.value); }
    static bool counts(std::uint16_t flags)
    {
        constexpr auto outside = static_cast<unsigned>(ObjectFlag::Static) | static_cast<unsigned>(ObjectFlag::Hidden);
        return (flags & static_cast<unsigned>(ObjectFlag::Alive)) != 0 && (flags & outside) == 0;
    }
    void setFlags(ObjectId id, std::uint16_t after)
    {
        std::uint16_t &now = flags(id);
        objects += double(counts(after)) - double(counts(now));
        now = after;
    }

    const Trace &m_trace;
    std::vector<std::uint16_t> m_requests, m_flags;
    std::vector<std::uint64_t> m_raw;
};

} // namespace

MemorySeries memorySeries(const Trace &trace, std::size_t maxPoints)
{
    MemorySeries series;
    Meter meter(trace);
    const std::uint32_t count = trace.changeCount();
    const auto add = [&series](std::uint32_t position, double bytes, double objects) {
        if (!series.positions.empty() && series.positions.back() == position)
            return;
        series.positions.push_back(position);
        series.bytes.push_back(bytes);
        series.objects.push_back(objects);
        series.maxBytes = std::max(series.maxBytes, bytes);
        series.maxObjects = std::max(series.maxObjects, objects);
    };
    struct Point { std::uint32_t position; double bytes, objects; };
    const std::uint32_t stretch = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(count / std::max<std::size_t>(1, maxPoints / 2)));
    add(0, meter.bytes, meter.objects);
    Point low{}, high{};
    bool empty = true;
    for (std::uint32_t i = 0; i < count; ++i) {
        std::visit(meter, trace.change(i));
        const Point now{i + 1, meter.bytes, meter.objects};
        if (empty || now.bytes < low.bytes)
            low = now;
        if (empty || now.bytes > high.bytes)
            high = now;
        empty = false;
        if ((i + 1) % stretch == 0) {
            const auto [first, second] = std::minmax(low, high, [](const Point &a, const Point &b) { return a.position < b.position; });
            add(first.position, first.bytes, first.objects);
            add(second.position, second.bytes, second.objects);
            empty = true;
        }
    }
    add(count, meter.bytes, meter.objects);
    return series;
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

// What a collection says of itself, and who dies while it runs.
void readFigures(TimelineMarks::Collection &collection, const Trace &trace)
{
    for (std::uint32_t i = collection.begin; i < collection.end; ++i) {
        const Change &change = trace.change(i);
        if (const auto *died = std::get_if<change::ObjectDied>(&change))
            collection.freed += trace.objects[died->object.value].kind != TypeKind::Frame;
        else if (const auto *cost = std::get_if<change::CollectionCost>(&change))
            collection.visits += cost->visits;
        else if (const auto *said = std::get_if<change::Noticed>(&change); said && said->what == change::NoticeKind::CollectionResult)
            collection.found = said->number;
    }
}

} // namespace

QString collectionLabel(const Trace &trace, const TimelineMarks::Collection &collection)
{
    switch (trace.profile->collector.manager) {
    case Manager::Generational: return Text::tr("collection, gen %1").arg(collection.generation);
    case Manager::Incremental:
        return collection.generation == 0   ? Text::tr("collection, young")
            : collection.generation == 1 ? Text::tr("increment")
                                         : Text::tr("collection, all");
    case Manager::GenerationalCopying: return collection.generation == 0 ? Text::tr("nursery") : Text::tr("collection");
    default: return Text::tr("collection");
    }
}

QString collectionFigures(const TimelineMarks::Collection &collection)
{
    const QLocale locale;
    return collection.visits == 1 ? Text::tr("1 look, %1 freed").arg(locale.toString(collection.freed))
                                  : Text::tr("%1 looks, %2 freed").arg(locale.toString(qulonglong(collection.visits)), locale.toString(collection.freed));
}

QString collectionSentence(const Trace &trace, const TimelineMarks::Collection &collection)
{
    const auto number = [](auto n) { return QLocale().toString(qlonglong(n)); };
    QString text = Text::tr("Number %1: %2").arg(number(collection.number), collectionLabel(trace, collection));
    if (collection.line > 0)
        text += Text::tr(", line %1").arg(collection.line);
    text += Text::tr(". Looked at objects %1 times").arg(number(collection.visits));
    if (trace.profile->collector.counts())
        text += Text::tr(", found %1 unreachable").arg(number(collection.found));
    return text + (collection.freed == 1 ? Text::tr(", freed 1.") : Text::tr(", freed %1.").arg(number(collection.freed)));
}

TimelineMarks timelineMarks(const Trace &trace)
{
    TimelineMarks marks;
    const StepTree &steps = trace.steps;
    std::uint32_t moduleDepth = 0xffffffffu;
    for (const Step &step : steps.all())
        if (step.kind == StepKind::Statement)
            moduleDepth = std::min<std::uint32_t>(moduleDepth, step.depth);
    for (const Step &step : steps.all()) {
        if (step.kind == StepKind::Statement && step.depth == moduleDepth)
            marks.lines.push_back({step.begin, step.span.begin.line});
        else if (step.kind == StepKind::Collection)
            marks.collections.push_back({step.begin, step.end, step.number, static_cast<std::uint32_t>(marks.collections.size()) + 1});
    }
    for (TimelineMarks::Collection &collection : marks.collections) {
        readFigures(collection, trace);
        for (StepId id = collection.end > collection.begin ? steps.stepAt(collection.begin) : StepId(); id && collection.line == 0; id = steps[id].parent)
            collection.line = steps[id].span.begin.line;
    }
    for (std::uint32_t id = 0; id < trace.objects.size(); ++id) {
        const ObjectInfo &info = trace.objects[id];
        if (info.diedAt == ObjectInfo::kNever || info.diedAt == 0)
            continue;
        marks.deaths.push_back(info.diedAt);
    }
    std::sort(marks.deaths.begin(), marks.deaths.end());
    return marks;
}

} // namespace pyrena
