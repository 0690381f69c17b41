#include "app/windowshot.h"

#include "app/mainwindow.h"
#include "ui/docks/workbench.h"
#include "ui/models/traceseries.h"
#include "ui/views/stage.h"
#include "ui/views/qcustomplot_include.h"

#include <QApplication>
#include <QBuffer>
#include <QPainter>
#include <QSvgGenerator>

namespace pyrena {

namespace {

void settle(MainWindow &window, const QSize &size, double scale)
{
    window.setAttribute(Qt::WA_DontShowOnScreen);
    window.resize(size);
    window.show();
    // Layouts settle in queued events.
    window.workbench()->seriesSource()->wait();
    for (int i = 0; i < 3; ++i)
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    for (QCustomPlot *plot : window.findChildren<QCustomPlot *>()) {
        if (!plot->isVisible())
            continue;
        plot->setBufferDevicePixelRatio(scale);
        plot->replot(QCustomPlot::rpImmediateRefresh);
    }
    if (QWidget *focus = window.focusWidget())
        focus->clearFocus();
}

QImage paint(MainWindow &window, const QSize &size, double scale)
{
    settle(window, size, scale);
    QImage image((QSizeF(size) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    window.render(&image);
    window.hide();
    return image;
}

void setUp(MainWindow &window, const WindowShot &shot)
{
    window.appearance().setReducedMotion(true);
    window.appearance().setTheme(shot.theme);
    window.showResult(shot.recording);
    window.appearance().setLevel(shot.level);
    // Of a recording lines are requests; nothing lies between.
    window.playhead().setGranularity(shot.recording.replay && shot.granularity == Granularity::Operation ? Granularity::Line : shot.granularity);
    window.playhead().seek(shot.position);
    window.selection().select(shot.selected);
    if (shot.beside)
        window.comparison().compareWith(shot.beside);
    if (!shot.tab) {
        window.workbench()->showScene();
        return;
    }
    window.workbench()->stage()->setTab(*shot.tab);
    window.workbench()->stage()->setSideBySide(shot.sideBySide);
}

} // namespace

QImage renderWindow(const WindowShot &shot)
{
    MainWindow window(Remember::No);
    setUp(window, shot);
    return paint(window, shot.size, shot.scale);
}

QByteArray renderWindowSvg(const WindowShot &shot)
{
    MainWindow window(Remember::No);
    setUp(window, shot);
    settle(window, shot.size, 1);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(shot.size);
    generator.setViewBox(QRect(QPoint(0, 0), shot.size));
    generator.setResolution(96);
    generator.setTitle(window.windowTitle());
    QPainter painter(&generator);
    window.render(&painter);
    painter.end();
    window.hide();
    return bytes;
}

QImage renderStartPage(const QSize &size, double scale, ThemeName theme)
{
    MainWindow window(Remember::No);
    window.appearance().setTheme(theme);
    return paint(window, size, scale);
}

} // namespace pyrena
