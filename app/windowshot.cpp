#include "app/windowshot.h"

#include "app/mainwindow.h"
#include "ui/docks/timelinedock.h"
#include "ui/docks/workbench.h"
#include "ui/views/stage.h"
#include "ui/views/timelineplot.h"

#include <QApplication>
#include <QPainter>

namespace pyrena {

namespace {

QImage paint(MainWindow &window, const QSize &size, double scale)
{
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.resize(size);
    window.show();
    // Layouts settle in queued events.
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    TimelinePlot *plot = window.workbench()->timelineDock()->plot();
    plot->setBufferDevicePixelRatio(scale);
    plot->replot(QCustomPlot::rpImmediateRefresh);
    if (QWidget *focus = window.focusWidget())
        focus->clearFocus();
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    window.render(&image);
    window.hide();
    return image;
}

} // namespace

QImage renderWindow(const WindowShot &shot)
{
    MainWindow window(Remember::No);
    window.appearance().setReducedMotion(true);
    window.appearance().setTheme(shot.theme);
    window.showResult(shot.recording);
    window.appearance().setLevel(shot.level);
    window.playhead().setGranularity(shot.granularity);
    window.playhead().seek(shot.position);
    window.selection().select(shot.selected);
    window.workbench()->stage()->setTab(shot.tab);
    window.workbench()->stage()->setSideBySide(shot.sideBySide);
    return paint(window, shot.size, shot.scale);
}

QImage renderStartPage(const QSize &size, double scale, ThemeName theme)
{
    MainWindow window(Remember::No);
    window.appearance().setTheme(theme);
    return paint(window, size, scale);
}

} // namespace pyrena
