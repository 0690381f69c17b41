#pragma once

#include <QByteArray>
#include <QSizeF>
#include <QString>

#include "core/base/result.h"
#include "ui/figures/figure.h"

namespace pyrena {

// One moment of a figure as a file's bytes. Same input, same bytes.
// `size` is in logical pixels; without a camera the figure fits itself.
// Errors: a size that is empty or too large, or that the format can't hold.
Result<QByteArray> exportPng(Figure &figure, const FigureInput &input, const QSizeF &size, double scale = 1, const Camera &camera = {});
Result<QByteArray> exportSvg(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera = {});
// One page of that size (96 logical pixels are an inch); its CreationDate is a fixed one.
Result<QByteArray> exportPdf(Figure &figure, const FigureInput &input, const QSizeF &size, const Camera &camera = {});

// "png", "svg" or "pdf" by the path's suffix. The error names the path and the formats there are.
Result<QByteArray> exportAs(const QString &path, Figure &figure, const FigureInput &input, const QSizeF &size, double scale = 1,
                            const Camera &camera = {});

// PDF writers put the moment of writing into CreationDate: this puts a fixed one there, so that equal pages are equal bytes.
void fixPdfDate(QByteArray &pdf);

// Writes all or nothing: an existing file stays as it is when anything fails. True on success.
Result<bool> writeWhole(const QString &path, const QByteArray &bytes);

} // namespace pyrena
