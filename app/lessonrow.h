#pragma once

#include <QAbstractButton>

#include "core/lesson/lesson.h"
#include "ui/appearance.h"

namespace pyrena {

// One lesson of the list: number, title, goal, minutes.
class LessonRow : public QAbstractButton
{
    Q_OBJECT
public:
    LessonRow(const Lesson &lesson, Appearance &appearance, QWidget *parent = nullptr);
    void setDone(bool done);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRectF textArea(double width) const;

    Appearance &m_appearance;
    QString m_number, m_title, m_goal, m_minutes;
    bool m_done = false;
};

} // namespace pyrena
