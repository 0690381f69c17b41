#pragma once

#include <QVariantAnimation>
#include <QWidget>

#include "core/trace/timeline.h"
#include "ui/appearance.h"
#include "ui/figures/figurepicture.h"

#include <memory>
#include <optional>
#include <vector>

namespace pyrena {

// A figure on the screen: lays it out for the playhead's moment, paints it from a cached pixmap, and turns mouse,
// keyboard and touch into selection and camera. It only reads the world.
class FigureView : public QWidget
{
    Q_OBJECT
public:
    FigureView(std::unique_ptr<Figure> figure, Shared shared, QWidget *parent = nullptr);
    ~FigureView() override;

    QString figureName() const { return m_figure->name(); }
    QString figureTitle() const { return m_figure->title(); }
    const Camera &camera() const { return m_camera; }
    void setCamera(const Camera &camera);
    void fit() { setCamera(Camera()); }
    void zoomBy(double factor, const QPointF &around);
    void showSelected();                       // moves the camera to what is selected

    // What a lesson points at, how near it wants to be, and its words for the picture; all may be empty.
    void setFocusName(const QString &name);
    void lookAt(const Selected &what, LessonZoom zoom);   // moves the camera there when it differs from the last time
    void setCaption(const QString &caption);

    // What the blocks of the Memory figure are coloured by.
    void setColorBy(ColorBy by);
    ColorBy colorBy() const { return m_colorBy; }

    // Everything selectable at this moment, and which of it the keyboard is at (-1: none).
    const std::vector<FigureHit> &items() const;
    int currentItem() const { return m_currentItem; }
    void setCurrentItem(int index);            // selects it as well
    void carryOut(FigureCommand command);      // of a button in the picture
    QString summary() const;

    FigureInput input() const;                 // what is painted now; requires: the playhead has a trace
    bool animating() const { return m_animation.state() == QAbstractAnimation::Running; }
    bool undoing() const { return m_undoing; } // the step that was taken back still leaves the picture

    QSize sizeHint() const override { return {640, 480}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

Q_SIGNALS:
    void findWanted();                         // Memory: Ctrl+F
    void nextColorsWanted();                   // Memory: C

protected:
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void onTraceChanged();
    void onMoved(std::uint32_t from, std::uint32_t to);
    void invalidate();                         // the picture must be computed anew
    void ensureLayout() const;
    void animate(QAbstractAnimation::Direction direction);
    void stopAnimation();
    void announce();
    bool isMemory() const { return m_figure->name() == QLatin1String("memory"); }
    QRectF canvas() const { return QRectF(rect()); }

    std::unique_ptr<Figure> m_figure;
    Shared m_shared;
    Camera m_camera;
    QString m_focusName, m_caption;
    Selected m_lookedAt;
    LessonZoom m_zoom{};
    ColorBy m_colorBy = ColorBy::Type;

    mutable bool m_laidOut = false;
    mutable std::optional<std::vector<FigureHit>> m_items;
    FigurePicture m_picture;
    bool m_pictureValid = false;               // it shows the last layout
    QVariantAnimation m_animation;
    mutable double m_progress = 1;                     // of the motion of this step
    // While a step back is shown: the moment it came from, whose motion runs backwards.
    std::unique_ptr<Timeline> m_past;
    std::uint32_t m_pastPosition = 0;
    mutable bool m_undoing = false;
    qint64 m_paintMilliseconds = 0;            // of the last picture; a slow one is not animated

    int m_currentItem = -1;
    std::optional<QPointF> m_pressed;          // where the left or middle button went down
    QPointF m_lastDrag;
    bool m_dragging = false;
};

} // namespace pyrena
