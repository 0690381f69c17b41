#include "app/messagebar.h"

#include "ui/icon.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace pyrena {

MessageBar::MessageBar(QWidget *parent) : QFrame(parent)
{
    setObjectName(QStringLiteral("messageBar"));
    setRole(*this, "message");
    m_text = new QLabel(this);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar = new QProgressBar(this);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(120);
    m_bar->setAccessibleName(tr("Recording"));
    m_cancel = new QPushButton(tr("Cancel"), this);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    m_cancel->setToolTip(tr("Stop this recording; what was shown before stays"));
    m_close = new QToolButton(this);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 10, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    layout->addWidget(m_close);
    connect(m_cancel, &QPushButton::clicked, this, &MessageBar::cancelWanted);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kProgressDelay);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        setRole(*m_text, "plain");
        m_bar->show();
        m_cancel->show();
        m_close->hide();
        show();
    });
    m_note.setSingleShot(true);
    m_note.setInterval(kNoteMilliseconds);
    connect(&m_note, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void MessageBar::showText(const QString &text, bool error)
{
    m_delay.stop();
    m_note.stop();
    m_inProgress = false;
    m_text->setText(text);
    setRole(*m_text, error ? "danger" : "plain");
    m_bar->hide();
    m_cancel->hide();
    m_close->show();
    show();
}

void MessageBar::showError(const QString &text)
{
    showText(text, true);
}

void MessageBar::showNote(const QString &text)
{
    if (m_inProgress)
        return;
    showText(text, false);
    m_note.start();
}

void MessageBar::beginProgress(const QString &text)
{
    m_note.stop();
    hide();
    m_inProgress = true;
    m_bar->setRange(0, 0);
    m_text->setText(text);
    m_delay.start();
}

void MessageBar::setProgress(const QString &text, double share)
{
    if (!m_inProgress)
        return;
    m_text->setText(text);
    m_bar->setRange(0, share < 0 ? 0 : 1000);
    m_bar->setValue(share < 0 ? 0 : static_cast<int>(1000 * share));
}

void MessageBar::endProgress()
{
    if (!m_inProgress)
        return;
    m_delay.stop();
    m_inProgress = false;
    hide();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::restyle(const Theme &theme)
{
    m_close->setIcon(themedIcon(QStringLiteral("close"), theme));
    setRole(*m_close, "flat");
}

} // namespace pyrena
