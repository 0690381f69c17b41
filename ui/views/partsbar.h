#pragma once

#include <QWidget>

#include "ui/appearance.h"
#include "ui/models/heapparts.h"

namespace pyrena {

// All bytes of the arenas as one bar, and under it what each part of the bar is: they add up to what is reserved.
class PartsBar : public QWidget
{
    Q_OBJECT
public:
    explicit PartsBar(Shared shared, QWidget *parent = nullptr);

    void setFragmentation(const Fragmentation &fragmentation);
    QString sumText() const;                     // "... = 1,048,576 B reserved in arenas"
    QRectF segment(HeapPart part) const;         // of the bar; empty when it has no bytes
    QRectF row(HeapPart part) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    double rowHeight() const;
    QRectF bar() const;
    QString tipAt(const QPointF &point) const;

    Shared m_shared;
    Fragmentation m_fragmentation;
};

} // namespace pyrena
