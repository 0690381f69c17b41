#pragma once

#include <QWidget>

#include "ui/appearance.h"
#include "ui/models/memoryseries.h"

#include <vector>

namespace pyrena {

// The line under the plot that the playhead runs on, with what happens along it: lines, collections, deaths, questions.
class Scrubber : public QWidget
{
    Q_OBJECT
public:
    explicit Scrubber(Shared shared, QWidget *parent = nullptr);

    struct Question { std::uint32_t position = 0; bool answered = false; };
    void setQuestions(std::vector<Question> questions);
    void setMargins(double left, double right);          // where the line begins and ends, as the plot above has it

    double xOf(std::uint32_t position) const;
    std::uint32_t positionAt(double x) const;
    const TimelineMarks &marks() const { return m_marks; }
    QRectF barOf(const TimelineMarks::Collection &collection) const;
    const TimelineMarks::Collection *collectionAt(const QPointF &point) const;   // whose bar is there; null: none

    // Texts below the line and where they lie; none touches another. For tests.
    struct Label { QString text; QRectF rect; };
    std::vector<Label> collectionLabels() const;
    std::vector<Label> lineLabels() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    void pointedAt(const QString &sentence);             // at a collection's bar; empty: at none any more

protected:
    bool event(QEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString sentenceAt(const QPointF &point) const;
    double labelTop() const;
    void pointAt(const QString &sentence);
    void describe();
    double trackY() const;
    void paintLines(QPainter &painter) const;
    void paintRecordedMarks(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintHandle(QPainter &painter) const;

    Shared m_shared;
    TimelineMarks m_marks;
    std::vector<Question> m_questions;
    QString m_pointedAt;
    double m_left = 0, m_right = 0;
};

} // namespace pyrena
