// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"

#include <QTest>

#ifdef TCPW_TEST_GUI
#include <QApplication>
using Application = QApplication;
#else
#include <QCoreApplication>
using Application = QCoreApplication;
#endif

/// Runs every registered class, or those whose names are given with --class NAME.
int main(int argc, char** argv)
{
    Application application(argc, argv);
    QStringList arguments = application.arguments();
    QStringList wanted;
    for (qsizetype at = arguments.indexOf(QStringLiteral("--class"));
         at > 0 && at + 1 < arguments.size(); at = arguments.indexOf(QStringLiteral("--class"))) {
        wanted << arguments.takeAt(at + 1);
        arguments.removeAt(at);
    }
    int failures = 0;
    int run = 0;
    for (const auto& factory : tcpw::testFactories()) {
        const auto test = factory();
        if (!wanted.isEmpty() && !wanted.contains(QLatin1String(test->metaObject()->className())))
            continue;
        failures += QTest::qExec(test.get(), arguments);
        ++run;
    }
    return failures > 0 || run == 0;
}
