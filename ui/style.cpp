#include "ui/style.h"

#include <QApplication>
#include <QStyle>
#include <QWidget>

#include <cmath>

namespace pyrena {

QPalette paletteOf(const Theme &t)
{
    QPalette p;
    p.setColor(QPalette::Window, t.paper);
    p.setColor(QPalette::WindowText, t.ink);
    p.setColor(QPalette::Base, t.panel);
    p.setColor(QPalette::AlternateBase, mixed(t.paper, t.panel, 0.6));
    p.setColor(QPalette::Text, t.ink);
    p.setColor(QPalette::PlaceholderText, t.secondary);
    p.setColor(QPalette::Button, t.buttonGround);
    p.setColor(QPalette::ButtonText, t.ink);
    p.setColor(QPalette::BrightText, t.dangerText);
    p.setColor(QPalette::Highlight, t.accent);
    p.setColor(QPalette::HighlightedText, t.readableOn(t.accent));
    p.setColor(QPalette::Link, t.accent);
    p.setColor(QPalette::LinkVisited, t.accent);
    p.setColor(QPalette::ToolTipBase, t.captionGround);
    p.setColor(QPalette::ToolTipText, t.captionText);
    p.setColor(QPalette::Light, t.panel);
    p.setColor(QPalette::Midlight, t.line);
    p.setColor(QPalette::Mid, t.line);
    p.setColor(QPalette::Dark, t.secondary);
    p.setColor(QPalette::Shadow, t.ink);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, t.faint);
    return p;
}

