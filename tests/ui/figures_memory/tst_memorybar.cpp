#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTest>

#include "tests/ui/figures_memory/sampleheap.h"
#include "ui/figures/memory/memoryplace.h"
#include "ui/models/traceseries.h"
#include "ui/playhead.h"
#include "ui/selection.h"
#include "ui/views/figureview.h"
#include "ui/views/memorybar.h"
#include "ui/views/stage.h"

using namespace pyrena;

namespace {

struct Window
{
    Playhead playhead;
    Selection selection;
    Appearance appearance;
    SeriesSource source{playhead};
    Stage stage{{playhead, selection, appearance}, source};
    std::shared_ptr<const Trace> trace = SampleHeap::small();

    Window()
    {
        playhead.setTrace(trace, trace->changeCount());
        stage.resize(900, 700);
        stage.setTab(Stage::MemoryTab);
        stage.show();
        stage.memory()->setFocus();
    }
    QImage picture() { return stage.memory()->grab().toImage(); }
};

} // namespace

class TestMemoryBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itStandsAboveTheMemoryFigureOnly()
    {
        Window w;
        QVERIFY(w.stage.memoryBar()->isVisible());
        w.stage.setTab(Stage::ObjectsTab);
        QVERIFY(!w.stage.memoryBar()->isVisible());
        w.stage.setSideBySide(true);
        QVERIFY(w.stage.memoryBar()->isVisible());
    }
    void theChoiceColoursThePicture()
    {
        Window w;
        QList<QImage> pictures{w.picture()};
        auto *colors = w.stage.findChild<QComboBox *>(QStringLiteral("memoryColors"));
        QCOMPARE(colors->count(), kColorBys);
        QVERIFY(!colors->accessibleName().isEmpty() && !colors->toolTip().isEmpty());
        for (int i = 1; i < kColorBys; ++i) {
            QTest::keyClick(w.stage.memory(), Qt::Key_C);
            QCOMPARE(colors->currentIndex(), i);
            QCOMPARE(w.stage.memory()->colorBy(), static_cast<ColorBy>(i));
            QVERIFY2(!pictures.contains(w.picture()), qPrintable(colors->currentText()));
            pictures << w.picture();
        }
        QTest::keyClick(w.stage.memory(), Qt::Key_C);
        QCOMPARE(w.picture(), pictures[0]);
    }
    void searchingGoesThereAndSelects()
    {
        Window w;
        auto *field = w.stage.findChild<QLineEdit *>(QStringLiteral("memorySearch"));
        auto *message = w.stage.findChild<QLabel *>(QStringLiteral("memorySearchMessage"));
        QTest::keyClick(w.stage.memory(), Qt::Key_F, Qt::ControlModifier);
        QVERIFY(w.stage.isAncestorOf(field) && field->isVisible());
        const HeapState &heap = w.playhead.world().heap;
        const PoolId pool(5);
        const std::uint32_t offset = kPoolHeaderSize + 2 * heap.blockSize(heap.pools[5].sizeClass);
        field->setText(QString::fromStdString(toHex(heap.poolAddress(pool) + offset + 3)));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(message->text().contains(QStringLiteral("byte 3 of block 2 of pool 5")), qPrintable(message->text()));
        QVERIFY(!(w.selection.selected() == Selected()));
        const MemoryPlace place = memoryPlace(w.stage.memory()->input(), w.stage.memory()->camera());
        QCOMPARE(place.pool, pool);
        QCOMPARE(place.offset, offset);

        field->setText(QStringLiteral("0x10"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY2(message->isVisible() && message->text().contains(QStringLiteral("lies in no arena")), qPrintable(message->text()));
        QCOMPARE(memoryPlace(w.stage.memory()->input(), w.stage.memory()->camera()).pool, pool);   // nothing moved
    }
    void returnGoesRoundAllMatches()
    {
        Window w;
        auto *field = w.stage.findChild<QLineEdit *>(QStringLiteral("memorySearch"));
        field->setText(QStringLiteral("Node"));
        const std::size_t n = searchMemory(*w.trace, w.playhead.world(), field->text()).matches.size();
        QVERIFY(n > 2);
        QTest::keyClick(field, Qt::Key_Return);
        const Selected first = w.selection.selected();
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!(w.selection.selected() == first));
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(w.selection.selected() == first, true);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        for (std::size_t i = 1; i < n; ++i)
            QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(w.selection.selected() == first, true);
    }
    void aLinkOfAListIsFollowedByOneClick()
    {
        Window w;
        MemoryPlace place = memoryPlace(w.stage.memory()->input(), Camera());
        place.level = MemoryLevel::Process;
        place.zoom = zoomOf(place.level);
        w.stage.resize(1300, 900);
        w.stage.memory()->setCamera(cameraAt(place));
        const auto link = [&]() -> std::optional<FigureHit> {
            for (const FigureHit &hit : w.stage.memory()->items())
                if (hit.goes && std::holds_alternative<SelectedPool>(hit.what))
                    return hit;
            return std::nullopt;
        }();
        QVERIFY(link.has_value());
        QVERIFY(!link->sentence.isEmpty());
        QTest::mouseClick(w.stage.memory(), Qt::LeftButton, {}, link->rect.center().toPoint());
        const MemoryPlace now = memoryPlace(w.stage.memory()->input(), w.stage.memory()->camera());
        QCOMPARE(now.pool, std::get<SelectedPool>(link->what).pool);
        QCOMPARE(now.level, MemoryLevel::Arena);
    }
};

QTEST_MAIN(TestMemoryBar)
#include "tst_memorybar.moc"
