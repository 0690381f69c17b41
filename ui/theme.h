#pragma once

#include <QColor>
#include <QFont>
#include <QString>

#include "core/world/object.h"

namespace pyrena {

enum class ThemeName { Light, BrightRoom, Dark, Print };

// Colours, fonts and measures of one theme. Every picture is painted from these tokens only.
struct Theme
{
    ThemeName name = ThemeName::Light;
    QColor paper, panel, line;            // window ground; panels; hairlines
    QColor ink, secondary, faint;         // text and strong strokes; labels; not yet or gone
    QColor accent, attention, danger, good;
    QColor dangerText, goodText;          // the same meanings, dark enough for small text
    QColor captionGround, captionText;
    QColor buttonGround, currentLine;     // resting controls; ground of the line being run
    bool monochrome = false;              // print: hatching instead of fills
    double textScale = 1.0;               // presenter mode and the user's text size; multiplies every measure
    QString sans, mono;                   // family names

    QColor typeColor(TypeKind kind) const;
    QColor headTint(TypeKind kind) const;             // 18 % of the type colour over the panel
    QColor readableOn(const QColor &ground) const;    // ink or panel, whichever contrasts more

    // Sizes are logical pixels at text scale 1; the font has it multiplied in.
    QFont font(double pixels = 13, int weight = QFont::Normal) const;
    QFont monoFont(double pixels = 13, int weight = QFont::Normal) const;
    double px(double logical) const { return logical * textScale; }
};

Theme theme(ThemeName name, double textScale = 1.0);
double contrastRatio(const QColor &a, const QColor &b);   // WCAG 2
QColor mixed(const QColor &over, const QColor &ground, double share);   // share of `over`, 0..1

} // namespace pyrena
