#include "ui/views/figureview.h"

#include "ui/playhead.h"
#include "ui/selection.h"
#include "ui/views/figureaccessible.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>

namespace pyrena {

namespace {
constexpr int kMotionMilliseconds = 260, kBackMilliseconds = 150;
constexpr std::uint32_t kLongStep = 20'000;   // changes; a longer step back is not shown as motion
constexpr qint64 kTooSlowToAnimate = 40;   // milliseconds for one picture: fewer than 25 in a second look broken
} // namespace

FigureView::FigureView(std::unique_ptr<Figure> figure, Shared shared, QWidget *parent)
    : QWidget(parent), m_figure(std::move(figure)), m_shared(shared)
{
    installFigureAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    grabGesture(Qt::PinchGesture);
    setAccessibleName(tr("Picture: %1").arg(m_figure->title()));
    setObjectName(QStringLiteral("figure-") + m_figure->name());

    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        if (m_animation.direction() == QAbstractAnimation::Backward && !m_undoing)
            return;
        m_progress = value.toDouble();
        if (m_progress < 1 && m_paintMilliseconds > kTooSlowToAnimate)
            stopAnimation();
        invalidate();
    });
    connect(&m_animation, &QVariantAnimation::finished, this, [this] {
        stopAnimation();
        invalidate();
    });
    connect(&shared.playhead, &Playhead::traceChanged, this, &FigureView::onTraceChanged);
    connect(&shared.playhead, &Playhead::moved, this, &FigureView::onMoved);
    connect(&shared.playhead, &Playhead::granularityChanged, this, &FigureView::invalidate);
    connect(&shared.selection, &Selection::changed, this, &FigureView::invalidate);
    connect(&shared.appearance, &Appearance::themeChanged, this, &FigureView::invalidate);
    connect(&shared.appearance, &Appearance::levelChanged, this, &FigureView::invalidate);
}

FigureView::~FigureView() = default;

FigureInput FigureView::input() const
{
    const Playhead &playhead = m_shared.playhead;
    FigureInput in;
    in.trace = &playhead.trace();
    in.world = m_undoing ? &m_past->world() : &playhead.world();
    in.position = m_undoing ? m_pastPosition : playhead.position();
    in.stepBegin = m_undoing ? playhead.position() : playhead.stepBegin();
    in.granularity = playhead.granularity();
    in.theme = m_shared.appearance.theme();
    in.level = m_shared.appearance.level();
    in.selected = m_shared.selection.selected();
    in.focus = m_focusName;
    in.lookedAt = m_lookedAt;
    in.zoom = m_zoom;
    in.caption = m_caption;
    in.colorBy = m_colorBy;
    in.animation = m_progress;
    return in;
}

void FigureView::animate(QAbstractAnimation::Direction direction)
{
    m_animation.setDirection(direction);
    m_animation.setDuration(direction == QAbstractAnimation::Forward ? kMotionMilliseconds : kBackMilliseconds);
    m_progress = direction == QAbstractAnimation::Forward ? 0 : 1;
    m_animation.start();
}

void FigureView::stopAnimation()
{
    m_animation.stop();
    m_progress = 1;
    m_undoing = false;
}

void FigureView::onTraceChanged()
{
    stopAnimation();
    m_past.reset();
    m_camera = Camera();
    m_currentItem = -1;
    m_focusName.clear();
    m_lookedAt = {};
    m_zoom = {};
    m_caption.clear();
    invalidate();
}

void FigureView::onMoved(std::uint32_t from, std::uint32_t to)
{
    stopAnimation();
    m_lookedAt = {};   // of another moment
    m_caption.clear();
    // Only what a step does is motion, or undoes; a jump has none.
    const Playhead &playhead = m_shared.playhead;
    const bool motion = !m_shared.appearance.reducedMotion() && isVisible() && m_paintMilliseconds <= kTooSlowToAnimate;
    if (motion && to > from && playhead.stepBegin() == from) {
        animate(QAbstractAnimation::Forward);
    } else if (motion && to < from && from - to <= kLongStep && !playhead.replay()
               && playhead.trace().stops.previous(from, playhead.granularity()) == to) {
        if (!m_past)
            m_past = std::make_unique<Timeline>(playhead.sharedTrace());
        m_past->seek(from);
        m_pastPosition = from;
        m_undoing = true;
        animate(QAbstractAnimation::Backward);
    }
    invalidate();
    announce();
}

void FigureView::setCamera(const Camera &camera)
{
    m_camera = camera;
    invalidate();
}

