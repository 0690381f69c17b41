#include "ui/views/scrubber.h"

#include "core/explain/explain.h"
#include "core/memory/replay.h"
#include "ui/playhead.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace pyrena {

Scrubber::Scrubber(Shared shared, QWidget *parent) : QWidget(parent), m_shared(shared)
{
    setObjectName(QStringLiteral("scrubber"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    setMouseTracking(true);
    connect(&shared.playhead, &Playhead::traceChanged, this, [this] {
        m_marks = m_shared.playhead.hasTrace() ? timelineMarks(m_shared.playhead.trace()) : TimelineMarks();
        m_questions.clear();
        pointAt({});
        describe();
        update();
    });
    connect(&shared.playhead, &Playhead::moved, this, [this] {
        describe();
        update();
    });
    connect(&shared.appearance, &Appearance::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
}

// Where the playhead is, and in or at the end of which collection.
void Scrubber::describe()
{
    const Playhead &p = m_shared.playhead;
    if (!p.hasTrace())
        return setAccessibleDescription({});
    QString text = QString::fromStdString(explainPosition(p.trace(), p.position(), p.granularity()));
    for (const TimelineMarks::Collection &c : m_marks.collections)
        if (p.position() > c.begin && p.position() <= c.end)
            text += QStringLiteral(". ") + collectionSentence(p.trace(), c);
    setAccessibleDescription(text);
}

QSize Scrubber::sizeHint() const
{
    return {400, static_cast<int>(m_shared.appearance.theme().px(46))};
}

double Scrubber::trackY() const
{
    return m_shared.appearance.theme().px(14);
}

void Scrubber::setQuestions(std::vector<Question> questions)
{
    m_questions = std::move(questions);
    update();
}

void Scrubber::setMargins(double left, double right)
{
    m_left = left;
    m_right = right;
    update();
}

double Scrubber::xOf(std::uint32_t position) const
{
    const double end = std::max(1u, m_shared.playhead.end());
    return m_left + (width() - m_left - m_right) * position / end;
}

std::uint32_t Scrubber::positionAt(double x) const
{
    const double span = std::max(1.0, width() - m_left - m_right);
    const double share = std::clamp((x - m_left) / span, 0.0, 1.0);
    return m_shared.playhead.nearestStop(static_cast<std::uint32_t>(std::lround(share * m_shared.playhead.end())));
}

void Scrubber::paintEvent(QPaintEvent *)
{
    if (!m_shared.playhead.hasTrace())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &t = m_shared.appearance.theme();
    painter.setPen(QPen(t.line, t.px(4), Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(m_left, trackY()), QPointF(width() - m_right, trackY()));
    paintLines(painter);
    paintRecordedMarks(painter);
    paintMarks(painter);
    paintHandle(painter);
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
}

double Scrubber::labelTop() const
{
    return trackY() + m_shared.appearance.theme().px(11);
}

std::vector<Scrubber::Label> Scrubber::collectionLabels() const
{
    std::vector<Label> labels;
    const Theme &t = m_shared.appearance.theme();
    const QFontMetricsF metrics(t.font(11.5, QFont::DemiBold));
    double end = -1e9;
    for (std::size_t i = 0; i < m_marks.collections.size(); ++i) {
        const TimelineMarks::Collection &c = m_marks.collections[i];
        QString text = collectionLabel(m_shared.playhead.trace(), c);
        double w = metrics.horizontalAdvance(text);
        const double x = std::clamp(xOf(c.begin), 0.0, std::max(0.0, width() - w - 2));
        if (x <= end + t.px(8))
            continue;
        // What it did stands there once it is over, and has its room before that: nothing moves, and no question is answered early.
        const QString whole = text + QStringLiteral(" \u00b7 ") + collectionFigures(c);
        const double wide = metrics.horizontalAdvance(whole);
        const double limit = i + 1 < m_marks.collections.size() ? xOf(m_marks.collections[i + 1].begin) - t.px(8) : width() - 2.0;
        if (x + wide <= limit) {
            w = wide;
            if (c.end <= m_shared.playhead.position())
                text = whole;
        }
        labels.push_back({text, QRectF(x, labelTop(), w, metrics.height())});
        end = x + w;
    }
    return labels;
}

std::vector<Scrubber::Label> Scrubber::lineLabels() const
{
    std::vector<Label> labels;
    const Theme &t = m_shared.appearance.theme();
    const QFontMetricsF metrics(t.font(11.5));
    const std::vector<Label> taken = collectionLabels();   // in the same row: a collection's name comes first
    auto next = taken.begin();
    double end = -1e9;
    for (const TimelineMarks::Line &mark : m_marks.lines) {
        const double from = xOf(mark.position) + t.px(3);
        if (from <= end + t.px(8))
            continue;
        const QString text = tr("line %1").arg(mark.line);
        const QRectF rect(from, labelTop(), metrics.horizontalAdvance(text), metrics.height());
        while (next != taken.end() && next->rect.right() + t.px(8) <= rect.left())
            ++next;
        if (rect.right() >= width() || (next != taken.end() && next->rect.left() - t.px(8) < rect.right()))
            continue;
        labels.push_back({text, rect});
        end = rect.right();
    }
    return labels;
}

void Scrubber::paintLines(QPainter &painter) const
{
    const Theme &t = m_shared.appearance.theme();
    const double y = trackY(), tick = t.px(7);
    double lastTick = -1e9;
    painter.setPen(QPen(t.ink, t.px(1.6)));
    for (const auto &mark : m_marks.lines) {
        const double x = xOf(mark.position);
        if (x - lastTick < 3)
            continue;
        lastTick = x;
        painter.drawLine(QPointF(x, y - tick), QPointF(x, y + tick));
    }
    painter.setFont(t.font(11.5));
    painter.setPen(t.secondary);
    const double ascent = QFontMetricsF(painter.font()).ascent();
    for (const Label &label : lineLabels())
        painter.drawText(label.rect.topLeft() + QPointF(0, ascent), label.text);
}

void Scrubber::paintRecordedMarks(QPainter &painter) const
{
    const auto &replay = m_shared.playhead.replay();
    if (!replay)
        return;
    const Theme &t = m_shared.appearance.theme();
    painter.setFont(t.font(11.5));
    const QFontMetricsF metrics(painter.font());
    const double y = trackY(), tick = t.px(7), baseline = y + tick + metrics.ascent() + t.px(4);
    double textEnd = -1e9;
    for (const RecordedMark &mark : replay->marks) {
        const double x = xOf(mark.position);
        painter.setPen(QPen(t.ink, t.px(1.6)));
        painter.drawLine(QPointF(x, y - tick), QPointF(x, y + tick));
        const QString text = QString::fromStdString(markSentence(mark.phase));
        const double room = width() - metrics.horizontalAdvance(text) - t.px(2);
        const double from = std::min(x + t.px(3), room);   // the last one ends at the edge
        if (from <= textEnd + t.px(8))
            continue;
        painter.setPen(t.secondary);
        painter.drawText(QPointF(from, baseline), text);
        textEnd = from + metrics.horizontalAdvance(text);
    }
}

QRectF Scrubber::barOf(const TimelineMarks::Collection &c) const
{
    const double half = m_shared.appearance.theme().px(5);
    const double from = xOf(c.begin), to = std::max(xOf(c.end), from + 3);
    return QRectF(from, trackY() - half, to - from, 2 * half);
}

const TimelineMarks::Collection *Scrubber::collectionAt(const QPointF &point) const
{
    for (const TimelineMarks::Collection &c : m_marks.collections)
        if (barOf(c).adjusted(-2, -3, 2, 3).contains(point))
            return &c;
    return nullptr;
}

void Scrubber::paintMarks(QPainter &painter) const
{
    const Theme &t = m_shared.appearance.theme();
    const double y = trackY();
    for (const TimelineMarks::Collection &c : m_marks.collections) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.danger);
        painter.drawRoundedRect(barOf(c), t.px(3), t.px(3));
    }
    painter.setFont(t.font(11.5, QFont::DemiBold));
    painter.setPen(t.dangerText);
    const double ascent = QFontMetricsF(painter.font()).ascent();
    for (const Label &label : collectionLabels())
        painter.drawText(label.rect.topLeft() + QPointF(0, ascent), label.text);
    // Deaths: a small cross under the track; never two on one pixel.
    painter.setPen(QPen(t.dangerText, t.px(1.3)));
    double last = -1e9;
    const double r = t.px(2.5), crossY = y - t.px(9);
    for (const std::uint32_t position : m_marks.deaths) {
        const double x = xOf(position + 1);
        if (x - last < 2 * r + 1)
            continue;
        last = x;
        painter.drawLine(QPointF(x - r, crossY - r), QPointF(x + r, crossY + r));
        painter.drawLine(QPointF(x - r, crossY + r), QPointF(x + r, crossY - r));
    }
    for (const Question &q : m_questions) {
        const QPointF c(xOf(q.position), y);
        const double s = t.px(7);
        const QPolygonF diamond{c + QPointF(0, -s), c + QPointF(s, 0), c + QPointF(0, s), c + QPointF(-s, 0)};
        painter.setPen(QPen(t.accent, t.px(2)));
        painter.setBrush(q.answered ? t.accent : t.panel);
        painter.drawPolygon(diamond);
    }
}

void Scrubber::paintHandle(QPainter &painter) const
{
    const Theme &t = m_shared.appearance.theme();
    const double x = xOf(m_shared.playhead.position());
    painter.setPen(QPen(t.danger, t.px(1.6)));
    painter.drawLine(QPointF(x, 0), QPointF(x, trackY()));
    painter.setPen(QPen(t.danger, t.px(3)));
    painter.setBrush(t.panel);
    painter.drawEllipse(QPointF(x, trackY()), t.px(7.5), t.px(7.5));
}

void Scrubber::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_shared.playhead.seek(positionAt(event->position().x()));
}

void Scrubber::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        m_shared.playhead.seek(positionAt(event->position().x()));
    const TimelineMarks::Collection *c = m_shared.playhead.hasTrace() ? collectionAt(event->position()) : nullptr;
    pointAt(c ? collectionSentence(m_shared.playhead.trace(), *c) : QString());
}

