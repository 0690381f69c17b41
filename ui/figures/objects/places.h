#pragma once

#include "ui/figures/objects/rules.h"

#include <QRectF>

#include <array>
#include <map>
#include <unordered_map>
#include <vector>

namespace pyrena::objects {

// The measures of the scene, in pixels at text scale 1. The scene as a whole is scaled to the canvas.
inline constexpr double kFrameWidth = 176, kNodeWidth = 172, kColumnGap = 84, kRowGap = 38;
inline constexpr double kHead = 26, kRow = 22, kFoot = 12, kDetail = 17;
inline constexpr double kFrameHead = 32, kNameRow = 28, kNamePitch = 34, kFrameFoot = 8, kFrameGap = 22;
inline constexpr int kMaxColumn = 8;          // deeper objects stay text in the slot that refers to them
inline constexpr int kMaxNodes = 200;         // alive at once
inline constexpr int kMaxFrames = 24;

double columnLeft(int column);
double columnRight(int column);
double nodeHeight(int rows, int level);
double frameHeight(int rows, bool stack);

// Where everything that will ever live in a trace is drawn: computed once, so that nothing moves while it lives.
// An object's column is its first visible holder's plus one, its height that of the slot that first referred to it, or
// the nearest free gap. Room of the dead is used again, from the end of the statement in which they died.
class Places
{
public:
    Places(const Trace &trace, int level);

    struct Place
    {
        double y = 0;
        std::uint32_t from = 0, until = ObjectInfo::kNever;   // positions between which it may be drawn
        std::int16_t column = -1;     // -1: never a box
        std::int16_t rows = 0;        // most it will ever have
        bool stack = false;           // of a frame: its value stack is used
        bool collapsed = false;       // would have a box, were it not too deep or one of too many
    };
    const Rules &rules() const { return m_rules; }
    int level() const { return m_rules.level(); }
    const Place &place(ObjectId id) const { return m_places[id.value]; }
    bool hasPlace(ObjectId id) const { return id.value < m_places.size() && m_places[id.value].column >= 0; }
    // A node's place is its own at this position.
    bool holds(ObjectId id, std::uint32_t position) const
    {
        return hasPlace(id) && m_places[id.value].column > 0 && position >= m_places[id.value].from
            && position <= m_places[id.value].until;
    }
    QRectF nodeRect(ObjectId id, int rows) const;
    QRectF frameRect(ObjectId frame) const;
    QRectF globalsRect() const;
    // The row of a name in globals: the same for the whole trace, whether it is bound or not; -1: beyond the last one.
    int nameRow(TextId name) const;
    ObjectId moduleFrame() const { return m_moduleFrame; }
    bool globalsStack() const { return m_globalsStack; }
    int names() const { return static_cast<int>(m_names.size()); }
    QRectF extent() const { return m_extent; }

private:
    struct Seen                       // what the first pass over the trace finds out about an object
    {
        ObjectId holder;              // first visible one that is not a value stack; globals for a name
        std::int32_t row = -1;
        ObjectId stackHolder;
        std::uint32_t from = ObjectInfo::kNever;   // change that first let something visible hold it
        std::uint32_t stackUntil = 0;              // change that last took it off a value stack
        std::int16_t rows = 0;
        bool placing = false;
    };
    struct Column
    {
        std::map<double, double> free{{0.0, 1e12}};   // begin, end
        double claim(double wanted, double height);
        void release(double begin, double end);
    };
    struct Watch;

    void observe();
    void arrange();
    bool placeObject(std::uint32_t id, std::uint32_t now, int depth);
    std::uint32_t beginOf(std::uint32_t id) const;
    void placeFrame(std::size_t call, int depth);

    const Trace &m_trace;
    Rules m_rules;
    std::vector<Place> m_places;      // by ObjectId, frames too (column 0)
    std::vector<Seen> m_seen;
    std::unordered_map<std::uint32_t, int> m_names;
    struct Call { std::uint32_t from = 0, to = ObjectInfo::kNever; ObjectId frame, caller; };
    std::vector<Call> m_calls;
    std::unordered_map<std::uint32_t, std::size_t> m_callOf;
    std::array<Column, kMaxColumn + 1> m_columns;
    std::multimap<std::uint32_t, std::uint32_t> m_expiry;   // position from which an object's room is free
    ObjectId m_moduleFrame, m_globals;
    bool m_globalsStack = false;
    std::size_t m_alive = 0, m_frames = 0;
    QRectF m_extent;
};

} // namespace pyrena::objects
