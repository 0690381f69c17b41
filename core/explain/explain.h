#pragma once

#include "core/trace/trace.h"

#include <string>

namespace pyrena {

// One plain sentence, without the final full stop, for change number `index`: "count of list#1 goes from 2 to 1".
// Captions, the step list, the screen reader and `pyrena tell` share it.
std::string explainChange(const Trace &trace, std::uint32_t index);

// One plain sentence for a step: "look up the name a", "collect generation 2".
std::string explainStep(const Trace &trace, StepId step);

// What the learner reads at a position: the sentence of the step or change that just happened, at that granularity.
std::string explainPosition(const Trace &trace, std::uint32_t position, Granularity granularity);

} // namespace pyrena
