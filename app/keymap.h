#pragma once

#include <QKeySequence>
#include <QString>

#include <vector>

class QKeyEvent;

namespace pyrena {

// What a bare key does. They reach the window only when no focused control wants them, or always while presenting.
enum class KeyCommand {
    Forward, Back, ForwardLine, BackLine, Start, End, Play, NextChange, PreviousChange, FullStage, Blank, Leave,
};

struct KeyBinding
{
    KeyCommand command;
    QKeySequence keys;          // one key with modifiers
    bool presentingOnly = false;
};

const std::vector<KeyBinding> &keyBindings();
// The command of a key press; `presenting` admits those that belong to a clicker.
const KeyBinding *bindingFor(const QKeyEvent &event, bool presenting);
QString describe(KeyCommand command);

} // namespace pyrena
