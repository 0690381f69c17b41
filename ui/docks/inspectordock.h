#pragma once

#include "ui/docks/paneldock.h"
#include "ui/models/inspection.h"

class QLabel;
class QToolButton;
class QScrollArea;

namespace pyrena {

class BiographyPanel;

// Everything about the selected thing: fields, every +1 of its count, its biography.
class InspectorDock : public PanelDock
{
    Q_OBJECT
public:
    explicit InspectorDock(Shared shared, QWidget *parent = nullptr);

    const Inspection &shown() const { return m_shown; }
    BiographyPanel *biography() const { return m_biography; }
    bool goToNextChange();          // of the selected thing; false: there is none
    bool goToPreviousChange();
    void goToBirth();
    void goToDeath();

Q_SIGNALS:
    void whyAliveChanged(const QString &text);
    void message(const QString &text);

private:
    void refresh();
    void rebuild();
    QToolButton *tool(const QString &icon, const QString &text, const QString &name, const QString &toolTip);

    Inspection m_shown;
    QScrollArea *m_scroll;
    BiographyPanel *m_biography;
    QToolButton *m_previous, *m_next, *m_birth, *m_death;
};

// "Why is it alive?": the shortest way from a root to the selected object.
class WhyDock : public PanelDock
{
    Q_OBJECT
public:
    explicit WhyDock(Shared shared, QWidget *parent = nullptr);
    void setText(const QString &text);
    QString text() const;

private:
    QLabel *m_label;
};

} // namespace pyrena
