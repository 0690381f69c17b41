// Lessons in the window: it looks where a scene points, and leads to the end.
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

#include "app/mainwindow.h"
#include "app/recordingjob.h"
#include "core/lesson/lesson.h"
#include "core/lesson/placedlesson.h"
#include "tests/core/lesson/lessons.h"
#include "tests/ui/window/warnings.h"
#include "ui/docks/lessonsession.h"
#include "ui/docks/workbench.h"
#include "ui/figures/memory/memoryplace.h"
#include "ui/views/figureview.h"
#include "ui/views/stage.h"

namespace pyrena {

namespace {

const char *kLesson = R"(---
title: Two pools
id: pools
part: 2
goal: Look at one pool, then at another.
python: ["3.13"]
level: 4
minutes: 5
---

Two strings of two sizes.

```python
letter = "x"
short = letter * 20     #@ short
long = letter * 400     #@ long
done = 1
```

```scene
at: after long
show: memory
focus: pool(short)
```
The pool of the short one.

```scene
at: after long
show: memory
focus: long
zoom: bytes
```
The bytes of the long one.

```scene
at: after long
show: memory
focus: pool(short)
zoom: process
```
All of it.

```question
id: where
before: end
kind: choice
ask: Do both lie in one pool?
answer: pool(short) == pool(long)
wrong:
  "yes": {why: "Each size has its own."}
explain: No.
```
)";

} // namespace

class TestLessonWalk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { test::collectWarnings(); }
    void cleanup() { QCOMPARE(test::takeWarnings(), QString()); }
    void theMemoryFigureGoesWhereTheScenePoints();
    void everyLessonIsWalkedToItsEndAndAsksEachQuestionOnce();
};

void TestLessonWalk::theMemoryFigureGoesWhereTheScenePoints()
{
    const LoadedLesson loaded = loadLesson(kLesson, "pools.md");
    QVERIFY2(loaded.ok(), loaded.ok() ? "" : toString(loaded.problems.front()).c_str());
    const RecordingResult recording = recordNow(loaded.lesson.recipe(), loaded.lesson);
    QVERIFY(recording.trace);
    QVERIFY(recording.placed.problems.empty());

    MainWindow window(Remember::No);
    window.appearance().setReducedMotion(true);
    window.showResult(recording);
    window.show();
    LessonSession *session = window.workbench()->lessonSession();
    FigureView *memory = nullptr;
    for (FigureView *figure : window.workbench()->stage()->figures())
        if (figure->figureName() == QLatin1String("memory"))
            memory = figure;
    QVERIFY(memory);
    const auto place = [&] { return memoryPlace(memory->input(), memory->camera()); };
    const auto poolOf = [&](const char *name) {
        const World &world = window.playhead().world();
        return world.heap.find(world.object(*findObject(*recording.trace, world, name)).address).pool;
    };

    session->goToScene(0);
    QCOMPARE(place().pool, poolOf("short"));   // the last change was in the other pool
    QCOMPARE(place().level, MemoryLevel::Arena);
    session->goToScene(1);
    QCOMPARE(place().pool, poolOf("long"));
    QCOMPARE(place().level, MemoryLevel::Bytes);
    session->goToScene(2);
    QCOMPARE(place().level, MemoryLevel::Process);

    // A learner who moved the camera keeps it until another scene asks for another place.
    memory->zoomBy(4, QPointF(200, 200));
    QVERIFY(place().level != MemoryLevel::Process);
    session->goToScene(1);
    QCOMPARE(place().level, MemoryLevel::Bytes);

    // Away from the scene the picture follows the program again.
    session->goToScene(0);
    window.playhead().seek(0);
    QVERIFY(std::holds_alternative<std::monostate>(memory->input().lookedAt));
}

void TestLessonWalk::everyLessonIsWalkedToItsEndAndAsksEachQuestionOnce()
{
    const std::vector<LoadedLesson> lessons = testing::loadedLessons();
    QVERIFY(lessons.size() >= 19);
    MainWindow window(Remember::No);
    window.appearance().setReducedMotion(true);
    window.resize(1024, 700);
    window.show();
    QScrollArea *said = nullptr;
    for (QScrollArea *area : window.findChildren<QScrollArea *>())
        if (area->accessibleName() == QLatin1String("What the lesson says"))
            said = area;
    QVERIFY(said);
    for (const LoadedLesson &loaded : lessons) {
        const Lesson &lesson = loaded.lesson;
        window.showResult(recordNow(lesson.recipe(), lesson));
        LessonSession *session = window.workbench()->lessonSession();
        QVERIFY2(session->active(), lesson.fileName.c_str());
        std::vector<std::string> asked;
        int scenes = 0;
        for (int step = 0; step < 200 && !(session->atLastScene() && session->question() < 0); ++step) {
            if (session->question() < 0) {
                const int before = session->scene();
                session->nextScene();
                QVERIFY2(session->question() >= 0 || session->scene() == before + 1, lesson.fileName.c_str());
                scenes += session->scene() == before + 1;
                continue;
            }
            const auto i = static_cast<std::size_t>(session->question());
            QCoreApplication::processEvents();
            QVERIFY2(said->horizontalScrollBar()->maximum() == 0, lesson.questions[i].id.c_str());
            for (const QLabel *label : said->widget()->findChildren<QLabel *>())
                QVERIFY2(!label->isVisible() || !label->wordWrap() || label->height() >= label->heightForWidth(label->width()), lesson.questions[i].id.c_str());
            asked.push_back(lesson.questions[i].id);
            session->answer(QString::fromStdString(session->placed().questions[i].answer));
            QVERIFY2(session->answers().at(static_cast<int>(i)).judgement.right, lesson.questions[i].id.c_str());
        }
        QCOMPARE(scenes, session->sceneCount());
        std::vector<std::string> all;
        for (const LessonQuestion &question : lesson.questions)
            all.push_back(question.id);
        QVERIFY2(asked == all, lesson.fileName.c_str());
    }
}

} // namespace pyrena

QTEST_MAIN(pyrena::TestLessonWalk)
#include "tst_lessonwalk.moc"
