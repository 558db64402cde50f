// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "children.h"
#include "connection/answer.h"
#include "lab/lab.h"
#include "packet/summary.h"
#include "session/labservice.h"
#include "session/sendservice.h"
#include "support/testcase.h"
#include "templates/template.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

using namespace tcpw;

namespace {

/// A session on the practice network, as the window has it.
struct Bench
{
    Bench()
        : sender(session)
        , lab(session)
        , failures(&session, &LiveSession::failed)
        , sendFailures(&sender, &SendService::failed)
    {
        session.begin();
    }

    bool ready()
    {
        return QTest::qWaitFor([this] { return session.capturing(); }, 10000);
    }

    /// As a person does: not before the packet before is on its way.
    void send(const Draft& draft)
    {
        QTRY_VERIFY(!sender.sending());
        sender.send(draft);
    }

    QStringList rows()
    {
        QStringList rows;
        for (std::size_t i = 0; i < session.store().size(); ++i) {
            const auto record = session.store().record(i);
            const auto bytes = session.store().bytes(i);
            const Summary summary
                = summarize(decode(*bytes, record.linkType), record.originalLength);
            if (summary.isTcp)
                rows << QLatin1String(originName(record.origin)) + QLatin1Char(' ')
                        + QString::fromStdString(toText(summary.controlBits));
        }
        return rows;
    }

    Packet lastTcpFrom(Origin origin)
    {
        for (std::size_t i = session.store().size(); i-- > 0;) {
            const auto record = session.store().record(i);
            const Packet packet = decode(*session.store().bytes(i), record.linkType);
            if (record.origin == origin && packet.find<TcpHeader>())
                return packet;
        }
        return {};
    }

    QString farStates()
    {
        QStringList states;
        for (const FarSocket& socket : lab.sockets())
            if (socket.remotePort != 0)
                states << QString::fromStdString(socket.state);
        return states.join(QLatin1Char(' '));
    }

    LiveSession session;
    SendService sender;
    LabService lab;
    QSignalSpy failures;
    QSignalSpy sendFailures;
};

Draft builtin(const char* id)
{
    return applyTemplate(*findBuiltin(id), {});
}

} // namespace

/// The sessions against the real practice network.
class SessionsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void showsTheKernelsResetThenKeepsItSilent();
    void establishesByAnswering();
    void releasesTheGuardWhenTheKernelMayAnswer();
    void releasesTheGuardOfAPacketOnItsWay();
    void saysWhyItCannotSend();
    void keepsTheOldViewWhenAFileDoesNotOpen();
    void savesAndOpensWhatWasCaptured();
    void usesAFilterThatCompilesAndRefusesOthers();
    void startsTheLabAnewWhenItsHelperIsKilled();
    void leavesNoSpoolBehind();

private:
    QTemporaryDir m_state;
};

void SessionsTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
}

void SessionsTest::showsTheKernelsResetThenKeepsItSilent()
{
    Bench bench;
    QVERIFY(bench.ready());
    QCOMPARE(QString::fromStdString(bench.session.device()->id.name), QStringLiteral("lab0"));
    bench.send(builtin("syn"));
    QTRY_COMPARE(bench.rows(),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("kernel RST")}));
    bench.sender.setKernelSilent(true);
    bench.send(builtin("syn"));
    QTRY_COMPARE(bench.sender.guards().size(), std::size_t(1));
    QTRY_VERIFY_WITH_TIMEOUT(bench.rows().size() >= 6, 5000);
    QCOMPARE(bench.rows().count(QStringLiteral("kernel RST")), 1);
    QCOMPARE(bench.rows().mid(3, 3),
        QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK"),
            QStringLiteral("peer SYN,ACK")}));
    QVERIFY(bench.failures.isEmpty() && bench.sendFailures.isEmpty());
}

void SessionsTest::establishesByAnswering()
{
    Bench bench;
    QVERIFY(bench.ready());
    bench.sender.setKernelSilent(true);
    Draft syn = builtin("syn");
    QVERIFY(setDraftField(syn, "tcp.destinationPort", "8084"));
    bench.send(syn);
    QTRY_COMPARE(bench.rows().size(), 2);
    const auto answered = answer(bench.lastTcpFrom(Origin::peer), AnswerKind::ack, {});
    QVERIFY(answered);
    bench.send({*answered, {}});
    QTRY_COMPARE(bench.rows().value(2), QStringLiteral("me ACK"));
    bench.lab.setWatching(true);
    QTRY_COMPARE(bench.farStates(), QStringLiteral("ESTABLISHED"));
    const Bytes hello{'h', 'i'};
    const auto data = answer(bench.lastTcpFrom(Origin::peer), AnswerKind::data, hello);
    bench.send({*data, {}});
    QTRY_VERIFY(std::any_of(bench.lab.log().begin(), bench.lab.log().end(),
        [](const FarEvent& event) { return event.text.find("hi") != std::string::npos; }));
}

void SessionsTest::releasesTheGuardWhenTheKernelMayAnswer()
{
    Bench bench;
    QVERIFY(bench.ready());
    bench.sender.setKernelSilent(true);
    bench.send(builtin("syn"));
    QTRY_COMPARE(bench.rows().size(), 2);
    bench.sender.setKernelSilent(false);
    // The next SYN,ACK meets a kernel that answers again.
    QTRY_VERIFY_WITH_TIMEOUT(bench.rows().contains(QStringLiteral("kernel RST")), 5000);
    QVERIFY(bench.sender.guards().empty());
}

