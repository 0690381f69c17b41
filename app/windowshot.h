#pragma once

#include <QByteArray>
#include <QImage>
#include <QSize>

#include "app/recordingjob.h"
#include "ui/selection.h"
#include "ui/theme.h"

#include <optional>

namespace pyrena {

struct WindowShot
{
    RecordingResult recording;         // as recordNow() gives it; requires: it has a trace
    std::uint32_t position = 0;
    Granularity granularity = Granularity::Operation;
    QSize size{1280, 800};             // logical pixels
    double scale = 1;
    ThemeName theme = ThemeName::Light;
    int level = 2;
    Selected selected;
    std::optional<int> tab;            // of the stage; none: what the lesson's scene shows, else Objects
    bool sideBySide = false;
    std::shared_ptr<const Trace> beside;   // another run of the program, shown in lock-step; may be null
};

// The whole window at one moment, without showing it. Equal input gives an equal picture: nothing remembered is read.
// Requires a QApplication; works on the offscreen platform.
QImage renderWindow(const WindowShot &shot);
// The same as SVG: text and figures stay vectors.
QByteArray renderWindowSvg(const WindowShot &shot);
QImage renderStartPage(const QSize &size, double scale, ThemeName theme);

} // namespace pyrena
