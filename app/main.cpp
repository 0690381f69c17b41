#include <QApplication>
#include <QImageReader>

#include "app/cli/cli.h"
#include "app/mainwindow.h"
#include "app/pictures.h"
#include "core/base/verify.h"
#include "ui/icon.h"

#include <cstdlib>
#include <iostream>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

int runCommand(int argc, char **argv, std::span<const std::string_view> args)
{
    std::ios::sync_with_stdio(false);
    pyrena::cli::Streams streams{std::cin, std::cout, std::cerr, isatty(STDERR_FILENO) != 0};
    pyrena::cli::Parts parts;
    parts.exportPictures = [argc, argv](const pyrena::cli::ExportRequest &request, pyrena::cli::Streams &s) {
        return pyrena::exportPictures(argc, argv, request, s);
    };
    try {
        return pyrena::cli::run(args, streams, parts);
    } catch (const pyrena::InternalError &e) {
        std::cerr << "pyrena: internal error: " << e.what() << "; please report it with the script\n";
        return pyrena::cli::Environment;
    }
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string_view> args(argv + 1, argv + argc);
    if (pyrena::cli::isCommandLine(args))
        return runCommand(argc, argv, args);

    QApplication::setStyle(QStringLiteral("fusion"));
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("pyrena"));
    QApplication::setApplicationDisplayName(QStringLiteral("Pyrena"));
    QApplication::setApplicationVersion(QStringLiteral(PYRENA_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("pyrena"));
    QApplication::setWindowIcon(pyrena::applicationIcon());
    pyrena::MainWindow window;
    window.show();
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() > 1)
        window.openFile(arguments[1]);
    return QApplication::exec();
}
