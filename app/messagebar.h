#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace pyrena {

struct Theme;

// One line under the top bar: what went wrong, or how far a recording is, with Cancel.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    static constexpr int kProgressDelay = 300;      // milliseconds: shorter recordings show nothing
    static constexpr int kNoteMilliseconds = 4000;

    void showError(const QString &text);            // stays until closed
    void showNote(const QString &text);             // goes by itself
    void beginProgress(const QString &text);        // appears after kProgressDelay
    void setProgress(const QString &text, double share = -1);   // 0..1; less: how far is not known
    void endProgress();
    QString text() const;
    bool inProgress() const { return m_inProgress; }
    void restyle(const Theme &theme);

Q_SIGNALS:
    void cancelWanted();

private:
    void showText(const QString &text, bool error);

    QLabel *m_text;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
    QToolButton *m_close;
    QTimer m_delay, m_note;
    bool m_inProgress = false;
};

} // namespace pyrena