void SessionsTest::releasesTheGuardOfAPacketOnItsWay()
{
    Bench bench;
    QVERIFY(bench.ready());
    bench.sender.setKernelSilent(true);
    bench.sender.send(builtin("syn"));
    QVERIFY(bench.sender.sending());
    bench.sender.setKernelSilent(false);
    QTRY_VERIFY_WITH_TIMEOUT(bench.rows().contains(QStringLiteral("kernel RST")), 5000);
    QTRY_VERIFY(!bench.sender.sending());
    QVERIFY(bench.sender.guards().empty());
}

void SessionsTest::saysWhyItCannotSend()
{
    Bench bench;
    QVERIFY(bench.ready());
    Draft tooLong = builtin("syn");
    QVERIFY(setDraftField(tooLong, "ipv4.destination", "192.168.56.102"));
    tooLong.packet.layers.push_back(Payload{Bytes(3000, 'x')});
    bench.send(tooLong);
    QTRY_COMPARE(bench.sendFailures.size(), 1);
    QVERIFY2(bench.sendFailures[0][0].toString().contains(QLatin1String("1514")),
        qPrintable(bench.sendFailures[0][0].toString()));
    Draft nobodyThere = builtin("syn");
    QVERIFY(setDraftField(nobodyThere, "ipv4.destination", "192.168.56.77"));
    bench.send(nobodyThere);
    QTRY_COMPARE_WITH_TIMEOUT(bench.sendFailures.size(), 2, 5000);
    QVERIFY(bench.sendFailures[1][0].toString().contains(QLatin1String("192.168.56.77")));
    QVERIFY(!bench.sender.sending());
}

void SessionsTest::keepsTheOldViewWhenAFileDoesNotOpen()
{
    Bench bench;
    QVERIFY(bench.ready());
    bench.send(builtin("syn"));
    QTRY_COMPARE(bench.rows().size(), 3);
    bench.session.openFile(QStringLiteral("/nonexistent/file.pcap"));
    QTRY_COMPARE(bench.failures.size(), 1);
    QCOMPARE(bench.rows().size(), 3);
    QVERIFY(!bench.session.showsFile());
}

void SessionsTest::savesAndOpensWhatWasCaptured()
{
    Bench bench;
    QVERIFY(bench.ready());
    bench.send(builtin("syn-ipv6"));
    QTRY_COMPARE(bench.rows().size(), 3);
    bench.session.stop();
    const QString path = m_state.filePath(QStringLiteral("saved.pcapng"));
    QSignalSpy saved(&bench.session, &LiveSession::saved);
    bench.session.saveFile(path);
    QTRY_COMPARE(saved.size(), 1);
    QSignalSpy replaced(&bench.session, &LiveSession::storeReplaced);
    const QStringList before = bench.rows();
    bench.session.clear();
    QCOMPARE(bench.session.store().size(), std::size_t(0));
    bench.session.openFile(path);
    QTRY_COMPARE(replaced.size(), 2);
    QVERIFY(bench.session.showsFile());
    QCOMPARE(bench.rows(), before);
}

void SessionsTest::usesAFilterThatCompilesAndRefusesOthers()
{
    Bench bench;
    QVERIFY(bench.ready());
    QSignalSpy checked(&bench.session, &LiveSession::captureFilterChecked);
    bench.session.setCaptureFilter(QStringLiteral("tcp and and"));
    QTRY_COMPARE(checked.size(), 1);
    QVERIFY(!checked[0][1].toString().isEmpty());
    QVERIFY(bench.session.captureFilter().isEmpty());
    bench.session.setCaptureFilter(QStringLiteral("tcp[tcpflags] & tcp-rst == 0 and tcp"));
    QTRY_COMPARE(checked.size(), 2);
    QVERIFY2(checked[1][1].toString().isEmpty(), qPrintable(checked[1][1].toString()));
    QTRY_VERIFY(bench.session.capturing());
    bench.send(builtin("syn"));
    QTRY_COMPARE(
        bench.rows(), QStringList({QStringLiteral("me SYN"), QStringLiteral("peer SYN,ACK")}));
}

void SessionsTest::startsTheLabAnewWhenItsHelperIsKilled()
{
    Bench bench;
    QVERIFY(bench.ready());
    QSignalSpy noticed(&bench.session, &LiveSession::noticed);
    const auto helpers = childrenNamed("tcpw-helper");
    QVERIFY(!helpers.isEmpty());
    for (const qint64 helper : helpers)
        kill(pid_t(helper), SIGKILL);
    QTRY_VERIFY(!noticed.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.labRunning(), 5000);
    QTRY_VERIFY_WITH_TIMEOUT(bench.session.capturing(), 5000);
    bench.send(builtin("syn"));
    QTRY_VERIFY(bench.rows().contains(QStringLiteral("kernel RST")));
}

void SessionsTest::leavesNoSpoolBehind()
{
    QVERIFY(QDir(QFile::decodeName(spoolFolder().c_str())).entryList(QDir::Files).isEmpty());
}

TCPW_TEST(SessionsTest);
#include "tst_sessions.moc"
