#pragma once

#include <QWidget>

#include "ui/appearance.h"
#include "ui/figures/colorby.h"
#include "ui/figures/memory/memorysearch.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace pyrena {

class FigureView;

// Above the Memory figure: what its colours say, and a search for an address or an object.
class MemoryBar : public QWidget
{
    Q_OBJECT
public:
    MemoryBar(Shared shared, FigureView &view, QWidget *parent = nullptr);

    ColorBy colorBy() const;
    void setColorBy(ColorBy by);
    void nextColors();                     // the choice after this one, round and round
    void startSearch();
    // Goes to the first match, or to the next one when the text is the same; -1: to the one before. False: there is none.
    bool search(const QString &text, int direction = 1);
    QString message() const;               // about the last search

Q_SIGNALS:
    void colorByChanged(pyrena::ColorBy by);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QString &message, bool found);

    Shared m_shared;
    FigureView &m_view;
    QComboBox *m_colors;
    QLineEdit *m_field;
    QLabel *m_message;
    MemorySearch m_found;
    QString m_text;                        // what was found, at which moment
    std::uint32_t m_position = 0;
    std::size_t m_current = 0;
};

} // namespace pyrena
