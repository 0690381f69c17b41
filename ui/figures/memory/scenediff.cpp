#include "ui/figures/memory/scenediff.h"

#include <bit>
#include <cmath>

namespace pyrena {

namespace {

constexpr int kGrid = 4;            // logical pixels
constexpr int kMaxRects = 80;       // more of them cost more than painting everything

void mix(std::size_t &seed, std::size_t value) { seed = (seed ^ value) * 0x9e3779b97f4a7c15u; seed ^= seed >> 29; }
void mix(std::size_t &seed, double value) { mix(seed, std::bit_cast<std::size_t>(value)); }

std::size_t hashOf(const SceneItem &item)
{
    std::size_t seed = item.index();
    const auto rect = [&seed](const QRectF &r) {
        mix(seed, r.x());
        mix(seed, r.y());
        mix(seed, r.width());
        mix(seed, r.height());
    };
    if (const auto *box = std::get_if<SceneBox>(&item)) {
        rect(box->rect);
        mix(seed, std::size_t(box->fill.isValid() ? box->fill.rgba() : 0));
        mix(seed, std::size_t(box->stroke.isValid() ? box->stroke.rgba() : 0));
    } else if (const auto *text = std::get_if<SceneText>(&item)) {
        rect(text->rect);
        mix(seed, qHash(text->text));
    } else if (const auto *path = std::get_if<ScenePath>(&item)) {
        mix(seed, std::size_t(path->path.elementCount()));
        if (!path->path.isEmpty()) {
            mix(seed, path->path.currentPosition().x());
            mix(seed, path->path.currentPosition().y());
        }
    }
    return seed;
}

bool same(const MemoryScene &a, const SceneItem &x, const MemoryScene &b, const SceneItem &y)
{
    if (x.index() != y.index())
        return false;
    if (const auto *map = std::get_if<SceneMap>(&x))
        return a.maps[map->map] == b.maps[std::get<SceneMap>(y).map];
    if (const auto *box = std::get_if<SceneBox>(&x))
        return *box == std::get<SceneBox>(y);
    if (const auto *text = std::get_if<SceneText>(&x))
        return *text == std::get<SceneText>(y);
    return std::get<ScenePath>(x) == std::get<ScenePath>(y);
}

// Old items by hash: chains through `next`, in rising order.
class ItemTable
{
public:
    explicit ItemTable(const std::vector<SceneItem> &items)
        : m_heads(std::bit_ceil(items.size() * 2 + 1), -1), m_next(items.size(), -1), m_hashes(items.size())
    {
        for (std::size_t i = items.size(); i-- > 0;) {
            m_hashes[i] = hashOf(items[i]);
            int &head = m_heads[m_hashes[i] & (m_heads.size() - 1)];
            m_next[i] = head;
            head = static_cast<int>(i);
        }
    }
    // The first item after `last` that `matches`; -1: none.
    template <class Matches>
    int find(std::size_t hash, int last, Matches matches) const
    {
        for (int i = m_heads[hash & (m_heads.size() - 1)]; i >= 0; i = m_next[static_cast<std::size_t>(i)])
            if (i > last && m_hashes[static_cast<std::size_t>(i)] == hash && matches(i))
                return i;
        return -1;
    }

private:
    std::vector<int> m_heads, m_next;
    std::vector<std::size_t> m_hashes;
};

} // namespace

QRect paintedPixels(const QRectF &rect)
{
    const auto down = [](double v) { return static_cast<int>(std::floor(v / kGrid)) * kGrid; };
    const auto up = [](double v) { return static_cast<int>(std::ceil(v / kGrid)) * kGrid; };
    const int x = down(rect.left()), y = down(rect.top());
    return QRect(x, y, up(rect.right()) - x, up(rect.bottom()) - y);
}

std::optional<QRegion> sceneDifference(const MemoryScene &before, const MemoryScene &after,
                                       const std::function<bool(const BlockMap &, QRegion &)> &mapChanges)
{
    if (before.size != after.size)
        return std::nullopt;
    QRegion region;
    int rects = 0;
    const auto add = [&](const MemoryScene &scene, const SceneItem &item) {
        region += paintedPixels(scene.boundsOf(item));
        return ++rects <= kMaxRects;
    };
    // What stayed has stayed in its order: only then outside of the region the same is painted over the same.
    const ItemTable table(before.items);
    std::vector<bool> stayed(before.items.size(), false);
    int last = -1;
    for (const SceneItem &item : after.items) {
        const int found = table.find(hashOf(item), last, [&](int i) { return same(before, before.items[static_cast<std::size_t>(i)], after, item); });
        if (found < 0) {
            if (!add(after, item))
                return std::nullopt;
            continue;
        }
        stayed[static_cast<std::size_t>(found)] = true;
        last = found;
        if (const auto *map = std::get_if<SceneMap>(&item))
            if (!mapChanges(after.maps[map->map], region))
                return std::nullopt;
    }
    for (std::size_t i = 0; i < stayed.size(); ++i)
        if (!stayed[i] && !add(before, before.items[i]))
            return std::nullopt;
    if (region.rectCount() > kMaxRects)
        return std::nullopt;
    return region;
}

} // namespace pyrena
