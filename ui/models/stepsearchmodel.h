#pragma once

#include <QAbstractListModel>
#include <QTimer>

#include "core/trace/trace.h"

#include <memory>
#include <vector>

namespace pyrena {

// The steps whose sentence holds a text. Searches in small slices so that the window stays alive; results only ever
// get appended.
class StepSearchModel : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit StepSearchModel(QObject *parent = nullptr);

    static constexpr int kMaxResults = 2000;
    enum Role { EndRole = Qt::UserRole, BeginRole };

    void setTrace(std::shared_ptr<const Trace> trace);
    void search(const QString &text);            // case-insensitive; "" finds nothing
    bool searching() const { return m_timer.isActive(); }
    double progress() const;                     // of the search, 0..1

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void progressed();      // after a slice that did not finish the search
    void finished();

private:
    struct Result { std::uint32_t begin = 0, end = 0, line = 0; QString sentence; };
    // What is searched: the steps; of an allocator recording what lies between two stops, for it may have no steps.
    std::uint32_t candidates() const;
    Result candidate(std::uint32_t number) const;
    void searchSlice();

    std::shared_ptr<const Trace> m_trace;
    QString m_text;
    std::uint32_t m_next = 0;
    std::vector<Result> m_results;
    QTimer m_timer;
};

} // namespace pyrena
