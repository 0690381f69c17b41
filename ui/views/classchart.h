#pragma once

#include "ui/views/plot.h"

#include "ui/appearance.h"
#include "ui/models/heapparts.h"

namespace pyrena {

// For each size class that has pools: bytes asked for, rounded up, free and untouched, stacked. A click selects its first pool.
class ClassChart : public Plot
{
    Q_OBJECT
public:
    explicit ClassChart(Shared shared, QWidget *parent = nullptr);

    void setFragmentation(const Fragmentation &fragmentation);
    QString tipAt(double x) const;                       // of the class at a place in the widget
    double xOf(std::size_t index) const;                 // of the how-manieth class shown
    QSize minimumSizeHint() const override { return {160, 110}; }

protected:
    bool event(QEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Fragmentation::SizeClass *classAt(double x) const;
    void fitTicks() override;
    void restyle();
    void fill();

    Shared m_shared;
    Fragmentation m_fragmentation;
    std::vector<QCPBars *> m_bars;                       // by kParts
};

} // namespace pyrena
