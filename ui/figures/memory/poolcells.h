#pragma once

#include "ui/figures/memory/scenebuilder.h"

namespace pyrena {

// How much a cell tells: label only; label and bar; label, offset and bar; the same with more room.
enum class CellSize : std::uint8_t { Tiny, Small, Medium, Large };

// The cells of a pool that are in view: `rows` whole rows from `firstRow` on.
struct CellGrid
{
    CellSize size = CellSize::Medium;
    QRectF area;
    int columns = 1, rows = 1, firstRow = 0;
    double width = 0, height = 0;         // of a cell
    double gapX = 0, gapY = 0;            // the gutters, where arrows run

    QRectF cell(int number) const;        // of block `number`; null when it is not in view
};

CellGrid cellGrid(const SceneBuilder &b, const QRectF &area, PoolId pool);
// captionX: where the thing that the caption speaks of is.
void addCells(SceneBuilder &b, const CellGrid &grid, PoolId pool, std::optional<double> *captionX);

// Numbers of the blocks on the free chain of a pool in the order in which they will be handed out; at most `limit`.
std::vector<std::uint32_t> freeChain(const HeapState &heap, PoolId pool, std::size_t limit);

} // namespace pyrena
