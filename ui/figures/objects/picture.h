#pragma once

#include "core/trace/staleids.h"
#include "ui/figures/objects/places.h"

#include <QPainterPath>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include <memory>
#include <optional>
#include <unordered_set>

#include "ui/figures/figure.h"

// The Objects figure as plain geometry and texts, in scene coordinates (pixels at text scale 1).
namespace pyrena::objects {

enum class Fate : std::uint8_t { Same, New, Gone };   // in this step

struct Row
{
    std::uint64_t key = 0;       // which place it is, the same at every moment
    QString label, value;        // value: the target as text; empty when an arrow starts here
    ObjectId target;
    ObjectId staleOf;            // the value was the id of this one, which has moved since
    std::vector<ObjectId> more;  // of a row "… 94 more": those hidden ones that are drawn
    bool arrow = false, weak = false, borrowed = false, cell = false, rest = false;
    bool changed = false;        // what it refers to is not what it was
    Fate fate = Fate::Same;
    QRectF rect;
    QPointF dot() const { return QPointF(cell ? rect.center().x() : rect.right() - 12, rect.center().y()); }
};

struct Box
{
    enum class Kind : std::uint8_t { Globals, Frame, Node };
    Kind kind = Kind::Node;
    ObjectId id;
    TypeKind type = TypeKind::Runtime;
    int column = 0;
    QRectF rect;
    QString title, note;         // note: of a frame, its line
    QString count;               // empty: not shown
    QStringList details;         // sizes, address
    std::vector<Row> rows;
    int generation = -1;         // 0..2; -1: not tracked
    std::optional<GcMark> mark;  // while a manager without counts collects
    Fate fate = Fate::Same;
    bool kept = false;           // alive only through the selected object
    bool countChanged = false, changed = false, garbage = false, immortal = false, isStatic = false, focused = false;
};

struct Arrow
{
    QPointF from;
    std::size_t box = 0, target = 0;   // indexes into Scene::boxes
    std::uint64_t row = 0;
    Fate fate = Fate::Same;
    bool weak = false, fromCell = false, borrowed = false;
    bool onWay = false;                // part of a shortest way from a root to the selected object
    double lane = 0;                   // of one from a cell: the height at which it runs below the cells
    QPainterPath path;
    QPolygonF samples;                 // points along the path
    QRectF bounds;                     // of all that is drawn of it, label excepted
    QRectF label;                      // of its +1 or -1; null when it has none
    QPointF mark;                      // where a removed one is crossed out
};

struct Scene
{
    std::vector<Box> boxes;            // frames first, then by column and height
    std::vector<Arrow> arrows;
    QRectF extent;                     // of everything that will ever be drawn, with room for loops
    bool counts = true;                // the manager counts references
    std::size_t hidden = 0;            // live objects without a box
    std::size_t temporaries = 0;       // without one because only operations show them
    bool wayUsed = false, keptUsed = false;
    bool marksUsed = false, weakUsed = false, deadWeakUsed = false, garbageUsed = false, ghostUsed = false, immortalUsed = false, staleUsed = false, generationUsed = false, cellsUsed = false;
    std::unordered_map<std::uint32_t, std::size_t> boxOf;   // by ObjectId
};

// The world at one moment, without arrows. Steps by line leave temporaries out.
Scene takePicture(const Trace &trace, const World &world, std::uint32_t position, const Places &places, const StaleIds &staleIds, int level,
                  Granularity granularity);
// Marks in `now` what is new, gone or changed since `before`: ghosts are added, fates and counts are set.
void markChanges(Scene &now, const Scene &before);
// Makes the arrows of all rows and routes them.
void routeArrows(Scene &scene);
// By which way a root keeps an object alive, and what that alone keeps.
struct Way
{
    std::vector<ObjectId> owners;      // from the root on, without the object; empty when nothing reaches it
    std::vector<ObjectId> kept;
};
Way wayTo(const World &world, ObjectId object);
// Marks both for `selected`. Requires: arrows are routed.
void markWay(Scene &scene, const Way &way, ObjectId selected);
// Whether an arrow bears a +1 or -1.
bool marked(const Scene &scene, const Arrow &arrow);

} // namespace pyrena::objects
