#include "ui/figures/objects/picture.h"

#include "core/world/reachability.h"
#include "core/world/retention.h"

#include <algorithm>
#include <cmath>

// Arrows: out of the right side of a slot, into the left side of the target. Between columns nothing stands in the way;
// a column that must be crossed is crossed where no box is; what leads back arrives from above.
namespace pyrena::objects {

namespace {

constexpr double kClear = 9;           // between an arrow and a box it passes
constexpr double kLoop = 21;           // how far above its target an arrow that leads back runs

class Router
{
public:
    explicit Router(Scene &scene) : m_scene(scene), m_columns(kMaxColumn + 1), m_used(kMaxColumn + 1)
    {
        for (const Box &box : scene.boxes)
            m_columns[std::size_t(box.column)].push_back({box.rect.top(), box.rect.bottom()});
        for (auto &column : m_columns)
            std::sort(column.begin(), column.end());
    }

    void run()
    {
        collect();
        countArrivals();
        for (Arrow &arrow : m_scene.arrows) {
            route(arrow);
            sample(arrow);
        }
        for (std::size_t i = 0; i < m_scene.arrows.size(); ++i)
            if (marked(m_scene, m_scene.arrows[i]))
                placeLabel(i);
    }

private:
    void add(std::size_t box, const Row &row, ObjectId target, Fate fate)
    {
        const auto found = m_scene.boxOf.find(target.value);
        if (found == m_scene.boxOf.end())
            return;
        Arrow arrow;
        // A slot that already refers to something else: what it let go starts at its edge.
        arrow.from = fate == Fate::Gone && row.label.isEmpty() && !row.cell ? QPointF(row.rect.right(), row.rect.center().y()) : row.dot();
        arrow.box = box;
        arrow.target = found->second;
        arrow.row = row.key;
        arrow.fate = fate;
        arrow.weak = row.weak;
        arrow.fromCell = row.cell;
        arrow.borrowed = row.borrowed;
        if (row.cell) {   // below its neighbours, each at a height of its own
            int cells = 0;
            for (const Arrow &other : m_scene.arrows)
                cells += other.box == box && other.fromCell;
            arrow.lane = row.rect.bottom() + 3 + 2.6 * std::min(cells, 3);
        }
        m_scene.arrows.push_back(std::move(arrow));
    }

    void collect()
    {
        for (std::size_t i = 0; i < m_scene.boxes.size(); ++i) {
            for (const Row &row : m_scene.boxes[i].rows) {
                if (row.arrow)
                    add(i, row, row.target, row.fate);
                for (const ObjectId more : row.more)
                    add(i, row, more, Fate::Same);
            }
        }
    }

    // Arrows that arrive at the same side of a box spread out, in the order of where they come from.
    void countArrivals()
    {
        m_arrival.assign(m_scene.arrows.size(), 0);
        m_nesting.assign(m_scene.arrows.size(), 0);
        std::vector<std::vector<std::size_t>> left(m_scene.boxes.size()), top(m_scene.boxes.size());
        for (std::size_t i = 0; i < m_scene.arrows.size(); ++i) {
            const Arrow &a = m_scene.arrows[i];
            (forward(a) ? left : top)[a.target].push_back(i);
        }
        for (auto &arrivals : left) {
            std::stable_sort(arrivals.begin(), arrivals.end(), [&](std::size_t a, std::size_t b) {
                return m_scene.arrows[a].from.y() < m_scene.arrows[b].from.y();
            });
            const double step = std::min(8.0, 18.0 / std::max<std::size_t>(arrivals.size(), 1));
            for (std::size_t k = 0; k < arrivals.size(); ++k)
                m_arrival[arrivals[k]] = (double(k) - double(arrivals.size() - 1) / 2) * step;
        }
        for (auto &arrivals : top) {
            // Nested: what comes from nearest runs innermost, so that the loops do not cross.
            std::stable_sort(arrivals.begin(), arrivals.end(), [&](std::size_t a, std::size_t b) {
                return std::abs(reachOf(m_scene.arrows[a])) < std::abs(reachOf(m_scene.arrows[b]));
            });
            const double step = std::min(16.0, 100.0 / std::max<std::size_t>(arrivals.size(), 1));
            for (std::size_t k = 0; k < arrivals.size(); ++k) {
                m_arrival[arrivals[k]] = double(arrivals.size() - 1 - k) * step;
                m_nesting[arrivals[k]] = int(std::min<std::size_t>(k, 3));
            }
        }
    }

