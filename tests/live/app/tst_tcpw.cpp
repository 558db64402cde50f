// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "store/packetstore.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace tcpw;

namespace {

using Row = QHash<QString, QString>;

QStringList senders(const QList<Row>& rows)
{
    QStringList names;
    for (const Row& row : rows)
        names << row[QStringLiteral("origin")] + QLatin1Char(' ') + row[QStringLiteral("flags")];
    return names;
}

double secondsBetween(const Row& a, const Row& b)
{
    const auto whole = [](const Row& row) {
        return row[QStringLiteral("time")].section(QLatin1Char('.'), 0, 0).toLongLong();
    };
    const auto part = [](const Row& row) {
        return row[QStringLiteral("time")].section(QLatin1Char('.'), 1, 1).toLongLong();
    };
    return double(whole(b) - whole(a)) + double(part(b) - part(a)) / 1e9;
}

} // namespace

/// The command line as an ordinary user without any capability, against the practice network.
class TcpwTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void showsTheKernelsReset_data();
    void showsTheKernelsReset();
    void seesTheSynAckAgainWhileGuarded_data();
    void seesTheSynAckAgainWhileGuarded();
    void keepsTheKernelSilentBeforeTimeToLive255();
    void getsNoAnswerToAWrongChecksum();
    void getsAResetFromAClosedPort();
    void meetsAndMissesExpectations();
    void listsDevices();
    void checksReachability();
    void capturesNothingOnASilentNetwork();
    void keepsOneNetworkForSeveralCommands();
    void buildsAndDissects();
    void takesAPacketOutOfACapture();
    void savesReadsAndAnswers();
    void endsQuietlyWhenNobodyReads();

private:
    ProgramRun send(const QString& words)
    {
        const QString line
            = QStringLiteral("send ") + words + QStringLiteral(" --device lab0 --format tsv");
        return m_user.tcpw(line.split(QLatin1Char(' ')));
    }
    OrdinaryUser m_user;
};

void TcpwTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
}

void TcpwTest::showsTheKernelsReset_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("IPv4") << QStringLiteral("syn");
    QTest::newRow("IPv4 with Linux's options") << QStringLiteral("syn-linux");
    QTest::newRow("IPv6") << QStringLiteral("syn-ipv6");
}

void TcpwTest::showsTheKernelsReset()
{
    QFETCH(QString, name);
    const auto run = send(name + QStringLiteral(" --wait 1"));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto rows = run.rows();
    QCOMPARE(senders(rows),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("kernel RST")}));
    const auto number = rows[0][QStringLiteral("seq")].toUInt();
    QCOMPARE(rows[1][QStringLiteral("ack")].toUInt(), number + 1);
    for (const Row& row : rows)
        QCOMPARE(row[QStringLiteral("checksum")], QStringLiteral("good"));
}

void TcpwTest::seesTheSynAckAgainWhileGuarded_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("IPv4") << QStringLiteral("syn");
    QTest::newRow("IPv6") << QStringLiteral("syn-ipv6");
}

void TcpwTest::seesTheSynAckAgainWhileGuarded()
{
    QFETCH(QString, name);
    const auto run = send(name + QStringLiteral(" --guard --wait 4"));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto rows = run.rows();
    QCOMPARE(senders(rows),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("peer SYN,ACK"), QStringLiteral("peer SYN,ACK")}));
    const double first = secondsBetween(rows[1], rows[2]);
    const double second = secondsBetween(rows[1], rows[3]);
    QVERIFY2(first > 0.8 && first < 1.6, qPrintable(QString::number(first)));
    QVERIFY2(second > 2.6 && second < 4.0, qPrintable(QString::number(second)));
}

/// The guard's second line lets such segments through; its first must hold.
void TcpwTest::keepsTheKernelSilentBeforeTimeToLive255()
{
    if (geteuid() != 0)
        QSKIP("Only root can enter the far end of another program's practice network.");
    QProcess lab;
    m_user.prepare(lab);
    lab.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    lab.start(m_user.program(),
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("echo up; read go; \"$0\" send syn --device lab0 --guard --within 3 "
                           "--expect 'from peer and ip[8] = 255' >&2 && "
                           "\"$0\" send syn --device lab0 --guard --wait 1.5 --format tsv"),
            m_user.program()});
    QVERIFY(lab.waitForReadyRead(10000));
    QCOMPARE(lab.readLine(), QByteArray("up\n"));
    // The far end is where lab0 is not.
    const QDir tasks(QStringLiteral("/proc/%1/task").arg(lab.processId()));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QProcess::execute(QStringLiteral("nsenter"),
            {QStringLiteral("--net=") + tasks.filePath(task + QStringLiteral("/ns/net")),
                QStringLiteral("sh"), QStringLiteral("-c"),
                QStringLiteral("grep -q lab0 /proc/net/dev "
                               "|| echo 255 >/proc/sys/net/ipv4/ip_default_ttl")});
    lab.write("go\n");
    QVERIFY(lab.waitForFinished(10000));
    ProgramRun run;
    run.output = lab.readAll();
    QCOMPARE(senders(run.rows()),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("peer SYN,ACK")}));
}

