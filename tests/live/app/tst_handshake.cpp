// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QRegularExpression>
#include <QTest>

using namespace tcpw;

namespace {

/// How often the output names the peer's state, each time as its kernel does; 0 when they differ.
int agreements(const QByteArray& output)
{
    static const QRegularExpression line(
        QStringLiteral("peer ([A-Z0-9-]+|unknown); its kernel says (.+?)(:|$)"),
        QRegularExpression::MultilineOption);
    int count = 0;
    for (auto found = line.globalMatch(QString::fromUtf8(output)); found.hasNext(); ++count) {
        const auto match = found.next();
        if (match.captured(1) != match.captured(2))
            return 0;
    }
    return count;
}

} // namespace

/// `tcpw handshake` as an ordinary user, against the practice network.
class HandshakeTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void establishesSendsAndCloses_data();
    void establishesSendsAndCloses();
    void arrivesAtTheFarEnd();
    void leavesTheConnectionOpen();
    void closesFirstWhereThePeerWaits();
    void isRefusedByAClosedPort();
    void saysWhenNobodyAnswers();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    ProgramRun handshake(const QString& words)
    {
        const QString line = QStringLiteral("handshake --device lab0 ") + words;
        return m_user.tcpw(line.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    }
    OrdinaryUser m_user;
};

void HandshakeTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
}

void HandshakeTest::establishesSendsAndCloses_data()
{
    QTest::addColumn<QString>("words");
    QTest::newRow("without an address") << QString();
    QTest::newRow("IPv4") << QStringLiteral("--to 192.168.56.102:8081");
    QTest::newRow("IPv6") << QStringLiteral("--to [fd00:56::102]:8081");
}

void HandshakeTest::establishesSendsAndCloses()
{
    QFETCH(QString, words);
    const auto run = handshake(words + QStringLiteral(" --send hello --close"));
    QVERIFY2(run.exitCode == 0, (QByteArray(run.output) += run.errors).constData());
    QCOMPARE(run.output.count("established"), 1);
    QVERIFY2(run.output.endsWith("Closed in order: the peer's FIN came first, then ours.\n"),
        run.output.constData());
    QVERIFY2(agreements(run.output) >= 4, run.output.constData());
    QVERIFY2(run.output.contains("peer ESTABLISHED; its kernel says ESTABLISHED: established\n"),
        run.output.constData());
    QVERIFY(!run.output.contains("kernel  "));
    QVERIFY2(run.errors.isEmpty(), run.errors.constData());
}

void HandshakeTest::arrivesAtTheFarEnd()
{
    const auto run = m_user.tcpw(
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("\"$0\" handshake --device lab0 --send hello --close && "
                           "echo the log: && \"$0\" far log"),
            m_user.program()});
    QVERIFY2(run.exitCode == 0, (QByteArray(run.output) += run.errors).constData());
    const QByteArray log = run.output.mid(run.output.indexOf("the log:"));
    QVERIFY2(log.contains("hello"), log.constData());
}

void HandshakeTest::leavesTheConnectionOpen()
{
    const auto run = handshake(QString());
    QVERIFY2(run.exitCode == 0, (QByteArray(run.output) += run.errors).constData());
    QVERIFY2(run.output.endsWith("The connection is established.\n"), run.output.constData());
    QVERIFY2(agreements(run.output) == 2, run.output.constData());
}

/// Port 9 discards what it gets, and closes when we do.
void HandshakeTest::closesFirstWhereThePeerWaits()
{
    const auto run = handshake(QStringLiteral("--to 192.168.56.102:9 --send hello --close"));
    QVERIFY2(run.exitCode == 0, (QByteArray(run.output) += run.errors).constData());
    QVERIFY2(run.output.endsWith("Closed in order: our FIN came first, then the peer's.\n"),
        run.output.constData());
    QVERIFY2(agreements(run.output) >= 4, run.output.constData());
}

void HandshakeTest::isRefusedByAClosedPort()
{
    const auto run = handshake(QStringLiteral("--to 192.168.56.102:4444"));
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(run.errors,
        QByteArray("tcpw: Refused: a RST answered the SYN, so nothing listens on that port.\n"));
    QVERIFY2(run.output.contains("The connection is refused: nothing listens on port 4444"),
        run.output.constData());
    QVERIFY2(agreements(run.output) == 1, run.output.constData());
}

/// No computer of the practice network has this address.
void HandshakeTest::saysWhenNobodyAnswers()
{
    const auto run = handshake(QStringLiteral("--to 192.168.56.77:8081"));
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.errors.contains("192.168.56.77"), run.errors.constData());
}

void HandshakeTest::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("no device") << QStringLiteral("handshake") << QByteArray("--device");
    QTest::newRow("another word") << QStringLiteral("handshake --device lab0 now")
                                  << QByteArray("now");
    QTest::newRow("no port") << QStringLiteral("handshake --device lab0 --to 192.168.56.102")
                             << QByteArray("ADDRESS:PORT");
    QTest::newRow("port too high")
        << QStringLiteral("handshake --device lab0 --to 192.168.56.102:70000")
        << QByteArray("65535");
    QTest::newRow("port zero") << QStringLiteral("handshake --device lab0 --to 192.168.56.102:0")
                               << QByteArray("65535");
    QTest::newRow("no address") << QStringLiteral("handshake --device lab0 --to nobody:80")
                                << QByteArray("ADDRESS:PORT");
    QTest::newRow("no brackets") << QStringLiteral("handshake --device lab0 --to fd00:56::102:8081")
                                 << QByteArray("brackets");
    QTest::newRow("no target") << QStringLiteral("handshake --device eth0") << QByteArray("--to");
}

void HandshakeTest::refusesWrongUsage()
{
    QFETCH(QString, words);
    QFETCH(QByteArray, part);
    const auto run = m_user.tcpw(words.split(QLatin1Char(' ')));
    QVERIFY2(run.exitCode == 2, (QByteArray(run.output) += run.errors).constData());
    QVERIFY2(run.errors.contains(part), run.errors.constData());
    QVERIFY(run.output.isEmpty());
}

TCPW_TEST(HandshakeTest);
#include "tst_handshake.moc"
