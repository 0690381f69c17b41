#pragma once

#include <QObject>

#include "core/trace/timeline.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace pyrena {

struct RecordedReplay;

// The one moment every view shows. Views listen to traceChanged and moved and read world().
class Playhead : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void setTrace(std::shared_ptr<const Trace> trace, std::uint32_t position = 0);   // null: nothing loaded
    // The same for the replay of an allocator recording.
    void setReplay(std::shared_ptr<const RecordedReplay> replay, std::uint32_t position = 0);
    // Where the trace comes from when it is an allocator recording; else null.
    const std::shared_ptr<const RecordedReplay> &replay() const { return m_replay; }
    bool hasTrace() const { return m_timeline != nullptr; }
    const Trace &trace() const { return m_timeline->trace(); }
    std::shared_ptr<const Trace> sharedTrace() const { return m_timeline ? m_timeline->sharedTrace() : nullptr; }
    const World &world() const { return m_timeline->world(); }
    std::uint32_t position() const { return m_position; }
    std::uint32_t end() const { return hasTrace() ? trace().changeCount() : 0; }

    Granularity granularity() const { return m_granularity; }
    void setGranularity(Granularity granularity);

    void seek(std::uint32_t position);
    void stepForward() { stepForward(m_granularity); }
    void stepBack() { stepBack(m_granularity); }
    void stepForward(Granularity granularity);
    void stepBack(Granularity granularity);
    std::uint32_t nearestStop(std::uint32_t position) const;   // of the granularity: where a click near there goes
    void toStart() { seek(0); }
    void toEnd() { seek(end()); }
    bool atStart() const { return m_position == 0; }
    bool atEnd() const { return m_position == end(); }

    // Positions a step forward does not pass: questions not answered yet. Seeking and stepping back go through them.
    void setGates(std::vector<std::uint32_t> gates);
    const std::vector<std::uint32_t> &gates() const { return m_gates; }
    bool atGate() const;

    // The changes that "this step" means in pictures: from where a step back would lead to the position.
    // [from, position) is what a halo marks as just changed.
    std::uint32_t stepBegin() const;

Q_SIGNALS:
    void traceChanged();
    void moved(std::uint32_t from, std::uint32_t to);
    void granularityChanged();
    void gateReached();     // a step forward ended at a gate, or was refused by one

private:
    void begin(std::shared_ptr<const Trace> trace, std::uint32_t position);

    std::unique_ptr<Timeline> m_timeline;
    std::shared_ptr<const RecordedReplay> m_replay;
    std::uint32_t m_position = 0;
    std::vector<std::uint32_t> m_gates;   // rising
    Granularity m_granularity = Granularity::Operation;
};

} // namespace pyrena
