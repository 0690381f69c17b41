#include "ui/docks/workbench.h"

#include "ui/docks/codedock.h"
#include "ui/docks/fragmentationdock.h"
#include "ui/docks/inspectordock.h"
#include "ui/docks/lessondock.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/outputdock.h"
#include "ui/docks/recordingdock.h"
#include "ui/docks/timelinedock.h"
#include "ui/models/traceseries.h"
#include "ui/playhead.h"
#include "ui/views/changesview.h"
#include "ui/views/figureview.h"
#include "ui/views/scrubber.h"
#include "ui/views/stage.h"

#include <QVBoxLayout>

#include <algorithm>

namespace pyrena {

namespace {

// A focus in the words of the pictures: a name or a label. "a @ after born" is the label of that object.
QString focusName(const LessonScene *scene, const Selected &what, const Playhead &playhead)
{
    if (!scene)
        return {};
    if (scene->focus.find_first_of("@(") == std::string::npos)
        return QString::fromStdString(scene->focus);
    const auto *object = std::get_if<ObjectId>(&what);
    return object && playhead.hasTrace() ? QString::fromStdString(playhead.trace().label(*object)) : QString();
}

} // namespace

Workbench::Workbench(Shared shared, QWidget *parent) : QMainWindow(parent), m_shared(shared)
{
    setWindowFlags(Qt::Widget);   // the constructor of QMainWindow insists on a window
    setObjectName(QStringLiteral("workbench"));
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setContentsMargins(10, 10, 10, 10);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);

    m_session = new LessonSession(shared, this);
    m_source = new SeriesSource(shared.playhead, this);
    m_stage = new Stage(shared, *m_source, this);
    setCentralWidget(m_stage);
    m_lesson = new LessonDock(*m_session, shared, this);
    m_code = new CodeDock(shared, this);
    m_inspector = new InspectorDock(shared, this);
    m_why = new WhyDock(shared, this);
    m_output = new OutputDock(shared, this);
    m_timeline = new TimelineDock(shared, *m_source, this);
    m_changes = new PanelDock(QStringLiteral("changes"), tr("Changes"), shared, this);
    m_changes->body()->addWidget(new ChangesView(shared, m_changes));
    m_recording = new RecordingDock(shared, this);
    m_fragmentation = new FragmentationDock(shared, *m_source, this);
    m_docks = {m_lesson, m_code, m_recording, m_inspector, m_fragmentation, m_why, m_output, m_changes, m_timeline};
    placeDocks();

    connect(m_inspector, &InspectorDock::whyAliveChanged, m_why, &WhyDock::setText);
    connect(m_session, &LessonSession::sceneShown, this, &Workbench::showScene);
    connect(m_session, &LessonSession::changed, this, &Workbench::followSession);
    connect(&shared.playhead, &Playhead::traceChanged, this, &Workbench::followDocument);
}

void Workbench::placeDocks()
{
    for (PanelDock *dock : m_docks) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    const bool recording = m_document == Document::Recording;
    addDockWidget(Qt::BottomDockWidgetArea, m_timeline);
    addDockWidget(Qt::LeftDockWidgetArea, recording ? static_cast<PanelDock *>(m_recording) : m_lesson);
    PanelDock *below = recording ? static_cast<PanelDock *>(m_inspector) : m_code;
    splitDockWidget(recording ? static_cast<PanelDock *>(m_recording) : m_lesson, below, Qt::Vertical);
    addDockWidget(Qt::RightDockWidgetArea, recording ? static_cast<PanelDock *>(m_fragmentation) : m_inspector);
    splitDockWidget(recording ? static_cast<PanelDock *>(m_fragmentation) : m_inspector, m_why, Qt::Vertical);
    splitDockWidget(m_why, m_output, Qt::Vertical);
    splitDockWidget(m_output, m_changes, Qt::Vertical);
    if (recording) {
        tabifyDockWidget(m_recording, m_lesson);
        tabifyDockWidget(m_lesson, m_code);
    } else {
        tabifyDockWidget(m_lesson, m_recording);
        tabifyDockWidget(m_inspector, m_fragmentation);
    }
    for (PanelDock *dock : m_docks) {
        const bool ofRecording = dock == m_recording || dock == m_fragmentation;
        const bool ofProgram = dock == m_lesson || dock == m_code || dock == m_why || dock == m_output;
        dock->setVisible(dock != m_changes && !(recording ? ofProgram : ofRecording));
    }
}

void Workbench::followDocument()
{
    const Document now = m_shared.playhead.replay() ? Document::Recording : Document::Program;
    if (now == m_document)
        return;
    setAround(Around::Everything);
    m_layouts[static_cast<int>(m_document)] = saveState(kLayoutVersion);
    m_document = now;
    if (!restoreState(m_layouts[static_cast<int>(now)], kLayoutVersion)) {
        ownSizes() = true;
        placeDocks();
    }
    if (ownSizes())
        sizeDocks();
}

QByteArray Workbench::layoutOf(Document document) const
{
    return document == m_document ? saveState(kLayoutVersion) : m_layouts[static_cast<int>(document)];
}

