#pragma once

#include <QObject>
#include <QTimer>

namespace pyrena {

class Playhead;

// Steps forward on its own, at a speed, until the end, a gate or pause().
class Player : public QObject
{
    Q_OBJECT
public:
    explicit Player(Playhead &playhead, QObject *parent = nullptr);

    bool playing() const { return m_timer.isActive(); }
    double speed() const { return m_speed; }   // 1: a step in kStepMilliseconds

    static constexpr int kStepMilliseconds = 1000;
    static constexpr double kMinSpeed = 0.25, kMaxSpeed = 16;

    void play();            // from the start again when it stands at the end
    void pause();
    void toggle() { playing() ? pause() : play(); }
    void setSpeed(double speed);

Q_SIGNALS:
    void playingChanged();
    void speedChanged();

private:
    void tick();

    Playhead &m_playhead;
    QTimer m_timer;
    double m_speed = 1;
};

} // namespace pyrena
