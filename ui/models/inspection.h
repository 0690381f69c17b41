#pragma once

#include <QString>

#include "core/trace/trace.h"
#include "ui/selection.h"

#include <optional>
#include <vector>

namespace pyrena {

// What the inspector says about the selected thing: plain texts, so that a test can read them.
struct InspectionRow
{
    QString label, value;
    bool code = false;               // addresses and field names: in the fixed-width face
};

struct InspectionHolder
{
    QString name;                    // "list#1[0]"
    QString amount;                  // "+1", or "gone" for a reference this step took away
    ObjectId owner;                  // what a click selects; none: nothing
    bool gone = false;
};

struct Inspection
{
    QString title;                   // "list#1"; empty: nothing is selected
    std::vector<InspectionRow> rows;
    bool hasHolders = false;
    QString holdersTitle;            // "Who holds it (adds up to 1)"
    std::vector<InspectionHolder> holders;
    QString whyAlive;                // empty where the question makes no sense
    std::optional<std::uint32_t> bornAt, diedAt;   // positions just after birth and death, when they are in the recording
};

// `stepBegin`: changes [stepBegin, position) are this step. `level`: detail 1..5.
Inspection inspect(const Trace &trace, const World &world, const Selected &what, std::uint32_t stepBegin,
                   std::uint32_t position, int level);

} // namespace pyrena
