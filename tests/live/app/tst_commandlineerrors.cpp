// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

/// What a wrong command line and a failure say, and the exit codes that tell them apart.
class CommandLineErrorsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void saysWhatFailed_data();
    void saysWhatFailed();

private:
    OrdinaryUser m_user;
};

void CommandLineErrorsTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
}

void CommandLineErrorsTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("no such field")
        << QStringLiteral("build syn --set tcp.colour=1") << QByteArray("colour");
    QTest::newRow("too wide") << QStringLiteral("send syn --device lab0 --set tcp.window=65536")
                              << QByteArray("65535");
    QTest::newRow("no value") << QStringLiteral("send syn --device lab0 --set tcp.window")
                              << QByteArray("FIELD=VALUE");
    QTest::newRow("no such word") << QStringLiteral("send syn --device lab0 --expect flags=X")
                                  << QByteArray();
    QTest::newRow("no verb") << QString() << QByteArray();
    QTest::newRow("unknown verb") << QStringLiteral("fly") << QByteArray();
    QTest::newRow("unknown option") << QStringLiteral("devices --color") << QByteArray();
    QTest::newRow("send without device") << QStringLiteral("send syn") << QByteArray();
    QTest::newRow("send without template") << QStringLiteral("send --device lab0") << QByteArray();
    QTest::newRow("unknown format") << QStringLiteral("read x.pcap --format xml") << QByteArray();
    QTest::newRow("unknown column")
        << QStringLiteral("read x.pcap --columns number,colour") << QByteArray();
    QTest::newRow("no number") << QStringLiteral("send syn --device lab0 --wait soon")
                               << QByteArray();
    QTest::newRow("negative time")
        << QStringLiteral("capture --device lab0 --seconds=-1") << QByteArray();
    QTest::newRow("no port") << QStringLiteral("far listen 70000") << QByteArray();
    QTest::newRow("unknown far verb") << QStringLiteral("far dance") << QByteArray();
    QTest::newRow("packet number") << QStringLiteral("answer x.pcap first") << QByteArray();
}

void CommandLineErrorsTest::refusesWrongUsage()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, part);
    const auto run = m_user.tcpw(words.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    QVERIFY2(run.exitCode == 2, run.errors.constData());
    QVERIFY2(run.errors.contains(part), run.errors.constData());
    QCOMPARE(run.errors.count('\n'), 1);
    QVERIFY(run.output.isEmpty());
}

void CommandLineErrorsTest::saysWhatFailed_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("no such device")
        << QStringLiteral("send syn --device nosuch0") << QByteArray("nosuch0");
    QTest::newRow("no such template")
        << QStringLiteral("send nosuch --device lab0") << QByteArray("nosuch");
    QTest::newRow("no such file") << QStringLiteral("read nosuch.pcap")
                                  << QByteArray("nosuch.pcap");
    QTest::newRow("filter") << QStringLiteral("capture --device lab0 --seconds 1 --filter tcp(((")
                            << QByteArray("filter");
    QTest::newRow("host name") << QStringLiteral(
        "capture --device lab0 --seconds 1 --filter host=example.org")
                               << QByteArray();
    QTest::newRow("far end has no such socket")
        << QStringLiteral("far close --socket 99") << QByteArray("99");
}

void CommandLineErrorsTest::saysWhatFailed()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, part);
    const auto run = m_user.tcpw(words.split(QLatin1Char(' ')));
    QVERIFY2(run.exitCode == 1, (QByteArray(run.output) += run.errors).constData());
    QVERIFY2(run.errors.contains(part), run.errors.constData());
}

TCPW_TEST(CommandLineErrorsTest);

#include "tst_commandlineerrors.moc"
