#include "ui/appearance.h"

#include <algorithm>

namespace pyrena {

Appearance::Appearance(QObject *parent) : QObject(parent), m_theme(pyrena::theme(ThemeName::Light)) {}

void Appearance::setTheme(ThemeName name)
{
    if (name == m_theme.name)
        return;
    m_theme = pyrena::theme(name, m_theme.textScale);
    Q_EMIT themeChanged();
}

void Appearance::setTextScale(double scale)
{
    scale = std::clamp(scale, 0.5, 3.0);
    if (scale == m_theme.textScale)
        return;
    m_theme = pyrena::theme(m_theme.name, scale);
    Q_EMIT themeChanged();
}

void Appearance::setLevel(int level)
{
    level = std::clamp(level, 1, kLevels);
    if (level == m_level)
        return;
    m_level = level;
    Q_EMIT levelChanged();
}

} // namespace pyrena
