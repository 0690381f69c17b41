#include "ui/views/topbar.h"

#include "core/memory/replay.h"
#include "ui/icon.h"
#include "ui/player.h"
#include "ui/playhead.h"
#include "ui/style.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace pyrena {

namespace {
// The slider is logarithmic: a notch is a factor of the square root of two.
double speedOf(int notch) { return std::pow(2.0, notch / 2.0); }
int notchOf(double speed) { return static_cast<int>(std::lround(2 * std::log2(speed))); }
} // namespace

TopBar::TopBar(Shared shared, Player &player, QWidget *parent) : QFrame(parent), m_shared(shared), m_player(player)
{
    setObjectName(QStringLiteral("topBar"));
    setRole(*this, "topbar");

    m_logo = new QToolButton(this);
    m_logo->setObjectName(QStringLiteral("home"));
    m_logo->setAccessibleName(tr("Start page"));
    m_logo->setToolTip(tr("Start page: lessons and sandbox (Ctrl+Home)"));
    connect(m_logo, &QToolButton::clicked, this, &TopBar::homeWanted);
    m_title = new QLabel(this);
    m_title->setObjectName(QStringLiteral("title"));
    setRole(*m_title, "heading");
    m_place = new QLabel(this);
    setRole(*m_place, "secondary");

    m_first = transportButton(QStringLiteral("first"), tr("To the start"), tr("To the start (Home)"));
    m_back = transportButton(QStringLiteral("back"), tr("Step back"), tr("Step back (Left, Page Up)"));
    m_play = transportButton(QStringLiteral("play"), tr("Play"), tr("Play or pause (Space)"));
    setRole(*m_play, "primary");
    m_forward = transportButton(QStringLiteral("forward"), tr("Step forward"), tr("Step forward (Right, Page Down)"));
    m_last = transportButton(QStringLiteral("last"), tr("To the end"), tr("To the end (End)"));
    connect(m_first, &QToolButton::clicked, this, [this] { m_shared.playhead.toStart(); });
    connect(m_back, &QToolButton::clicked, this, [this] { m_player.pause(); m_shared.playhead.stepBack(); });
    connect(m_play, &QToolButton::clicked, &player, &Player::toggle);
    connect(m_forward, &QToolButton::clicked, this, [this] { m_player.pause(); m_shared.playhead.stepForward(); });
    connect(m_last, &QToolButton::clicked, this, [this] { m_shared.playhead.toEnd(); });

    m_granularity = new QComboBox(this);
    m_granularity->setObjectName(QStringLiteral("granularity"));
    m_granularity->setAccessibleName(tr("How far a step goes"));
    m_granularity->setToolTip(tr("How far a step goes: a line, an operation, or a single change of memory"));
    connect(m_granularity, &QComboBox::activated, this, [this](int index) {
        m_shared.playhead.setGranularity(static_cast<Granularity>(m_granularity->itemData(index).toInt()));
    });

    m_speedText = new QLabel(this);
    m_speedText->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setRole(*m_speedText, "secondary");
    m_speed = new QSlider(Qt::Horizontal, this);
    m_speed->setObjectName(QStringLiteral("speed"));
    m_speed->setRange(notchOf(Player::kMinSpeed), notchOf(Player::kMaxSpeed));
    m_speed->setPageStep(2);
    m_speed->setAccessibleName(tr("Speed of playing"));
    m_speed->setToolTip(tr("Speed of playing"));
    connect(m_speed, &QSlider::valueChanged, this, [this](int notch) { m_player.setSpeed(speedOf(notch)); });

    m_profiles = new QComboBox(this);
    m_profiles->setObjectName(QStringLiteral("profile"));
    for (const PythonProfile &p : allProfiles()) {
        if (!p.runsPrograms)
            continue;
        const auto text = [](std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); };
        m_profiles->addItem(text(p.title), text(p.name));
        m_profiles->setItemData(m_profiles->count() - 1, text(p.summary), Qt::ToolTipRole);
    }
    m_profiles->setAccessibleName(tr("Python version"));
    m_profiles->setToolTip(tr("The Python whose memory manager runs the program. Changing it runs the program again and keeps the place."));
    connect(m_profiles, &QComboBox::activated, this, [this](int index) {
        Q_EMIT profileChosen(m_profiles->itemData(index).toString());
    });

    m_recorded = new QLabel(this);
    m_recorded->setObjectName(QStringLiteral("recordedPython"));
    m_recorded->setToolTip(tr("The Python whose allocator was recorded"));
    setRole(*m_recorded, "secondary");

    auto *segments = new QWidget(this);
    auto *segmentLayout = new QHBoxLayout(segments);
    segmentLayout->setContentsMargins(0, 0, 0, 0);
    segmentLayout->setSpacing(2);
    m_levels = new QButtonGroup(this);
    const QStringList levels = {tr("names and objects"), tr("counts and generations"), tr("sizes and blocks"),
                                tr("pools and arenas"), tr("bytes")};
    for (int level = 1; level <= Appearance::kLevels; ++level) {
        auto *button = new QToolButton(segments);
        button->setText(tr("L%1").arg(level));
        button->setCheckable(true);
        button->setObjectName(QStringLiteral("level%1").arg(level));
        button->setAccessibleName(tr("Detail level %1: %2").arg(level).arg(levels[level - 1]));
        button->setToolTip(tr("Detail level %1: %2 (Alt+%1)").arg(level).arg(levels[level - 1]));
        setRole(*button, "segment");
        m_levels->addButton(button, level);
        segmentLayout->addWidget(button);
    }
    connect(m_levels, &QButtonGroup::idClicked, this, [this](int level) { m_shared.appearance.setLevel(level); });

    m_theme = new QToolButton(this);
    m_theme->setObjectName(QStringLiteral("theme"));
    m_theme->setAccessibleName(tr("Light or dark"));
    m_theme->setToolTip(tr("Light or dark (Ctrl+Shift+T)"));
    connect(m_theme, &QToolButton::clicked, this, &TopBar::themeToggled);
    m_present = new QToolButton(this);
    m_present->setObjectName(QStringLiteral("present"));
    m_present->setText(tr("Present"));
    m_present->setAccessibleName(tr("Present"));
    m_present->setToolTip(tr("Everything larger, for a projector; Escape leaves (F5)"));
    connect(m_present, &QToolButton::clicked, this, &TopBar::presentWanted);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    layout->addWidget(m_logo);
    layout->addWidget(m_title);
    layout->addWidget(m_place);
    layout->addStretch(1);
    for (QWidget *w : {m_first, m_back, m_play, m_forward, m_last})
        layout->addWidget(w);
    layout->addSpacing(4);
    for (QWidget *w : std::initializer_list<QWidget *>{m_granularity, m_speedText, m_speed, m_profiles, m_recorded, segments, m_present})
        layout->addWidget(w);
    layout->addWidget(m_theme);
    m_transport = {m_first, m_back, m_play, m_forward, m_last, m_granularity, m_speedText, m_speed, m_profiles, m_recorded, segments, m_present};

    connect(&shared.playhead, &Playhead::traceChanged, this, &TopBar::followDocument);
    connect(&shared.playhead, &Playhead::traceChanged, this, &TopBar::update);
    connect(&shared.playhead, &Playhead::moved, this, &TopBar::update);
    connect(&shared.playhead, &Playhead::granularityChanged, this, &TopBar::update);
    connect(&player, &Player::playingChanged, this, &TopBar::update);
    connect(&player, &Player::speedChanged, this, &TopBar::update);
    connect(&shared.appearance, &Appearance::levelChanged, this, &TopBar::update);
    connect(&shared.appearance, &Appearance::themeChanged, this, &TopBar::restyle);
    followDocument();
    restyle();
    update();
}

