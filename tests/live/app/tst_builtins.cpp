// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "support/program.h"
#include "support/testcase.h"
#include "templates/template.h"

#include <QTest>

using namespace tcpw;

/// What the built-in templates say of the answer, against the kernel of the practice network.
class BuiltinAnswersTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void areWhatTheTemplatesSay_data();
    void areWhatTheTemplatesSay();
    void allAreAsked();

private:
    OrdinaryUser m_user;
};

namespace {

struct Expected
{
    const char* id;
    const char* answer; ///< control bits of the peer's first segment; "" for none
};

constexpr Expected answers[] = {
    {"syn", "SYN,ACK"},
    {"syn-linux", "SYN,ACK"},
    {"syn-windows", "SYN,ACK"},
    {"syn-macos", "SYN,ACK"},
    {"syn-freebsd", "SYN,ACK"},
    {"syn-ecn", "SYN,ACK,ECE"},
    {"syn-ipv6", "SYN,ACK"},
    {"syn-ack", "RST"},
    {"ack", "RST"},
    {"fin-ack", "RST"},
    {"rst", ""},
    {"rst-ack", ""},
    {"data", "RST"},
    {"full-segment", "RST"},
    {"urgent", "RST"},
    {"zero-window", "RST"},
    {"syn-data", "SYN,ACK"},
    {"mss-small", "SYN,ACK"},
    {"window-scale-14", "SYN,ACK"},
    {"fast-open", "SYN,ACK"},
    {"user-timeout", "SYN,ACK"},
    {"md5", ""},
    {"unknown-option", "SYN,ACK"},
    {"forty-bytes", "SYN,ACK"},
    {"wrong-checksum", ""},
    {"wrong-ip-checksum", ""},
    {"data-offset-4", ""},
    {"option-length-0", "SYN,ACK"},
    {"mss-length-3", "SYN,ACK"},
    {"window-scale-15", "SYN,ACK"},
    {"syn-fin", ""},
    {"no-flags", ""},
    {"xmas", ""},
    {"acknowledges-nothing", "SYN,ACK"},
    {"port-0", "SYN,ACK"},
    {"reserved-bits", "SYN,ACK"},
};

} // namespace

void BuiltinAnswersTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
}

void BuiltinAnswersTest::areWhatTheTemplatesSay_data()
{
    QTest::addColumn<QString>("answer");
    for (const Expected& expected : answers)
        QTest::newRow(expected.id) << QString::fromLatin1(expected.answer);
}

void BuiltinAnswersTest::areWhatTheTemplatesSay()
{
    QFETCH(QString, answer);
    const QString id = QString::fromLatin1(QTest::currentDataTag());
    const ProgramRun run
        = m_user.tcpw(QStringLiteral("send %1 --device lab0 --wait 0.2 --format tsv")
                          .arg(id)
                          .split(QLatin1Char(' ')));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QString first;
    for (const auto& row : run.rows())
        if (first.isEmpty() && row[QStringLiteral("origin")] == QLatin1String("peer"))
            first = row[QStringLiteral("flags")];
    QCOMPARE(first, answer);
}

void BuiltinAnswersTest::allAreAsked()
{
    QCOMPARE(std::size(answers), builtinTemplates().size());
    for (const Expected& expected : answers)
        QVERIFY2(findBuiltin(expected.id), expected.id);
}

TCPW_TEST(BuiltinAnswersTest);
#include "tst_builtins.moc"
