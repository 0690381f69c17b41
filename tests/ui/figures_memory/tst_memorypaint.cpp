#include <QTest>

#include "core/record.h"
#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/figurepicture.h"
#include "ui/figures/memory/memoryfigure.h"

using namespace pyrena;

namespace {

FigureInput inputAt(Timeline &timeline, std::uint32_t position)
{
    FigureInput input;
    input.world = &timeline.seek(position);
    input.trace = &timeline.trace();
    input.position = position;
    input.stepBegin = timeline.trace().stops.previous(position, Granularity::Operation);
    input.theme = theme(ThemeName::Light);
    input.level = 4;
    return input;
}

Camera cameraOf(const FigureInput &input, MemoryLevel level)
{
    if (level == MemoryLevel::Arena)
        return {};
    MemoryPlace place = memoryPlace(input, Camera());
    place.level = level;
    place.zoom = zoomOf(level);
    return cameraAt(place);
}

std::shared_ptr<const Trace> objectsThatMoveThroughGenerations()
{
    Recipe recipe;
    recipe.source = "import gc\nkept = []\nfor i in range(300):\n    kept.append([i])\n    x = {}\n    x['me'] = x\n    if i % 50 == 0:\n"
                    "        gc.collect(i % 3)\ndel kept[:200]\ngc.collect()\n";
    const auto recorded = record(recipe);
    return recorded ? *recorded : nullptr;
}

} // namespace

class TestMemoryPaint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // Whatever was painted before: what is kept and brought up to date equals a picture made from nothing.
    void aPictureBroughtUpToDateEqualsAFreshOne_data()
    {
        QTest::addColumn<int>("level");
        QTest::addColumn<double>("ratio");
        QTest::addColumn<int>("colorBy");
        QTest::addColumn<int>("themeName");
        for (int level = 0; level < 4; ++level)
            for (const double ratio : {1.0, 1.25, 2.0})
                QTest::addRow("level %d at %g", level, ratio) << level << ratio << level % kColorBys << 0;
        for (int by = 0; by < kColorBys; ++by)
            for (const ThemeName name : {ThemeName::Dark, ThemeName::Print})
                QTest::addRow("by %d in theme %d", by, static_cast<int>(name)) << 1 << 1.0 << by << static_cast<int>(name);
        QTest::addRow("text of 150 %%") << 1 << 1.5 << 0 << 0;
    }
    void aPictureBroughtUpToDateEqualsAFreshOne()
    {
        QFETCH(int, level);
        QFETCH(double, ratio);
        QFETCH(int, colorBy);
        QFETCH(int, themeName);
        const auto trace = colorBy == static_cast<int>(ColorBy::Generation) ? objectsThatMoveThroughGenerations() : SampleHeap::small();
        QVERIFY(trace);
        Timeline timeline(trace);
        MemoryFigure kept;
        FigurePicture picture;
        std::mt19937 random(static_cast<unsigned>(level * 10 + colorBy));
        const QSize size(901, 640);
        std::uint32_t position = trace->changeCount() / 2;
        const Camera camera = cameraOf(inputAt(timeline, trace->changeCount()), static_cast<MemoryLevel>(level));
        int partial = 0;
        for (int i = 0; i < 24; ++i) {
            const auto last = static_cast<std::int64_t>(trace->changeCount());
            // Steps forward and back, short moves, and a jump now and then.
            const std::int64_t move = i % 8 == 7 ? static_cast<std::int64_t>(random() % trace->changeCount()) - position
                : i % 3 == 0 ? static_cast<std::int64_t>(random() % 41) - 20 : static_cast<std::int64_t>(random() % 3) - 1;
            position = static_cast<std::uint32_t>(std::clamp<std::int64_t>(position + move, 0, last));
            FigureInput input = inputAt(timeline, position);
            input.theme = theme(static_cast<ThemeName>(themeName));
            input.colorBy = static_cast<ColorBy>(colorBy);
            if (i % 5 == 1)
                input.animation = 0.3;   // in the middle of the motion of a step
            const QRegion painted = picture.update(kept, input, size, ratio, camera);
            partial += painted != QRegion(QRect(QPoint(0, 0), size));
            MemoryFigure fresh;
            FigurePicture blank;
            blank.update(fresh, input, size, ratio, camera);
            if (picture.image() != blank.image()) {
                QRect differs;
                for (int y = 0; y < blank.image().height(); ++y)
                    for (int x = 0; x < blank.image().width(); ++x)
                        if (picture.image().pixel(x, y) != blank.image().pixel(x, y))
                            differs |= QRect(x, y, 1, 1);
                QFAIL(qPrintable(QStringLiteral("round %1, change %2: differs in %3,%4 %5x%6; painted %7 rectangles").arg(i).arg(position)
                                     .arg(differs.x()).arg(differs.y()).arg(differs.width()).arg(differs.height()).arg(painted.rectCount())));
            }
        }
        QVERIFY2(partial > 4, "the cache was never used");
    }
    void aStepPaintsLittle()
    {
        const auto trace = SampleHeap::small();
        Timeline timeline(trace);
        MemoryFigure figure;
        FigurePicture picture;
        const QSize size(1600, 1000);
        const std::uint32_t last = trace->changeCount();
        const Camera camera = cameraOf(inputAt(timeline, last), MemoryLevel::Process);
        const std::uint32_t before = trace->stops.previous(last, Granularity::Operation);
        picture.update(figure, inputAt(timeline, before), size, 1, camera);
        qint64 area = 0;
        for (const QRect &rect : picture.update(figure, inputAt(timeline, last), size, 1, camera))
            area += qint64(rect.width()) * rect.height();
        QVERIFY2(area > 0 && area < 1600 * 1000 / 4, qPrintable(QString::number(area)));
        QVERIFY(picture.update(figure, inputAt(timeline, last), size, 1, camera).isEmpty());
    }
    void boxesLookTheSameFromSprites()
    {
        // Painted straight and from the sprites: no pixel is covered by a quarter more or less.
        for (const double scale : {1.0, 1.25, 2.0})
            for (const QRectF rect : {QRectF(10, 12, 90, 40), QRectF(10.5, 12.25, 220.5, 180), QRectF(30, 30, 12, 9)}) {
                SceneBox box;
                box.rect = rect;
                box.radius = 4;
                box.fill = QColor(0xE0, 0xEA, 0xF4);
                box.stroke = QColor(0x1D, 0x24, 0x33);
                box.width = 1.3;
                box.outline = Outline::Solid;
                QImage straight(600, 500, QImage::Format_RGB32), sprites = straight;
                BoxSprites cache;
                for (QImage *image : {&straight, &sprites}) {
                    image->fill(Qt::white);
                    image->setDevicePixelRatio(scale);
                    QPainter painter(image);
                    painter.setRenderHint(QPainter::Antialiasing);
                    for (int twice = 0; twice < 2; ++twice) {
                        image == &straight ? paintBox(box, painter) : cache.paint(box, painter);
                        box.rect.translate(120, 130);
                    }
                    box.rect = rect;
                }
                int most = 0;
                for (int y = 0; y < 500; ++y)
                    for (int x = 0; x < 600; ++x)
                        most = std::max({most, std::abs(qRed(straight.pixel(x, y)) - qRed(sprites.pixel(x, y))),
                                         std::abs(qBlue(straight.pixel(x, y)) - qBlue(sprites.pixel(x, y)))});
                QVERIFY2(most < 64, qPrintable(QStringLiteral("%1 at scale %2").arg(most).arg(scale)));
            }
    }
};

QTEST_MAIN(TestMemoryPaint)
#include "tst_memorypaint.moc"
