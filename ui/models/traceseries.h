#pragma once

#include <QObject>

#include "ui/models/heapparts.h"
#include "ui/models/memoryseries.h"

#include <memory>
#include <stop_token>
#include <thread>

namespace pyrena {

// The heap and the collector at some moments of a trace.
struct HeapSample
{
    std::uint32_t position = 0;
    std::uint64_t requested = 0, reserved = 0, resident = 0;   // bytes, the raw heap included; without the spaces of managers that move
    std::uint64_t spacesUsed = 0, spacesSize = 0;              // bytes of those
    std::uint32_t objects = 0, blocks = 0;
    std::array<std::int32_t, 3> gcCount{}, gcThreshold{};
    std::array<std::uint64_t, kHeapParts> parts{};             // of the arenas
    std::uint64_t inArenas() const;
    std::uint64_t inUse() const { return requested + spacesUsed; }
};

// What plots are drawn from: a whole run in at most a few thousand numbers.
struct TraceSeries
{
    MemorySeries memory;               // with the peaks of each stretch
    std::vector<HeapSample> samples;   // rising; the first at 0, the last at the end; empty when stopped
    TimelineMarks marks;
};

HeapSample heapSample(const World &world, const FragmentationMeter &meter, std::uint32_t position);
TraceSeries traceSeries(const Trace &trace, std::size_t maxSamples = 800, std::stop_token stop = {});

class Playhead;

// The series of the playhead's trace. Long traces are sampled on a thread of their own: ready() says when.
class SeriesSource : public QObject
{
    Q_OBJECT
public:
    explicit SeriesSource(Playhead &playhead, QObject *parent = nullptr);
    ~SeriesSource() override;          // stops and waits

    static constexpr std::uint32_t kLongTrace = 100'000;   // changes

    const TraceSeries &series() const { return m_series; }   // empty while it is not ready
    bool isReady() const { return m_ready; }
    void wait();                       // for pictures and tests: until it is ready

Q_SIGNALS:
    void ready();                      // also right after the trace changed: then the series may be empty

private:
    void restart();
    void take(std::uint64_t serial, TraceSeries series);

    Playhead &m_playhead;
    TraceSeries m_series;
    bool m_ready = true;
    std::uint64_t m_serial = 0;        // results for an earlier trace are dropped
    std::shared_ptr<TraceSeries> m_result;
    std::jthread m_thread;
};

} // namespace pyrena
