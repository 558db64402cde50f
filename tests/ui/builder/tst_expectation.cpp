// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "buildertest.h"
#include "support/testcase.h"
#include "ui/builder/expectation.h"

#include <QLabel>
#include <QTest>

#include <algorithm>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tcpw;
using namespace tcpw::test;

class ExpectationTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhereItGoes();
    void saysWhatIsWrongOnPurpose();
    void saysNothingOfARightPacket();
    void expectsWhatTheRfcSays_data();
    void expectsWhatTheRfcSays();
    void goesByThePeersState_data();
    void goesByThePeersState();
    void whatIsDroppedGoesBeforeTheState();
    void footAsksForThePeer();
    void footTellsTheOutcome();
    void remarksOnTheDevice_data();
    void remarksOnTheDevice();
    void isCalmAboutTheLab();
    void saysThatThePortIsInUse();
};

namespace {

struct Made
{
    explicit Made(
        const char* id, const std::vector<std::pair<const char*, const char*>>& edits = {})
        : draft(findBuiltin(id)->draft)
    {
        for (const auto& [path, text] : edits)
            if (!setDraftField(draft, path, text))
                qFatal("%s does not take %s", path, text);
        sent = completed(previewOf(draft));
    }

    Draft draft;
    Packet sent;
};

} // namespace

void ExpectationTest::saysWhereItGoes()
{
    const Device device = labDevice();
    QCOMPARE(whereItGoes(Made("syn").sent, &device),
        QStringLiteral("lab0 → 192.168.56.102:8081, 54 bytes"));
    QCOMPARE(whereItGoes(Made("syn-ipv6").sent, &device),
        QStringLiteral("lab0 → [fd00:56::102]:8081, 74 bytes"));
    QVERIFY(whereItGoes(Made("syn").sent, nullptr).startsWith(QStringLiteral("no device")));
    const Draft draft = findBuiltin("syn")->draft; // its addresses are the device's, and none is
    QCOMPARE(whereItGoes(completed(draft.packet), nullptr, draft.placeholders),
        QStringLiteral("no device → not known yet, 54 bytes"));
}

void ExpectationTest::saysWhatIsWrongOnPurpose()
{
    const Made made("syn", {{"tcp.checksum", "0x1234"}});
    const QStringList wrong = wrongOnPurpose(made.draft.packet, made.sent);
    QVERIFY(!wrong.isEmpty());
    QVERIFY(wrong.first().contains(QStringLiteral("Checksum")));
    QVERIFY(wrong.first().contains(QStringLiteral("0x1234")));
    const Made right("syn");
    QVERIFY(wrong.first().contains(QString::fromStdString(*fieldText(right.sent, "tcp.checksum"))));

    const Made both("syn", {{"tcp.checksum", "0x1234"}, {"ipv4.totalLength", "1"}});
    QVERIFY(wrongOnPurpose(both.draft.packet, both.sent).size() >= 2);
}

void ExpectationTest::saysNothingOfARightPacket()
{
    for (const char* id : {"syn", "syn-linux", "syn-ipv6", "ack", "data", "fin-ack", "rst"}) {
        const Made made(id);
        QCOMPARE(wrongOnPurpose(made.draft.packet, made.sent), QStringList());
    }
    // A port that Send will choose is not 0.
    const Draft draft = findBuiltin("syn")->draft;
    QCOMPARE(
        wrongOnPurpose(draft.packet, completed(draft.packet), draft.placeholders), QStringList());
    // A value of one's own that is the right one is not wrong.
    const Made made("syn", {{"tcp.dataOffset", "5"}});
    QCOMPARE(wrongOnPurpose(made.draft.packet, made.sent), QStringList());
}

void ExpectationTest::expectsWhatTheRfcSays_data()
{
    QTest::addColumn<QByteArray>("bits");
    QTest::addColumn<QByteArray>("checksum");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* bits, const char* checksum, const char* words) {
        QTest::newRow(
            qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(bits), QLatin1String(checksum))))
            << QByteArray(bits) << QByteArray(checksum) << QString::fromUtf8(words);
    };
    row("SYN", "auto", "SYN,ACK");
    row("SYN,ACK", "auto", "else RST");
    row("RST", "auto", "never answered");
    row("RST,ACK", "auto", "never answered");
    row("FIN,ACK", "auto", "FIN,ACK");
    row("ACK", "auto", "RST where there is none");
    row("none", "auto", "dropped");
    row("SYN", "0x1234", "drop it silently");
}

void ExpectationTest::expectsWhatTheRfcSays()
{
    QFETCH(QByteArray, bits);
    QFETCH(QByteArray, checksum);
    QFETCH(QString, words);
    const Made made(
        "syn", {{"tcp.controlBits", bits.constData()}, {"tcp.checksum", checksum.constData()}});
    const QString expected = expectedAnswer(made.draft.packet, made.sent);
    QVERIFY2(expected.contains(words), qPrintable(expected));
}

void ExpectationTest::goesByThePeersState_data()
{
    QTest::addColumn<TcpState>("state");
    QTest::addColumn<QByteArray>("bits");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* tag, TcpState state, const char* bits, const char* words) {
        QTest::newRow(tag) << state << QByteArray(bits) << QString::fromUtf8(words);
    };
    row("ACK", TcpState::synReceived, "ACK",
        "The peer is in SYN-RECEIVED: expect no answer; it goes to ESTABLISHED.");
    row("SYN", TcpState::established, "SYN", "The peer is in ESTABLISHED: expect ACK of what");
    row("FIN", TcpState::finWait2, "FIN,ACK", "it goes to TIME-WAIT");
    row("unknown", TcpState::unknown, "SYN", "Expect SYN,ACK if something listens");
}