void Scrubber::leaveEvent(QEvent *event)
{
    pointAt({});
    QWidget::leaveEvent(event);
}

void Scrubber::pointAt(const QString &sentence)
{
    if (sentence == m_pointedAt)
        return;
    m_pointedAt = sentence;
    Q_EMIT pointedAt(sentence);
}

void Scrubber::keyPressEvent(QKeyEvent *event)
{
    Playhead &playhead = m_shared.playhead;
    const bool byLine = event->modifiers() & Qt::ShiftModifier;
    const Granularity g = byLine ? Granularity::Line : playhead.granularity();
    switch (event->key()) {
    case Qt::Key_Right: case Qt::Key_Up: playhead.stepForward(g); return;
    case Qt::Key_Left: case Qt::Key_Down: playhead.stepBack(g); return;
    case Qt::Key_PageDown: playhead.stepForward(Granularity::Line); return;
    case Qt::Key_PageUp: playhead.stepBack(Granularity::Line); return;
    case Qt::Key_Home: playhead.toStart(); return;
    case Qt::Key_End: playhead.toEnd(); return;
    default: QWidget::keyPressEvent(event);
    }
}

QString Scrubber::sentenceAt(const QPointF &point) const
{
    const Playhead &playhead = m_shared.playhead;
    for (const Question &q : m_questions)
        if (std::abs(xOf(q.position) - point.x()) < 8)
            return q.answered ? tr("A question, answered") : tr("A question waits here");
    if (const TimelineMarks::Collection *c = collectionAt(point))
        return collectionSentence(playhead.trace(), *c);
    const std::uint32_t position = positionAt(point.x());
    return QString::fromStdString(explainPosition(playhead.trace(), position, playhead.granularity()));
}

bool Scrubber::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && m_shared.playhead.hasTrace()) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), sentenceAt(help->pos()).toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace pyrena
