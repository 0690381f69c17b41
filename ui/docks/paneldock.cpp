#include "ui/docks/paneldock.h"

#include "ui/icon.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace pyrena {

namespace {

// Cut at the right where there is no room for all of it.
class InfoLabel : public QLabel
{
public:
    using QLabel::QLabel;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), static_cast<int>(alignment()), fontMetrics().elidedText(text(), Qt::ElideRight, width()));
    }
};

} // namespace

PanelDock::PanelDock(const QString &name, const QString &title, Shared shared, QWidget *parent)
    : QDockWidget(title, parent), m_shared(shared)
{
    setObjectName(name);
    setAccessibleName(title);
    setFeatures(DockWidgetMovable | DockWidgetClosable | DockWidgetFloatable);

    m_titleBar = new QWidget(this);
    m_titleBar->setToolTip(tr("Drag to move, double click to float"));
    m_title = new QLabel(title, m_titleBar);
    m_info = new InfoLabel(m_titleBar);
    m_info->setMinimumWidth(0);
    m_info->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_info->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // The dock drags itself by presses that its title bar leaves alone.
    m_title->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_info->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_close = new QToolButton(m_titleBar);
    m_close->setAccessibleName(tr("Close %1").arg(title));
    m_close->setToolTip(tr("Close; View > Panels brings it back"));
    connect(m_close, &QToolButton::clicked, this, &QDockWidget::close);
    auto *bar = new QHBoxLayout(m_titleBar);
    bar->setContentsMargins(14, 8, 6, 2);
    bar->setSpacing(6);
    bar->addWidget(m_title);
    bar->addWidget(m_info, 1);
    bar->addWidget(m_close);
    setTitleBarWidget(m_titleBar);

    auto *content = new QWidget(this);
    m_body = new QVBoxLayout(content);
    m_body->setContentsMargins(8, 2, 8, 8);
    m_body->setSpacing(6);
    setWidget(content);

    // Asked for by its menu entry, it comes in front of its tabs.
    connect(toggleViewAction(), &QAction::triggered, this, [this](bool on) {
        if (on)
            raise();
    });
    connect(&shared.appearance, &Appearance::themeChanged, this, &PanelDock::restyle);
    restyle();
}

void PanelDock::setInfo(const QString &info)
{
    m_info->setText(info);
    m_info->setToolTip(info);
}

void PanelDock::addTitleWidget(QWidget *widget)
{
    auto *bar = static_cast<QHBoxLayout *>(m_titleBar->layout());
    bar->insertWidget(bar->count() - 1, widget);
}

void PanelDock::restyle()
{
    setRole(*m_title, "title");
    setRole(*m_info, "secondary");
    setRole(*m_close, "flat");
    m_close->setIcon(themedIcon(QStringLiteral("close"), theme()));
    const int side = static_cast<int>(theme().px(12));
    m_close->setIconSize(QSize(side, side));
    update();
}

void PanelDock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme().paper);
    painter.setPen(theme().line);
    painter.setBrush(theme().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace pyrena
