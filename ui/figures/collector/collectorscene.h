#pragma once

#include "ui/figures/collector/collectorstory.h"
#include "ui/figures/figure.h"
#include "ui/figures/paintkit.h"
#include "ui/models/memoryseries.h"

#include <QCoreApplication>
#include <QPainterPath>

// The Collector figure as plain geometry and texts, in logical pixels of the canvas.
namespace pyrena::collector {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pyrena::CollectorFigure)
};

struct Chip                       // one phase of the strip
{
    QRectF rect;
    QString text;                 // empty: too narrow for its name
    Phase::When when = Phase::When::Later;
    QString sentence;             // for hover
};

struct CardBox
{
    Card card;
    TypeKind type = TypeKind::Runtime;
    QRectF rect;
    QString title, count, note;   // note: what a later phase says of it
    bool compact = false;         // title and gc_refs in one line
    QString link;                 // of a weak reference: what it refers to, or referred to
    bool snapped = false;
};

struct More { QRectF rect; QString text; };          // "12 more"

struct Row
{
    QString title, subtitle;
    QRectF heading;
    std::vector<CardBox> cards;
    std::vector<More> more;
    QString empty;                // what stands where no card is
};

struct GraphNode { Card card; TypeKind type = TypeKind::Runtime; QRectF rect; QString title; };
struct GraphArrow { QPainterPath path; bool weak = false, outside = false; std::size_t from = 0, to = 0; };   // indexes of nodes; from outside: both its end
struct GraphPanel
{
    QRectF rect;
    QString title, note;
    std::vector<GraphNode> nodes;
    std::vector<GraphArrow> arrows;
    bool shown() const { return !rect.isNull(); }
};

struct TrackRow
{
    QString name, meter;
    std::uint32_t length = 0;
    QRectF nameRect, meterText, bar, rail;
    double filled = 0;            // 0..1 of the bar
    bool over = false, changed = false, examined = false, compact = false;
    bool measured = true;              // has a bar
    struct Car { ObjectId id; TypeKind type; QRectF rect; };
    std::vector<Car> cars;
    QString more;
    QRectF moreRect;
};

// A space of a manager without counts, drawn to the scale of all of them.
struct SpaceRow
{
    QString name, meter;
    QRectF nameRect, meterRect, bar;   // bar: the part that is shown, from the space's start
    double used = 0;                   // x of the top
    bool torn = false;                 // the space goes on beyond what is shown
    bool active = false, plain = false;   // plain: no blocks, only how full it is
    struct Block { QRectF rect; ObjectId owner; TypeKind type; GcMark mark; QString label; bool second, changed; };
    std::vector<Block> blocks;
    double scan = -1;                  // x; -1: none
    QString scanText, topText;
};

// The collections of a run and how many objects there were, of a whole trace: read once.
struct History
{
    std::vector<TimelineMarks::Collection> collections;
    MemorySeries memory;
    std::vector<std::uint32_t> freedByCounting, freedByCollector;   // positions, rising: deaths of containers outside and inside of collections
};
History readHistory(const Trace &trace);

// Between collections: what they cost so far, and what waited meanwhile.
struct PausePanel
{
    QString title, note;
    QRectF heading, plot;
    struct Bar { QRectF rect, textRect; QString text; };   // text: empty where there is no room for it
    std::vector<Bar> bars;
    QPolygonF objects;
    bool shown() const { return !plot.isNull(); }
};

struct CollectorScene
{
    QSizeF size;
    kit::Header header;
    std::vector<Chip> chips;
    double chipFont = 12;
    QString sentence;             // below the strip
    QStringList sentenceLines;
    QRectF sentenceRect;
    Row examined, unreachable;
    Row queue;                    // weak references that are cleared, or finalizers that wait
    QPainterPath movedArrow;      // from the list to where it was set aside
    QRectF movedGhost;            // where it stood
    ObjectId moved;
    GraphPanel graph;
    QString tracksTitle, tracksNote;
    QRectF tracksHeading;
    std::vector<TrackRow> tracks;
    std::vector<SpaceRow> spaces;      // instead of tracks
    PausePanel pauses;
    bool collecting = false;           // marks mean something
    std::vector<kit::LegendEntry> legend;
    QRectF legendRect;
    QString tally;                // "visited 3 of 6 ..."; at rest: who freed how many
    QRectF tallyRect;
    std::vector<FigureHit> hits;
    std::vector<QRectF> texts;    // where texts that may not touch each other lie: for tests
};

CollectorScene layOut(const Story &story, const History &history, const FigureInput &input, const QSizeF &size);
// The lists of the moment, or what stands in for them, with their cards, and the tally.
void addLists(CollectorScene &scene, const Story &story, const History &history, const FigureInput &input, const QRectF &area);
inline constexpr double kLeastRow = 24 + 4 + 30;   // a heading and one line of compact cards, in pixels at text scale 1
// Bars are as high as the collection had looks at objects; what lies behind the position is not shown.
void addPauses(CollectorScene &scene, const History &history, const FigureInput &input, const QRectF &area);
inline constexpr double kPausesHeight = 104;
void paintPauses(QPainter &painter, const PausePanel &panel, const Theme &theme);
// False: they are too many for the area, and nothing was added.
bool addGraph(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area);
// Compact: a line for each, with the meter as a text only.
void addTracks(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area, bool compact);
double tracksHeight(const Story &story, const Theme &theme, bool compact);
// `bar`: height of a space, in pixels at text scale 1.
void addSpaces(CollectorScene &scene, const Story &story, const FigureInput &input, const QRectF &area, bool compact, double bar = 24);
double spacesHeight(const Story &story, const Theme &theme, bool compact);
void addTracingLegend(CollectorScene &scene, const Story &story, const Theme &theme);
void addMarkLegend(CollectorScene &scene, const Theme &theme);   // white, grey, black, changed
void paintSpaces(QPainter &painter, const CollectorScene &scene, const FigureInput &input);
void paintScene(QPainter &painter, const CollectorScene &scene, const FigureInput &input);

// "reachable", "set aside": for hover, the screen reader and notes.
QString verdictWord(Verdict verdict);
QString cardSentence(const Card &card, const FigureInput &input);

} // namespace pyrena::collector
