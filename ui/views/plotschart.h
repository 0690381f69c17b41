#pragma once

#include "ui/views/plot.h"

#include "ui/models/traceseries.h"
#include "ui/theme.h"

#include <QCoreApplication>

#include <vector>

namespace pyrena {

// The plots of a run, set up inside a QCustomPlot: on the stage and in an export the same. Plots stand under each other over
// one axis of time; the line of the playhead has a layer of its own, so that moving it paints nothing else.
class PlotsChart
{
    Q_DECLARE_TR_FUNCTIONS(PlotsChart)
public:
    explicit PlotsChart(QCustomPlot &plot);
    ~PlotsChart();                                   // requires: the plot is still there
    PlotsChart(const PlotsChart &) = delete;
    PlotsChart &operator=(const PlotsChart &) = delete;

    // `ofRecording`: nothing is known of objects and of the collector. `counts`: counters start collections.
    void setSeries(const TraceSeries &series, std::uint32_t end, bool ofRecording, bool counts);
    void setTheme(const Theme &theme);
    void setNow(const HeapSample &now);              // the playhead's moment, exact

    void fit(const QSizeF &size);                    // of the plot: as many labels and values as have room
    void showAll();                                  // the whole run
    QCPRange visible() const { return m_visible; }
    void setVisible(const QCPRange &range);          // kept inside the run
    double positionAt(double x) const;               // of a place in the widget
    QString summary() const;                         // the values at the position, in words

private:
    struct Line
    {
        QCPGraph *graph;
        QString name;
        int colour;                                  // of the theme, see colourOf()
        Qt::PenStyle style;
    };
    struct Panel
    {
        QCPAxisRect *rect;
        QCPLegend *legend;
        QCPItemLine *cursor;
        QCPItemText *values;
        std::vector<Line> lines;
        bool ofObjects;                              // hidden for recordings
    };
    Panel &addPanel(bool ofObjects);
    Line &addLine(Panel &panel, const QString &name, int colour, Qt::PenStyle style);
    void arrange();
    void show(Panel &panel, std::size_t line, bool shown);
    void showValues();
    static QColor colourOf(int colour, const Theme &theme);

    QCustomPlot &m_plot;
    Theme m_theme;
    TraceSeries m_series;
    HeapSample m_now;
    std::uint32_t m_end = 0;
    bool m_ofRecording = false;
    bool m_counts = true;
    bool m_ofSpaces = false;                         // of a manager that moves objects
    QCPRange m_visible{0, 1};
    QSizeF m_size{640, 480};
    std::vector<Panel> m_panels;                     // bytes, fragmentation, objects, collector
    std::vector<QCPBars *> m_collections;            // by generation
};

} // namespace pyrena
