#pragma once

#include "ui/figures/memory/memoryscene.h"

#include <QRegion>

#include <functional>

namespace pyrena {

// Whole logical pixels around a rectangle, and at most three more: whole device pixels at every scale in steps of a quarter.
QRect paintedPixels(const QRectF &rect);

// Where two pictures of the same size may differ: outside of it the same items are painted in the same order.
// `mapChanges` adds where the blocks of a map that is in both have changed; false: nobody knows.
// None: too much differs to be worth telling.
std::optional<QRegion> sceneDifference(const MemoryScene &before, const MemoryScene &after,
                                       const std::function<bool(const BlockMap &, QRegion &)> &mapChanges);

} // namespace pyrena