void Workbench::resizeShown(const QList<PanelDock *> &docks, const QList<int> &sizes, Qt::Orientation orientation)
{
    QList<QDockWidget *> shown;
    QList<int> wanted;
    for (qsizetype i = 0; i < docks.size(); ++i) {
        if (docks[i]->isHidden() || docks[i]->isFloating() || dockWidgetArea(docks[i]) == Qt::NoDockWidgetArea)
            continue;
        shown += docks[i];
        wanted += std::max(40, sizes[i]);
    }
    if (!shown.isEmpty())
        resizeDocks(shown, wanted, orientation);
}

void Workbench::sizeDocks()
{
    m_sizedForLesson = m_session->active();
    if (width() < 400 || height() < 300)
        return;   // not laid out yet
    // The stage gets more than half of the width; texts get what they need to be read, at every text size.
    const Theme &t = m_shared.appearance.theme();
    const int left = std::min(static_cast<int>(t.px(330)), width() * 24 / 100);
    const int right = std::min(static_cast<int>(t.px(290)), width() * 21 / 100);
    resizeShown({m_lesson, m_inspector}, {left, right}, Qt::Horizontal);
    const int tall = height() - static_cast<int>(t.px(150));
    resizeShown({m_timeline}, {static_cast<int>(t.px(136))}, Qt::Vertical);
    if (m_document == Document::Recording) {
        resizeShown({m_recording, m_fragmentation}, {left, right}, Qt::Horizontal);
        resizeShown({m_recording, m_inspector}, {tall * 68 / 100, tall * 32 / 100}, Qt::Vertical);
        return;
    }
    // Without a lesson the program gets its room.
    const int lesson = m_session->active() ? tall * 56 / 100 : static_cast<int>(t.px(96));
    resizeShown({m_lesson, m_code}, {lesson, tall - lesson}, Qt::Vertical);
    resizeShown({m_inspector, m_why, m_output}, {tall * 64 / 100, tall * 19 / 100, tall * 17 / 100}, Qt::Vertical);
}

void Workbench::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (ownSizes() && m_around == Around::Everything)
        sizeDocks();
}

void Workbench::resetLayout()
{
    setAround(Around::Everything);
    ownSizes() = true;
    placeDocks();
    sizeDocks();
    m_stage->setSideBySide(false);
}

void Workbench::restoreLayout(Document document, const QByteArray &state)
{
    if (state.isEmpty() || (document == m_document && !restoreState(state, kLayoutVersion)))
        return;
    m_layouts[static_cast<int>(document)] = state;
    m_ownSizes[static_cast<int>(document)] = false;
}

void Workbench::setAround(Around around)
{
    if (around == m_around)
        return;
    if (m_around == Around::Everything)
        m_layoutBefore = saveState(kLayoutVersion);
    m_around = around;
    if (around == Around::Everything) {
        restoreState(m_layoutBefore, kLayoutVersion);
        return;
    }
    for (PanelDock *dock : m_docks) {
        const bool stays = around == Around::LessonAndCode && m_document == Document::Program
            && (dock == m_code || (dock == m_lesson && m_session->active()));
        dock->setVisible(stays);
    }
    resizeShown({m_lesson, m_code}, {width() * 30 / 100, width() * 30 / 100}, Qt::Horizontal);
}

void Workbench::showScene()
{
    const LessonScene *scene = m_session->currentScene();
    if (!scene || scene->show.empty())
        return;
    Q_EMIT besideWanted(QString::fromStdString(scene->beside));
    const auto tabOf = [](LessonFigure f) {
        switch (f) {
        case LessonFigure::Memory: case LessonFigure::Process: return Stage::MemoryTab;
        case LessonFigure::Plots: return Stage::PlotsTab;
        case LessonFigure::Changes: return Stage::ChangesTab;
        case LessonFigure::Collector: return Stage::CollectorTab;
        case LessonFigure::Objects: break;
        }
        return Stage::ObjectsTab;
    };
    const int first = tabOf(scene->show[0]);
    const int second = scene->show.size() > 1 ? tabOf(scene->show[1]) : first;
    if (first != second && first != Stage::ChangesTab && second != Stage::ChangesTab) {
        m_stage->showPair(first, second);
        return;
    }
    m_stage->setTab(first);
    m_stage->setSideBySide(false);
}

void Workbench::aimBeside()
{
    // What the scene looks at is another object in the other run: the one selected there.
    const LessonScene *scene = m_session->currentScene();
    for (FigureView *figure : m_stage->besideFigures())
        figure->lookAt(figure->input().selected, scene ? scene->zoom : LessonZoom::Free);
}

void Workbench::followSession()
{
    const LessonScene *scene = m_session->currentScene();
    const Selected what = m_session->sceneFocus();
    const LessonZoom zoom = scene ? scene->zoom : LessonZoom::Free;
    for (FigureView *figure : m_stage->figures()) {
        figure->setFocusName(focusName(scene, what, m_shared.playhead));
        figure->lookAt(what, zoom);
    }
    aimBeside();
    if (ownSizes() && m_around == Around::Everything && m_sizedForLesson != m_session->active())
        sizeDocks();
    std::vector<Scrubber::Question> marks;
    if (m_session->active()) {
        const auto &questions = m_session->placed().questions;
        for (std::size_t i = 0; i < questions.size(); ++i)
            marks.push_back({questions[i].gate, m_session->answered(static_cast<int>(i))});
    }
    m_timeline->scrubber()->setQuestions(std::move(marks));
}

} // namespace pyrena