    double reachOf(const Arrow &a) const { return a.from.y() - m_scene.boxes[a.target].rect.top(); }
    bool forward(const Arrow &a) const { return m_scene.boxes[a.target].column > m_scene.boxes[a.box].column; }

    // The height nearest to `wanted` at which column `c` can be crossed.
    double corridor(int c, double wanted)
    {
        auto &column = m_columns[std::size_t(c)];
        auto &used = m_used[std::size_t(c)];
        auto blocked = [&](double y) {
            for (const auto &[top, bottom] : column) {
                if (top - kClear > y)
                    return false;
                if (y < bottom + kClear)
                    return true;
            }
            return false;
        };
        double best = wanted, bestCost = 1e18;
        auto consider = [&](double y) {
            if (blocked(y))
                return;
            double cost = std::abs(y - wanted);
            for (const double other : used)
                cost += std::abs(other - y) < 5 ? 9 : 0;
            if (cost < bestCost) {
                bestCost = cost;
                best = y;
            }
        };
        for (const double shift : {0.0, 6.0, -6.0, 12.0, -12.0})
            consider(wanted + shift);
        for (const auto &[top, bottom] : column) {
            if (std::abs(top - wanted) > 2000 && std::abs(bottom - wanted) > 2000)
                continue;
            for (const double shift : {0.0, 6.0, 12.0}) {
                consider(top - kClear - 1 - shift);
                consider(bottom + kClear + 1 + shift);
            }
        }
        used.push_back(best);
        return best;
    }

    static void curve(QPainterPath &path, const QPointF &to)
    {
        const QPointF from = path.currentPosition();
        const double reach = std::max(std::abs(to.x() - from.x()) * 0.5, 18.0);
        path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    }

    static void leaveCell(QPainterPath &path, const Arrow &a, const Box &from)
    {
        if (!a.fromCell)
            return;
        path.lineTo(a.from.x(), a.lane - 4);
        path.quadTo(QPointF(a.from.x(), a.lane), QPointF(a.from.x() + 4, a.lane));
        path.lineTo(from.rect.right() - 4, a.lane);
    }

    void routeForward(Arrow &a)
    {
        const Box &from = m_scene.boxes[a.box], &to = m_scene.boxes[a.target];
        const QPointF end(to.rect.left() - 3, to.rect.top() + kHead / 2 + m_arrival[std::size_t(&a - m_scene.arrows.data())]);
        QPainterPath path(a.from);
        leaveCell(path, a, from);
        for (int c = from.column + 1; c < to.column; ++c) {
            const double share = (columnLeft(c) - a.from.x()) / std::max(end.x() - a.from.x(), 1.0);
            const double y = corridor(c, a.from.y() + (end.y() - a.from.y()) * share);
            curve(path, QPointF(columnLeft(c) - 6, y));
            path.lineTo(columnRight(c) + 6, y);
        }
        curve(path, end);
        a.path = path;
    }

