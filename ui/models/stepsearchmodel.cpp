#include "ui/models/stepsearchmodel.h"

#include "core/explain/explain.h"

#include <QElapsedTimer>

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

void StepSearchModel::searchSlice()
{
    QElapsedTimer elapsed;
    elapsed.start();
    std::vector<Result> found;
    const std::uint32_t size = m_trace->steps.size();
    while (m_next < size && elapsed.elapsed() < kSliceMilliseconds
           && m_results.size() + found.size() < std::size_t(kMaxResults)) {
        const StepId id(m_next++);
        QString sentence = QString::fromStdString(explainStep(*m_trace, id));
        if (sentence.contains(m_text, Qt::CaseInsensitive))
            found.push_back({id, std::move(sentence)});
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
    const Step &step = m_trace->steps[result.step];
    switch (role) {
    case Qt::DisplayRole:
        return step.span.begin.line > 0 ? tr("%1  (line %2)").arg(result.sentence).arg(step.span.begin.line) : result.sentence;
    case EndRole: return step.end;
    case BeginRole: return step.begin;
    default: return {};
    }
}

} // namespace pyrena
