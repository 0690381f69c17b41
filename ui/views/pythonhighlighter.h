#pragma once

#include <QSyntaxHighlighter>

#include "ui/theme.h"

namespace pyrena {

// Colours Python text: keywords, strings, numbers, comments. Knows strings over several lines, nothing of grammar.
class PythonHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT
public:
    PythonHighlighter(QTextDocument *document, const Theme &theme);
    void setTheme(const Theme &theme);

protected:
    void highlightBlock(const QString &text) override;

private:
    QTextCharFormat m_keyword, m_string, m_number, m_comment;
};

} // namespace pyrena
