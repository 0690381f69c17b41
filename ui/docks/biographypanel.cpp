#include "ui/docks/biographypanel.h"

#include "ui/playhead.h"
#include "ui/selection.h"
#include "ui/style.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QLabel>
#include <QListView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace pyrena {

namespace {
constexpr std::uint32_t kSlice = 50'000;      // changes read before the clock is looked at
constexpr qint64 kSliceMilliseconds = 6;      // less than half of a frame
constexpr int kMostRowsShown = 4;
constexpr int kLevelOfBlocks = 3;             // below it nothing is said of blocks
} // namespace

// The rows of a biography; rows are only ever added.
class BiographyModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void show(const Biography *biography, const Trace *trace)
    {
        beginResetModel();
        m_biography = biography;
        m_trace = trace;
        m_rows = biography ? static_cast<int>(biography->residences().size()) : 0;
        m_current = -1;
        endResetModel();
    }
    void grow()
    {
        const int rows = static_cast<int>(m_biography->residences().size());
        if (rows > m_rows) {
            beginInsertRows({}, m_rows, rows - 1);
            m_rows = rows;
            endInsertRows();
        }
        if (m_rows > 0)   // who was still there may have left
            Q_EMIT dataChanged(index(0), index(m_rows - 1));
    }
    void setCurrent(int row)
    {
        const int before = std::exchange(m_current, row);
        for (const int changed : {before, row})
            if (changed >= 0 && changed < m_rows && before != row)
                Q_EMIT dataChanged(index(changed), index(changed));
    }
    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : m_rows; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || index.row() >= m_rows)
            return {};
        const Residence &r = m_biography->residences()[static_cast<std::size_t>(index.row())];
        if (role == Qt::FontRole && index.row() == m_current) {
            QFont font;
            font.setBold(true);
            return font;
        }
        if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole)
            return {};
        const QString who = residentName(*m_trace, r.tenant);
        const auto step = [this](std::uint32_t position) { return m_trace->stops.indexOf(position, Granularity::Event); };
        const QString from = r.from == 0 ? BiographyPanel::tr("the start") : QString::number(step(r.from));
        const QString to = r.to == Residence::kNever ? BiographyPanel::tr("the end") : QString::number(step(r.to));
        if (role == Qt::DisplayRole)   // a mark besides the weight of the face
            return (index.row() == m_current ? QStringLiteral("\u25b8 ") : QString())
                + BiographyPanel::tr("%1 \u00b7 %2 \u2013 %3").arg(who, from, to);
        return BiographyPanel::tr("%1 lived here from step %2 to step %3, in a block of %4 bytes at %5%6")
            .arg(who, from, to).arg(r.size).arg(QString::fromStdString(toHex(Address(r.address))),
                                                index.row() == m_current ? BiographyPanel::tr("; now") : QString());
    }

private:
    const Biography *m_biography = nullptr;
    const Trace *m_trace = nullptr;
    int m_rows = 0, m_current = -1;
};

BiographyPanel::BiographyPanel(Shared shared, QWidget *parent) : QWidget(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("biography"));
    m_title = new QLabel(this);
    m_title->setWordWrap(true);
    setRole(*m_title, "section");
    m_model = new BiographyModel(this);
    m_list = new QListView(this);
    m_list->setModel(m_model);
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setAccessibleName(tr("Who lived in this block"));
    m_list->setToolTip(tr("Who lived in this block; a click goes to the step in which they moved in"));
    m_title->setBuddy(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 4, 4, 0);
    column->setSpacing(2);
    column->addWidget(m_title);
    column->addWidget(m_list);
    connect(m_model, &QAbstractItemModel::modelReset, this, &BiographyPanel::fitList);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &BiographyPanel::fitList);
    m_timer = new QTimer(this);
    m_timer->setInterval(0);
    connect(m_timer, &QTimer::timeout, this, &BiographyPanel::readOn);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { goTo(index.row()); });
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) { goTo(index.row()); });
    connect(&shared.playhead, &Playhead::traceChanged, this, &BiographyPanel::selectionChanged);
    connect(&shared.playhead, &Playhead::moved, this, &BiographyPanel::moved);
    connect(&shared.selection, &Selection::changed, this, &BiographyPanel::selectionChanged);
    connect(&shared.appearance, &Appearance::levelChanged, this, &BiographyPanel::selectionChanged);
    selectionChanged();
}

