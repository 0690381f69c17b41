#pragma once

#include <QPalette>
#include <QString>

#include "ui/theme.h"

class QApplication;
class QWidget;

namespace pyrena {

QPalette paletteOf(const Theme &theme);
// The Qt style sheet of the window. Widgets choose a look by the dynamic property "role":
// card, title, heading, secondary, faint, mono, primary, segment, flat, danger, good, message.
QString styleSheetOf(const Theme &theme);

// Fusion, with the palette, font and style sheet of the theme on `window`. Fusion everywhere, because only its look is
// fully decided by the palette.
void useTheme(QWidget &window, const Theme &theme);

// Sets the property a style sheet rule looks for, and has the widget styled anew.
void setRole(QWidget &widget, const char *role);

} // namespace pyrena
