#include "ui/docks/fragmentationdock.h"

#include "ui/playhead.h"
#include "ui/views/classchart.h"
#include "ui/views/partsbar.h"
#include "ui/views/partsplot.h"

#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pyrena {

FragmentationDock::FragmentationDock(Shared shared, SeriesSource &source, QWidget *parent)
    : PanelDock(QStringLiteral("fragmentation"), tr("Fragmentation"), shared, parent)
{
    // In a low window or at a large text scale it scrolls.
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Fragmentation"));
    auto *content = new QWidget(scroll);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    m_bar = new PartsBar(shared, content);
    m_classes = new ClassChart(shared, content);
    m_overTime = new PartsPlot(shared, source, content);
    column->addWidget(m_bar);
    column->addWidget(m_classes, 3);
    column->addWidget(m_overTime, 2);
    scroll->setWidget(content);
    body()->addWidget(scroll);
    const auto scale = [this] {
        const Theme &t = theme();
        m_bar->setMinimumHeight(m_bar->sizeHint().height());
        m_classes->setMinimumHeight(static_cast<int>(t.px(130)));
        m_overTime->setMinimumHeight(static_cast<int>(t.px(96)));
    };
    connect(&shared.appearance, &Appearance::themeChanged, this, scale);
    scale();
    connect(&shared.playhead, &Playhead::traceChanged, this, [this] {
        m_stale = true;
        refresh();
    });
    connect(&shared.playhead, &Playhead::moved, this, &FragmentationDock::onMoved);
    refresh();
}

void FragmentationDock::onMoved(std::uint32_t from, std::uint32_t to)
{
    if (!isVisible()) {
        m_stale = true;
        return;
    }
    if (!m_stale)
        m_meter.move(m_shared.playhead.trace(), m_shared.playhead.world(), from, to);
    refresh();
}

void FragmentationDock::showEvent(QShowEvent *event)
{
    PanelDock::showEvent(event);
    refresh();
}

void FragmentationDock::refresh()
{
    const Playhead &p = m_shared.playhead;
    if (!isVisible())
        return;
    if (m_stale && p.hasTrace())
        m_meter.reset(p.world());
    m_stale = false;
    m_shown = p.hasTrace() ? m_meter.at(p.world()) : Fragmentation();
    m_bar->setFragmentation(m_shown);
    m_classes->setFragmentation(m_shown);
    const std::uint64_t all = m_shown.inArenas();
    setInfo(all == 0 ? tr("no arena yet")
                     : tr("%1 % asked for").arg(QLocale().toString(100.0 * double(m_shown.requested) / double(all), 'f', 1)));
}

} // namespace pyrena
