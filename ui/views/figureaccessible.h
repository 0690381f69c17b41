#pragma once

namespace pyrena {

class FigureView;

// Makes the things in a picture known to screen readers as children of its FigureView. May be called again.
void installFigureAccessibility();
// The picture shows another moment.
void announceChange(FigureView &view);
// The keyboard is at an item.
void announceFocus(FigureView &view, int item);

} // namespace pyrena