void ExpectationTest::goesByThePeersState()
{
    QFETCH(TcpState, state);
    QFETCH(QByteArray, bits);
    QFETCH(QString, words);
    const Made made("syn", {{"tcp.controlBits", bits.constData()}});
    PeerView peer;
    peer.state = state;
    const QString expected = expectedAnswer(made.draft.packet, made.sent, peer);
    QVERIFY2(expected.contains(words), qPrintable(expected));
}

void ExpectationTest::whatIsDroppedGoesBeforeTheState()
{
    const Made made("data", {{"tcp.checksum", "0x1234"}});
    PeerView peer;
    peer.state = TcpState::established;
    const PeerExpectation expected = expectationOf(made.draft.packet, made.sent, peer);
    QCOMPARE(expected.replies, PeerReply::none);
    QVERIFY(QString::fromStdString(expected.text).contains(QStringLiteral("drop it silently")));
    QCOMPARE(expectationOf(Made("syn").draft.packet, Made("syn").sent).replies,
        PeerReply::synAck | PeerReply::rst);
}

void ExpectationTest::footAsksForThePeer()
{
    Builder builder;
    builder.pane.setExpectation(QStringLiteral("As the template says."));
    const auto said = [&builder](const QString& words) {
        const auto labels = builder.pane.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            return !label->isHidden() && label->text().contains(words);
        });
    };
    QVERIFY(said(QStringLiteral("As the template says.")));
    PeerView peer;
    peer.state = TcpState::established;
    builder.pane.setPeerSource([&peer](const Packet&) { return std::optional(peer); });
    QVERIFY(said(QStringLiteral("The peer is in ESTABLISHED")));
    QCOMPARE(builder.pane.expectation().replies, PeerReply::ack);
    peer.state = TcpState::listen;
    builder.pane.updateExpectation();
    QVERIFY(said(QStringLiteral("The peer is in LISTEN")));
}

void ExpectationTest::footTellsTheOutcome()
{
    Builder builder;
    const auto* outcome = builder.pane.findChild<QLabel*>(QStringLiteral("sendOutcome"));
    QVERIFY(outcome && outcome->isHidden());
    builder.pane.setOutcome(QStringLiteral("As expected: ACK came."));
    QVERIFY(!outcome->isHidden());
    QVERIFY(outcome->text().contains(QStringLiteral("As expected: ACK came.")));
    builder.pane.setOutcome({});
    QVERIFY(outcome->isHidden());
}

void ExpectationTest::remarksOnTheDevice_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* tag, const char* path, const char* text, const char* words) {
        QTest::newRow(tag) << QByteArray(path) << QByteArray(text) << QString::fromUtf8(words);
    };
    row("foreign source", "ipv4.source", "10.1.2.3", "not this device's");
    row("multicast", "ipv4.destination", "224.0.0.1", "many receivers");
    row("broadcast", "ethernet.destination", "ff:ff:ff:ff:ff:ff", "many receivers");
    row("foreign MAC", "ethernet.source", "02:00:00:00:00:09", "Wi-Fi");
}

void ExpectationTest::remarksOnTheDevice()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    Device device = labDevice();
    device.lab = false;
    const Made made("syn", {{path.constData(), text.constData()}});
    const QString remarks = sendingRemarks(made.sent, &device).join(QLatin1Char(' '));
    QVERIFY2(remarks.contains(words), qPrintable(remarks));
}

void ExpectationTest::isCalmAboutTheLab()
{
    Device device = labDevice();
    QCOMPARE(sendingRemarks(Made("syn").sent, &device), QStringList());
    QCOMPARE(sendingRemarks(Made("syn").sent, nullptr), QStringList());

    Made large("data");
    large.sent.find<Payload>()->bytes.resize(1461);
    QCOMPARE(sendingRemarks(large.sent, &device).size(), 1);
    large.sent.find<Payload>()->bytes.resize(1460);
    QCOMPARE(sendingRemarks(large.sent, &device).size(), 0);

    device.running = false;
    QVERIFY(sendingRemarks(Made("syn").sent, &device).first().contains(QStringLiteral("link")));
    device.injectProblem = "Nothing can be sent on lo.";
    QCOMPARE(sendingRemarks(Made("syn").sent, &device).first(),
        QStringLiteral("Nothing can be sent on lo."));
}

void ExpectationTest::saysThatThePortIsInUse()
{
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof own;
    auto* const address = reinterpret_cast<sockaddr*>(&own);
    QVERIFY(::bind(server, address, size) == 0 && ::listen(server, 1) == 0);
    QVERIFY(::getsockname(server, address, &size) == 0);
    const auto remarks = [](quint16 port, bool lab) {
        Device device = labDevice();
        device.lab = lab;
        const Made made("syn", {{"tcp.sourcePort", QByteArray::number(port).constData()}});
        return sendingRemarks(made.sent, &device).join(QLatin1Char(' '));
    };
    const quint16 used = ntohs(own.sin_port);
    const QString words = QStringLiteral("uses port %1").arg(used);
    QVERIFY2(remarks(used, false).contains(words), qPrintable(remarks(used, false)));
    QVERIFY(!remarks(used, true).contains(words)); // another network, without programs
    ::close(server);
    QVERIFY(!remarks(used, false).contains(words));
}

TCPW_TEST(ExpectationTest);

#include "tst_expectation.moc"