BiographyPanel::~BiographyPanel() = default;

std::optional<BiographyPanel::Place> BiographyPanel::selectedPlace() const
{
    if (!m_shared.playhead.hasTrace() || m_shared.appearance.level() < kLevelOfBlocks)
        return std::nullopt;
    const World &world = m_shared.playhead.world();
    const HeapState &heap = world.heap;
    HeapState::Place at;
    if (const auto *block = std::get_if<SelectedBlock>(&m_shared.selection.selected())) {
        at = {block->pool, block->offset};
        if (!at.pool || at.pool.value >= heap.pools.size() || !heap.arenas[heap.arenaOf(at.pool).value].address)
            return std::nullopt;
    } else if (const ObjectId id = m_shared.selection.object(); id && world.contains(id)) {
        const Object &o = world.object(id);
        if (o.has(ObjectFlag::Static) || !o.address)
            return std::nullopt;
        at = heap.find(o.address);
        // Its pool may be another class's by now: then no block of today is its.
        if (!o.alive() && at.pool && o.address < heap.poolAddress(at.pool) + at.offset)
            return std::nullopt;
    }
    if (!at.pool || at.offset < kPoolHeaderSize || heap.pools[at.pool.value].sizeClass == kNoSizeClass)
        return std::nullopt;
    return Place{heap.poolAddress(at.pool) + at.offset, heap.blockSize(heap.pools[at.pool.value].sizeClass)};
}

// As high as its rows, up to a few: the rest of the dock is for the facts above.
void BiographyPanel::fitList()
{
    const int rows = std::clamp(m_model->rowCount({}), 1, kMostRowsShown);
    const int height = m_model->rowCount({}) > 0 ? m_list->sizeHintForRow(0) : m_list->fontMetrics().height();
    m_list->setFixedHeight(rows * height + 2 * m_list->frameWidth() + 2);
}

void BiographyPanel::selectionChanged() { show(selectedPlace()); }

// The block stays the one that was selected, whatever its pool is carved into at other moments.
void BiographyPanel::moved()
{
    if (m_place)
        showCurrent();
    else
        show(selectedPlace());
}

void BiographyPanel::show(const std::optional<Place> &place)
{
    const auto trace = m_shared.playhead.sharedTrace();
    if (trace != m_trace || place != m_place) {
        m_timer->stop();
        m_model->show(nullptr, nullptr);
        m_trace = trace;
        m_place = place;
        m_biography = place ? std::make_unique<Biography>(trace, place->address, place->size) : nullptr;
        m_model->show(m_biography.get(), trace.get());
        if (m_biography)
            m_timer->start();
    }
    setVisible(m_biography != nullptr);
    showCurrent();
}

void BiographyPanel::readOn()
{
    QElapsedTimer clock;
    clock.start();
    bool more = true;
    while (more && clock.elapsed() < kSliceMilliseconds)
        more = m_biography->advance(kSlice);
    m_model->grow();
    if (!more)
        m_timer->stop();
    showCurrent();
}

void BiographyPanel::showCurrent()
{
    if (!m_biography)
        return;
    const int lived = static_cast<int>(m_biography->residences().size());
    m_title->setText(m_biography->done() ? tr("Who lived in this block (%1)").arg(lived)
                                         : tr("Who lived in this block (%1, %2 % of the run read)").arg(lived)
                                               .arg(static_cast<int>(m_biography->progress() * 100)));
    const int current = m_biography->at(m_shared.playhead.position());
    m_model->setCurrent(current);
    if (current >= 0)
        m_list->scrollTo(m_model->index(current));
}

void BiographyPanel::goTo(int row)
{
    if (m_biography && row >= 0 && row < static_cast<int>(m_biography->residences().size()))
        m_shared.playhead.seek(m_biography->residences()[static_cast<std::size_t>(row)].from);
}

} // namespace pyrena
