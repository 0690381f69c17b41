#pragma once

#include "core/trace/trace.h"
#include "core/world/world.h"

#include <functional>
#include <unordered_set>
#include <vector>

// What the Objects figure shows of a world at a level of detail; everything else of the picture follows from it.
namespace pyrena::objects {

inline constexpr int kMaxRows = 7;          // of a node; a longer list ends in "… 94 more"
inline constexpr int kMaxNames = 40;        // of a frame
inline constexpr std::uint32_t kScanLimit = 4096;   // slots looked at for one node

// One reference a box shows as a row.
struct Entry
{
    ObjectId owner;                  // whose slot it is: the box's object, or the __dict__ drawn as part of it
    std::uint32_t slot = 0;
    ObjectId target;                 // none: an unbound local, an empty cell
    TextId label;                    // attribute, local or name
    ObjectId key;                    // of a dict's value
    bool isKey = false;              // a key that is no atom has a row of its own
    bool weak = false;               // no +1: the referent of a weak reference
    bool stack = false;              // an entry of a frame's value stack
    bool borrowed = false;
};

class Rules
{
public:
    Rules(const Trace &trace, int level);

    int level() const { return m_level; }
    static bool atom(TypeKind kind);   // a plain value
    // Drawn as text in the slot that refers to it, as Python Tutor does.
    bool inlined(const World &world, ObjectId id) const;
    // Never a box: the interpreter's own, frames, and what is inlined.
    bool canBeNode(const World &world, ObjectId id) const;
    // A reference to a node from this owner is drawn as text even though others draw an arrow: methods of a class.
    bool quiet(const World &world, ObjectId owner, ObjectId target) const;

    // Worth a box although nothing but a value stack ever holds it: not the parts a class or function is made from.
    bool shownOnStack(const World &world, ObjectId id) const;

    // The rows of a node, in order, until `visit` answers false.
    void forEachRow(const World &world, ObjectId id, const std::function<bool(const Entry &)> &visit) const;
    // The locals of a frame, and its value stack.
    void forEachLocal(const World &world, ObjectId frame, const std::function<bool(const Entry &)> &visit) const;
    // The names in globals that are not dunder; `name` is the text of the key.
    void forEachName(const World &world, const std::function<bool(const Entry &, TextId name)> &visit) const;
    int rowCount(const World &world, ObjectId id, int limit) const;

    // An instance's __dict__, where it is drawn as part of the instance.
    ObjectId dictPartOf(const World &world, ObjectId instance) const;
    bool isDictLabel(TextId label) const { return label && label == m_dictLabel; }
    bool dunder(TextId text) const { return m_dunder.contains(text.value); }

private:
    void forEachDictEntry(const World &world, ObjectId dict, bool &more, const std::function<bool(const Entry &)> &visit) const;

    const Trace &m_trace;
    int m_level;
    TextId m_dictLabel;
    std::unordered_set<std::uint32_t> m_dunder, m_internal;   // texts
};

} // namespace pyrena::objects
