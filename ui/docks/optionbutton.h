#pragma once

#include <QRadioButton>

namespace pyrena {

// One answer to choose: a radio button whose text breaks into lines where the panel is narrow.
class OptionButton : public QRadioButton
{
    Q_OBJECT
public:
    OptionButton(const QString &option, QWidget *parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect textArea(const QRect &button) const;
    QRect laidOut(const QRect &area) const;
};

} // namespace pyrena
