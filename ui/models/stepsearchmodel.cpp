#include "ui/models/stepsearchmodel.h"

#include "core/explain/explain.h"

#include <QElapsedTimer>

#include <algorithm>

namespace pyrena {

namespace {
constexpr qint64 kSliceMilliseconds = 6;
}

StepSearchModel::StepSearchModel(QObject *parent) : QAbstractListModel(parent)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &StepSearchModel::searchSlice);
}

void StepSearchModel::setTrace(std::shared_ptr<const Trace> trace)
{
    beginResetModel();
    m_trace = std::move(trace);
    m_results.clear();
    m_next = 0;
    m_timer.stop();
    endResetModel();
    if (!m_text.isEmpty())
        search(m_text);
}

void StepSearchModel::search(const QString &text)
{
    beginResetModel();
    m_text = text.trimmed();
    m_results.clear();
    m_next = 0;
    endResetModel();
    if (m_trace && !m_text.isEmpty())
        m_timer.start();
    else
        m_timer.stop();
}

std::uint32_t StepSearchModel::candidates() const
{
    if (!m_trace)
        return 0;
    return m_trace->profile->runsPrograms ? m_trace->steps.size() : std::max(m_trace->stops.count(Granularity::Line), 1u) - 1;
}

StepSearchModel::Result StepSearchModel::candidate(std::uint32_t number) const
{
    if (m_trace->profile->runsPrograms) {
        const Step &step = m_trace->steps[StepId(number)];
        return {step.begin, step.end, step.span.begin.line, QString::fromStdString(explainStep(*m_trace, StepId(number)))};
    }
    const std::uint32_t end = m_trace->stops.position(number + 1, Granularity::Line);
    return {m_trace->stops.position(number, Granularity::Line), end, 0,
            QString::fromStdString(explainPosition(*m_trace, end, Granularity::Line))};
}

double StepSearchModel::progress() const
{
    const std::uint32_t all = candidates();
    return all == 0 ? 1 : double(m_next) / all;
}

void StepSearchModel::searchSlice()
{
    QElapsedTimer elapsed;
    elapsed.start();
    std::vector<Result> found;
    const std::uint32_t size = candidates();
    while (m_next < size && elapsed.elapsed() < kSliceMilliseconds
           && m_results.size() + found.size() < std::size_t(kMaxResults)) {
        Result next = candidate(m_next++);
        if (next.sentence.contains(m_text, Qt::CaseInsensitive))
            found.push_back(std::move(next));
    }
    if (!found.empty()) {
        const int first = static_cast<int>(m_results.size());
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        for (Result &result : found)
            m_results.push_back(std::move(result));
        endInsertRows();
    }
    if (m_next >= size || m_results.size() >= std::size_t(kMaxResults)) {
        m_timer.stop();
        Q_EMIT finished();
    } else {
        Q_EMIT progressed();
    }
}

int StepSearchModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_results.size());
}

QVariant StepSearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_results.size())
        return {};
    const Result &result = m_results[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return result.line > 0 ? tr("%1  (line %2)").arg(result.sentence).arg(result.line) : result.sentence;
    case EndRole: return result.end;
    case BeginRole: return result.begin;
    default: return {};
    }
}

} // namespace pyrena
