#include <QImage>
#include <QPainter>
#include <QtTest>

#include "core/trace/timeline.h"
#include "tests/ui/figures_objects/heapbuilder.h"
#include "ui/figures/objects/objectsfigure.h"

#include <random>

using namespace pyrena;
using namespace pyrena::objects;

namespace {

struct Shown
{
    std::shared_ptr<const Trace> trace;
    Timeline timeline;
    ObjectsFigure figure;
    FigureInput input;

    explicit Shown(std::shared_ptr<const Trace> t) : trace(t), timeline(t)
    {
        input.trace = trace.get();
        input.theme = theme(ThemeName::Light);
    }
    void at(std::uint32_t position, Granularity granularity = Granularity::Line, const QSizeF &size = {1280, 800}, const Camera &camera = {})
    {
        input.world = &timeline.seek(position);
        input.position = position;
        input.granularity = granularity;
        input.stepBegin = trace->stops.previous(position, granularity);
        figure.layout(input, size, camera);
    }
    std::uint32_t endOfLine(std::uint32_t line) const
    {
        std::uint32_t end = 0;
        for (const Step &step : trace->steps.all())
            if (step.kind == StepKind::Statement && step.span.begin.line == line)
                end = step.end;
        return end;
    }
    const Box *box(const QString &title) const
    {
        for (const Box &b : figure.scene().boxes)
            if (b.title == title)
                return &b;
        return nullptr;
    }
    QImage picture(ObjectsFigure &f, const QSize &size) const
    {
        QImage image(size, QImage::Format_RGB32);
        QPainter painter(&image);
        renderFigure(f, input, size, {}, painter);
        return image;
    }
};

// Random programs on a few names: everything a picture has to cope with, in an order nobody thought of.
std::shared_ptr<const Trace> randomTrace(unsigned seed)
{
    std::mt19937 random(seed);
    const auto pick = [&](unsigned n) { return unsigned(random() % n); };
    HeapBuilder b;
    std::vector<std::pair<std::string, ObjectId>> bound;
    for (std::uint32_t line = 1; line <= 60; ++line) {
        b.line(line, "step " + std::to_string(line));
        const std::string name(1, char('a' + pick(8)));
        const auto known = std::find_if(bound.begin(), bound.end(), [&](const auto &e) { return e.first == name; });
        const unsigned what = pick(10);
        if (what < 4 || bound.empty()) {
            const ObjectId made = what % 2 ? b.list() : b.node();
            b.bind(name, made);
            if (known != bound.end())
                known->second = made;
            else
                bound.emplace_back(name, made);
        } else if (what == 4 && known != bound.end()) {
            b.unbind(name);
            bound.erase(known);
        } else {
            const ObjectId owner = bound[pick(unsigned(bound.size()))].second;
            const ObjectId target = pick(4) ? bound[pick(unsigned(bound.size()))].second : b.list();
            if (b.r().world().object(owner).kind == TypeKind::List)
                b.append(owner, target);
            else
                b.attribute(owner, std::string("at") + char('a' + pick(3)), target);
        }
    }
    return b.finish();
}

std::vector<std::shared_ptr<const Trace>> traces()
{
    return {snakeTrace(), gardenTrace(), randomTrace(1), randomTrace(2), randomTrace(3)};
}

} // namespace

class TestObjectsFigure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boxesDoNotOverlapAndTextsLieInside();
    void nothingMovesWhileItLives();
    void thePictureOfAMiddleDoesNotDependOnTheWayThere();
    void arrowsRunAroundBoxes();
    void captionsAndLabelsCoverNoBox();
    void eachArrowIsOneReference();
    void theSnakeIsGarbageThenAGhost();
    void hugeHeapsStaySmallPictures();
    void everythingDrawnCanBeReachedAndHasASentence();
    void zoomKeepsThePointUnderTheCursor();
    void focusAndDetailLevels();
};