void FigureView::zoomBy(double factor, const QPointF &around)
{
    if (!m_shared.playhead.hasTrace())
        return;
    ensureLayout();
    setCamera(m_figure->zoomed(m_camera, factor, around));
}

void FigureView::showSelected()
{
    if (!m_shared.playhead.hasTrace())
        return;
    ensureLayout();
    setCamera(m_figure->cameraFor(m_shared.selection.selected(), m_camera));
}

void FigureView::setFocusName(const QString &name)
{
    if (name == m_focusName)
        return;
    m_focusName = name;
    invalidate();
}

void FigureView::lookAt(const Selected &what, LessonZoom zoom)
{
    if (what == m_lookedAt && zoom == m_zoom)
        return;
    m_lookedAt = what;
    m_zoom = zoom;
    fit();
}

void FigureView::setCaption(const QString &caption)
{
    if (caption == m_caption)
        return;
    m_caption = caption;
    invalidate();
}

void FigureView::setColorBy(ColorBy by)
{
    if (by == m_colorBy)
        return;
    m_colorBy = by;
    invalidate();
}

void FigureView::invalidate()
{
    m_laidOut = false;
    m_items.reset();
    m_pictureValid = false;
    update();
}

// What is asked about the picture is asked about the playhead's moment.
void FigureView::ensureLayout() const
{
    if (m_undoing) {
        m_undoing = false;   // the rest of its motion is not shown
        m_progress = 1;
        m_laidOut = false;
        m_items.reset();
    }
    if (m_laidOut || !m_shared.playhead.hasTrace())
        return;
    m_figure->layout(input(), canvas().size(), m_camera);
    m_laidOut = true;
}

const std::vector<FigureHit> &FigureView::items() const
{
    if (!m_items) {
        ensureLayout();
        m_items = m_shared.playhead.hasTrace() ? m_figure->items() : std::vector<FigureHit>();
    }
    return *m_items;
}

QString FigureView::summary() const
{
    if (!m_shared.playhead.hasTrace())
        return tr("Nothing is loaded.");
    ensureLayout();
    return m_figure->summary();
}

void FigureView::carryOut(FigureCommand command)
{
    if (command == FigureCommand::StepByOperation)
        m_shared.playhead.setGranularity(Granularity::Operation);
}

void FigureView::setCurrentItem(int index)
{
    const int count = static_cast<int>(items().size());
    m_currentItem = index >= 0 && index < count ? index : -1;
    if (m_currentItem >= 0) {
        const FigureHit &item = items()[static_cast<std::size_t>(m_currentItem)];
        if (item.command == FigureCommand::None)
            m_shared.selection.select(Selected(item.what));
        announceFocus(*this, m_currentItem);
    }
    update();
}

void FigureView::announce()
{
    announceChange(*this);
}

void FigureView::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_shared.appearance.theme();
    QPainter painter(this);
    if (!m_shared.playhead.hasTrace()) {
        painter.fillRect(rect(), theme.panel);
        painter.setPen(theme.secondary);
        painter.setFont(theme.font(14));
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Open a lesson or a script, and the picture of its memory appears here."));
        return;
    }
    // A vector device gets the figure itself, not its picture.
    if (painter.paintEngine() && painter.paintEngine()->type() == QPaintEngine::SVG) {
        renderFigure(*m_figure, input(), canvas().size(), m_camera, painter);
        return;
    }
    // The device may be an image of another pixel ratio than the screen.
    const double ratio = painter.device()->devicePixelRatioF();
    if (m_picture.image().devicePixelRatio() != ratio || m_picture.image().size() != (QSizeF(size()) * ratio).toSize())
        m_pictureValid = false;
    if (!m_pictureValid) {
        QElapsedTimer timer;
        timer.start();
        m_picture.update(*m_figure, input(), size(), ratio, m_camera);
        m_laidOut = true;
        m_pictureValid = true;
        m_paintMilliseconds = timer.elapsed();
    }
    painter.drawImage(0, 0, m_picture.image());
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        if (m_currentItem >= 0 && m_currentItem < static_cast<int>(items().size())) {
            painter.setPen(QPen(theme.accent, theme.px(2), Qt::DotLine));
            painter.drawRoundedRect(items()[static_cast<std::size_t>(m_currentItem)].rect.adjusted(-4, -4, 4, 4), 6, 6);
        }
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void FigureView::resizeEvent(QResizeEvent *)
{
    invalidate();
}

void FigureView::showEvent(QShowEvent *)
{
    invalidate();
}

void FigureView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        invalidate();
    QWidget::changeEvent(event);
}

} // namespace pyrena
