#include "ui/player.h"

#include "ui/playhead.h"

#include <algorithm>

namespace pyrena {

Player::Player(Playhead &playhead, QObject *parent) : QObject(parent), m_playhead(playhead)
{
    m_timer.setInterval(kStepMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &Player::tick);
    connect(&playhead, &Playhead::traceChanged, this, &Player::pause);
    connect(&playhead, &Playhead::gateReached, this, &Player::pause);
}

void Player::play()
{
    if (playing() || !m_playhead.hasTrace())
        return;
    if (m_playhead.atEnd())
        m_playhead.toStart();
    m_timer.start();
    Q_EMIT playingChanged();
    tick();
}

void Player::pause()
{
    if (!playing())
        return;
    m_timer.stop();
    Q_EMIT playingChanged();
}

void Player::setSpeed(double speed)
{
    speed = std::clamp(speed, kMinSpeed, kMaxSpeed);
    if (speed == m_speed)
        return;
    m_speed = speed;
    m_timer.setInterval(static_cast<int>(kStepMilliseconds / speed));
    Q_EMIT speedChanged();
}

void Player::tick()
{
    m_playhead.stepForward();
    if (m_playhead.atEnd())
        pause();
}

} // namespace pyrena
