#pragma once

#include <QWidget>

#include "ui/appearance.h"
#include "ui/models/biography.h"

#include <optional>

class QLabel;
class QListView;
class QTimer;

namespace pyrena {

class BiographyModel;

// Who lived in the selected block, one line each; a click goes to the moment they moved in. Hidden when no block is selected, and at the levels that show no blocks.
class BiographyPanel : public QWidget
{
    Q_OBJECT
public:
    explicit BiographyPanel(Shared shared, QWidget *parent = nullptr);
    ~BiographyPanel() override;

    // Of what is shown now; null: nothing. Read to the end only when done() says so.
    const Biography *biography() const { return m_biography.get(); }
    QListView *list() const { return m_list; }

private:
    struct Place { Address address; std::uint32_t size = 0; friend bool operator==(const Place &, const Place &) = default; };
    void selectionChanged();
    void moved();
    void show(const std::optional<Place> &place);
    void readOn();                  // a slice of the trace, each time the window has nothing else to do
    void showCurrent();
    void fitList();
    void goTo(int row);
    std::optional<Place> selectedPlace() const;

    Shared m_shared;
    QLabel *m_title;
    QListView *m_list;
    BiographyModel *m_model;
    QTimer *m_timer;
    std::unique_ptr<Biography> m_biography;
    std::shared_ptr<const Trace> m_trace;
    std::optional<Place> m_place;
};

} // namespace pyrena
