// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace tcpw;

/// What the command line says of connections, live and of a capture that it made.
class ConnectionsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void listsConnections();
    void followsAConnection();
    void readsConnectionsAndReasons();
    void tracksWhatItSends();
    void tracksWhatItCaptures();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    ProgramRun inOneLab(const char* script)
    {
        return m_user.tcpw({QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"),
            QStringLiteral("-c"), QString::fromLatin1(script), m_user.program(), m_file});
    }
    OrdinaryUser m_user;
    QString m_file = m_user.folder() + QStringLiteral("/connections.pcapng");
};

/// Captures a connection that carries "hello", and a SYN to a closed port.
void ConnectionsTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
    const auto made
        = inOneLab("\"$0\" capture --device lab0 --filter tcp --write \"$1\" --seconds 60 & "
                   "capture=$!; sleep 0.7; "
                   "\"$0\" handshake --device lab0 --send hello --close; "
                   "\"$0\" handshake --device lab0 --to 192.168.56.102:4444; "
                   "kill -TERM $capture; wait $capture");
    QVERIFY2(QFile::exists(m_file), (QByteArray(made.output) += made.errors).constData());
}

void ConnectionsTest::listsConnections()
{
    const auto run = m_user.tcpw(
        {QStringLiteral("connections"), m_file, QStringLiteral("--format"), QStringLiteral("tsv")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto rows = run.rows();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0][QStringLiteral("number")], QStringLiteral("0"));
    QVERIFY(rows[0][QStringLiteral("initiator")].startsWith(QStringLiteral("192.168.56.101:")));
    QCOMPARE(rows[0][QStringLiteral("responder")], QStringLiteral("192.168.56.102:8081"));
    QCOMPARE(rows[0][QStringLiteral("bytes_sent")], QStringLiteral("5"));
    QCOMPARE(rows[0][QStringLiteral("bytes_received")], QStringLiteral("0"));
    QVERIFY2(run.output.contains("orderly"), run.output.constData());
    QCOMPARE(rows[1][QStringLiteral("responder")], QStringLiteral("192.168.56.102:4444"));
    QCOMPARE(rows[1][QStringLiteral("packets_sent")], QStringLiteral("1"));
    QVERIFY2(run.output.contains("refused"), run.output.constData());

    const auto table = m_user.tcpw({QStringLiteral("connections"), m_file});
    QCOMPARE(table.exitCode, 0);
    QCOMPARE(table.output.count('\n'), 3);
    const auto json = m_user.tcpw({QStringLiteral("connections"), m_file,
        QStringLiteral("--format"), QStringLiteral("json")});
    const auto first = QJsonDocument::fromJson(json.output.split('\n').front()).object();
    QCOMPARE(first[QStringLiteral("bytes_sent")].toInt(), 5);
}

void ConnectionsTest::followsAConnection()
{
    const auto text = m_user.tcpw({QStringLiteral("follow"), m_file, QStringLiteral("0")});
    QVERIFY2(text.exitCode == 0, text.errors.constData());
    QVERIFY2(text.output.startsWith("--- 192.168.56.101:"), text.output.constData());
    QVERIFY2(text.output.endsWith(" to 192.168.56.102:8081\nhello\n"), text.output.constData());
    const QString bytes = m_user.folder() + QStringLiteral("/bytes");
    const auto hex = m_user.tcpw({QStringLiteral("follow"), m_file, QStringLiteral("0"),
        QStringLiteral("--format"), QStringLiteral("hex"), QStringLiteral("--write"), bytes});
    QVERIFY2(hex.output.contains("00000000 68 65 6c 6c 6f"), hex.output.constData());
    QFile written(bytes);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray("hello"));
    const auto none = m_user.tcpw({QStringLiteral("follow"), m_file, QStringLiteral("7")});
    QCOMPARE(none.exitCode, 1);
    QVERIFY2(none.errors.contains("no connection 7"), none.errors.constData());
}

void ConnectionsTest::readsConnectionsAndReasons()
{
    const auto run = m_user.tcpw(
        {QStringLiteral("read"), m_file, QStringLiteral("--format"), QStringLiteral("tsv"),
            QStringLiteral("--columns"), QStringLiteral("connection,flags,info")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto last = run.rows().last();
    QCOMPARE(last[QStringLiteral("connection")], QStringLiteral("1"));
    QCOMPARE(last[QStringLiteral("flags")], QStringLiteral("RST,ACK"));
    QVERIFY(last[QStringLiteral("info")].contains(
        QStringLiteral("The connection is refused: nothing listens on port 4444")));
}

void ConnectionsTest::tracksWhatItSends()
{
    const auto run
        = m_user.tcpw({QStringLiteral("send"), QStringLiteral("syn"), QStringLiteral("--device"),
            QStringLiteral("lab0"), QStringLiteral("--guard"), QStringLiteral("--wait"),
            QStringLiteral("1.8"), QStringLiteral("--format"), QStringLiteral("tsv"),
            QStringLiteral("--columns"), QStringLiteral("number,connection,analysis,info")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto rows = run.rows();
    QCOMPARE(rows.size(), 3);
    for (const auto& row : rows)
        QCOMPARE(row[QStringLiteral("connection")], QStringLiteral("0"));
    QCOMPARE(rows[1][QStringLiteral("analysis")], QString());
    QCOMPARE(rows[2][QStringLiteral("analysis")], QStringLiteral("retransmission"));
    QVERIFY(rows[2][QStringLiteral("info")].contains(QStringLiteral("Retransmission 1 of No. 2")));
}

void ConnectionsTest::tracksWhatItCaptures()
{
    const auto run
        = inOneLab("\"$0\" capture --device lab0 --filter tcp --count 3 --seconds 20 --format tsv "
                   "--columns connection,analysis,info & capture=$!; sleep 0.7; "
                   "\"$0\" send syn --device lab0 --wait 0.5 >/dev/null; wait $capture");
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto rows = run.rows();
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows[2][QStringLiteral("connection")], QStringLiteral("0"));
    QVERIFY2(rows[2][QStringLiteral("info")].contains(QStringLiteral("in No. 2")),
        run.output.constData());
}

void ConnectionsTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("connections of nothing") << QStringLiteral("connections");
    QTest::newRow("connections in colour") << QStringLiteral("connections x.pcap --format colour");
    QTest::newRow("follow without a number") << QStringLiteral("follow x.pcap");
    QTest::newRow("follow a word") << QStringLiteral("follow x.pcap first");
    QTest::newRow("follow in colour") << QStringLiteral("follow x.pcap 0 --format colour");
}

void ConnectionsTest::refusesWrongUsage()
{
    QFETCH(QString, words);
    const auto run = m_user.tcpw(words.split(QLatin1Char(' ')));
    QVERIFY2(run.exitCode == 2, run.errors.constData());
    QVERIFY(run.output.isEmpty());
}

TCPW_TEST(ConnectionsTest);
#include "tst_connections.moc"
