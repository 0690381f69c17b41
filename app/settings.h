#pragma once

#include <QSettings>

#include <memory>

namespace pyrena {

// What the program remembers between starts: window, theme, recent files, the sandbox, progress in lessons.
// An ini file, so that it can be read, copied and deleted by hand.
inline std::unique_ptr<QSettings> settings()
{
    return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("Pyrena"), QStringLiteral("pyrena"));
}

} // namespace pyrena
