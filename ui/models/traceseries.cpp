#include "ui/models/traceseries.h"

#include "core/trace/redo.h"
#include "ui/playhead.h"

#include <algorithm>

namespace pyrena {

HeapSample heapSample(const World &world, const FragmentationMeter &meter, std::uint32_t position)
{
    HeapSample s;
    s.position = position;
    s.requested = world.heap.totals.bytesRequested;
    s.reserved = world.heap.totals.bytesReserved;
    s.resident = world.heap.totals.bytesResident;
    for (const Space &space : world.spaces.spaces) {
        s.spacesUsed += space.used;
        s.spacesSize += space.size;
    }
    s.objects = world.liveObjects;
    s.blocks = world.heap.totals.blocksInUse + world.heap.totals.rawBlocksInUse;
    s.gcCount = world.gc.count;
    s.gcThreshold = world.gc.threshold;
    const Fragmentation f = meter.at(world);
    for (const HeapPart part : allHeapParts())
        s.parts[static_cast<std::size_t>(part)] = bytesOf(f, part);
    return s;
}

std::uint64_t HeapSample::inArenas() const
{
    std::uint64_t sum = 0;
    for (const std::uint64_t part : parts)
        sum += part;
    return sum;
}

TraceSeries traceSeries(const Trace &trace, std::size_t maxSamples, std::stop_token stop)
{
    TraceSeries series;
    series.memory = memorySeries(trace);
    series.marks = timelineMarks(trace);
    World world = trace.initial;
    FragmentationMeter meter;
    meter.reset(world);
    series.samples.push_back(heapSample(world, meter, 0));
    const std::uint64_t count = trace.changeCount();
    const std::uint64_t samples = std::min<std::uint64_t>(count, std::max<std::size_t>(maxSamples, 1));
    std::uint32_t at = 0;
    for (std::uint64_t i = 1; i <= samples; ++i) {
        if (stop.stop_requested())
            return {};
        const auto to = static_cast<std::uint32_t>(count * i / samples);
        for (std::uint32_t c = at; c < to; ++c)
            redo(world, trace.change(c));
        meter.move(trace, world, at, to);
        at = to;
        series.samples.push_back(heapSample(world, meter, at));
    }
    return series;
}

SeriesSource::SeriesSource(Playhead &playhead, QObject *parent) : QObject(parent), m_playhead(playhead)
{
    connect(&playhead, &Playhead::traceChanged, this, &SeriesSource::restart);
    restart();
}

SeriesSource::~SeriesSource()
{
    m_thread.request_stop();
}

void SeriesSource::restart()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();               // it looks at its token between two samples
    ++m_serial;
    m_series = {};
    m_ready = true;
    if (!m_playhead.hasTrace()) {
        Q_EMIT ready();
        return;
    }
    if (m_playhead.end() <= kLongTrace) {
        m_series = traceSeries(m_playhead.trace());
        Q_EMIT ready();
        return;
    }
    m_ready = false;
    Q_EMIT ready();
    m_result = std::make_shared<TraceSeries>();
    m_thread = std::jthread([this, serial = m_serial, trace = m_playhead.sharedTrace(), result = m_result](const std::stop_token &stop) {
        *result = traceSeries(*trace, 800, stop);
        QMetaObject::invokeMethod(this, [this, serial, result] { take(serial, *result); }, Qt::QueuedConnection);
    });
}

void SeriesSource::take(std::uint64_t serial, TraceSeries series)
{
    if (serial != m_serial || m_ready)
        return;
    m_series = std::move(series);
    m_ready = true;
    Q_EMIT ready();
}

void SeriesSource::wait()
{
    if (m_ready)
        return;
    m_thread.join();
    take(m_serial, *m_result);
}

} // namespace pyrena
