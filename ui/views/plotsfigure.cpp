// The plots as a figure: for exports and beside other figures. What paints them is the QCustomPlot of the stage's plots.
#include "ui/figures/figure.h"
#include "ui/figures/paintkit.h"
#include "ui/views/plotschart.h"

#include <QPicture>

namespace pyrena {

namespace {

class PlotsFigure : public Figure
{
    Q_DECLARE_TR_FUNCTIONS(PlotsFigure)
public:
    PlotsFigure() : m_chart(m_plot) {}

    QString name() const override { return QStringLiteral("plots"); }
    QString title() const override { return tr("Plots"); }
    void layout(const FigureInput &input, const QSizeF &size, const Camera &) override
    {
        if (input.trace != m_trace) {
            m_trace = input.trace;
            m_series = traceSeries(*input.trace);
        }
        m_size = size;
        m_theme = input.theme;
        const std::string_view python = input.trace->profile->title;
        m_header = {title(), QString::fromStdString(input.trace->recipe.fileName),
                    QString::fromUtf8(python.data(), static_cast<qsizetype>(python.size()))};
        m_chart.setSeries(m_series, input.trace->changeCount(), !input.trace->profile->runsPrograms, input.trace->profile->collector.counts());
        m_chart.setTheme(m_theme);
        m_chart.fit(QSizeF(size.width(), size.height() - kit::headerHeight(m_theme)));
        FragmentationMeter meter;
        meter.reset(*input.world);
        m_chart.setNow(heapSample(*input.world, meter, input.position));
    }
    void paint(QPainter &painter) const override
    {
        const double header = kit::headerHeight(m_theme);
        kit::paintHeader(painter, m_theme, m_header, QRectF(0, 0, m_size.width(), header));
        // QCustomPlot wants a painter of its own kind; a picture of its strokes keeps them vectors.
        QPicture picture;
        QCPPainter strokes(&picture);
        strokes.setMode(QCPPainter::pmVectorized);
        strokes.setMode(QCPPainter::pmNoCaching);
        m_plot.toPainter(&strokes, static_cast<int>(m_size.width()), static_cast<int>(m_size.height() - header));
        strokes.end();
        painter.drawPicture(QPointF(0, header), picture);
    }
    FigureHit hit(const QPointF &) const override { return {}; }
    std::vector<FigureHit> items() const override { return {}; }
    QString summary() const override { return m_chart.summary(); }
    Camera zoomed(const Camera &now, double, const QPointF &) const override { return now; }
    Camera panned(const Camera &now, const QPointF &) const override { return now; }

private:
    mutable QCustomPlot m_plot;      // never shown; painting into a given size is not const there
    PlotsChart m_chart;
    const Trace *m_trace = nullptr;
    TraceSeries m_series;
    QSizeF m_size;
    Theme m_theme;
    kit::Header m_header;
};

} // namespace

std::unique_ptr<Figure> makePlotsFigure()
{
    return std::make_unique<PlotsFigure>();
}

} // namespace pyrena
