#pragma once

#include <QFrame>

#include "ui/appearance.h"

#include <vector>

class QButtonGroup;
class QComboBox;
class QLabel;
class QSlider;
class QToolButton;

namespace pyrena {

class Player;

// What stands above everything: title, transport, granularity, speed, profile, detail, theme and Present.
class TopBar : public QFrame
{
    Q_OBJECT
public:
    TopBar(Shared shared, Player &player, QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &place);   // "The snake ...", "lesson 14 of 28"
    void setProfile(const QString &name);                        // full name of a profile; no signal
    void setTransportVisible(bool visible);                      // hidden on the start page
    QComboBox *profiles() const { return m_profiles; }

Q_SIGNALS:
    void homeWanted();
    void profileChosen(const QString &name);
    void themeToggled();
    void presentWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QToolButton *transportButton(const QString &name, const QString &text, const QString &toolTip);
    void restyle();
    void update();                                               // enabled states, icons, positions of the controls
    void fitTitle();
    void followDocument();                                       // what a step is called, and which Python

    Shared m_shared;
    Player &m_player;
    QToolButton *m_logo, *m_first, *m_back, *m_play, *m_forward, *m_last, *m_theme, *m_present;
    QLabel *m_title, *m_place, *m_speedText, *m_recorded;
    QComboBox *m_granularity, *m_profiles;
    QSlider *m_speed;
    QButtonGroup *m_levels;
    std::vector<QWidget *> m_transport;
    QString m_fullTitle;
};

} // namespace pyrena
