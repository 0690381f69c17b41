#include "app/keymap.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace pyrena {

const std::vector<KeyBinding> &keyBindings()
{
    static const std::vector<KeyBinding> bindings = {
        {KeyCommand::Forward, QKeySequence(Qt::Key_Right)},
        {KeyCommand::Forward, QKeySequence(Qt::Key_PageDown)},
        {KeyCommand::Forward, QKeySequence(Qt::Key_N)},
        {KeyCommand::Back, QKeySequence(Qt::Key_Left)},
        {KeyCommand::Back, QKeySequence(Qt::Key_PageUp)},
        {KeyCommand::Back, QKeySequence(Qt::Key_P)},
        {KeyCommand::ForwardLine, QKeySequence(Qt::ShiftModifier | Qt::Key_Right)},
        {KeyCommand::BackLine, QKeySequence(Qt::ShiftModifier | Qt::Key_Left)},
        {KeyCommand::Start, QKeySequence(Qt::Key_Home)},
        {KeyCommand::End, QKeySequence(Qt::Key_End)},
        {KeyCommand::Play, QKeySequence(Qt::Key_Space)},
        {KeyCommand::NextChange, QKeySequence(Qt::ControlModifier | Qt::Key_Right)},
        {KeyCommand::PreviousChange, QKeySequence(Qt::ControlModifier | Qt::Key_Left)},
        {KeyCommand::FullStage, QKeySequence(Qt::Key_F)},
        {KeyCommand::Blank, QKeySequence(Qt::Key_B), true},
        {KeyCommand::Blank, QKeySequence(Qt::Key_Period), true},
        {KeyCommand::Leave, QKeySequence(Qt::Key_Escape)},
    };
    return bindings;
}

const KeyBinding *bindingFor(const QKeyEvent &event, bool presenting)
{
    const auto modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    for (const KeyBinding &b : keyBindings())
        if (b.keys[0] == QKeyCombination(modifiers, static_cast<Qt::Key>(event.key())) && (presenting || !b.presentingOnly))
            return &b;
    return nullptr;
}

QString describe(KeyCommand command)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Keys", text); };
    switch (command) {
    case KeyCommand::Forward: return tr(QT_TRANSLATE_NOOP("Keys", "One step forward"));
    case KeyCommand::Back: return tr(QT_TRANSLATE_NOOP("Keys", "One step back"));
    case KeyCommand::ForwardLine: return tr(QT_TRANSLATE_NOOP("Keys", "One line forward"));
    case KeyCommand::BackLine: return tr(QT_TRANSLATE_NOOP("Keys", "One line back"));
    case KeyCommand::Start: return tr(QT_TRANSLATE_NOOP("Keys", "To the start"));
    case KeyCommand::End: return tr(QT_TRANSLATE_NOOP("Keys", "To the end"));
    case KeyCommand::Play: return tr(QT_TRANSLATE_NOOP("Keys", "Play or pause"));
    case KeyCommand::NextChange: return tr(QT_TRANSLATE_NOOP("Keys", "To the next change of what is selected"));
    case KeyCommand::PreviousChange: return tr(QT_TRANSLATE_NOOP("Keys", "To the previous change of what is selected"));
    case KeyCommand::FullStage: return tr(QT_TRANSLATE_NOOP("Keys", "Full stage, and back"));
    case KeyCommand::Blank: return tr(QT_TRANSLATE_NOOP("Keys", "Blank the screen, and back (while presenting)"));
    case KeyCommand::Leave: return tr(QT_TRANSLATE_NOOP("Keys", "Leave presenting or full stage"));
    }
    return {};
}

} // namespace pyrena
