#pragma once

#include <QIcon>
#include <QString>

#include "ui/theme.h"

namespace pyrena {

// An icon of resources/icons in the ink of the theme; `onAccent` for buttons filled with the accent.
enum class IconGround { Button, Accent };
QIcon themedIcon(const QString &name, const Theme &theme, IconGround ground = IconGround::Button);
QIcon applicationIcon();

} // namespace pyrena
