#pragma once

#include "ui/models/steprows.h"

#include "core/memory/replay.h"

#include <memory>

namespace pyrena {

// The requests of an allocator recording, in groups of a thousand, each request over its changes. Nothing is kept for a row:
// whatever a row shows is worked out from its number, so that millions of them cost nothing until they are looked at.
class EventModel : public StepRows
{
    Q_OBJECT
public:
    using StepRows::StepRows;

    static constexpr int kGroup = 1000;

    void setReplay(std::shared_ptr<const RecordedReplay> replay);   // null: empty
    void setPosition(std::uint32_t position) override;
    QModelIndex indexAt(std::uint32_t position, Granularity granularity) const override;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    enum class Kind { None, Group, Request, Change };
    struct Row { Kind kind = Kind::None; std::uint32_t number = 0; };   // of the group, the request or the change
    Row rowAt(const QModelIndex &index) const;
    std::uint32_t requests() const;
    std::uint32_t beginOf(std::uint32_t request) const;
    std::uint32_t endOf(std::uint32_t request) const { return beginOf(request + 1); }
    QModelIndex indexOfRequest(std::uint32_t request, int column = 0) const;
    QString sentence(const Row &row) const;

    std::shared_ptr<const RecordedReplay> m_replay;
    std::uint32_t m_position = 0;
    QModelIndex m_current;             // its numbers never change: the rows are those of the recording
};

} // namespace pyrena
