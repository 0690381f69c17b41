#pragma once

// qcustomplot.h is written with Qt's lower-case keywords, which the rest of the program does without (QT_NO_KEYWORDS).
#include <QtWidgets>

#define signals Q_SIGNALS
#define slots Q_SLOTS
#define emit
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef foreach
#undef emit
#undef slots
#undef signals
