#include "ui/views/stage.h"

#include "ui/icon.h"
#include "ui/playhead.h"
#include "ui/style.h"
#include "ui/views/changesview.h"
#include "ui/views/figureview.h"
#include "ui/views/memorybar.h"
#include "ui/views/plotsview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace pyrena {

namespace {

// In the order of the tabs.
std::vector<FigureView *> makeFigures(Shared shared, QWidget *parent)
{
    return {new FigureView(makeObjectsFigure(), shared, parent), new FigureView(makeMemoryFigure(), shared, parent),
            new FigureView(makeCollectorFigure(), shared, parent)};
}

} // namespace

Stage::Stage(Shared shared, SeriesSource &source, QWidget *parent) : QFrame(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("stage"));
    setAccessibleName(tr("Stage"));
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("stageTabs"));
    m_tabs->setAccessibleName(tr("What the stage shows"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setElideMode(Qt::ElideNone);

    m_figures = makeFigures(shared, this);
    m_changes = new ChangesView(shared, this);
    m_plots = new PlotsView(shared, source, this);
    for (FigureView *figure : m_figures)
        m_tabs->addTab(figure->figureTitle());
    m_tabs->addTab(tr("Changes"));
    m_tabs->addTab(tr("Plots"));
    m_tabs->setTabToolTip(ObjectsTab, tr("Names, objects and the references between them (Ctrl+1)"));
    m_tabs->setTabToolTip(MemoryTab, tr("Arenas, pools and blocks at their addresses (Ctrl+2)"));
    m_tabs->setTabToolTip(CollectorTab, tr("Generations, and a collection phase by phase (Ctrl+3)"));
    m_tabs->setTabToolTip(ChangesTab, tr("Every step in words (Ctrl+4)"));
    m_tabs->setTabToolTip(PlotsTab, tr("Memory, objects and collections over the whole run (Ctrl+5)"));

    m_split = new QToolButton(this);
    m_split->setObjectName(QStringLiteral("sideBySide"));
    m_split->setCheckable(true);
    m_split->setText(tr("Side by side"));
    m_split->setAccessibleName(tr("Two pictures side by side"));
    m_split->setToolTip(tr("This picture and the one shown before it side by side (Ctrl+D)"));
    m_full = new QToolButton(this);
    m_full->setObjectName(QStringLiteral("fullStage"));
    m_full->setText(tr("Full stage"));
    m_full->setAccessibleName(tr("Full stage"));
    m_full->setToolTip(tr("Give the whole window to the stage, and back (F)"));

    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 4, 10, 0);
    bar->addWidget(m_tabs, 1);
    bar->addWidget(m_split);
    bar->addWidget(m_full);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->setChildrenCollapsible(false);
    m_runTitles = new QWidget(this);
    m_firstTitle = new QLabel(m_runTitles);
    m_secondTitle = new QLabel(m_runTitles);
    auto *titles = new QHBoxLayout(m_runTitles);
    titles->setContentsMargins(12, 2, 12, 0);
    for (QLabel *title : {m_firstTitle, m_secondTitle}) {
        setRole(*title, "title");
        titles->addWidget(title, 1);
    }
    m_runTitles->hide();

    auto *figures = new QWidget(this);
    auto *column = new QVBoxLayout(figures);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_memoryBar = new MemoryBar(shared, *memory(), figures);
    connect(m_memoryBar, &MemoryBar::colorByChanged, this, [this](ColorBy by) {
        for (FigureView *figure : m_beside)
            figure->setColorBy(by);
    });
    column->addWidget(m_memoryBar);
    column->addWidget(m_runTitles);
    column->addWidget(m_splitter, 1);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(figures);
    m_stack->addWidget(m_changes);
    for (FigureView *figure : m_figures)
        m_splitter->addWidget(figure);
    m_splitter->addWidget(m_plots);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 6);
    layout->setSpacing(4);
    layout->addLayout(bar);
    layout->addWidget(m_stack, 1);

    connect(m_tabs, &QTabBar::currentChanged, this, &Stage::arrange);
    connect(&shared.playhead, &Playhead::traceChanged, this, &Stage::followDocument);
    connect(m_split, &QToolButton::toggled, this, &Stage::setSideBySide);
    connect(m_full, &QToolButton::clicked, this, &Stage::fullStageWanted);
    connect(&shared.appearance, &Appearance::themeChanged, this, &Stage::restyle);
    restyle();
    arrange();
}

