#include "ui/views/pythonhighlighter.h"

#include <QSet>

namespace pyrena {

namespace {

const QSet<QString> &keywords()
{
    static const QSet<QString> words = [] {
        QSet<QString> s;
        for (const char *w : {"False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
                              "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
                              "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield"})
            s.insert(QString::fromLatin1(w));
        return s;
    }();
    return words;
}

// The state of a block: which triple quote is open at its end.
enum State { Nothing = -1, TripleDouble = 1, TripleSingle = 2 };

} // namespace

PythonHighlighter::PythonHighlighter(QTextDocument *document, const Theme &theme) : QSyntaxHighlighter(document)
{
    setTheme(theme);
}

void PythonHighlighter::setTheme(const Theme &theme)
{
    m_keyword.setForeground(theme.accent);
    m_keyword.setFontWeight(QFont::DemiBold);
    m_string.setForeground(theme.goodText);
    m_number.setForeground(theme.dangerText);
    m_comment.setForeground(theme.secondary);
    m_comment.setFontItalic(true);
    rehighlight();
}

void PythonHighlighter::highlightBlock(const QString &text)
{
    qsizetype i = 0;
    const qsizetype n = text.size();
    const auto span = [this](qsizetype from, qsizetype to, const QTextCharFormat &format) {
        setFormat(static_cast<int>(from), static_cast<int>(to - from), format);
    };
    setCurrentBlockState(Nothing);
    const auto closeTriple = [&](State state, qsizetype from, qsizetype search) {
        const QString quote = state == TripleDouble ? QStringLiteral("\"\"\"") : QStringLiteral("'''");
        const qsizetype end = text.indexOf(quote, search);
        if (end < 0) {
            setCurrentBlockState(state);
            span(from, n, m_string);
            return n;
        }
        span(from, end + 3, m_string);
        return end + 3;
    };
    if (previousBlockState() == TripleDouble || previousBlockState() == TripleSingle)
        i = closeTriple(static_cast<State>(previousBlockState()), 0, 0);
    while (i < n) {
        const QChar c = text[i];
        if (c == QLatin1Char('#')) {
            span(i, n, m_comment);
            return;
        }
        if (c == QLatin1Char('"') || c == QLatin1Char('\'')) {
            if (i + 2 < n && text[i + 1] == c && text[i + 2] == c) {
                i = closeTriple(c == QLatin1Char('"') ? TripleDouble : TripleSingle, i, i + 3);
                continue;
            }
            qsizetype j = i + 1;
            while (j < n && text[j] != c)
                j += text[j] == QLatin1Char('\\') ? 2 : 1;
            j = std::min(j + 1, n);
            span(i, j, m_string);
            i = j;
        } else if (c.isDigit()) {
            qsizetype j = i;
            while (j < n && (text[j].isLetterOrNumber() || text[j] == QLatin1Char('.') || text[j] == QLatin1Char('_')))
                ++j;
            span(i, j, m_number);
            i = j;
        } else if (c.isLetter() || c == QLatin1Char('_')) {
            qsizetype j = i;
            while (j < n && (text[j].isLetterOrNumber() || text[j] == QLatin1Char('_')))
                ++j;
            if (keywords().contains(text.mid(i, j - i)))
                span(i, j, m_keyword);
            i = j;
        } else {
            ++i;
        }
    }
}

} // namespace pyrena
