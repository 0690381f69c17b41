#include "ui/docks/optionbutton.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace pyrena {

namespace {

constexpr int kTextFlags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;
constexpr int kFewestCharacters = 12, kUsualCharacters = 32;   // in a line

} // namespace

OptionButton::OptionButton(const QString &option, QWidget *parent) : QRadioButton(parent)
{
    setText(option);
    setToolTip(option);
    setAccessibleName(option);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

// Beside the indicator, inside what the style sheet pads.
QRect OptionButton::textArea(const QRect &button) const
{
    QStyleOptionButton option;
    initStyleOption(&option);
    option.rect = button;
    return style()->subElementRect(QStyle::SE_RadioButtonContents, &option, this);
}

QRect OptionButton::laidOut(const QRect &area) const { return fontMetrics().boundingRect(area, kTextFlags, text()); }

int OptionButton::heightForWidth(int width) const
{
    const QRect area = textArea(QRect(0, 0, width, 100));
    const int lines = laidOut(QRect(0, 0, std::max(area.width(), 1), 10'000)).height();
    return std::max(QRadioButton::sizeHint().height(), lines + QRadioButton::sizeHint().height() - fontMetrics().height());
}

QSize OptionButton::sizeHint() const
{
    const QSize whole = QRadioButton::sizeHint();
    const int width = std::min(whole.width(), kUsualCharacters * fontMetrics().averageCharWidth());
    return {width, heightForWidth(width)};
}

QSize OptionButton::minimumSizeHint() const
{
    const QSize whole = QRadioButton::sizeHint();
    return {std::min(whole.width(), kFewestCharacters * fontMetrics().averageCharWidth()), whole.height()};
}

void OptionButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_RadioButton, option);
    style()->drawItemText(&painter, textArea(rect()), kTextFlags, palette(), isEnabled(), text(), QPalette::WindowText);
}

} // namespace pyrena
