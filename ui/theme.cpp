#include "ui/theme.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <cmath>

namespace pyrena {

QColor mixed(const QColor &over, const QColor &ground, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1 - share))); };
    return QColor(mix(over.red(), ground.red()), mix(over.green(), ground.green()), mix(over.blue(), ground.blue()));
}

namespace {

QString firstInstalled(std::initializer_list<const char *> families, QFontDatabase::SystemFont fallback)
{
    for (const char *family : families)
        if (QFontDatabase::hasFamily(QString::fromLatin1(family)))
            return QString::fromLatin1(family);
    return QFontDatabase::systemFont(fallback).family();
}

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * channel(c.red()) + 0.7152 * channel(c.green()) + 0.0722 * channel(c.blue());
}

} // namespace

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor Theme::typeColor(TypeKind kind) const
{
    if (monochrome)
        return ink;
    // Okabe-Ito and neighbours; always with a label or texture too.
    switch (kind) {
    case TypeKind::Int: case TypeKind::Bool: case TypeKind::Float: case TypeKind::Complex: return QColor(0x56, 0xB4, 0xE9);
    case TypeKind::Str: case TypeKind::Bytes: return QColor(0x00, 0x9E, 0x73);
    case TypeKind::List: return QColor(0x00, 0x72, 0xB2);
    case TypeKind::Dict: return QColor(0xCC, 0x79, 0xA7);
    case TypeKind::Tuple: return QColor(0xE6, 0x9F, 0x00);
    case TypeKind::Instance: case TypeKind::Exception: case TypeKind::PlainObject: return QColor(0xD5, 0x5E, 0x00);
    case TypeKind::Set: case TypeKind::FrozenSet: return QColor(0x8A, 0x6F, 0xC9);
    default: return name == ThemeName::Dark ? QColor(0x8C, 0x99, 0xAC) : QColor(0x6B, 0x77, 0x89);
    }
}

QColor Theme::headTint(TypeKind kind) const
{
    return monochrome ? panel : mixed(typeColor(kind), panel, name == ThemeName::Dark ? 0.30 : 0.18);
}

QColor Theme::readableOn(const QColor &ground) const
{
    const QColor dark(0x1D, 0x24, 0x33), light(0xFF, 0xFF, 0xFF);
    return contrastRatio(dark, ground) >= contrastRatio(light, ground) ? dark : light;
}

QFont Theme::font(double pixels, int weight) const
{
    QFont f(sans);
    f.setPixelSize(std::max(1, static_cast<int>(std::lround(px(pixels)))));
    f.setWeight(static_cast<QFont::Weight>(weight));
    return f;
}

QFont Theme::monoFont(double pixels, int weight) const
{
    QFont f(mono);
    f.setPixelSize(std::max(1, static_cast<int>(std::lround(px(pixels)))));
    f.setWeight(static_cast<QFont::Weight>(weight));
    f.setStyleHint(QFont::Monospace);
    return f;
}

Theme theme(ThemeName name, double textScale)
{
    Theme t;
    t.name = name;
    t.textScale = textScale;
    // Not Inter: its contextual alternates turn the x of 0x into a multiplication sign.
    t.sans = firstInstalled({"Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue"}, QFontDatabase::GeneralFont);
    t.mono = firstInstalled({"DejaVu Sans Mono", "Noto Sans Mono", "Consolas", "Menlo"}, QFontDatabase::FixedFont);
    t.attention = QColor(0xF0, 0xA5, 0x00);
    switch (name) {
    case ThemeName::Light:
        t.paper = QColor(0xF6, 0xF5, 0xF1);
        t.panel = QColor(0xFF, 0xFF, 0xFF);
        t.line = QColor(0xD7, 0xDB, 0xE3);
        t.ink = QColor(0x1D, 0x24, 0x33);
        t.secondary = QColor(0x5B, 0x64, 0x75);
        t.faint = QColor(0x9A, 0xA3, 0xB2);
        t.accent = QColor(0x00, 0x72, 0xB2);
        t.danger = QColor(0xD5, 0x5E, 0x00);
        t.good = QColor(0x00, 0x9E, 0x73);
        t.buttonGround = QColor(0xF0, 0xF2, 0xF7);
        t.currentLine = QColor(0xFF, 0xF1, 0xD0);
        t.captionGround = QColor(0x1D, 0x24, 0x33);
        t.captionText = QColor(0xFF, 0xFF, 0xFF);
        break;
    case ThemeName::BrightRoom:
        t.paper = QColor(0xFF, 0xFF, 0xFF);
        t.panel = QColor(0xFF, 0xFF, 0xFF);
        t.line = QColor(0x7A, 0x82, 0x90);
        t.ink = QColor(0x00, 0x00, 0x00);
        t.secondary = QColor(0x2B, 0x31, 0x3C);
        t.faint = QColor(0x4C, 0x54, 0x62);
        t.accent = QColor(0x00, 0x4F, 0x80);
        t.danger = QColor(0x9A, 0x38, 0x00);
        t.good = QColor(0x00, 0x5E, 0x44);
        t.buttonGround = QColor(0xF0, 0xF2, 0xF7);
        t.currentLine = QColor(0xFF, 0xE7, 0xA8);
        t.captionGround = QColor(0x00, 0x00, 0x00);
        t.captionText = QColor(0xFF, 0xFF, 0xFF);
        break;
    case ThemeName::Dark:
        t.paper = QColor(0x14, 0x18, 0x20);
        t.panel = QColor(0x1D, 0x22, 0x2D);
        t.line = QColor(0x3A, 0x42, 0x51);
        t.ink = QColor(0xEC, 0xEF, 0xF5);
        t.secondary = QColor(0xAD, 0xB6, 0xC6);
        t.faint = QColor(0x78, 0x83, 0x96);
        t.accent = QColor(0x56, 0xB4, 0xE9);
        t.danger = QColor(0xF2, 0x8C, 0x3A);
        t.good = QColor(0x35, 0xC7, 0x9A);
        t.buttonGround = QColor(0x2A, 0x31, 0x3F);
        t.currentLine = QColor(0x45, 0x3A, 0x1D);
        t.captionGround = QColor(0xEC, 0xEF, 0xF5);
        t.captionText = QColor(0x1D, 0x24, 0x33);
        break;
    case ThemeName::Print:
        t.paper = t.panel = QColor(0xFF, 0xFF, 0xFF);
        t.line = QColor(0xB0, 0xB0, 0xB0);
        t.ink = QColor(0x00, 0x00, 0x00);
        t.secondary = QColor(0x33, 0x33, 0x33);
        t.faint = QColor(0x80, 0x80, 0x80);
        t.accent = t.danger = t.good = t.attention = QColor(0x00, 0x00, 0x00);
        t.buttonGround = QColor(0xF0, 0xF0, 0xF0);
        t.currentLine = QColor(0xE6, 0xE6, 0xE6);
        t.captionGround = QColor(0xFF, 0xFF, 0xFF);
        t.captionText = QColor(0x00, 0x00, 0x00);
        t.monochrome = true;
        break;
    }
    t.dangerText = name == ThemeName::Light ? QColor(0xB0, 0x4A, 0x00) : t.danger;
    t.goodText = name == ThemeName::Light ? QColor(0x00, 0x73, 0x55) : t.good;
    return t;
}

} // namespace pyrena
