#include "app/lessonrow.h"

#include <QPainter>

#include <cmath>

namespace pyrena {

LessonRow::LessonRow(const Lesson &lesson, Appearance &appearance, QWidget *parent) : QAbstractButton(parent), m_appearance(appearance)
{
    m_number = lesson.number > 0 ? QString::number(lesson.number) : QString();
    m_title = QString::fromStdString(lesson.title);
    m_goal = QString::fromStdString(lesson.goal);
    m_minutes = lesson.minutes > 0 ? tr("%1 min").arg(lesson.minutes) : QString();
    setText(m_title);
    setObjectName(QStringLiteral("lesson-") + QString::fromStdString(lesson.id));
    setAccessibleName(tr("Lesson %1: %2").arg(m_number, m_title));
    setAccessibleDescription(m_goal);
    setToolTip(tr("Open this lesson"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&appearance, &Appearance::themeChanged, this, [this] { updateGeometry(); update(); });
}

void LessonRow::setDone(bool done)
{
    m_done = done;
    setAccessibleDescription(done ? tr("%1 Read to the end.").arg(m_goal) : m_goal);
    update();
}

QRectF LessonRow::textArea(double width) const
{
    const Theme &t = m_appearance.theme();
    return QRectF(t.px(46), t.px(8), std::max(40.0, width - t.px(46) - t.px(72)), 0);
}

int LessonRow::heightForWidth(int width) const
{
    const Theme &t = m_appearance.theme();
    const QRectF area = textArea(width);
    const QFontMetricsF title(t.font(14, QFont::DemiBold)), goal(t.font(12.5));
    const double goalHeight = goal.boundingRect(QRectF(0, 0, area.width(), 10000), Qt::TextWordWrap, m_goal).height();
    return static_cast<int>(std::ceil(area.top() + title.height() + 2 + goalHeight + t.px(8)));
}

QSize LessonRow::sizeHint() const
{
    const int width = static_cast<int>(m_appearance.theme().px(420));
    return {width, heightForWidth(width)};
}

QSize LessonRow::minimumSizeHint() const
{
    const int width = static_cast<int>(m_appearance.theme().px(220));
    return {width, static_cast<int>(m_appearance.theme().px(48))};
}

void LessonRow::paintEvent(QPaintEvent *)
{
    const Theme &t = m_appearance.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hot = underMouse() || hasFocus() || isDown();
    painter.setPen(QPen(hot ? t.accent : t.line, hasFocus() ? 2 : 1));
    painter.setBrush(hot ? mixed(t.accent, t.panel, 0.05) : t.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);

    const QRectF area = textArea(width());
    const QFont titleFont = t.font(14, QFont::DemiBold);
    const QFontMetricsF title(titleFont);
    const QRectF titleRect(area.left(), area.top(), area.width(), title.height());
    painter.setFont(titleFont);
    painter.setPen(t.ink);
    painter.drawText(titleRect, Qt::AlignLeft | Qt::AlignVCenter, title.elidedText(m_title, Qt::ElideRight, area.width()));
    painter.setFont(t.font(14, QFont::DemiBold));
    painter.setPen(m_done ? t.goodText : t.secondary);
    painter.drawText(QRectF(t.px(8), area.top(), t.px(30), title.height()), Qt::AlignRight | Qt::AlignVCenter,
                     m_done ? QStringLiteral("✓") : m_number);
    painter.setFont(t.font(12));
    painter.setPen(t.secondary);
    painter.drawText(QRectF(width() - t.px(70), area.top(), t.px(60), title.height()), Qt::AlignRight | Qt::AlignVCenter, m_minutes);
    painter.setFont(t.font(12.5));
    painter.drawText(QRectF(area.left(), titleRect.bottom() + 2, area.width(), height()), Qt::TextWordWrap, m_goal);
}

void LessonRow::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void LessonRow::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace pyrena
