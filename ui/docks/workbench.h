#pragma once

#include <QMainWindow>

#include "ui/appearance.h"

#include <vector>

namespace pyrena {

class ChangesView;
class CodeDock;
class InspectorDock;
class LessonDock;
class LessonSession;
class OutputDock;
class PanelDock;
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

    Stage *stage() const { return m_stage; }
    LessonSession *lessonSession() const { return m_session; }
    LessonDock *lessonDock() const { return m_lesson; }
    CodeDock *codeDock() const { return m_code; }
    InspectorDock *inspectorDock() const { return m_inspector; }
    WhyDock *whyDock() const { return m_why; }
    OutputDock *outputDock() const { return m_output; }
    TimelineDock *timelineDock() const { return m_timeline; }
    const std::vector<PanelDock *> &docks() const { return m_docks; }

    void resetLayout();
    void restoreLayout(const QByteArray &state);   // of saveState(kLayoutVersion); anything else is ignored
    // Full stage and presenting hide docks for a while; what was visible comes back.
    enum class Around { Everything, NothingButStage, LessonAndCode };
    void setAround(Around around);
    Around around() const { return m_around; }

    void showScene();            // the figures that the lesson's scene names

Q_SIGNALS:
    // The scene shows the run of that profile beside the first; empty: the first alone.
    void besideWanted(const QString &profile);

public:

    static constexpr int kLayoutVersion = 1;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeDocks();
    void sizeDocks();
    void resizeShown(const QList<PanelDock *> &docks, const QList<int> &sizes, Qt::Orientation orientation);
    void followSession();        // focus, room and question marks

    Shared m_shared;
    LessonSession *m_session;
    Stage *m_stage;
    LessonDock *m_lesson;
    CodeDock *m_code;
    InspectorDock *m_inspector;
    WhyDock *m_why;
    OutputDock *m_output;
    PanelDock *m_changes;
    TimelineDock *m_timeline;
    std::vector<PanelDock *> m_docks;
    Around m_around = Around::Everything;
    QByteArray m_layoutBefore;
    bool m_sizedForLesson = false;
    bool m_ownSizes = true;      // nobody has restored or dragged a layout yet: sizes follow the window
};

} // namespace pyrena
