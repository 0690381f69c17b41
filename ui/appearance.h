#pragma once

#include <QObject>

#include "ui/theme.h"

namespace pyrena {

// How everything looks, apart from what is shown: one for the window, read by every view.
class Appearance : public QObject
{
    Q_OBJECT
public:
    explicit Appearance(QObject *parent = nullptr);

    static constexpr int kLevels = 5;

    const Theme &theme() const { return m_theme; }
    ThemeName themeName() const { return m_theme.name; }
    int level() const { return m_level; }                    // detail, 1..5
    bool reducedMotion() const { return m_reducedMotion; }   // steps jump instead of gliding

    void setTheme(ThemeName name);
    void setTextScale(double scale);                         // 0.5..3
    void setLevel(int level);
    void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }

Q_SIGNALS:
    void themeChanged();    // colours or text scale
    void levelChanged();

private:
    Theme m_theme;
    int m_level = 2;
    bool m_reducedMotion = false;
};

class Playhead;
class Selection;

// What every view is given. The three outlive every view.
struct Shared
{
    Playhead &playhead;
    Selection &selection;
    Appearance &appearance;
};

} // namespace pyrena