void TestObjectsFigure::boxesDoNotOverlapAndTextsLieInside()
{
    for (const auto &trace : traces()) {
        Shown shown(trace);
        for (const int level : {1, 2, 3, 4, 5}) {
            shown.input.level = level;
            for (const Granularity g : {Granularity::Line, Granularity::Operation}) {
                for (std::uint32_t p = 0; p < trace->changeCount(); p = trace->stops.next(p, g)) {
                    shown.input.theme = theme(p % 2 ? ThemeName::Dark : ThemeName::Print, p % 3 ? 1.0 : 2.0);
                    shown.at(p, g);
                    const auto &boxes = shown.figure.scene().boxes;
                    for (std::size_t i = 0; i < boxes.size(); ++i)
                        for (std::size_t k = i + 1; k < boxes.size(); ++k)
                            QVERIFY2(!boxes[i].rect.intersects(boxes[k].rect),
                                     qPrintable(QStringLiteral("%1 on %2 at %3, level %4").arg(boxes[i].title, boxes[k].title).arg(p).arg(level)));
                    for (const Box &box : boxes)
                        for (const Row &row : box.rows)
                            QVERIFY2(box.rect.contains(row.rect), qPrintable(box.title + QLatin1Char(' ') + row.label + QString::number(p)));
                    for (const PlacedText &text : textsOf(shown.figure.scene(), shown.figure.look())) {
                        QVERIFY2(text.room.width() >= std::min(12.0, kit::textWidth(text.font, text.text)), qPrintable(text.text));
                        QVERIFY2(!kit::elided(text.font, text.text, text.room.width()).isEmpty(), qPrintable(text.text));
                        bool inside = false;
                        for (const Box &box : boxes)
                            inside |= box.rect.contains(text.room);
                        QVERIFY2(inside, qPrintable(text.text));
                        QVERIFY(kit::lineHeight(text.font) <= text.room.height() + 1);
                    }
                }
            }
        }
    }
}

void TestObjectsFigure::nothingMovesWhileItLives()
{
    for (const auto &trace : traces()) {
        Shown shown(trace);
        std::unordered_map<std::uint32_t, QPointF> where;
        double scale = 0;
        for (std::uint32_t p = 0; p <= trace->changeCount(); ++p) {
            shown.at(p, Granularity::Event);
            for (const Box &box : shown.figure.scene().boxes) {
                const auto [known, fresh] = where.emplace(box.id.value, box.rect.topLeft());
                QVERIFY2(fresh || known->second == box.rect.topLeft(), qPrintable(box.title + QString::number(p)));
            }
            QVERIFY(scale == 0 || scale == shown.figure.scale());
            scale = shown.figure.scale();
        }
        QVERIFY(where.size() > 2);
    }
}

void TestObjectsFigure::thePictureOfAMiddleDoesNotDependOnTheWayThere()
{
    std::mt19937 random(7);
    for (const auto &trace : {gardenTrace(), randomTrace(5)}) {
        Shown travelled(trace);
        for (int i = 0; i < 12; ++i) {
            const std::uint32_t p = std::uint32_t(random()) % (trace->changeCount() + 1);
            travelled.at(p);
            const QImage there = travelled.picture(travelled.figure, {900, 600});
            Shown fresh(trace);
            fresh.at(p);
            QVERIFY2(there == fresh.picture(fresh.figure, {900, 600}), qPrintable(QString::number(p)));
        }
    }
}

void TestObjectsFigure::arrowsRunAroundBoxes()
{
    int arrows = 0, through = 0;
    for (const auto &trace : traces()) {
        Shown shown(trace);
        for (std::uint32_t p = 0; p < trace->changeCount(); p = trace->stops.next(p, Granularity::Line)) {
            shown.at(p);
            const Scene &scene = shown.figure.scene();
            for (const Arrow &arrow : scene.arrows) {
                ++arrows;
                QVERIFY(!arrow.path.isEmpty());
                bool hit = false;
                for (std::size_t i = 0; i < scene.boxes.size(); ++i)
                    if (i != arrow.box && i != arrow.target)
                        for (const QPointF &point : arrow.samples)
                            hit |= scene.boxes[i].rect.contains(point);
                through += hit;
                const QRectF target = scene.boxes[arrow.target].rect;
                QVERIFY(!target.contains(arrow.path.currentPosition()));
                QVERIFY(target.adjusted(-4, -4, 4, 4).contains(arrow.path.currentPosition()));
            }
        }
    }
    QVERIFY(arrows > 1000);
    QVERIFY2(through * 100 <= arrows, qPrintable(QStringLiteral("%1 of %2 arrows run through a box").arg(through).arg(arrows)));
}

