#include "ui/figures/exporter.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QPageLayout>
#include <QPageSize>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>
#include <optional>

namespace pyrena {

namespace {

constexpr double kMaxSide = 16384, kMaxPixels = 200e6;   // a picture of 800 MB in memory is the largest

std::optional<Error> refuse(const QSizeF &size, double scale)
{
    const double width = size.width() * scale, height = size.height() * scale;
    if (!(width >= 1) || !(height >= 1))
        return Error{QObject::tr("A picture of %1 x %2 pixels is empty: give it a width and a height of at least 1.")
                         .arg(size.width()).arg(size.height()).toStdString()};
    if (width > kMaxSide || height > kMaxSide || width * height > kMaxPixels)
        return Error{QObject::tr("A picture of %1 x %2 pixels is too large: %3 on a side is the limit. Choose a smaller size or scale.")
                         .arg(std::ceil(width)).arg(std::ceil(height)).arg(kMaxSide).toStdString()};
    return {};
}

QString titleOf(const Figure &figure, const FigureInput &input)
{
    const QString file = input.trace ? QString::fromStdString(input.trace->recipe.fileName) : QString();
    return file.isEmpty() ? figure.title() : QObject::tr("%1: %2").arg(file, figure.title());
}

} // namespace

Result<QByteArray> exportPng(Figure &figure, const FigureInput &input, const QSizeF &size, double scale, const Camera &camera)
{
    if (const auto error = refuse(size, scale))
        return *error;
    QImage image(QSize(int(std::lround(size.width() * scale)), int(std::lround(size.height() * scale))), QImage::Format_RGB32);
    if (image.isNull())
        return Error{QObject::tr("There is not enough memory for this picture. Choose a smaller size or scale.").toStdString()};
    {
        QPainter painter(&image);
        painter.scale(image.width() / size.width(), image.height() / size.height());
        renderFigure(figure, input, size, camera, painter);
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "PNG"))
        return Error{QObject::tr("The picture could not be encoded as PNG.").toStdString()};
    return bytes;
}

Result<QByteArray> exportSvg(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera)
{
    if (const auto error = refuse(size, 1))
        return *error;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    const QSize whole(int(std::ceil(size.width())), int(std::ceil(size.height())));
    generator.setSize(whole);
    generator.setViewBox(QRect(QPoint(0, 0), whole));
    generator.setResolution(96);
    generator.setTitle(titleOf(figure, input));
    {
        // The words for those who can't see it are known after a first layout.
        if (input.trace && input.world)
            figure.layout(input, size, camera);
        generator.setDescription(figure.summary());
        QPainter painter(&generator);
        renderFigure(figure, input, size, camera, painter);
    }
    buffer.close();
    return bytes;
}

Result<QByteArray> exportPdf(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera)
{
    if (const auto error = refuse(size, 1))
        return *error;
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        constexpr double kPointsPerPixel = 72.0 / 96.0;
        writer.setPageSize(QPageSize(size * kPointsPerPixel, QPageSize::Point, QString(), QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setResolution(96 * 8);
        writer.setTitle(titleOf(figure, input));
        writer.setCreator(QStringLiteral("Pyrena"));
        QPainter painter(&writer);
        if (!painter.isActive())
            return Error{QObject::tr("The page could not be written as PDF.").toStdString()};
        painter.scale(8, 8);
        renderFigure(figure, input, size, camera, painter);
    }
    buffer.close();
    fixPdfDate(bytes);
    return bytes;
}

void fixPdfDate(QByteArray &pdf)
{
    // The same length, so that the table of offsets stays right.
    const QByteArray key("/CreationDate (D:");
    for (qsizetype at = pdf.indexOf(key); at >= 0; at = pdf.indexOf(key, at + key.size())) {
        const QByteArray fixed("20000101000000");
        for (qsizetype i = 0; i < fixed.size() && at + key.size() + i < pdf.size(); ++i)
            if (pdf[at + key.size() + i] >= '0' && pdf[at + key.size() + i] <= '9')
                pdf[at + key.size() + i] = fixed[i];
    }
}

Result<QByteArray> exportAs(const QString &path, Figure &figure, const FigureInput &input, const QSizeF &size, double scale,
                            const Camera &camera)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == QStringLiteral("png"))
        return exportPng(figure, input, size, scale, camera);
    if (suffix == QStringLiteral("svg"))
        return exportSvg(figure, input, size, camera);
    if (suffix == QStringLiteral("pdf"))
        return exportPdf(figure, input, size, camera);
    return Error{QObject::tr("%1: a picture is written as .png, .svg or .pdf. Give the file one of these endings.")
                     .arg(QDir::toNativeSeparators(path)).toStdString()};
}

Result<bool> writeWhole(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    const auto failed = [&] {
        return Error{QObject::tr("%1: not written: %2. Choose another place.")
                         .arg(QDir::toNativeSeparators(path), file.errorString()).toStdString()};
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (file.write(bytes) != bytes.size() || !file.commit())
        return failed();
    return true;
}

} // namespace pyrena
