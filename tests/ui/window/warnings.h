#pragma once

#include <QString>
#include <QStringList>

// Every warning of Qt is a mistake of this program: tests collect them and fail at the end of the test function.
namespace pyrena::test {

inline QStringList &warnings()
{
    static QStringList list;
    return list;
}

inline void collectWarnings()
{
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
        // The offscreen platform has no window manager to pass these on to.
        if (text.contains(QLatin1String("propagateSizeHints")) || text.contains(QLatin1String("XDG_RUNTIME_DIR"))
            || text.contains(QLatin1String("plugin does not support raise()")))
            return;
        if (type == QtWarningMsg || type == QtCriticalMsg)
            warnings() += text;
        else
            fprintf(stderr, "%s\n", qPrintable(text));
    });
}

inline QString takeWarnings()
{
    const QString all = warnings().join(QLatin1Char('\n'));
    warnings().clear();
    return all;
}

} // namespace pyrena::test
