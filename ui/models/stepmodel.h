#pragma once

#include "ui/models/steprows.h"

#include "core/trace/trace.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace pyrena {

// The step tree of a trace as a tree of sentences: under each step its steps and, between them, its single changes.
// Lists of children are made when first asked for. A trace never changes, so moving only announces which row is current.
class StepModel : public StepRows
{
    Q_OBJECT
public:
    using StepRows::StepRows;

    void setTrace(std::shared_ptr<const Trace> trace);           // null: empty
    void setPosition(std::uint32_t position) override;

    QModelIndex indexAt(std::uint32_t position, Granularity granularity) const override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    // A row is a step or a single change.
    struct Row
    {
        std::uint32_t number = 0;      // StepId or number of the change
        bool isChange = false;
    };
    using Rows = std::vector<Row>;

    static constexpr std::uint32_t kTop = Id<struct StepTag>::kNone;   // the parent of rows that have none
    const Rows &rowsOf(std::uint32_t step) const;
    const Row *rowAt(const QModelIndex &index) const;
    QModelIndex indexOfStep(StepId id) const;
    QModelIndex indexOfChange(std::uint32_t change, StepId in) const;

    std::shared_ptr<const Trace> m_trace;
    StepId m_root;                      // a Program step around everything is not shown
    std::uint32_t m_position = 0;
    QPersistentModelIndex m_current;
    mutable std::unordered_map<std::uint32_t, Rows> m_rows;
    mutable std::unordered_map<std::uint32_t, int> m_rowOfStep;
};

} // namespace pyrena
