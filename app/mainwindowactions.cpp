// Menus and dialogs of the main window.
#include "app/mainwindow.h"

#include "app/messagebar.h"
#include "ui/docks/codedock.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/paneldock.h"
#include "ui/docks/workbench.h"
#include "ui/figures/exporter.h"
#include "ui/style.h"
#include "ui/views/changesview.h"
#include "ui/views/figureview.h"
#include "ui/views/stage.h"

#include <QActionGroup>
#include <QApplication>
#include <QBuffer>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QGridLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QScrollArea>
#include <QVBoxLayout>

namespace pyrena {

namespace {
constexpr double kExportScale = 2;   // sharp on a slide
}

QAction *MainWindow::action(QMenu *menu, const QString &text, const QKeySequence &keys, const QString &toolTip)
{
    auto *made = menu->addAction(text);
    made->setShortcut(keys);
    made->setToolTip(toolTip);
    made->setStatusTip(QString());
    return made;
}

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeViewMenu();
    makeGoMenu();
    makeHelpMenu();
    for (QAction *menu : menuBar()->actions())
        menu->menu()->setToolTipsVisible(true);
}

void MainWindow::makeFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    connect(action(file, tr("&Open…"), QKeySequence::Open, tr("Open a lesson, a Python script or a recording of a process")), &QAction::triggered,
            this, &MainWindow::chooseFile);
    m_recentMenu = file->addMenu(tr("Open &recent"));
    connect(action(file, tr("&Start page"), QKeySequence(tr("Ctrl+Home")), tr("Lessons and sandbox")), &QAction::triggered,
            this, &MainWindow::showStartPage);
    file->addSeparator();
    connect(action(file, tr("&Edit the program"), QKeySequence(tr("Ctrl+E")), tr("Change the program and run it again")),
            &QAction::triggered, this, [this] {
                if (m_playhead.replay() && !onStartPage())
                    m_messages->showNote(tr("This is a recording of a process: there is no program to change."));
                else if (!onStartPage())
                    m_workbench->codeDock()->setEditing(!m_workbench->codeDock()->editing());
            });
    connect(action(file, tr("E&xport picture…"), QKeySequence(tr("Ctrl+Shift+E")), tr("Save what the stage shows as PNG or SVG")),
            &QAction::triggered, this, &MainWindow::exportPicture);
    file->addSeparator();
    connect(action(file, tr("&Quit"), QKeySequence::Quit, tr("Close Pyrena")), &QAction::triggered, this, &QWidget::close);
    rebuildRecentMenu();
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    const QString tabs[] = {tr("&Objects"), tr("&Memory"), tr("Colle&ctor"), tr("Cha&nges"), tr("P&lots")};
    for (int i = 0; i < static_cast<int>(std::size(tabs)); ++i)
        connect(action(view, tabs[i], QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)), QString()), &QAction::triggered,
                this, [this, i] { m_workbench->stage()->setTab(i); });
    connect(action(view, tr("Side &by side"), QKeySequence(tr("Ctrl+D")), tr("Two pictures side by side")),
            &QAction::triggered, this, [this] { m_workbench->stage()->setSideBySide(!m_workbench->stage()->sideBySide()); });
    makeComparisonMenu(view);
    connect(action(view, tr("Fin&d a step"), QKeySequence::Find, tr("Search the steps")), &QAction::triggered, this, [this] {
        m_workbench->stage()->setTab(Stage::ChangesTab);
        m_workbench->stage()->changes()->startSearch();
    });
    m_fullStageAction = action(view, tr("&Full stage"), QKeySequence(tr("F11")), tr("Give the whole window to the stage, and back (F)"));
    m_fullStageAction->setCheckable(true);
    connect(m_fullStageAction, &QAction::triggered, this, &MainWindow::setFullStage);
    m_presentAction = action(view, tr("&Present"), QKeySequence(tr("F5")), tr("Everything larger, for a projector; Escape leaves"));
    m_presentAction->setCheckable(true);
    connect(m_presentAction, &QAction::triggered, this, &MainWindow::setPresenting);
    view->addSeparator();
    QMenu *levels = view->addMenu(tr("&Detail"));
    for (int level = 1; level <= Appearance::kLevels; ++level)
        connect(action(levels, tr("Level %1").arg(level), QKeySequence(QStringLiteral("Alt+%1").arg(level)), QString()),
                &QAction::triggered, this, [this, level] { m_appearance.setLevel(level); });
    QMenu *themes = view->addMenu(tr("&Theme"));
    auto *group = new QActionGroup(this);
    const QString names[] = {tr("&Light"), tr("&Bright room"), tr("&Dark"), tr("&Print")};
    for (int i = 0; i < 4; ++i) {
        QAction *a = action(themes, names[i], {}, QString());
        a->setCheckable(true);
        group->addAction(a);
        connect(a, &QAction::triggered, this, [this, i] { setTheme(static_cast<ThemeName>(i)); });
        m_themeActions.push_back(a);
    }
    connect(action(view, tr("Light or dark"), QKeySequence(tr("Ctrl+Shift+T")), QString()), &QAction::triggered, this, [this] {
        setTheme(m_appearance.themeName() == ThemeName::Dark ? ThemeName::Light : ThemeName::Dark);
    });
    QMenu *size = view->addMenu(tr("Te&xt size"));
    const auto scale = [this](double factor) { m_appearance.setTextScale(factor == 0 ? 1 : m_appearance.theme().textScale * factor); };
    connect(action(size, tr("&Larger"), QKeySequence::ZoomIn, QString()), &QAction::triggered, this, [scale] { scale(1.1); });
    connect(action(size, tr("&Smaller"), QKeySequence::ZoomOut, QString()), &QAction::triggered, this, [scale] { scale(1 / 1.1); });
    connect(action(size, tr("&Normal"), QKeySequence(tr("Ctrl+0")), QString()), &QAction::triggered, this, [scale] { scale(0); });
    QAction *motion = action(view, tr("&Reduced motion"), {}, tr("Steps jump instead of gliding"));
    motion->setObjectName(QStringLiteral("reducedMotion"));
    motion->setCheckable(true);
    connect(motion, &QAction::toggled, this, [this](bool on) { m_appearance.setReducedMotion(on); });
    view->addSeparator();
    QMenu *panels = view->addMenu(tr("Pa&nels"));
    for (PanelDock *dock : m_workbench->docks())
        panels->addAction(dock->toggleViewAction());
    connect(action(view, tr("Reset la&yout"), {}, tr("Put every panel back where it was at first")), &QAction::triggered, this, [this] {
        m_fullStageAction->setChecked(false);
        m_workbench->resetLayout();
    });
}