void TcpwTest::getsNoAnswerToAWrongChecksum()
{
    const auto run = send(QStringLiteral("syn --set tcp.checksum=0x1234 --wait 1"));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(senders(run.rows()), QStringList(QStringLiteral("me SYN")));
    QCOMPARE(run.rows().front()[QStringLiteral("checksum")], QStringLiteral("bad"));
}

void TcpwTest::getsAResetFromAClosedPort()
{
    const auto run = send(QStringLiteral("syn --set tcp.destinationPort=4444 --wait 0.5"));
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(senders(run.rows()),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer RST,ACK")}));
}

void TcpwTest::meetsAndMissesExpectations()
{
    const auto met = m_user.tcpw({QStringLiteral("send"), QStringLiteral("syn"),
        QStringLiteral("--device"), QStringLiteral("lab0"), QStringLiteral("--expect"),
        QStringLiteral("from peer and flags SYN,ACK and tcp src port 8081"),
        QStringLiteral("--within"), QStringLiteral("5")});
    QVERIFY2(met.exitCode == 0, met.errors.constData());
    const auto missed = m_user.tcpw({QStringLiteral("send"), QStringLiteral("syn"),
        QStringLiteral("--device"), QStringLiteral("lab0"), QStringLiteral("--expect"),
        QStringLiteral("udp"), QStringLiteral("--within"), QStringLiteral("0.3")});
    QCOMPARE(missed.exitCode, 1);
    QVERIFY(missed.errors.contains("did not come in time"));
}

void TcpwTest::listsDevices()
{
    const auto run = m_user.tcpw({QStringLiteral("devices"), QStringLiteral("--json")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    const auto devices = QJsonDocument::fromJson(run.output).array();
    QVERIFY(!devices.isEmpty());
    const auto lab = devices.first().toObject();
    QCOMPARE(lab[QStringLiteral("name")].toString(), QStringLiteral("lab0"));
    QVERIFY(!lab.contains(QStringLiteral("captureProblem")));
    QVERIFY(
        lab[QStringLiteral("addresses")].toArray().contains(QStringLiteral("192.168.56.101/24")));
}

void TcpwTest::checksReachability()
{
    const auto check = [this](const char* address) {
        return m_user.tcpw({QStringLiteral("check"), QString::fromLatin1(address),
            QStringLiteral("--device"), QStringLiteral("lab0")});
    };
    const auto there = check("192.168.56.102");
    QVERIFY2(there.exitCode == 0, there.errors.constData());
    QVERIFY2(there.output.contains("0a:00:00:00:00:02"), there.output.constData());
    const auto there6 = check("fd00:56::102");
    QVERIFY2(there6.exitCode == 0, there6.errors.constData());
    const auto nobodyThere = check("192.168.56.77");
    QCOMPARE(nobodyThere.exitCode, 1);
}

void TcpwTest::capturesNothingOnASilentNetwork()
{
    const auto run = m_user.tcpw({QStringLiteral("capture"), QStringLiteral("--device"),
        QStringLiteral("lab0"), QStringLiteral("--seconds"), QStringLiteral("1"),
        QStringLiteral("--format"), QStringLiteral("tsv")});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
    QCOMPARE(run.rows().size(), 0);
    QVERIFY2(run.errors.contains("0 packets captured, 0 missed"), run.errors.constData());
}

void TcpwTest::keepsOneNetworkForSeveralCommands()
{
    const QString program = m_user.program();
    const auto again = m_user.tcpw(
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("\"$0\" far listen 9000 && \"$0\" send syn --device lab0 --set "
                           "tcp.destinationPort=9000 "
                           "--wait 0.3 --format tsv && \"$0\" far state && exit 7"),
            program});
    QVERIFY2(again.exitCode == 7, (QByteArray(again.output) += again.errors).constData());
    QVERIFY2(again.output.contains("SYN,ACK"), again.output.constData());
    QVERIFY2(again.output.contains("LISTEN"), again.output.constData());
}

void TcpwTest::buildsAndDissects()
{
    const auto built = m_user.tcpw({QStringLiteral("build"), QStringLiteral("syn"),
        QStringLiteral("--set"), QStringLiteral("tcp.sequenceNumber=0x3a7f21c0"),
        QStringLiteral("--set"), QStringLiteral("tcp.sourcePort=40002")});
    QVERIFY2(built.exitCode == 0, built.errors.constData());
    QCOMPARE(built.output.trimmed().size(), 2 * 54);
    QVERIFY(built.output.contains("9c421f913a7f21c000000000"));
    const auto tree = m_user.tcpw({QStringLiteral("dissect"), QStringLiteral("-")}, built.output);
    QVERIFY2(tree.exitCode == 0, tree.errors.constData());
    QVERIFY2(tree.output.contains("[good]"), tree.output.constData());
    QVERIFY(tree.output.contains("8081"));
    const auto json
        = m_user.tcpw({QStringLiteral("dissect"), QString::fromLatin1(built.output.trimmed()),
            QStringLiteral("--format"), QStringLiteral("json")});
    const auto layers = QJsonDocument::fromJson(json.output).array();
    QCOMPARE(layers.size(), 3);
    QCOMPARE(layers[2]
                 .toObject()[QStringLiteral("fields")]
                 .toObject()[QStringLiteral("sequenceNumber")]
                 .toDouble(),
        double(0x3a7f21c0));
    const auto odd = m_user.tcpw({QStringLiteral("dissect"), QStringLiteral("abc")});
    QCOMPARE(odd.exitCode, 1);
}

void TcpwTest::takesAPacketOutOfACapture()
{
    const QString file = m_user.folder() + QStringLiteral("/recording.pcapng");
    QVERIFY(QFile::copy(QStringLiteral(TCPW_SOURCE_DIR "/resources/handshake.pcapng"), file));
    const auto store = PacketStore::open(file.toStdString());
    QVERIFY(store);
    const Bytes captured = *(*store)->bytes(1);
    const auto built = m_user.tcpw({QStringLiteral("build"), file + QStringLiteral("#2")});
    QVERIFY2(built.exitCode == 0, built.errors.constData());
    QCOMPARE(built.output.trimmed(), QByteArray::fromStdString(toHex(captured)));
    const auto none = m_user.tcpw({QStringLiteral("build"), file + QStringLiteral("#9999")});
    QCOMPARE(none.exitCode, 1);
    QVERIFY2(none.errors.contains("There is no packet 9999"), none.errors.constData());
}

void TcpwTest::savesReadsAndAnswers()
{
    const QString file = m_user.folder() + QStringLiteral("/handshake.pcap");
    const auto captured = m_user.tcpw(
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral(
                "\"$0\" capture --device lab0 --write \"$1\" --filter tcp --count 2 --seconds 10 & "
                "sleep 0.7; \"$0\" send syn --device lab0 --wait 0.3; wait"),
            m_user.program(), file});
    QVERIFY2(captured.exitCode == 0, captured.errors.constData());
    const auto read = m_user.tcpw({QStringLiteral("read"), file, QStringLiteral("--format"),
        QStringLiteral("tsv"), QStringLiteral("--filter"), QStringLiteral("flags SYN,ACK")});
    QVERIFY2(read.exitCode == 0, read.errors.constData());
    QCOMPARE(read.rows().size(), 1);
    const auto row = read.rows().front();
    const auto answer
        = m_user.tcpw({QStringLiteral("answer"), file, row[QStringLiteral("number")]});
    QVERIFY2(answer.exitCode == 0, answer.errors.constData());
    const auto dissected = m_user.tcpw({QStringLiteral("dissect"), QStringLiteral("-"),
                                           QStringLiteral("--format"), QStringLiteral("json")},
        answer.output);
    const auto fields = QJsonDocument::fromJson(dissected.output)
                            .array()
                            .last()
                            .toObject()[QStringLiteral("fields")]
                            .toObject();
    QCOMPARE(fields[QStringLiteral("controlBits")].toString(), QStringLiteral("ACK"));
    QCOMPARE(
        fields[QStringLiteral("sequenceNumber")].toDouble(), row[QStringLiteral("ack")].toDouble());
    QCOMPARE(quint32(fields[QStringLiteral("acknowledgmentNumber")].toDouble()),
        row[QStringLiteral("seq")].toUInt() + 1);
}

void TcpwTest::endsQuietlyWhenNobodyReads()
{
    const auto run = m_user.tcpw(
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"),
            QStringLiteral("\"$0\" help | head -c 10 > /dev/null"), m_user.program()});
    QVERIFY2(run.exitCode == 0, run.errors.constData());
}

TCPW_TEST(TcpwTest);
#include "tst_tcpw.moc"