int Stage::tab() const
{
    return m_tabs->currentIndex();
}

void Stage::setTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

void Stage::setSideBySide(bool on)
{
    if (on == m_sideBySide)
        return;
    m_sideBySide = on;
    m_split->setChecked(on);
    if (on && tab() == ChangesTab)
        setTab(m_front);
    arrange();
}

void Stage::showPair(int first, int second)
{
    m_partner = second;
    setTab(first);
    setSideBySide(true);
    arrange();
}

void Stage::compareWith(const Shared *other)
{
    qDeleteAll(m_beside);
    m_beside.clear();
    if (other) {
        m_beside = makeFigures(*other, this);
        for (FigureView *figure : m_beside) {
            m_splitter->addWidget(figure);
            figure->setColorBy(m_memoryBar->colorBy());
            connect(figure, &FigureView::nextColorsWanted, m_memoryBar, &MemoryBar::nextColors);
            connect(figure, &FigureView::findWanted, m_memoryBar, &MemoryBar::startSearch);
        }
        if (tab() == ChangesTab)
            setTab(m_front);
    }
    m_split->setEnabled(!other);
    const auto titleOf = [](const Shared &run) {
        const std::string_view title = run.playhead.hasTrace() ? run.playhead.trace().profile->title : std::string_view();
        return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
    };
    if (other) {
        m_firstTitle->setText(titleOf(m_shared));
        m_secondTitle->setText(titleOf(*other));
    }
    m_runTitles->setVisible(other != nullptr);
    arrange();
}

QWidget *Stage::picture(int tab) const
{
    if (tab == PlotsTab)
        return m_plots;
    return tab == ChangesTab ? nullptr : static_cast<QWidget *>(m_figures[static_cast<std::size_t>(tab)]);
}

QSize Stage::pictureSize() const
{
    return picture(m_front)->size();
}

void Stage::followDocument()
{
    const bool ofRecording = m_shared.playhead.replay() != nullptr;
    if (ofRecording == m_ofRecording)
        return;
    m_ofRecording = ofRecording;
    for (const int objects : {ObjectsTab, CollectorTab})
        m_tabs->setTabVisible(objects, !ofRecording);
    setTab(ofRecording ? MemoryTab : ObjectsTab);
    m_front = tab();
    m_partner = ofRecording ? PlotsTab : MemoryTab;
    arrange();
}

FigureView *Stage::currentFigure() const
{
    for (FigureView *figure : m_figures)
        if (figure->hasFocus())
            return figure;
    if (m_front < static_cast<int>(m_figures.size()))
        return m_figures[static_cast<std::size_t>(m_front)];
    return m_figures[m_ofRecording ? MemoryTab : ObjectsTab];
}

void Stage::arrange()
{
    const int now = tab();
    // What was in front becomes the partner of what comes to the front.
    if (now != m_front && now != ChangesTab) {
        if (now == m_partner)
            m_partner = m_front;
        m_front = now;
    }
    m_stack->setCurrentIndex(now == ChangesTab ? 1 : 0);
    for (const int i : {ObjectsTab, MemoryTab, CollectorTab, PlotsTab})
        picture(i)->setVisible(i == m_front || (m_sideBySide && !comparing() && i == m_partner));
    for (int i = 0; i < static_cast<int>(m_beside.size()); ++i)
        m_beside[static_cast<std::size_t>(i)]->setVisible(i == m_front);
    m_memoryBar->setVisible(!memory()->isHidden());
    if ((m_sideBySide || comparing()) && now != ChangesTab)
        m_splitter->setSizes(QList<int>(m_splitter->count(), 1000));
    Q_EMIT layoutChanged();
}

void Stage::restyle()
{
    const Theme &theme = m_shared.appearance.theme();
    m_split->setIcon(themedIcon(QStringLiteral("split"), theme));
    m_full->setIcon(themedIcon(QStringLiteral("fullstage"), theme));
    const int side = static_cast<int>(theme.px(18));
    m_split->setIconSize(QSize(side, side));
    m_full->setIconSize(QSize(side, side));
    setRole(*m_full, "flat");
    setRole(*m_split, "flat");
    update();
}

void Stage::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_shared.appearance.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line);
    painter.setBrush(theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const double y = m_stack->y() - 2.5;
    painter.drawLine(QPointF(1, y), QPointF(width() - 1, y));
}

} // namespace pyrena