void MainWindow::makeComparisonMenu(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Compare &with"));
    menu->setToolTip(tr("The same program under another profile, beside this one and in lock-step by line"));
    auto *group = new QActionGroup(this);
    const auto add = [&](const QString &text, const QString &name, const QString &toolTip) {
        QAction *a = action(menu, text, {}, toolTip);
        a->setCheckable(true);
        a->setChecked(name.isEmpty());
        group->addAction(a);
        m_comparisonActions.push_back(a);
        connect(a, &QAction::triggered, this, [this, name] {
            if (name.isEmpty())
                m_comparison.stop();
            else
                m_comparison.compareWith(name);
        });
    };
    add(tr("&Nothing"), {}, tr("Show one run only"));
    menu->addSeparator();
    const auto text = [](std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); };
    for (const PythonProfile &profile : allProfiles())
        if (profile.runsPrograms)
            add(text(profile.title), text(profile.name), text(profile.summary));
}

void MainWindow::makeGoMenu()
{
    QMenu *go = menuBar()->addMenu(tr("&Go"));
    // The keys themselves belong to the stage, see keymap.h; here they are only shown.
    const auto entry = [this, go](KeyCommand command, const QString &keys) {
        QAction *a = go->addAction(describe(command) + QLatin1Char('\t') + keys);
        connect(a, &QAction::triggered, this, [this, command] { run(command); });
    };
    entry(KeyCommand::Play, tr("Space"));
    entry(KeyCommand::Forward, tr("Right"));
    entry(KeyCommand::Back, tr("Left"));
    entry(KeyCommand::ForwardLine, tr("Shift+Right"));
    entry(KeyCommand::BackLine, tr("Shift+Left"));
    entry(KeyCommand::Start, tr("Home"));
    entry(KeyCommand::End, tr("End"));
    go->addSeparator();
    connect(action(go, tr("&Go to step…"), QKeySequence(tr("Ctrl+G")), tr("Type the number of a step")), &QAction::triggered,
            this, &MainWindow::goToStep);
    entry(KeyCommand::NextChange, tr("Ctrl+Right"));
    entry(KeyCommand::PreviousChange, tr("Ctrl+Left"));
    go->addSeparator();
    LessonSession *session = m_workbench->lessonSession();
    connect(action(go, tr("Next &scene"), QKeySequence(tr("Ctrl+PgDown")), tr("To the next scene of the lesson")), &QAction::triggered,
            session, &LessonSession::nextScene);
    connect(action(go, tr("&Previous scene"), QKeySequence(tr("Ctrl+PgUp")), tr("To the previous scene of the lesson")),
            &QAction::triggered, session, &LessonSession::previousScene);
}