void TestObjectsFigure::captionsAndLabelsCoverNoBox()
{
    int captions = 0, covering = 0;
    for (const auto &trace : {snakeTrace(), gardenTrace()}) {
        Shown shown(trace);
        for (const QSizeF &size : {QSizeF(1280, 800), QSizeF(1920, 1080)}) {
            for (std::uint32_t p = 0; p <= trace->changeCount();) {
                shown.at(p, Granularity::Line, size);
                const kit::Caption &caption = shown.figure.caption();
                if (!caption.isEmpty()) {
                    ++captions;
                    QVERIFY2(shown.figure.port().adjusted(-1, -1, 1, 1).contains(caption.box), qPrintable(caption.lines.join(QLatin1Char(' '))));
                    bool covers = false;
                    for (const Box &box : shown.figure.scene().boxes)
                        covers |= caption.box.intersects(shown.figure.toCanvas(box.rect));
                    covering += covers;
                }
                for (const Arrow &arrow : shown.figure.scene().arrows)
                    for (const Box &box : shown.figure.scene().boxes)
                        QVERIFY2(arrow.label.isNull() || !box.rect.intersects(arrow.label), qPrintable(box.title + QString::number(p)));
                if (p == trace->changeCount())
                    break;
                p = trace->stops.next(p, Granularity::Line);
            }
        }
    }
    QVERIFY(captions > 20);
    QCOMPARE(covering, 0);
}

void TestObjectsFigure::eachArrowIsOneReference()
{
    Shown shown(gardenTrace());
    for (std::uint32_t p = 0; p < shown.trace->changeCount(); p = shown.trace->stops.next(p, Granularity::Line)) {
        shown.at(p);
        const Scene &scene = shown.figure.scene();
        std::vector<std::uint32_t> arrows(scene.boxes.size());
        for (const Arrow &arrow : scene.arrows)
            arrows[arrow.target] += arrow.fate != Fate::Gone && !arrow.weak && !arrow.borrowed;
        for (std::size_t i = 0; i < scene.boxes.size(); ++i) {
            const Box &box = scene.boxes[i];
            if (box.kind == Box::Kind::Node && box.fate != Fate::Gone)
                QVERIFY2(arrows[i] == shown.input.world->object(box.id).refcount, qPrintable(box.title + QString::number(p)));
        }
    }
}

void TestObjectsFigure::theSnakeIsGarbageThenAGhost()
{
    Shown shown(snakeTrace());
    shown.at(shown.endOfLine(3));
    QVERIFY(shown.box(QStringLiteral("list#1")) && !shown.box(QStringLiteral("list#1"))->garbage);
    QCOMPARE(shown.box(QStringLiteral("list#1"))->count, QStringLiteral("2"));

    shown.at(shown.endOfLine(4));
    const Box *snake = shown.box(QStringLiteral("list#1"));
    QVERIFY(snake && snake->garbage && snake->countChanged && snake->changed);
    QCOMPARE(snake->count, QStringLiteral("1"));
    int gone = 0;
    for (const Arrow &arrow : shown.figure.scene().arrows)
        gone += arrow.fate == Fate::Gone;
    QCOMPARE(gone, 1);
    QVERIFY(shown.figure.summary().contains(QStringLiteral("unreachable: 1")));

    shown.at(shown.endOfLine(5));
    snake = shown.box(QStringLiteral("list#1"));
    QVERIFY(snake && snake->fate == Fate::Gone);
    QCOMPARE(snake->count, QStringLiteral("0"));

    shown.input.stepBegin = shown.input.position;
    shown.figure.layout(shown.input, {1280, 800}, {});
    QVERIFY(!shown.box(QStringLiteral("list#1")));   // a ghost stays for one step
}

