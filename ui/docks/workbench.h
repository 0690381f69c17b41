#pragma once

#include <QMainWindow>

#include "ui/appearance.h"

#include <vector>

namespace pyrena {

class ChangesView;
class CodeDock;
class InspectorDock;
class LessonDock;
class FragmentationDock;
class LessonSession;
class OutputDock;
class PanelDock;
class SeriesSource;
class RecordingDock;
class Stage;
class TimelineDock;
class WhyDock;

// The stage and the docks around it. A main window of its own inside the window, so that its layout can be saved
// apart and the start page can take its place.
class Workbench : public QMainWindow
{
    Q_OBJECT
public:
    explicit Workbench(Shared shared, QWidget *parent = nullptr);

    SeriesSource *seriesSource() const { return m_source; }
    Stage *stage() const { return m_stage; }
    LessonSession *lessonSession() const { return m_session; }
    LessonDock *lessonDock() const { return m_lesson; }
    CodeDock *codeDock() const { return m_code; }
    InspectorDock *inspectorDock() const { return m_inspector; }
    RecordingDock *recordingDock() const { return m_recording; }
    FragmentationDock *fragmentationDock() const { return m_fragmentation; }
    WhyDock *whyDock() const { return m_why; }
    OutputDock *outputDock() const { return m_output; }
    TimelineDock *timelineDock() const { return m_timeline; }
    const std::vector<PanelDock *> &docks() const { return m_docks; }

    void resetLayout();
    // A program has a lesson, code and output around it, an allocator recording has not: each has its own layout.
    enum class Document { Program, Recording };
    QByteArray layoutOf(Document document) const;
    void restoreLayout(Document document, const QByteArray &state);   // of layoutOf(); anything else is ignored
    // Full stage and presenting hide docks for a while; what was visible comes back.
    enum class Around { Everything, NothingButStage, LessonAndCode };
    void setAround(Around around);
    Around around() const { return m_around; }

    void showScene();            // the figures that the lesson's scene names
    void aimBeside();            // the figures of a second run look where the scene does

Q_SIGNALS:
    // The scene shows the run of that profile beside the first; empty: the first alone.
    void besideWanted(const QString &profile);

public:

    static constexpr int kLayoutVersion = 2;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeDocks();
    void followDocument();
    bool &ownSizes() { return m_ownSizes[static_cast<int>(m_document)]; }
    void sizeDocks();
    void resizeShown(const QList<PanelDock *> &docks, const QList<int> &sizes, Qt::Orientation orientation);
    void followSession();        // focus, room and question marks

    Shared m_shared;
    SeriesSource *m_source;
    LessonSession *m_session;
    Stage *m_stage;
    LessonDock *m_lesson;
    CodeDock *m_code;
    InspectorDock *m_inspector;
    WhyDock *m_why;
    OutputDock *m_output;
    RecordingDock *m_recording;
    FragmentationDock *m_fragmentation;
    PanelDock *m_changes;
    TimelineDock *m_timeline;
    std::vector<PanelDock *> m_docks;
    Around m_around = Around::Everything;
    QByteArray m_layoutBefore;
    bool m_sizedForLesson = false;
    Document m_document = Document::Program;
    // By document. The layout of the one not shown; empty: as placeDocks() makes it. Whether sizes follow the window, because
    // nobody has restored a layout.
    QByteArray m_layouts[2];
    bool m_ownSizes[2] = {true, true};
};

} // namespace pyrena
