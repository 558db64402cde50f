// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/far.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class FarVerbsTest : public QObject
{
    Q_OBJECT
private slots:
    void areReadAsTheyAreWritten();
    void haveTheNamesOfTheCommandLine();
    void refuseAnUnknownNameWithTheKnownOnes();
};

void FarVerbsTest::areReadAsTheyAreWritten()
{
    for (int i = 0; i <= static_cast<int>(FarVerb::log); ++i) {
        const auto verb = static_cast<FarVerb>(i);
        const auto read = parseFarVerb(farVerbName(verb));
        QVERIFY(read.has_value());
        QCOMPARE(static_cast<int>(*read), i);
    }
}

void FarVerbsTest::haveTheNamesOfTheCommandLine()
{
    QCOMPARE(farVerbName(FarVerb::state), "state");
    QCOMPARE(farVerbName(FarVerb::connect), "connect");
    QCOMPARE(farVerbName(FarVerb::stopReading), "stop-reading");
    QCOMPARE(farVerbName(FarVerb::resumeReading), "resume-reading");
    QCOMPARE(farVerbName(FarVerb::patient), "patient");
    QCOMPARE(farVerbName(FarVerb::realTimers), "real-timers");
    QCOMPARE(farVerbName(FarVerb::log), "log");
}

void FarVerbsTest::refuseAnUnknownNameWithTheKnownOnes()
{
    for (const char* name : {"", "STATE", "stop reading", "state ", "explode"}) {
        const auto read = parseFarVerb(name);
        QVERIFY(!read.has_value());
        QVERIFY(read.error().message.find("stop-reading") != std::string::npos);
    }
}

TCPW_TEST(FarVerbsTest);
#include "tst_farverbs.moc"