QToolButton *TopBar::transportButton(const QString &name, const QString &text, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAccessibleName(text);
    button->setToolTip(toolTip);
    button->setAutoRepeat(name == QLatin1String("back") || name == QLatin1String("forward"));
    button->setAutoRepeatDelay(500);
    return button;
}

void TopBar::setTitle(const QString &title, const QString &place)
{
    m_fullTitle = title;
    m_title->setAccessibleName(title);
    m_title->setToolTip(title);
    m_place->setText(place);
    m_place->setVisible(!place.isEmpty());
    fitTitle();
}

void TopBar::fitTitle()
{
    // What the controls leave, measured without the title itself.
    m_title->setText(QString());
    const int room = width() - layout()->minimumSize().width() - 12;
    const bool placeFits = room > 60;
    if (!placeFits && m_place->isVisibleTo(this))
        m_place->hide();
    else if (placeFits && !m_place->text().isEmpty())
        m_place->show();
    m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, std::max(0, room)));
    m_title->setMinimumWidth(0);
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fitTitle();
}

// Only now every control has the font of its role.
void TopBar::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
    fitTitle();
}

void TopBar::setProfile(const QString &name)
{
    const int index = m_profiles->findData(name);
    if (index >= 0)
        m_profiles->setCurrentIndex(index);
}

