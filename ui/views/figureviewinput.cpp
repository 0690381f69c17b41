// Mouse, wheel, touch and keyboard of a FigureView.
#include "ui/views/figureview.h"

#include "ui/playhead.h"
#include "ui/selection.h"

#include <QApplication>
#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace pyrena {

namespace {
constexpr double kWheelZoom = 1.0015;   // per eighth of a degree: a notch of 15 degrees zooms by a fifth
constexpr double kKeyZoom = 1.25;
constexpr double kKeyPan = 48;
} // namespace

bool FigureView::event(QEvent *event)
{
    if (!m_shared.playhead.hasTrace())
        return QWidget::event(event);
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        ensureLayout();
        const FigureHit hit = m_figure->hit(help->pos());
        if (hit.sentence.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), hit.sentence.toHtmlEscaped(), this, hit.rect.toAlignedRect());
        return true;
    }
    case QEvent::ShortcutOverride: {
        // In this figure Ctrl+F finds addresses and objects; elsewhere it finds steps.
        auto *key = static_cast<QKeyEvent *>(event);
        if (isMemory() && key->matches(QKeySequence::Find)) {
            key->accept();
            return true;
        }
        break;
    }
    case QEvent::Gesture: {
        auto *gesture = static_cast<QGestureEvent *>(event);
        if (const auto *pinch = static_cast<QPinchGesture *>(gesture->gesture(Qt::PinchGesture))) {
            if (pinch->changeFlags() & QPinchGesture::ScaleFactorChanged)
                zoomBy(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint()));
            return true;
        }
        break;
    }
    case QEvent::NativeGesture: {
        const auto *native = static_cast<QNativeGestureEvent *>(event);
        if (native->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + native->value(), native->position());
            return true;
        }
        break;
    }
    default:
        break;
    }
    return QWidget::event(event);
}

void FigureView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) {
        event->ignore();
        return;
    }
    m_pressed = m_lastDrag = event->position();
    m_dragging = false;
}

void FigureView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_shared.playhead.hasTrace())
        return;
    if (!m_pressed) {
        ensureLayout();
        const FigureHit hit = m_figure->hit(event->position());
        const bool acts = hit.command != FigureCommand::None || !std::holds_alternative<std::monostate>(hit.what);
        setCursor(acts ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if (!m_dragging && (event->position() - *m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        setCursor(Qt::ClosedHandCursor);
    }
    if (m_dragging) {
        const QPointF delta = event->position() - m_lastDrag;
        m_lastDrag = event->position();
        ensureLayout();
        setCamera(m_figure->panned(m_camera, delta));
    }
}

void FigureView::mouseReleaseEvent(QMouseEvent *event)
{
    const bool wasClick = m_pressed && !m_dragging && event->button() == Qt::LeftButton;
    m_pressed.reset();
    if (m_dragging)
        unsetCursor();
    m_dragging = false;
    if (!wasClick || !m_shared.playhead.hasTrace())
        return;
    ensureLayout();
    const FigureHit hit = m_figure->hit(event->position());
    m_currentItem = -1;
    if (hit.command != FigureCommand::None)
        return carryOut(hit.command);
    m_shared.selection.select(hit.what);
    if (hit.goes)
        showSelected();
    update();
}

void FigureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_shared.playhead.hasTrace())
        return;
    ensureLayout();
    setCamera(m_figure->enter(event->position(), m_camera));
}

void FigureView::wheelEvent(QWheelEvent *event)
{
    if (!m_shared.playhead.hasTrace()) {
        event->ignore();
        return;
    }
    if (event->modifiers() & Qt::ShiftModifier) {
        const QPointF delta = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) / 2 : QPointF(event->pixelDelta());
        ensureLayout();
        setCamera(m_figure->panned(m_camera, delta));
    } else {
        zoomBy(std::pow(kWheelZoom, event->angleDelta().y()), event->position());
    }
    event->accept();
}

void FigureView::keyPressEvent(QKeyEvent *event)
{
    if (!m_shared.playhead.hasTrace()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const QPointF middle = canvas().center();
    const int count = static_cast<int>(items().size());
    const auto pan = [this](double x, double y) {
        ensureLayout();
        setCamera(m_figure->panned(m_camera, QPointF(x, y)));
    };
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (isMemory() && event->matches(QKeySequence::Find)) {
        Q_EMIT findWanted();
        return;
    }
    if (isMemory() && event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier) {
        Q_EMIT nextColorsWanted();
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus: case Qt::Key_Equal: zoomBy(kKeyZoom, middle); return;
    case Qt::Key_Minus: zoomBy(1 / kKeyZoom, middle); return;
    case Qt::Key_0: fit(); return;
    case Qt::Key_Return: case Qt::Key_Enter:
        ensureLayout();
        if (m_currentItem >= 0 && m_currentItem < count && items()[static_cast<std::size_t>(m_currentItem)].command != FigureCommand::None)
            carryOut(items()[static_cast<std::size_t>(m_currentItem)].command);
        else if (m_currentItem >= 0 && m_currentItem < count)
            setCamera(m_figure->enter(items()[static_cast<std::size_t>(m_currentItem)].rect.center(), m_camera));
        else
            showSelected();
        return;
    case Qt::Key_Backspace:
        ensureLayout();
        setCamera(m_figure->leave(m_camera));
        return;
    case Qt::Key_Down:
        if (alt)
            return pan(0, -kKeyPan);
        if (count > 0)
            setCurrentItem(std::min(m_currentItem + 1, count - 1));
        return;
    case Qt::Key_Up:
        if (alt)
            return pan(0, kKeyPan);
        if (count > 0)
            setCurrentItem(std::max(m_currentItem - 1, 0));
        return;
    case Qt::Key_Left:
        if (alt)
            return pan(kKeyPan, 0);
        break;
    case Qt::Key_Right:
        if (alt)
            return pan(-kKeyPan, 0);
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

// Tab walks through what is in the picture, and leaves it at either end.
bool FigureView::focusNextPrevChild(bool next)
{
    const int count = m_shared.playhead.hasTrace() ? static_cast<int>(items().size()) : 0;
    const int to = next ? m_currentItem + 1 : m_currentItem - 1;
    if (to < 0 || to >= count) {
        m_currentItem = -1;
        return QWidget::focusNextPrevChild(next);
    }
    setCurrentItem(to);
    return true;
}

void FigureView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace pyrena
