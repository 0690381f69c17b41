// A Collector figure laid out at the positions of one trace.
#pragma once

#include "core/trace/timeline.h"
#include "ui/figures/collector/collectorfigure.h"

#include <cstdint>
#include <memory>

namespace pyrena::collector {

struct Shown
{
    std::shared_ptr<const Trace> trace;
    Timeline timeline;
    CollectorFigure figure;
    FigureInput input;

    explicit Shown(std::shared_ptr<const Trace> t) : trace(t), timeline(t)
    {
        input.trace = trace.get();
        input.theme = theme(ThemeName::Light);
    }
    const Story &at(std::uint32_t position, Granularity granularity = Granularity::Event, const QSizeF &size = {1280, 800})
    {
        input.world = &timeline.seek(position);
        input.position = position;
        input.granularity = granularity;
        input.stepBegin = trace->stops.previous(position, granularity);
        figure.layout(input, size, {});
        return figure.story();
    }
    const World &world() const { return timeline.world(); }
    const Step &step(StepId id) const { return trace->steps[id]; }
};

} // namespace pyrena::collector