void TestObjectsFigure::hugeHeapsStaySmallPictures()
{
    HeapBuilder b;
    b.line(1);
    const ObjectId many = b.list();
    b.bind("many", many);
    for (int i = 0; i < 20000; ++i)
        b.append(many, b.node());
    b.line(2);
    ObjectId link = b.node();
    b.bind("head", link);
    for (int i = 0; i < 3000; ++i) {
        const ObjectId next = b.node();
        b.attribute(link, "next", next);
        link = next;
    }
    for (int i = 0; i < 600; ++i)
        b.bind("name" + std::to_string(i), b.list());
    Shown shown(b.finish());
    shown.at(shown.trace->changeCount());
    QVERIFY(shown.figure.scene().boxes.size() <= std::size_t(kMaxNodes) + 2);
    QVERIFY(shown.figure.scene().hidden > 2900);
    const Box *list = shown.box(QStringLiteral("list#1"));
    QVERIFY(list);
    QCOMPARE(int(list->rows.size()), kMaxRows);
    QCOMPARE(list->rows.back().label, QStringLiteral("\u2026 19,994 more"));
    QVERIFY(shown.figure.summary().contains(QStringLiteral("not drawn")));
}

void TestObjectsFigure::everythingDrawnCanBeReachedAndHasASentence()
{
    Shown shown(gardenTrace());
    for (const std::uint32_t line : {5u, 9u, 12u, 16u}) {
        shown.at(shown.endOfLine(line));
        const auto items = shown.figure.items();
        QVERIFY(items.size() > 3);
        for (const FigureHit &item : items)
            QVERIFY(!item.sentence.isEmpty() && !item.rect.isEmpty());
        for (const Box &box : shown.figure.scene().boxes) {
            if (box.kind != Box::Kind::Node)
                continue;
            const FigureHit hit = shown.figure.hit(shown.figure.toCanvas(box.rect).center());
            QVERIFY(std::get_if<ObjectId>(&hit.what) && std::get<ObjectId>(hit.what) == box.id);
        }
    }
    QCOMPARE(shown.figure.hit({-5, -5}).what.index(), std::size_t(0));
}

void TestObjectsFigure::zoomKeepsThePointUnderTheCursor()
{
    Shown shown(gardenTrace());
    shown.at(shown.endOfLine(9));
    const QRectF before = shown.figure.toCanvas(shown.figure.scene().boxes.back().rect);
    const Camera camera = shown.figure.zoomed({}, 1.5, before.topLeft());
    shown.at(shown.endOfLine(9), Granularity::Line, {1280, 800}, camera);
    const QRectF after = shown.figure.toCanvas(shown.figure.scene().boxes.back().rect);
    QVERIFY(std::abs(after.x() - before.x()) < 0.01 && std::abs(after.y() - before.y()) < 0.01);
    QVERIFY(std::abs(after.width() - before.width() * 1.5) < 0.01);
    const Camera moved = shown.figure.panned(camera, {30, -20});
    shown.at(shown.endOfLine(9), Granularity::Line, {1280, 800}, moved);
    const QRectF panned = shown.figure.toCanvas(shown.figure.scene().boxes.back().rect);
    QVERIFY(std::abs(panned.x() - after.x() - 30) < 0.01 && std::abs(panned.y() - after.y() + 20) < 0.01);
    QVERIFY(shown.figure.leave(moved).fitted);
}

void TestObjectsFigure::focusAndDetailLevels()
{
    Shown shown(gardenTrace());
    shown.input.focus = QStringLiteral("table");
    shown.input.level = 1;
    shown.at(shown.endOfLine(6));
    const Box *table = shown.box(QStringLiteral("dict#2"));
    QVERIFY(table && table->focused);
    QVERIFY(table->count.isEmpty() && table->generation < 0 && table->details.isEmpty());
    QVERIFY(!shown.box(QStringLiteral("int#1")));
    shown.input.level = 2;
    shown.at(shown.endOfLine(6));
    table = shown.box(QStringLiteral("dict#2"));
    QVERIFY(!table->count.isEmpty() && table->generation == 0);
    shown.input.level = 4;
    shown.at(shown.endOfLine(6));
    QCOMPARE(shown.box(QStringLiteral("dict#2"))->details.size(), qsizetype(2));
    QVERIFY(shown.box(QStringLiteral("int#1")));   // a value that is not shared is an object of its own
}

QTEST_MAIN(TestObjectsFigure)
#include "tst_objectsfigure.moc"
