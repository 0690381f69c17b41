#include "ui/docks/inspectordock.h"

#include "ui/docks/biographypanel.h"
#include "ui/icon.h"
#include "ui/models/touches.h"
#include "ui/playhead.h"
#include "ui/selection.h"
#include "ui/style.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace pyrena {

namespace {

// Breaks at the spaces: a long address must not be cut in the middle of nowhere. Words that no panel has room for get places
// to break at, or the label would be wider than what shows it.
QString breakable(const QString &text)
{
    constexpr qsizetype kLongWord = 18;
    QString out;
    qsizetype word = 0;
    for (const QChar c : text) {
        word = c.isSpace() ? 0 : word + 1;
        if (word > kLongWord) {
            out += QChar(0x200b);
            word = 1;
        }
        out += c;
    }
    return out;
}

QLabel *valueLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(breakable(text), parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

InspectorDock::InspectorDock(Shared shared, QWidget *parent)
    : PanelDock(QStringLiteral("inspector"), tr("Inspector"), shared, parent)
{
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Inspector"));
    body()->addWidget(m_scroll, 1);
    m_biography = new BiographyPanel(shared, this);
    body()->addWidget(m_biography);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    m_previous = tool(QStringLiteral("previouschange"), tr("previous"), QStringLiteral("previousChange"),
                      tr("To the previous change of this (Ctrl+Left): who changed it last?"));
    m_next = tool(QStringLiteral("nextchange"), tr("next"), QStringLiteral("nextChange"), tr("To the next change of this (Ctrl+Right)"));
    m_birth = tool(QString(), tr("Birth"), QStringLiteral("birth"), tr("To its birth"));
    m_death = tool(QString(), tr("Death"), QStringLiteral("death"), tr("To its death"));
    for (QToolButton *b : {m_previous, m_next, m_birth, m_death})
        row->addWidget(b);
    row->addStretch(1);
    body()->addLayout(row);
    connect(m_previous, &QToolButton::clicked, this, &InspectorDock::goToPreviousChange);
    connect(m_next, &QToolButton::clicked, this, &InspectorDock::goToNextChange);
    connect(m_birth, &QToolButton::clicked, this, &InspectorDock::goToBirth);
    connect(m_death, &QToolButton::clicked, this, &InspectorDock::goToDeath);
    connect(&shared.playhead, &Playhead::traceChanged, this, &InspectorDock::refresh);
    connect(&shared.playhead, &Playhead::moved, this, &InspectorDock::refresh);
    connect(&shared.playhead, &Playhead::granularityChanged, this, &InspectorDock::refresh);
    connect(&shared.selection, &Selection::changed, this, &InspectorDock::refresh);
    connect(&shared.appearance, &Appearance::levelChanged, this, &InspectorDock::refresh);
    connect(&shared.appearance, &Appearance::themeChanged, this, &InspectorDock::refresh);
    refresh();
}

QToolButton *InspectorDock::tool(const QString &icon, const QString &text, const QString &name, const QString &toolTip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(name);
    button->setAccessibleName(toolTip);
    button->setToolTip(toolTip);
    if (icon.isEmpty())
        button->setText(text);
    return button;
}

void InspectorDock::refresh()
{
    const Playhead &p = m_shared.playhead;
    m_shown = p.hasTrace() ? inspect(p.trace(), p.world(), m_shared.selection.selected(), p.stepBegin(), p.position(),
                                     m_shared.appearance.level())
                           : Inspection();
    rebuild();
    Q_EMIT whyAliveChanged(m_shown.whyAlive);
}

void InspectorDock::rebuild()
{
    setInfo(m_shown.title);
    m_previous->setIcon(themedIcon(QStringLiteral("previouschange"), theme()));
    m_next->setIcon(themedIcon(QStringLiteral("nextchange"), theme()));
    const bool some = !m_shown.title.isEmpty();
    for (QToolButton *b : {m_previous, m_next})
        b->setEnabled(some);
    m_birth->setEnabled(m_shown.bornAt.has_value());
    m_death->setEnabled(m_shown.diedAt.has_value());

    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(6, 0, 4, 0);
    column->setSpacing(4);
    if (!some) {
        auto *empty = new QLabel(m_shared.playhead.hasTrace()
                                     ? tr("Click an object, a name, a block or a line, and everything about it stands here.")
                                     : tr("What is selected is described here."), page);
        empty->setWordWrap(true);
        setRole(*empty, "faint");
        column->addWidget(empty);
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const InspectionRow &r : m_shown.rows) {
        auto *label = new QLabel(r.label, page);
        setRole(*label, "secondary");
        if (r.code && r.label.contains(QLatin1Char('_')))
            label->setFont(theme().monoFont(12));
        QLabel *value = valueLabel(r.value, page);
        value->setAccessibleName(r.label + QStringLiteral(": ") + r.value);
        if (r.code)
            value->setStyleSheet(QStringLiteral("font-family: '%1';").arg(theme().mono));
        grid->addWidget(label, row, 0, Qt::AlignTop | Qt::AlignLeft);
        grid->addWidget(value, row, 1, Qt::AlignTop);
        ++row;
    }
    column->addLayout(grid);
    if (m_shown.hasHolders) {
        auto *title = new QLabel(m_shown.holdersTitle, page);
        title->setWordWrap(true);
        setRole(*title, "section");
        column->addSpacing(8);
        column->addWidget(title);
        if (m_shown.holders.empty())
            column->addWidget(valueLabel(tr("nothing"), page));
        for (const InspectionHolder &h : m_shown.holders) {
            auto *line = new QHBoxLayout;
            auto *name = new QPushButton(h.name, page);
            setRole(*name, "link");
            name->setToolTip(tr("Select %1").arg(h.name));
            name->setMinimumWidth(0);
            name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
            name->setEnabled(bool(h.owner));
            connect(name, &QPushButton::clicked, this, [this, owner = h.owner] {
                // Rebuilding would delete the button inside its own signal.
                QMetaObject::invokeMethod(this, [this, owner] { m_shared.selection.select(owner); }, Qt::QueuedConnection);
            });
            auto *amount = new QLabel(h.amount, page);
            setRole(*amount, h.gone ? "secondary" : "section");
            line->addWidget(name, 1);
            line->addWidget(amount);
            column->addLayout(line);
        }
    }
    column->addStretch(1);
    // The old page may be the sender of what led here.
    if (QWidget *old = m_scroll->takeWidget())
        old->deleteLater();
    m_scroll->setWidget(page);
}

bool InspectorDock::goToNextChange()
{
    Playhead &p = m_shared.playhead;
    if (!p.hasTrace())
        return false;
    const auto to = nextChangeOf(p.trace(), m_shared.selection.selected(), p.position());
    if (to)
        p.seek(*to);
    else
        Q_EMIT message(m_shown.title.isEmpty() ? tr("Select something first; then this goes to its next change.")
                                               : tr("Nothing changes %1 after this.").arg(m_shown.title));
    return to.has_value();
}

bool InspectorDock::goToPreviousChange()
{
    Playhead &p = m_shared.playhead;
    if (!p.hasTrace())
        return false;
    const auto to = previousChangeOf(p.trace(), m_shared.selection.selected(), p.position());
    if (to)
        p.seek(*to);
    else
        Q_EMIT message(m_shown.title.isEmpty() ? tr("Select something first; then this goes to its previous change.")
                                               : tr("Nothing changed %1 before this.").arg(m_shown.title));
    return to.has_value();
}

void InspectorDock::goToBirth()
{
    if (m_shown.bornAt)
        m_shared.playhead.seek(*m_shown.bornAt);
}

void InspectorDock::goToDeath()
{
    if (m_shown.diedAt)
        m_shared.playhead.seek(*m_shown.diedAt);
}

WhyDock::WhyDock(Shared shared, QWidget *parent) : PanelDock(QStringLiteral("why"), tr("Why is it alive?"), shared, parent)
{
    m_label = new QLabel(this);
    m_label->setWordWrap(true);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Why is it alive?"));
    scroll->setWidget(m_label);
    m_label->setContentsMargins(6, 0, 4, 0);
    body()->addWidget(scroll);
    setText(QString());
}

void WhyDock::setText(const QString &text)
{
    m_label->setText(text.isEmpty() ? tr("Select an object that is alive: the way of references that keeps it stands here.") : text);
    setRole(*m_label, text.isEmpty() ? "faint" : "plain");
}

QString WhyDock::text() const
{
    return m_label->text();
}

} // namespace pyrena