namespace {

// @name is a colour of the theme, #px(n) a length multiplied by its text scale.
constexpr const char *kSheet = R"(
QWidget#window, QMainWindow, QWidget#paper { background: @paper; }
QMainWindow::separator { background: @paper; width: #px(10); height: #px(10); }
QMainWindow::separator:hover { background: @line; }
QToolTip { background: @captionGround; color: @captionText; border: 0; padding: #px(5) #px(8); }
*[role="topbar"] { background: @panel; border-bottom: 1px solid @line; }
*[role="card"] { background: @panel; border: 1px solid @line; border-radius: #px(8); }
QLabel { background: transparent; }
*[role="title"] { color: @secondary; font-weight: 600; font-size: #px(12.5); }
*[role="heading"] { color: @ink; font-weight: 600; font-size: #px(16); }
*[role="section"] { color: @ink; font-weight: 600; font-size: #px(13); }
*[role="secondary"] { color: @secondary; font-size: #px(12.5); }
*[role="faint"] { color: @secondary; font-size: #px(12.5); font-style: italic; }
*[role="danger"] { color: @dangerText; font-weight: 600; }
*[role="good"] { color: @goodText; font-weight: 600; }
*[role="accent"] { color: @accent; font-weight: 600; }
QPushButton, QToolButton, QComboBox {
    background: @buttonGround; color: @ink; border: 1px solid @line; border-radius: #px(6);
    padding: #px(5) #px(10); min-height: #px(18);
}
QToolButton { padding: #px(5) #px(8); }
QComboBox { padding-right: #px(3); }
QComboBox::drop-down { border: 0; width: #px(20); }
QComboBox::down-arrow { image: none; border-left: #px(4) solid @buttonGround; border-right: #px(4) solid @buttonGround;
    border-top: #px(5) solid @secondary; width: 0; height: 0; margin-right: #px(8); }
QComboBox QAbstractItemView { background: @panel; color: @ink; border: 1px solid @line; selection-background-color: @accent;
    selection-color: @onAccent; outline: 0; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { border-color: @secondary; }
QPushButton:focus, QToolButton:focus, QComboBox:focus, QLineEdit:focus { border: 2px solid @accent; padding: #px(4) #px(9); }
QToolButton:focus { padding: #px(4) #px(7); }
QComboBox:focus { padding-right: #px(2); }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { color: @faint; background: @paper; }
QPushButton[role="primary"], QToolButton[role="primary"], QToolButton:checked {
    background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[role="primary"]:focus, QToolButton[role="primary"]:focus, QToolButton:checked:focus { border: 2px solid @ink; }
QPushButton[role="primary"]:disabled { background: @buttonGround; color: @faint; border-color: @line; }
QToolButton[role="segment"] { padding: #px(5) #px(3); min-width: #px(20); font-weight: 600; }
QToolButton[role="segment"]:focus { padding: #px(4) #px(2); }
*[role="codebox"] { border: 1px solid @line; border-radius: #px(6); padding: #px(4); }
*[role="flat"] { background: transparent; border: 1px solid transparent; padding: #px(2); min-height: 0; }
*[role="flat"]:hover { border-color: @line; }
*[role="flat"]:focus { border: 1px solid @accent; padding: #px(2); }
QPushButton[role="link"] { background: transparent; border: 1px solid transparent; color: @accent; padding: #px(2); text-align: left;
    min-height: 0; }
QPushButton[role="link"]:hover { text-decoration: underline; }
QPushButton[role="link"]:focus { border: 1px solid @accent; padding: #px(2); }
QLineEdit { background: @panel; color: @ink; border: 1px solid @line; border-radius: #px(6); padding: #px(5) #px(9); }
QAbstractScrollArea { background: @panel; color: @ink; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QTreeView, QListView, QPlainTextEdit, QTextBrowser { background: @panel; border: 0; selection-background-color: @accent;
    selection-color: @onAccent; outline: 0; }
QTreeView::item, QListView::item { padding: #px(3) #px(2); }
QTreeView::item:selected, QListView::item:selected { background: @currentLine; color: @ink; }
QTreeView::item:hover, QListView::item:hover { background: @buttonGround; }
QHeaderView::section { background: @panel; color: @secondary; border: 0; border-bottom: 1px solid @line; padding: #px(4); }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @secondary; border: 0; border-bottom: #px(3) solid transparent;
    padding: #px(7) #px(10) #px(5) #px(10); margin: 0 #px(6) 0 0; font-size: #px(14); }
QTabBar::tab:selected { color: @accent; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:hover { color: @ink; }
QTabBar::tab:focus { color: @accent; }
QTabBar::tab:disabled { color: @faint; }
QMenuBar { background: @panel; color: @ink; border: 0; padding: #px(2) #px(6); }
QMenuBar::item { background: transparent; padding: #px(4) #px(9); border-radius: #px(4); }
QMenuBar::item:selected { background: @buttonGround; }
QMenu { background: @panel; color: @ink; border: 1px solid @line; padding: #px(4); }
QMenu::item { padding: #px(5) #px(26) #px(5) #px(22); border-radius: #px(4); }
QMenu::item:selected { background: @accent; color: @onAccent; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: #px(4) #px(6); }
QSlider:horizontal { min-height: #px(18); }
QSlider::groove:horizontal { background: @line; height: #px(3); border-radius: 1px; }
QSlider::sub-page:horizontal { background: @accent; height: #px(3); border-radius: 1px; }
QSlider::handle:horizontal { background: @panel; border: #px(2) solid @accent; width: #px(11); height: #px(11);
    margin: -#px(6) 0; border-radius: #px(6.6); }
QSlider::handle:horizontal:focus { background: @accent; }
QScrollBar:vertical { background: transparent; width: #px(10); margin: 0; }
QScrollBar:horizontal { background: transparent; height: #px(10); margin: 0; }
QScrollBar::handle { background: @line; border-radius: #px(4); min-height: #px(24); min-width: #px(24); margin: 1px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QRadioButton { background: @panel; border: 1px solid @line; border-radius: #px(5); padding: #px(4) #px(8); spacing: #px(8); }
QRadioButton:checked { border: 2px solid @accent; padding: #px(3) #px(7); }
QRadioButton::indicator { width: #px(11); height: #px(11); border: 1px solid @faint; border-radius: #px(6.4); background: @panel; }
QRadioButton::indicator:checked { width: #px(5); height: #px(5); border: #px(4) solid @accent; }
QRadioButton:focus { border: 2px solid @accent; padding: #px(3) #px(7); }
*[role="question"] { background: @questionGround; border: 1px solid @questionLine; border-radius: #px(8); }
*[role="message"] { background: @currentLine; border-bottom: 1px solid @line; }
*[role="lessonrow"] { background: @panel; border: 1px solid @line; border-radius: #px(8); }
*[role="lessonrow"]:hover, *[role="lessonrow"]:focus { border-color: @accent; }
QProgressBar { background: @line; border: 0; border-radius: #px(3); max-height: #px(6); min-height: #px(6); }
QProgressBar::chunk { background: @accent; border-radius: #px(3); }
)";

QString number(double v)
{
    const double rounded = std::max(1.0, std::round(v));
    return QString::number(static_cast<int>(rounded));
}

} // namespace

QString styleSheetOf(const Theme &t)
{
    const QColor onAccent = t.readableOn(t.accent);
    const std::pair<const char *, QColor> colours[] = {
        // A longer name must stand before its own beginning.
        {"captionGround", t.captionGround}, {"captionText", t.captionText}, {"buttonGround", t.buttonGround},
        {"currentLine", t.currentLine}, {"secondary", t.secondary}, {"attention", t.attention}, {"dangerText", t.dangerText},
        {"goodText", t.goodText}, {"onAccent", onAccent}, {"questionGround", mixed(t.accent, t.panel, 0.06)},
        {"questionLine", mixed(t.accent, t.panel, 0.3)}, {"danger", t.danger}, {"accent", t.accent}, {"faint", t.faint},
        {"paper", t.paper}, {"panel", t.panel}, {"good", t.good}, {"line", t.line}, {"ink", t.ink},
    };
    QString sheet = QString::fromLatin1(kSheet);
    for (const auto &[name, colour] : colours)
        sheet.replace(QLatin1Char('@') + QString::fromLatin1(name), colour.name());
    QString out;
    out.reserve(sheet.size());
    const QString open = QStringLiteral("#px(");
    qsizetype from = 0;
    for (qsizetype at = sheet.indexOf(open); at >= 0; at = sheet.indexOf(open, from)) {
        const qsizetype close = sheet.indexOf(QLatin1Char(')'), at);
        const double logical = sheet.mid(at + open.size(), close - at - open.size()).toDouble();
        out += sheet.mid(from, at - from) + number(t.px(logical)) + QStringLiteral("px");
        from = close + 1;
    }
    return out + sheet.mid(from);
}

void useTheme(QWidget &window, const Theme &theme)
{
    if (QApplication::style()->name() != QLatin1String("fusion"))
        QApplication::setStyle(QStringLiteral("fusion"));
    QApplication::setPalette(paletteOf(theme));
    QApplication::setFont(theme.font(13));
    window.setPalette(paletteOf(theme));
    window.setFont(theme.font(13));
    window.setStyleSheet(styleSheetOf(theme));
}

void setRole(QWidget &widget, const char *role)
{
    widget.setProperty("role", QString::fromLatin1(role));
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

} // namespace pyrena