void TopBar::setTransportVisible(bool visible)
{
    for (QWidget *w : m_transport)
        w->setVisible(visible);
    followDocument();
    fitTitle();
}

void TopBar::followDocument()
{
    const auto &replay = m_shared.playhead.replay();
    const int wanted = replay ? 2 : 3;
    if (m_granularity->count() != wanted) {
        const QSignalBlocker quiet(m_granularity);
        m_granularity->clear();
        m_granularity->addItem(replay ? tr("by request") : tr("by line"), static_cast<int>(Granularity::Line));
        if (!replay)
            m_granularity->addItem(tr("by operation"), static_cast<int>(Granularity::Operation));
        m_granularity->addItem(tr("by event"), static_cast<int>(Granularity::Event));
    }
    if (replay)
        m_recorded->setText(tr("Python %1, recorded").arg(QString::fromStdString(replay->report.header.python)));
    const bool transport = m_play->isVisibleTo(this);
    m_profiles->setVisible(transport && !replay);
    m_recorded->setVisible(transport && replay);
}

void TopBar::restyle()
{
    const Theme &theme = m_shared.appearance.theme();
    const int side = static_cast<int>(theme.px(18));
    m_logo->setIcon(applicationIcon());
    m_logo->setIconSize(QSize(side + 6, side + 6));
    setRole(*m_logo, "flat");
    m_first->setIcon(themedIcon(QStringLiteral("first"), theme));
    m_back->setIcon(themedIcon(QStringLiteral("back"), theme));
    m_forward->setIcon(themedIcon(QStringLiteral("forward"), theme));
    m_last->setIcon(themedIcon(QStringLiteral("last"), theme));
    m_theme->setIcon(themedIcon(QStringLiteral("theme"), theme));
    m_present->setIcon(themedIcon(QStringLiteral("present"), theme));
    for (QToolButton *b : {m_first, m_back, m_play, m_forward, m_last, m_theme, m_present})
        b->setIconSize(QSize(side, side));
    m_granularity->setFixedWidth(static_cast<int>(theme.px(122)));
    m_speed->setFixedWidth(static_cast<int>(theme.px(60)));
    m_profiles->setFixedWidth(static_cast<int>(theme.px(148)));
    m_profiles->view()->setMinimumWidth(static_cast<int>(theme.px(180)));
    update();
    fitTitle();
}

void TopBar::update()
{
    const Playhead &playhead = m_shared.playhead;
    const Theme &theme = m_shared.appearance.theme();
    const bool has = playhead.hasTrace();
    m_first->setEnabled(has && !playhead.atStart());
    m_back->setEnabled(has && !playhead.atStart());
    m_play->setEnabled(has);
    m_forward->setEnabled(has && !playhead.atEnd());
    m_last->setEnabled(has && !playhead.atEnd());
    m_play->setIcon(themedIcon(m_player.playing() ? QStringLiteral("pause") : QStringLiteral("play"), theme, IconGround::Accent));
    m_play->setAccessibleName(m_player.playing() ? tr("Pause") : tr("Play"));
    m_granularity->setCurrentIndex(m_granularity->findData(static_cast<int>(playhead.granularity())));
    const QSignalBlocker quiet(m_speed);
    m_speed->setValue(notchOf(m_player.speed()));
    m_speedText->setText(tr("%1×").arg(QString::number(m_player.speed(), 'g', 2)));
    m_speedText->setMinimumWidth(m_speedText->fontMetrics().horizontalAdvance(tr("%1×").arg(QStringLiteral("0.25"))));
    if (QAbstractButton *button = m_levels->button(m_shared.appearance.level()))
        button->setChecked(true);
}

} // namespace pyrena
