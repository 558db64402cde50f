// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/dialogueservice.h"
#include "session/labservice.h"
#include "support/testcase.h"
#include "templates/template.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

/// Connections that are played against the real practice network.
class DialogueServiceTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();

    void opensSendsAndCloses_data();
    void opensSendsAndCloses();
    void saysThatNobodyListens();
    void givesUpWhenNobodyAnswers();

private:
    Draft syn(const char* id) const;
    QString play(const Draft& draft, const Dialogue::Plan& plan);

    QTemporaryDir m_state;
    std::unique_ptr<LiveSession> m_session;
    std::unique_ptr<SendService> m_sender;
    std::unique_ptr<LabService> m_lab;
    std::unique_ptr<DialogueService> m_dialogue;
};

void DialogueServiceTest::initTestCase()
{
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
}

void DialogueServiceTest::init()
{
    m_session = std::make_unique<LiveSession>();
    m_sender = std::make_unique<SendService>(*m_session);
    m_lab = std::make_unique<LabService>(*m_session);
    m_dialogue = std::make_unique<DialogueService>(*m_session, *m_sender);
    m_session->begin();
    const bool settled = QTest::qWaitFor(
        [this] { return m_session->capturing() || !m_session->labObstacle().cause.empty(); },
        10000);
    if (!settled || !m_session->capturing())
        QSKIP(m_session->labObstacle().cause.c_str());
}

void DialogueServiceTest::cleanup()
{
    m_dialogue.reset();
    m_lab.reset();
    m_sender.reset();
    m_session.reset();
}

Draft DialogueServiceTest::syn(const char* id) const
{
    return applyTemplate(*findBuiltin(id), {});
}

/// Plays, and gives the outcome.
QString DialogueServiceTest::play(const Draft& draft, const Dialogue::Plan& plan)
{
    QSignalSpy finished(m_dialogue.get(), &DialogueService::finished);
    m_dialogue->open(draft, plan);
    const bool ended = QTest::qWaitFor([&] { return !finished.empty(); }, 20000);
    return !ended ? QStringLiteral("no outcome") : finished.front()[0].toString();
}

void DialogueServiceTest::opensSendsAndCloses_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("IPv4") << QByteArray("syn");
    QTest::newRow("IPv4 with options") << QByteArray("syn-linux");
    QTest::newRow("IPv6") << QByteArray("syn-ipv6");
}

void DialogueServiceTest::opensSendsAndCloses()
{
    QFETCH(QByteArray, id);
    const Bytes hello{'h', 'e', 'l', 'l', 'o'};
    const QString outcome = play(syn(id.constData()), {hello, true});
    QVERIFY2(outcome.startsWith(QLatin1String("Closed in order")), qPrintable(outcome));
    QVERIFY(m_sender->kernelSilent());
    const auto heard = [this] {
        for (const FarEvent& event : m_lab->log())
            if (event.text.find("hello") != std::string::npos)
                return true;
        return false;
    };
    QTRY_VERIFY(heard());
}

void DialogueServiceTest::saysThatNobodyListens()
{
    Draft draft = syn("syn");
    draft.packet.find<TcpHeader>()->destinationPort = 4444;
    const QString outcome = play(draft, {});
    QVERIFY2(outcome.startsWith(QLatin1String("Refused")), qPrintable(outcome));
}

void DialogueServiceTest::givesUpWhenNobodyAnswers()
{
    Draft draft = syn("syn");
    draft.packet.find<TcpHeader>()->checksum = 0x1234; // the far end drops it
    const QString outcome = play(draft, {});
    QCOMPARE(outcome, QStringLiteral("The SYN is not answered."));
    QVERIFY(!m_dialogue->playing());
}

TCPW_TEST(DialogueServiceTest);
#include "tst_dialogueservice.moc"
