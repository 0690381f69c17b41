#include "ui/figures/collector/collectorscene.h"

#include <algorithm>
#include <array>
#include <cmath>

// The examined objects in two columns with the references between them. All arrows run in the gutter between the columns,
// those from outside come in at the outer edges: so no arrow crosses a box.
namespace pyrena::collector {

namespace {

struct End { std::size_t arrow = 0; bool tail = false; double towards = 0; };

class Columns
{
public:
    Columns(const Graph &graph, const FigureInput &input, const QRectF &area) : m_graph(graph), m_input(input), m_theme(input.theme), m_area(area) {}

    bool fits() const { return pitch() >= m_theme.px(34) && m_area.width() >= m_theme.px(230); }

    void build(CollectorScene &scene)
    {
        placeNodes(scene);
        spreadEnds();
        for (std::size_t i = 0; i < m_graph.references.size(); ++i)
            route(scene.graph, i);
        for (std::size_t i = 0; i < m_graph.members.size(); ++i)
            if (m_graph.fromOutside[i] > 0)
                fromOutside(scene.graph, i);
    }

private:
    std::size_t rows() const { return (m_graph.members.size() + 1) / 2; }
    double pitch() const { return std::min(m_theme.px(62), m_area.height() / double(rows())); }
    bool left(std::size_t node) const { return node % 2 == 0; }
    const QRectF &rect(std::size_t node) const { return m_rects[node]; }
    double innerEdge(std::size_t node) const { return left(node) ? rect(node).right() : rect(node).left(); }

    void placeNodes(CollectorScene &scene)
    {
        const double outside = m_theme.px(34);
        const double width = std::min(m_theme.px(104), (m_area.width() - 2 * outside) * 0.34);
        const double height = m_theme.px(28);
        const double top = m_area.top() + (m_area.height() - pitch() * double(rows())) / 2;
        for (std::size_t i = 0; i < m_graph.members.size(); ++i) {
            const double x = left(i) ? m_area.left() + outside : m_area.right() - outside - width;
            const double y = top + pitch() * (double(i / 2) + 0.5) - height / 2;
            GraphNode node;
            node.card = m_graph.members[i];
            node.type = m_input.trace->objects[node.card.id.value].kind;
            node.title = QString::fromStdString(m_input.trace->label(node.card.id));
            node.rect = QRectF(x, y, width, height);
            m_rects.push_back(node.rect);
            QString sentence = cardSentence(node.card, m_input);
            if (m_graph.fromOutside[i] > 0)
                sentence += m_graph.fromOutside[i] == 1 ? Words::tr("; 1 reference comes from outside this list")
                                                        : Words::tr("; %1 references come from outside this list").arg(m_graph.fromOutside[i]);
            scene.hits.push_back({node.card.id, sentence, node.rect});
            scene.graph.nodes.push_back(node);
        }
    }

    // Ends at one box lie below each other, in the order of where the arrows lead.
    void spreadEnds()
    {
        m_ends.assign(m_graph.references.size(), {});
        std::vector<std::vector<End>> ends(m_graph.members.size());
        for (std::size_t i = 0; i < m_graph.references.size(); ++i) {
            const Reference &r = m_graph.references[i];
            const double nudge = r.from == r.to ? 4 : 0;
            ends[r.from].push_back({i, true, rect(r.to).center().y() - nudge});
            ends[r.to].push_back({i, false, rect(r.from).center().y() + nudge});
        }
        for (std::size_t node = 0; node < ends.size(); ++node) {
            std::vector<End> &all = ends[node];
            std::stable_sort(all.begin(), all.end(), [](const End &a, const End &b) { return a.towards < b.towards; });
            const double room = rect(node).height() - m_theme.px(8);
            const double step = all.size() > 1 ? std::min(m_theme.px(8), room / double(all.size() - 1)) : 0;
            double y = rect(node).center().y() - step * double(all.size() - 1) / 2;
            for (const End &end : all) {
                m_ends[end.arrow][end.tail ? 0 : 1] = QPointF(innerEdge(node), y);
                y += step;
            }
        }
    }

    void route(GraphPanel &panel, std::size_t index) const
    {
        const Reference &r = m_graph.references[index];
        const QPointF from = m_ends[index][0], to = m_ends[index][1];
        QPainterPath path(from);
        const double gutter = m_area.width() - 2 * (rect(0).right() - m_area.left());
        if (left(r.from) != left(r.to)) {
            // Flat at both ends, so that the head meets its box squarely.
            const double dx = (to.x() - from.x()) * 0.35;
            path.cubicTo(from + QPointF(dx, 0), to - QPointF(dx, 0), to);
        } else {
            const double rowsApart = std::abs(to.y() - from.y()) / pitch();
            const double bow = std::min(gutter * 0.42, m_theme.px(26) + rowsApart * m_theme.px(16)) * (left(r.from) ? 1 : -1);
            path.cubicTo(from + QPointF(bow, 0), to + QPointF(bow, 0), to);
        }
        panel.arrows.push_back({path, r.weak, false, r.from, r.to});
    }

    void fromOutside(GraphPanel &panel, std::size_t node) const
    {
        const QRectF &box = rect(node);
        const double s = left(node) ? -1 : 1;
        const double edge = left(node) ? box.left() : box.right();
        QPainterPath path(QPointF(edge + s * m_theme.px(28), box.center().y()));
        path.lineTo(QPointF(edge + s * m_theme.px(1), box.center().y()));
        panel.arrows.push_back({path, false, true, node, node});
    }

    const Graph &m_graph;
    const FigureInput &m_input;
    const Theme &m_theme;
    const QRectF m_area;
    std::vector<QRectF> m_rects;
    std::vector<std::array<QPointF, 2>> m_ends;   // by reference: tail, head
};

} // namespace

bool addGraph(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area)
{
    const Theme &theme = input.theme;
    Columns columns(story.graph, input, area.adjusted(theme.px(8), theme.px(32), -theme.px(8), -theme.px(8)));
    if (story.graph.members.empty() || !columns.fits())
        return false;
    GraphPanel &panel = scene.graph;
    panel.rect = area;
    panel.title = Words::tr("The same objects");
    const double noteRoom = area.width() - theme.px(40) - kit::textWidth(theme.font(12.5, QFont::DemiBold), panel.title);
    for (const QString &note : {story.tracing ? Words::tr("arrows from the edge: held by a root") : Words::tr("arrows from the edge: from outside"), story.tracing ? Words::tr("from the edge: a root") : Words::tr("from the edge: outside"), QString()}) {
        panel.note = note;
        if (kit::textWidth(theme.font(12), note) <= noteRoom)
            break;
    }
    columns.build(scene);
    return true;
}

} // namespace pyrena::collector