    void routeBack(Arrow &a)
    {
        const Box &from = m_scene.boxes[a.box], &to = m_scene.boxes[a.target];
        const double arrival = m_arrival[std::size_t(&a - m_scene.arrows.data())];
        const int nesting = m_nesting[std::size_t(&a - m_scene.arrows.data())];
        const bool intoFrame = to.column == 0;
        const QPointF end = intoFrame ? QPointF(to.rect.right() + 3, to.rect.top() + kFrameHead / 2)
                                      : QPointF(to.rect.left() + 24 + arrival, to.rect.top() - 3);
        const double lane = to.rect.top() - kLoop - nesting * 4;
        QPainterPath path(a.from);
        leaveCell(path, a, from);
        // Each column from the source's to the one after the target's is crossed leftwards; the first turn goes around
        // the end of the source itself.
        for (int c = from.column; c > to.column; --c) {
            const double y = corridor(c, c == from.column && lane > from.rect.top() && lane < from.rect.bottom()
                                             ? from.rect.bottom() + kLoop : lane);
            turn(path, QPointF(columnRight(c) - (c == from.column ? 4 : -6), y), c == from.column, nesting);
            path.lineTo(columnLeft(c) - 6, y);
        }
        if (intoFrame) {
            const QPointF at = path.currentPosition();
            path.cubicTo(at - QPointF(30, 0), end + QPointF(40, 0), end);
            a.path = path;
            return;
        }
        const bool turned = from.column == to.column;
        turn(path, QPointF(to.rect.right() - 12, lane), turned, nesting);
        path.lineTo(end.x() + 22, lane);
        path.cubicTo(QPointF(end.x() + 6, lane), QPointF(end.x(), lane + 6), end);
        a.path = path;
    }

    // From going right to going left (around a U), or on to the left at another height.
    static void turn(QPainterPath &path, const QPointF &to, bool around, int nesting)
    {
        const QPointF from = path.currentPosition();
        if (around) {
            const double out = columnGapReach(from, to) + nesting * 5;
            path.cubicTo(QPointF(out, from.y()), QPointF(out, to.y()), to);
        } else {
            const double reach = std::max(std::abs(to.x() - from.x()) * 0.5, 20.0);
            path.cubicTo(from - QPointF(reach, 0), to + QPointF(reach, 0), to);
        }
    }

    // How far right the control points of a U-turn lie, so that the curve stays in the gap between two columns.
    static double columnGapReach(const QPointF &from, const QPointF &to)
    {
        const double right = std::max(from.x(), to.x());
        return right + std::clamp(40 + std::abs(from.y() - to.y()) * 0.1, 44.0, 78.0);
    }

    void route(Arrow &a)
    {
        if (forward(a))
            routeForward(a);
        else
            routeBack(a);
    }

    static void sample(Arrow &a)
    {
        // The flattened path is exact at the joints; a few points more on each piece keep labels and captions off it.
        const QPolygonF flat = a.path.toSubpathPolygons().value(0);
        for (qsizetype i = 0; i + 1 < flat.size(); ++i) {
            const QPointF from = flat[i], to = flat[i + 1];
            const int pieces = std::clamp(int(std::hypot(to.x() - from.x(), to.y() - from.y()) / 8), 1, 200);
            for (int k = 0; k < pieces; ++k)
                a.samples << from + (to - from) * k / pieces;
        }
        if (!flat.isEmpty())
            a.samples << flat.last();
        a.bounds = flat.boundingRect().adjusted(-14, -14, 14, 14);
    }

