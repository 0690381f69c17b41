#include "ui/views/figureaccessible.h"

#include "ui/views/figureview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace pyrena {

namespace {

// One thing in the picture. Its index stays; what lies there is looked up when asked.
class FigureItemInterface : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    FigureItemInterface(FigureView *view, int index) : m_view(view), m_index(index) {}

    bool isValid() const override { return m_view && m_index < static_cast<int>(m_view->items().size()); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_view); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QString text(QAccessible::Text t) const override
    {
        return isValid() && t == QAccessible::Name ? item().sentence : QString();
    }
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = item().rect.toAlignedRect();
        return QRect(m_view->mapToGlobal(local.topLeft()), local.size());
    }
    QAccessible::Role role() const override { return isButton() ? QAccessible::Button : QAccessible::ListItem; }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface && isButton() ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }
    QStringList actionNames() const override { return isButton() ? QStringList{pressAction()} : QStringList(); }
    void doAction(const QString &name) override
    {
        if (name == pressAction() && isButton())
            m_view->carryOut(item().command);
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }
    QAccessible::State state() const override
    {
        QAccessible::State s;
        if (!isValid()) {
            s.invalid = true;
            return s;
        }
        s.selectable = s.focusable = true;
        s.focused = m_view->hasFocus() && m_view->currentItem() == m_index;
        s.selected = m_view->currentItem() == m_index;
        return s;
    }

private:
    bool isButton() const { return isValid() && item().command != FigureCommand::None; }
    const FigureHit &item() const { return m_view->items()[static_cast<std::size_t>(m_index)]; }

    QPointer<FigureView> m_view;
    int m_index;
};

class FigureViewInterface : public QAccessibleWidget
{
public:
    explicit FigureViewInterface(FigureView *view) : QAccessibleWidget(view, QAccessible::List) {}
    ~FigureViewInterface() override
    {
        for (const auto &[index, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return static_cast<int>(view()->items().size()); }
    QAccessibleInterface *child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto found = m_children.find(index);
        if (found == m_children.end()) {
            auto *made = new FigureItemInterface(view(), index);
            found = m_children.emplace(index, QAccessible::registerAccessibleInterface(made)).first;
        }
        return QAccessible::accessibleInterface(found->second);
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        for (const auto &[index, id] : m_children)
            if (QAccessible::accessibleInterface(id) == child)
                return index;
        return -1;
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = childCount() - 1; i >= 0; --i)
            if (child(i)->rect().contains(x, y))
                return child(i);
        return nullptr;
    }
    QAccessibleInterface *focusChild() const override
    {
        return view()->hasFocus() ? child(view()->currentItem()) : nullptr;
    }
    QString text(QAccessible::Text t) const override
    {
        return t == QAccessible::Description ? view()->summary() : QAccessibleWidget::text(t);
    }

private:
    FigureView *view() const { return static_cast<FigureView *>(widget()); }

    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface *makeInterface(const QString &, QObject *object)
{
    auto *view = qobject_cast<FigureView *>(object);
    return view ? new FigureViewInterface(view) : nullptr;
}

} // namespace

void installFigureAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    Q_UNUSED(installed)
}

void announceChange(FigureView &view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void announceFocus(FigureView &view, int item)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(&view, QAccessible::Focus);
    event.setChild(item);
    QAccessible::updateAccessibility(&event);
}

} // namespace pyrena
