#pragma once

#include <QDockWidget>

#include "ui/appearance.h"

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace pyrena {

// A dock that looks like a card: title at the left, a word about what it shows at the right.
class PanelDock : public QDockWidget
{
    Q_OBJECT
public:
    PanelDock(const QString &name, const QString &title, Shared shared, QWidget *parent = nullptr);

    void setInfo(const QString &info);      // right of the title
    QVBoxLayout *body() const { return m_body; }
    void addTitleWidget(QWidget *widget);   // between the info and the close button

protected:
    void paintEvent(QPaintEvent *event) override;
    const Theme &theme() const { return m_shared.appearance.theme(); }

    Shared m_shared;

private:
    void restyle();

    QLabel *m_title, *m_info;
    QToolButton *m_close;
    QWidget *m_titleBar;
    QVBoxLayout *m_body;
};

} // namespace pyrena
