#include "ui/figures/objects/picture.h"

#include <algorithm>
#include <map>

// What a step did, from the pictures before and after it.
namespace pyrena::objects {

namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;   // box, target

std::map<Edge, int> edgesOf(const Scene &scene)
{
    std::map<Edge, int> edges;
    for (const Box &box : scene.boxes) {
        for (const Row &row : box.rows) {
            if (row.arrow)
                ++edges[{box.id.value, row.target.value}];
            for (const ObjectId more : row.more)
                ++edges[{box.id.value, more.value}];
        }
    }
    return edges;
}

const Row *rowWithKey(const Box &box, std::uint64_t key)
{
    for (const Row &row : box.rows)
        if (row.key == key)
            return &row;
    return nullptr;
}

bool touchesAny(const Scene &scene, const QRectF &rect)
{
    return std::any_of(scene.boxes.begin(), scene.boxes.end(), [&](const Box &b) { return b.rect.intersects(rect); });
}

// Rows that are gone stay for one step where they were; in nodes the rows below them keep their place too.
void addGhostRows(Box &box, const Box &before)
{
    const std::size_t room = std::max(before.rows.size(), box.rows.size());
    for (std::size_t i = 0; i < before.rows.size(); ++i) {
        const Row &old = before.rows[i];
        if (old.cell || old.rest || rowWithKey(box, old.key) || (!old.target && old.value.isEmpty()))
            continue;
        if (box.kind == Box::Kind::Node && box.rows.size() >= room)
            return;
        Row ghost = old;
        ghost.fate = Fate::Gone;
        ghost.more.clear();
        const std::size_t at = box.kind == Box::Kind::Node ? std::min(i, box.rows.size()) : box.rows.size();
        box.rows.insert(box.rows.begin() + std::ptrdiff_t(at), std::move(ghost));
        box.changed = true;
    }
    if (box.kind != Box::Kind::Node || box.rows.empty())
        return;
    for (std::size_t i = 0; i < box.rows.size(); ++i)
        box.rows[i].rect = QRectF(box.rect.left() + 5, box.rect.top() + kHead + double(i) * kRow, box.rect.width() - 5, kRow);
    if (before.rect.height() > box.rect.height() && box.rows.size() == before.rows.size())
        box.rect.setHeight(before.rect.height());
}

} // namespace

void markChanges(Scene &now, const Scene &before)
{
    auto oldEdges = edgesOf(before);
    const auto newEdges = edgesOf(now);
    auto unmatched = oldEdges;

    const std::size_t count = now.boxes.size();
    for (std::size_t i = 0; i < count; ++i) {
        Box &box = now.boxes[i];
        const auto found = before.boxOf.find(box.id.value);
        if (found == before.boxOf.end()) {
            box.fate = Fate::New;
            box.changed = true;
            for (Row &row : box.rows)
                row.fate = Fate::New;
            continue;
        }
        const Box &old = before.boxes[found->second];
        box.countChanged = box.count != old.count;
        box.changed |= box.kind == Box::Kind::Node && (box.countChanged || box.mark.value_or(GcMark::White) != old.mark.value_or(GcMark::White));
        for (Row &row : box.rows) {
            const Row *was = rowWithKey(old, row.key);
            const bool other = !was || was->target != row.target || was->value != row.value;
            if (row.rest) {
                row.changed = !was || was->label != row.label;
                box.changed |= row.changed && box.kind == Box::Kind::Node;
                continue;
            }
            row.changed = other && (row.target || was);
            if (row.arrow) {
                int &left = unmatched[{box.id.value, row.target.value}];
                row.fate = left-- > 0 ? Fate::Same : Fate::New;
            } else {
                row.fate = other ? Fate::New : Fate::Same;
            }
            box.changed |= row.changed && box.kind == Box::Kind::Node;
        }
        addGhostRows(box, old);
    }

    // References that are no more: their rows may still be there with another target, or in no row at all.
    std::vector<std::pair<std::size_t, Row>> gone;
    for (const Box &old : before.boxes) {
        for (const Row &row : old.rows) {
            if (!row.arrow || row.cell)
                continue;
            int &left = oldEdges[{old.id.value, row.target.value}];
            const auto found = newEdges.find({old.id.value, row.target.value});
            if (left <= (found == newEdges.end() ? 0 : found->second))
                continue;
            const auto box = now.boxOf.find(old.id.value);
            if (box == now.boxOf.end())
                continue;
            const Row *is = rowWithKey(now.boxes[box->second], row.key);
            if (is && is->target == row.target && is->fate != Fate::Gone)
                continue;   // this one is still there; another one of the same box is gone
            --left;
            if (!is) {
                Row ghost = row;
                ghost.fate = Fate::Gone;
                gone.push_back({box->second, std::move(ghost)});
            } else if (is->fate != Fate::Gone) {
                Row ghost = row;
                ghost.fate = Fate::Gone;
                ghost.label.clear();   // its row lives on with another target: only the arrow is a ghost
                ghost.rect = is->rect;
                gone.push_back({box->second, std::move(ghost)});
            }
        }
    }
    for (auto &[box, ghost] : gone) {
        if (!ghost.label.isEmpty() || ghost.rect.bottom() > now.boxes[box].rect.bottom())
            ghost.rect.moveBottom(std::min(ghost.rect.bottom(), now.boxes[box].rect.bottom() - 2));
        ghost.label.clear();
        now.boxes[box].rows.push_back(std::move(ghost));
    }

    // The dead stay for one step, where nothing else has taken their place.
    for (const Box &old : before.boxes) {
        if (now.boxOf.contains(old.id.value) || touchesAny(now, old.rect))
            continue;
        Box ghost = old;
        ghost.fate = Fate::Gone;
        ghost.changed = false;
        ghost.generation = -1;
        ghost.garbage = false;
        if (!ghost.count.isEmpty() && !ghost.immortal)
            ghost.count = QStringLiteral("0");
        for (Row &row : ghost.rows) {
            row.fate = Fate::Gone;
            row.arrow = row.arrow && !row.cell;
            row.more.clear();
        }
        now.boxOf.emplace(old.id.value, now.boxes.size());
        now.boxes.push_back(std::move(ghost));
        now.ghostUsed = true;
    }
    for (const Box &box : now.boxes)
        for (const Row &row : box.rows)
            now.ghostUsed |= row.fate == Fate::Gone;
}

} // namespace pyrena::objects
