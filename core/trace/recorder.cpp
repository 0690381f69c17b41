#include "core/trace/recorder.h"

#include "core/base/verify.h"
#include "core/trace/redo.h"

#include <algorithm>
#include <bit>

namespace pyrena {

namespace {
// A keyframe is due when redoing the changes since the last one costs about as much as restoring one (a change about as
// much as 64 bytes), and no sooner than its memory is worth: so many bytes for each change. Yet however much it takes,
// no seek redoes more than kMaxKeyframeGap changes.
constexpr std::size_t kChangeCost = 64;
constexpr std::size_t kKeyframeBytesPerChange = 12;
constexpr std::uint32_t kMaxKeyframeGap = 400'000;
// And none sooner than after so many: redoing them takes less than half a millisecond, and a keyframe compares the whole world
// with the one before, which took a tenth of the time of recording a program. Where a recording begins they are nearer.
constexpr std::uint32_t kMinKeyframeGap = 1u << 16, kFirstKeyframeGap = 1u << 13;
constexpr std::uint32_t kStopCheckInterval = 4096;
} // namespace

Recorder::Recorder(Recipe recipe, const PythonProfile &profile, std::stop_token stop)
    : m_trace(std::make_shared<Trace>()), m_stop(std::move(stop))
{
    m_trace->recipe = std::move(recipe);
    m_trace->profile = &profile;
    HeapState &heap = m_world.heap;
    heap.alignment = profile.allocator.alignment;
    heap.poolSize = profile.allocator.poolSize;
    heap.arenaSize = profile.allocator.arenaSize;
    for (int g = 0; g < 3; ++g)
        m_world.gc.threshold[g] = profile.collector.thresholds[g];
    m_world.gc.manager = profile.collector.manager;
    m_world.spaces.gcHead = profile.layout.gcHead;
    m_world.spaces.preHeader = profile.layout.instancePreHeader;
}

void Recorder::noteBirth(ObjectId object)
{
    if (!m_recording)
        return;
    ObjectInfo &info = m_trace->objects[object.value];
    info.bornAt = position();
    info.bornLine = m_span.begin.line;
}

void Recorder::countUnrecorded()
{
    ++m_unrecorded;
    if (!m_trace->recipe.history)
        lookAtLimits(m_unrecorded);
}

void Recorder::lookAround()
{
    const std::uint32_t now = position();
    if (now >= m_nextKeyframe && now % kStopCheckInterval == 0)
        placeKeyframe();
    lookAtLimits(now);
    const std::uint32_t limit = m_trace->recipe.maxChanges;
    m_nextLook = now + (kStopCheckInterval - now % kStopCheckInterval);
    if (limit > now)
        m_nextLook = std::min(m_nextLook, limit);
}

void Recorder::lookAtLimits(std::uint32_t changes)
{
    if (changes % kStopCheckInterval == 0 && m_progress)
        m_progress(changes);
    if (changes >= m_trace->recipe.maxChanges || (changes % kStopCheckInterval == 0 && m_stop.stop_requested()))
        m_stopWanted = true;
}

void Recorder::throwStop()
{
    if (m_stop.stop_requested())
        throw RecordingCancelled{};
    throw LimitReached{"stopped after " + std::to_string(m_recording ? position() : m_unrecorded) + " changes, the limit of this recording",
                       "raise --max-changes, or look for a loop that does not end"};
}

void Recorder::placeKeyframe()
{
    auto &keyframes = m_trace->keyframes;
    Keyframe placed(position(), m_world, keyframes.empty() ? nullptr : &keyframes.back());
    const std::size_t least = std::clamp(position(), kFirstKeyframeGap, kMinKeyframeGap);
    const std::size_t gap = std::max({placed.restoreCost() / kChangeCost, placed.bytes() / kKeyframeBytesPerChange, least});
    m_nextKeyframe = position() + static_cast<std::uint32_t>(std::min<std::size_t>(gap, kMaxKeyframeGap));
    keyframes.push_back(std::move(placed));
}

ObjectId Recorder::announce(TypeKind kind, TextId typeName, bool numbered)
{
    ObjectInfo info;
    info.kind = kind;
    info.typeName = typeName;
    if (numbered) {
        if (m_ordinals.size() <= typeName.value)
            m_ordinals.resize(typeName.value + 1);
        info.ordinal = ++m_ordinals[typeName.value];
    }
    m_trace->objects.push_back(info);
    return ObjectId(static_cast<std::uint32_t>(m_trace->objects.size() - 1));
}

void Recorder::resizeSlots(ObjectId owner, std::uint32_t capacity)
{
    const Object &o = m_world.object(owner);
    // Regions come in powers of two, so that freed ones fit again.
    const std::uint32_t wanted = capacity == 0 ? 0 : std::bit_ceil(std::max(capacity, 2u));
    if (wanted == o.slotsCapacity)
        return;
    std::uint32_t begin = 0;
    if (wanted > 0) {
        auto &free = m_freeRegions[static_cast<std::size_t>(std::countr_zero(wanted))];
        if (free.empty()) {
            begin = m_slotsEnd;
            m_slotsEnd += wanted;
        } else {
            begin = free.back();
            free.pop_back();
        }
    }
    const auto oldBegin = o.slotsBegin;
    const auto oldCapacity = o.slotsCapacity;
    commit(change::SlotsMoved{owner, oldBegin, oldCapacity, begin, wanted});
    if (oldCapacity > 0)
        m_freeRegions[static_cast<std::size_t>(std::countr_zero(oldCapacity))].push_back(oldBegin);
}

void Recorder::beginRecording()
{
    verify(!m_recording, "a recording begins once");
    m_recording = true;
    m_trace->initial = m_world;
    placeKeyframe();
    m_nextLook = std::clamp(m_trace->recipe.maxChanges, 1u, kStopCheckInterval);
}

std::shared_ptr<const Trace> Recorder::finish(Outcome outcome, const std::vector<std::uint32_t> &ends)
{
    if (!m_recording)
        beginRecording();
    while (m_trace->steps.innermostOpen())
        m_trace->steps.close(position());
    m_trace->stops = ends.empty() ? Stops(m_trace->steps, position()) : Stops(ends, position());
    m_trace->outcome = outcome;
    return std::exchange(m_trace, nullptr);
}

} // namespace pyrena
