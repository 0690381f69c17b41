// The legend: both vocabularies (taught word = CPython's word) and what the colours mean.
#include "ui/figures/memory/scenebuilder.h"

#include <functional>

namespace pyrena {

namespace {

struct Entry
{
    QString text;
    std::function<void(SceneBuilder &, const QRectF &)> mark;   // none: a heading
};

std::vector<Entry> stateEntries(const SceneBuilder &b)
{
    const Theme theme = b.theme;
    const auto tr = [](const char *text) { return SceneBuilder::tr(text); };
    const auto dotted = [theme](SceneBuilder &s, const QRectF &r) {
        SceneBox &box = s.box(r, s.u(3), {}, theme.line, 1, Outline::Dotted);
        box.texture = Texture::Dots;
        box.textureColor = mixed(theme.faint, theme.panel, 0.6);
        box.textureStep = s.u(5);
    };
    const auto outlined = [theme](const QColor &fill, const QColor &stroke, Outline outline) {
        return [=](SceneBuilder &s, const QRectF &r) { s.box(r, s.u(3), fill, stroke, 1.3, outline); };
    };
    const QColor tint = theme.monochrome ? QColor(0xD0, 0xD0, 0xD0) : mixed(theme.danger, theme.panel, 0.2);
    std::vector<Entry> blocks{{tr("Block"), {}},
                              {tr("allocated"), outlined(tint, theme.ink, Outline::Solid)},
                              {tr("free"), outlined(theme.panel, theme.secondary, Outline::Dashed)},
                              {tr("untouched"), dotted},
                              {tr("lost to rounding"), [theme](SceneBuilder &s, const QRectF &r) {
                                   s.box(r, 0, theme.panel, theme.line, 1);
                                   s.hatch(r, theme.secondary, 5);
                               }}};
    const std::vector<Entry> pools{{tr("Pool"), {}},
                                   {tr("allocated = used or full"), outlined(theme.panel, theme.ink, Outline::Solid)},
                                   {tr("free = empty"), outlined(theme.panel, theme.faint, Outline::Dashed)},
                                   {tr("untouched = not carved"), dotted}};
    blocks.insert(blocks.end(), pools.begin(), pools.end());
    blocks.push_back({tr("changed now"), [](SceneBuilder &s, const QRectF &r) {
        const double in = s.u(3);
        s.halo(r.adjusted(in, in, -in, -in), s.u(2));
    }});
    return blocks;
}

std::vector<Entry> colourEntries(const SceneBuilder &b)
{
    std::vector<Entry> entries{{SceneBuilder::tr("Colour"), {}}};
    const auto swatch = [&](const QString &text, const QColor &color, Texture texture) {
        const QColor line = b.theme.panel;
        entries.push_back({text, [color, texture, line](SceneBuilder &s, const QRectF &r) {
            SceneBox &box = s.box(QRectF(r.right() - s.u(14), r.center().y() - s.u(7), s.u(14), s.u(14)), s.u(2), color);
            box.texture = texture;
            box.textureColor = line;
            box.textureStep = s.u(4);
        }});
    };
    if (b.colorBy == ColorBy::Age) {
        swatch(SceneBuilder::tr("new"), mixed(b.theme.accent, b.theme.panel, 1.0), Texture::None);
        swatch(SceneBuilder::tr("old"), mixed(b.theme.accent, b.theme.panel, 0.25), Texture::None);
        return entries;
    }
    if (b.colorBy == ColorBy::SizeClass) {
        swatch(SceneBuilder::tr("small class"), mixed(b.theme.accent, b.theme.panel, 0.25), Texture::None);
        swatch(SceneBuilder::tr("large class"), mixed(b.theme.accent, b.theme.panel, 1.0), Texture::None);
        return entries;
    }
    // A recording of an allocator knows no types, a program has nothing recorded.
    const bool recording = b.trace.objects.size() <= 1;
    for (int g = 0; g < kTypeGroups; ++g) {
        const auto group = static_cast<TypeGroup>(g);
        if ((group == TypeGroup::Recorded) == recording)
            swatch(groupName(group), groupColor(b.theme, group), groupTexture(b.theme, group));
    }
    return entries;
}

} // namespace

double addLegend(SceneBuilder &b, const QRectF &area, int maxRows, bool draw)
{
    const double rowHeight = b.height(Face::Label) + b.u(8), markWidth = b.u(22), markHeight = b.u(15);
    std::vector<std::vector<Entry>> groups{stateEntries(b), colourEntries(b)};
    int row = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const std::vector<Entry> &group = groups[g];
        // The colours keep a row of their own where there are two.
        const int lastRow = g + 1 < groups.size() && maxRows > 1 ? maxRows - 1 : maxRows;
        if (row >= lastRow)
            continue;
        double x = area.left();
        for (std::size_t i = 0; i < group.size(); ++i) {
            const Entry &entry = group[i];
            const bool heading = !entry.mark;
            const auto widthOf = [&](const Entry &e) {
                return e.mark ? markWidth + b.u(7) + b.width(Face::Label, e.text) + b.u(18) : b.width(Face::LabelBold, e.text) + b.u(6);
            };
            double needed = widthOf(entry);
            if (heading && i + 1 < group.size())
                needed += widthOf(group[i + 1]);   // a heading does not stand alone at the end of a row
            if (x > area.left() && x + needed - b.u(18) > area.right()) {
                ++row;
                x = area.left();
                if (row >= lastRow)
                    break;
            }
            const double y = area.top() + row * rowHeight;
            if (draw && heading) {
                b.text({x, y + b.u(3)}, entry.text, Face::LabelBold, b.theme.ink, area.right() - x);
            } else if (draw) {
                entry.mark(b, QRectF(x, y + (rowHeight - markHeight) / 2, markWidth, markHeight));
                b.text({x + markWidth + b.u(7), y + b.u(4)}, entry.text, Face::Label, b.theme.ink, area.right() - x - markWidth - b.u(7));
            }
            x += widthOf(entry);
        }
        row = std::min(row + 1, lastRow);
    }
    return std::min(row, maxRows) * rowHeight;
}

} // namespace pyrena
