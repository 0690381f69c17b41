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
    const auto hatched = [theme](SceneBuilder &s, const QRectF &r) {
        SceneBox &box = s.box(r, s.u(3), theme.panel, theme.line, 1, Outline::Dotted);
        box.texture = Texture::BackHatch;
        box.textureColor = notThereColor(theme);
        box.textureStep = s.u(5);
    };
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
                                   {tr("untouched = not carved"), hatched},
                                   {tr("half empty"), [theme](SceneBuilder &s, const QRectF &r) {
                                        s.box(r, s.u(3), theme.panel, theme.ink, 1.3);
                                        halfEmptyMark(s, r);
                                    }},
                                   {tr("not resident"), hatched}};
    blocks.insert(blocks.end(), pools.begin(), pools.end());
    blocks.push_back({tr("changed now"), [](SceneBuilder &s, const QRectF &r) {
        const double in = s.u(3);
        s.halo(r.adjusted(in, in, -in, -in), s.u(2));
    }});
    blocks.push_back({tr("header"), [](SceneBuilder &s, const QRectF &r) {
        headerBox(s, r.adjusted(r.width() * 0.3, 0, -r.width() * 0.3, 0));
    }});
    return blocks;
}

std::vector<Entry> colourEntries(const SceneBuilder &b)
{
    std::vector<Entry> entries{{colorByName(b.colorBy), {}}};
    const auto swatch = [&](const QString &text, const QColor &color, Texture texture) {
        const QColor line = b.theme.panel;
        entries.push_back({text, [color, texture, line](SceneBuilder &s, const QRectF &r) {
            SceneBox &box = s.box(QRectF(r.right() - s.u(14), r.center().y() - s.u(7), s.u(14), s.u(14)), s.u(2), color);
            box.texture = texture;
            box.textureColor = line;
            box.textureStep = s.u(4);
        }});
    };
    // A recording of an allocator knows no types, a program has nothing recorded.
    const bool recording = b.trace.objects.size() <= 1;
    const std::vector<ColorGroup> groups = colorGroups(b.theme, b.colorBy);
    for (std::size_t g = 0; g < groups.size(); ++g)
        if (b.colorBy != ColorBy::Type || (static_cast<TypeGroup>(g) == TypeGroup::Recorded) == recording)
            swatch(groups[g].name, groups[g].color, groups[g].texture);
    return entries;
}

} // namespace

QString colorByName(ColorBy by)
{
    switch (by) {
    case ColorBy::Type: return SceneBuilder::tr("Type");
    case ColorBy::Age: return SceneBuilder::tr("Age");
    case ColorBy::SizeClass: return SceneBuilder::tr("Size class");
    case ColorBy::Generation: break;
    }
    return SceneBuilder::tr("Generation");
}

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
