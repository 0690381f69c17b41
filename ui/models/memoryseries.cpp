#include "ui/models/memoryseries.h"

#include <algorithm>

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
            marks.collections.push_back({step.begin, step.end, step.number});
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
