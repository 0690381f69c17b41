#include <QDir>
#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "core/trace/timeline.h"
#include "tests/ui/figures_objects/heapbuilder.h"
#include "ui/figures/exporter.h"

using namespace pyrena;

class TestExporter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameInputSameBytes();
    void svgHasRealText();
    void pngHasTheSizeAskedFor();
    void impossibleSizesAreRefused();
    void filesAreWrittenWholeOrNotAtAll();
};

namespace {

struct Moment
{
    std::shared_ptr<const Trace> trace = gardenTrace();
    Timeline timeline{trace};
    FigureInput input;
    std::unique_ptr<Figure> figure = makeObjectsFigure();
    explicit Moment(ThemeName name = ThemeName::Light)
    {
        const std::uint32_t position = trace->changeCount() * 2 / 3;
        input.trace = trace.get();
        input.world = &timeline.seek(position);
        input.position = position;
        input.stepBegin = trace->stops.previous(position, Granularity::Line);
        input.granularity = Granularity::Line;
        input.theme = theme(name);
    }
};

} // namespace

void TestExporter::sameInputSameBytes()
{
    for (const ThemeName name : {ThemeName::Light, ThemeName::Dark, ThemeName::Print}) {
        Moment one(name), other(name);
        for (const char *path : {"a.png", "a.svg", "a.pdf"}) {
            const QString file = QString::fromLatin1(path);
            const auto first = exportAs(file, *one.figure, one.input, {960, 600}, 2);
            const auto again = exportAs(file, *one.figure, one.input, {960, 600}, 2);
            const auto fresh = exportAs(file, *other.figure, other.input, {960, 600}, 2);
            QVERIFY(first && again && fresh);
            QVERIFY2(*first == *again, path);
            QVERIFY2(*first == *fresh, path);
            QVERIFY(first->size() > 2000);
        }
    }
    QByteArray early("x/CreationDate (D:20240131235959+01'00')y"), late("x/CreationDate (D:20251231000001+01'00')y");
    fixPdfDate(early);
    fixPdfDate(late);
    QCOMPARE(early, late);
}

void TestExporter::svgHasRealText()
{
    Moment moment;
    const auto svg = exportSvg(*moment.figure, moment.input, {1280, 960});
    QVERIFY(svg.ok());
    QXmlStreamReader xml(*svg);
    QStringList texts;
    QString viewBox;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("svg"))
            viewBox = xml.attributes().value(QLatin1String("viewBox")).toString();
        if (xml.name() == QLatin1String("text"))
            texts << xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(viewBox, QStringLiteral("0 0 1280 960"));
    for (const char *expected : {"globals", "Node#1", "watch", "Python 3.13"})
        QVERIFY2(texts.contains(QString::fromLatin1(expected)), expected);
}

void TestExporter::pngHasTheSizeAskedFor()
{
    Moment moment;
    for (const double scale : {1.0, 2.0, 3.0}) {
        const auto png = exportPng(*moment.figure, moment.input, {641, 403}, scale);
        QVERIFY(png.ok());
        QCOMPARE(QImage::fromData(*png).size(), (QSizeF(641, 403) * scale).toSize());
    }
}

void TestExporter::impossibleSizesAreRefused()
{
    Moment moment;
    for (const QSizeF &size : {QSizeF(0, 100), QSizeF(100, -1), QSizeF(1e9, 10), QSizeF(qQNaN(), 10)}) {
        QVERIFY(!exportPng(*moment.figure, moment.input, size));
        QVERIFY(!exportSvg(*moment.figure, moment.input, size));
        QVERIFY(!exportPdf(*moment.figure, moment.input, size));
    }
    const auto odd = exportAs(QStringLiteral("heap.bmp"), *moment.figure, moment.input, {100, 100});
    QVERIFY(!odd.ok() && odd.error().message.find("heap.bmp") != std::string::npos);
    QVERIFY(exportPng(*moment.figure, moment.input, {1, 1}).ok());   // tiny, but a picture
}

void TestExporter::filesAreWrittenWholeOrNotAtAll()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.svg"));
    QVERIFY(writeWhole(path, "first").ok());
    QVERIFY(writeWhole(path, "second").ok());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("second"));
    const auto failed = writeWhole(folder.filePath(QStringLiteral("missing/a.svg")), "x");
    QVERIFY(!failed.ok() && failed.error().message.find("a.svg") != std::string::npos);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), qsizetype(1));
}

QTEST_MAIN(TestExporter)
#include "tst_exporter.moc"