void MainWindow::makeHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    connect(action(help, tr("&Keyboard shortcuts"), QKeySequence::HelpContents, tr("All keys")), &QAction::triggered,
            this, &MainWindow::showShortcuts);
    connect(action(help, tr("&About Pyrena"), {}, QString()), &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::goToStep()
{
    if (!m_playhead.hasTrace() || onStartPage())
        return;
    const Stops &stops = m_playhead.trace().stops;
    const Granularity g = m_playhead.granularity();
    const int last = static_cast<int>(stops.count(g)) - 1;
    bool ok = false;
    const int step = QInputDialog::getInt(this, tr("Go to step"), tr("Step, from 0 to %1:").arg(last),
                                          static_cast<int>(stops.indexOf(m_playhead.position(), g)), 0, last, 1, &ok);
    if (ok)
        m_playhead.seek(stops.position(static_cast<std::uint32_t>(step), g));
}

void MainWindow::exportPicture()
{
    if (!m_playhead.hasTrace() || onStartPage()) {
        m_messages->showNote(tr("Open a lesson, a script or a recording first; then its picture can be saved."));
        return;
    }
    FigureView *view = m_workbench->stage()->currentFigure();
    const bool plots = m_workbench->stage()->tab() == Stage::PlotsTab;
    const QString figureName = plots ? QStringLiteral("plots") : view->figureName();
    const QString wholeWindow = tr("PNG, the whole window (*.png)");
    QString filter;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export picture"), figureName + QStringLiteral(".png"),
        QStringList{tr("PNG, this figure (*.png)"), tr("SVG, this figure (*.svg)"), tr("PDF, this figure (*.pdf)"), wholeWindow}
            .join(QStringLiteral(";;")), &filter);
    if (path.isEmpty())
        return;
    Result<QByteArray> bytes = QByteArray();
    if (filter == wholeWindow) {
        QBuffer buffer(&bytes.value());
        buffer.open(QIODevice::WriteOnly);
        grab().save(&buffer, "PNG");
    } else {
        const auto figure = plots ? makePlotsFigure()
            : figureName == QLatin1String("memory") ? makeMemoryFigure() : makeObjectsFigure();
        bytes = exportAs(path, *figure, view->input(), m_workbench->stage()->pictureSize(), kExportScale, plots ? Camera() : view->camera());
    }
    const Result<bool> written = bytes ? writeWhole(path, *bytes) : Result<bool>(bytes.error());
    if (written)
        m_messages->showNote(tr("Saved as %1").arg(QDir::toNativeSeparators(path)));
    else
        m_messages->showError(QString::fromStdString(written.error().message));
}

void MainWindow::showShortcuts()
{
    QDialog dialog(this);
    dialog.setObjectName(QStringLiteral("shortcuts"));
    dialog.setWindowTitle(tr("Keyboard shortcuts"));
    auto *outer = new QVBoxLayout(&dialog);
    auto *note = new QLabel(tr("Keys without Ctrl or Alt work while the picture has the focus, and everywhere while presenting."), &dialog);
    note->setWordWrap(true);
    setRole(*note, "secondary");
    outer->addWidget(note);
    auto *page = new QWidget(&dialog);
    auto *grid = new QGridLayout(page);
    grid->setHorizontalSpacing(24);
    int row = 0;
    const auto add = [&](const QString &keys, const QString &text) {
        auto *key = new QLabel(keys, page);
        setRole(*key, "section");
        grid->addWidget(key, row, 0);
        grid->addWidget(new QLabel(text, page), row, 1);
        ++row;
    };
    QStringList keys;
    const auto &bindings = keyBindings();
    for (std::size_t i = 0; i < bindings.size(); ++i) {
        keys += bindings[i].keys.toString(QKeySequence::NativeText);
        if (i + 1 == bindings.size() || bindings[i + 1].command != bindings[i].command) {
            add(keys.join(tr(", ")), describe(bindings[i].command));
            keys.clear();
        }
    }
    add(tr("Tab, Up, Down"), tr("To the next or previous thing in the picture"));
    add(tr("+, -, 0"), tr("Zoom in, zoom out, fit"));
    add(tr("Alt+arrows"), tr("Move the picture"));
    add(tr("Return, Backspace"), tr("Go into what is selected, and out again"));
    add(tr("Ctrl+F in Memory"), tr("Find an address or an object"));
    add(tr("C in Memory"), tr("Colour by type, age, size class or generation"));
    const auto addMenu = [&](auto &&self, const QMenu *menu) -> void {
        for (const QAction *a : menu->actions()) {
            if (a->menu())
                self(self, a->menu());
            else if (!a->shortcut().isEmpty())
                add(a->shortcut().toString(QKeySequence::NativeText), a->text().remove(QLatin1Char('&')));
        }
    };
    for (const QAction *menu : menuBar()->actions())
        addMenu(addMenu, menu->menu());
    add(tr("Ctrl+Return"), tr("Run the program in an editor"));
    auto *scroll = new QScrollArea(&dialog);
    scroll->setWidget(page);
    scroll->setWidgetResizable(true);
    outer->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    outer->addWidget(buttons);
    dialog.resize(520, 560);
    dialog.exec();
}

void MainWindow::showAbout()
{
    QMessageBox::about(this, tr("About Pyrena"),
                       tr("<h3>Pyrena %1</h3><p>What Python does with memory, step by step: a deterministic simulator of CPython's "
                          "memory manager.</p><p>Free software under the GNU General Public License, version 3 or later. Uses Qt, "
                          "QCustomPlot, yaml-cpp, zlib and GMP.</p>").arg(QApplication::applicationVersion()));
}

} // namespace pyrena