    // Beside its arrow, on no box, no other label and as few arrows as possible.
    void placeLabel(std::size_t index)
    {
        Arrow &a = m_scene.arrows[index];
        if (a.samples.size() < 3)
            return;
        const QSizeF size(22, 16);
        double bestCost = 1e18;
        for (const double share : {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82}) {
            const QPointF at = a.samples[int(share * double(a.samples.size() - 1))];
            const std::array<QPointF, 4> offsets{QPointF(0, -16), QPointF(0, 17), QPointF(19, -4), QPointF(-19, -4)};
            for (std::size_t k = 0; k < offsets.size(); ++k) {
                const QRectF rect(at + offsets[k] - QPointF(size.width() / 2, size.height() / 2), size);
                double cost = std::abs(share - 0.5) * 30 + double(k) * 3;
                const QRectF around = rect.adjusted(-5, -5, 5, 5);
                const QRectF mark(at - QPointF(9, 9), QSizeF(18, 18));
                for (const Box &box : m_scene.boxes) {
                    const QRectF outer = box.rect.adjusted(-7, -14, 14, 7);
                    cost += outer.intersects(around) ? 1000 : 0;
                    cost += a.fate == Fate::Gone && outer.intersects(mark) ? 300 : 0;
                }
                for (std::size_t other = 0; other < m_scene.arrows.size(); ++other) {
                    if (other != index && m_scene.arrows[other].label.intersects(around))
                        cost += 800;
                    for (const QPointF &p : m_scene.arrows[other].samples)
                        cost += rect.contains(p) ? 20 : 0;
                }
                if (cost < bestCost) {
                    bestCost = cost;
                    a.label = rect;
                    a.mark = at;
                }
            }
        }
        if (bestCost >= 1000) {
            a.label = {};   // no room: the badge says it too
            a.mark = a.samples[a.samples.size() / 2];
        }
    }

    Scene &m_scene;
    std::vector<std::vector<std::pair<double, double>>> m_columns;
    std::vector<std::vector<double>> m_used;
    std::vector<double> m_arrival;
    std::vector<int> m_nesting;            // of loops over the same box, from the inside
};

} // namespace

Way wayTo(const World &world, ObjectId object)
{
    Way way;
    if (!object || !world.contains(object) || !world.object(object).alive())
        return way;
    if (const auto path = pathFromRoot(world, object))
        for (const ReachStep &step : *path)
            way.owners.push_back(step.owner);
    way.kept = retention(world).keptBy(object);
    return way;
}

void markWay(Scene &scene, const Way &way, ObjectId selected)
{
    const auto end = scene.boxOf.find(selected.value);
    if (!selected || end == scene.boxOf.end())
        return;
    std::vector<std::size_t> boxes;   // an owner that is drawn as part of another has none
    for (const ObjectId owner : way.owners)
        if (const auto box = scene.boxOf.find(owner.value); box != scene.boxOf.end())
            boxes.push_back(box->second);
    boxes.push_back(end->second);
    for (std::size_t i = 1; i < boxes.size(); ++i)
        for (Arrow &arrow : scene.arrows)
            if (arrow.box == boxes[i - 1] && arrow.target == boxes[i] && !arrow.weak && arrow.fate != Fate::Gone) {
                arrow.onWay = scene.wayUsed = true;
                break;
            }
    for (const ObjectId id : way.kept)
        if (const auto box = scene.boxOf.find(id.value); box != scene.boxOf.end() && scene.boxes[box->second].fate != Fate::Gone)
            scene.boxes[box->second].kept = scene.keptUsed = true;
}

bool marked(const Scene &scene, const Arrow &arrow)
{
    // Between two objects that are gone, that says it all.
    return scene.counts && arrow.fate != Fate::Same && !arrow.weak && !arrow.borrowed
        && !(scene.boxes[arrow.box].fate == Fate::Gone && scene.boxes[arrow.target].fate == Fate::Gone);
}

void routeArrows(Scene &scene)
{
    scene.arrows.clear();
    Router(scene).run();
    for (const Arrow &arrow : scene.arrows) {
        scene.weakUsed |= arrow.weak;
        scene.cellsUsed |= arrow.fromCell;
    }
    for (const Box &box : scene.boxes) {
        scene.immortalUsed |= box.immortal;
        scene.generationUsed |= box.generation >= 0;
        scene.marksUsed |= box.mark.has_value();
        scene.garbageUsed |= box.garbage;
        for (const Row &row : box.rows)
            scene.deadWeakUsed |= row.weak && !row.target && !row.value.isEmpty() && row.fate != Fate::Gone && box.fate != Fate::Gone;
    }
}

} // namespace pyrena::objects
