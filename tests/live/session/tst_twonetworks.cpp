// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../link/testtraffic.h"
#include "children.h"
#include "packet/summary.h"
#include "session/sendservice.h"
#include "support/network.h"
#include "support/testcase.h"
#include "templates/template.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <map>

using namespace tcpw;

namespace {

constexpr int patience = 30000; // ms; a busy machine is slow

} // namespace

/// A session that captures on the practice network and on a device of this machine at once.
class TwoNetworksTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void capturesOnBoth();
    void countsBothExactly();
    void goesOnWhenTheLabIsStartedAnew();
    void goesOnWithTheLabWhenTheDeviceIsGone();

private:
    const Device* device(const char* name) const;
    int packets(const char* name, Origin origin) const;
    bool told(const char* part) const;

    QTemporaryDir m_state;
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
    std::unique_ptr<LiveSession> m_session;
    std::unique_ptr<SendService> m_sender;
    std::unique_ptr<QSignalSpy> m_failures, m_notices;
};

void TwoNetworksTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
}

void TwoNetworksTest::init()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
    m_session = std::make_unique<LiveSession>();
    m_sender = std::make_unique<SendService>(*m_session);
    m_failures = std::make_unique<QSignalSpy>(m_session.get(), &LiveSession::failed);
    m_notices = std::make_unique<QSignalSpy>(m_session.get(), &LiveSession::noticed);
    m_session->begin();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->capturing() && device("near0"), patience);
    QCOMPARE(m_session->device()->id.name, std::string("lab0"));
    m_session->setAlsoCaptured({device("near0")->id});
    // Its capture has begun when a packet of it comes.
    QTRY_VERIFY_WITH_TIMEOUT(sendByOtherProgram("near0", {udpFrame("first")}) == 1
            && packets("near0", Origin::kernel) > 0,
        patience);
}

void TwoNetworksTest::cleanup()
{
    m_sender.reset();
    m_session.reset();
    m_pair.reset();
    m_far.reset();
}

const Device* TwoNetworksTest::device(const char* name) const
{
    for (const Device& device : m_session->devices())
        if (device.id.name == name)
            return &device;
    return nullptr;
}

/// How many TCP segments and packets of the test's there are of a device.
int TwoNetworksTest::packets(const char* name, Origin origin) const
{
    int count = 0;
    PacketStore& store = m_session->store();
    for (std::size_t i = 0; i < store.size(); ++i) {
        const PacketRecord record = store.record(i);
        const Bytes bytes = *store.bytes(i);
        count += record.origin == origin
            && m_session->deviceName(record.device) == QLatin1String(name)
            && (!payloadOf({record, bytes}).empty()
                || summarize(decode(bytes, record.linkType), record.originalLength).isTcp);
    }
    return count;
}

bool TwoNetworksTest::told(const char* part) const
{
    return std::any_of(m_notices->begin(), m_notices->end(), [part](const QList<QVariant>& one) {
        return one[0].value<Notice>().text.contains(QLatin1String(part));
    });
}

void TwoNetworksTest::capturesOnBoth()
{
    m_sender->send(applyTemplate(*findBuiltin("syn"), {}));
    QTRY_VERIFY_WITH_TIMEOUT(packets("lab0", Origin::me) == 1 && packets("lab0", Origin::peer) == 1
            && packets("lab0", Origin::kernel) == 1,
        patience);
    m_far->run([] { sendByOtherProgram("far0", {udpFrame("hello", false)}); });
    QTRY_COMPARE_WITH_TIMEOUT(packets("near0", Origin::peer), 1, patience);
    QVERIFY(m_failures->isEmpty());
}

void TwoNetworksTest::countsBothExactly()
{
    constexpr std::size_t count = 10000;
    QCOMPARE(sendByOtherProgram("near0", std::vector<Bytes>(count, udpFrame("flood"))), count);
    for (int i = 0; i < 5; ++i) {
        m_sender->send(applyTemplate(*findBuiltin("syn"), {}));
        QTRY_VERIFY_WITH_TIMEOUT(!m_sender->sending(), patience);
    }
    m_session->stop();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->statistics().delivered
            == m_session->store().size() + m_session->droppedByStore(),
        patience);
    QVERIFY(m_session->statistics().delivered + m_session->statistics().missed() >= count + 5);
}

void TwoNetworksTest::goesOnWhenTheLabIsStartedAnew()
{
    const auto helpers = childrenNamed("tcpw-helper");
    QCOMPARE(helpers.size(), 1);
    const int before = packets("near0", Origin::kernel);
    ::kill(pid_t(helpers.front()), SIGKILL);
    int sent = 0;
    QTRY_VERIFY_WITH_TIMEOUT(sendByOtherProgram("near0", {udpFrame("meanwhile")}) == 1
            && ++sent >= 100 && m_session->device() && m_session->capturing(),
        patience);
    QTRY_COMPARE_WITH_TIMEOUT(packets("near0", Origin::kernel), before + sent, patience);
    QTRY_VERIFY_WITH_TIMEOUT(told("started anew"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->device() && m_session->capturing(), patience);
    QCOMPARE(m_session->device()->id.name, std::string("lab0"));
    QCOMPARE(m_session->captureDevices().size(), std::size_t{2});
    m_sender->send(applyTemplate(*findBuiltin("syn"), {}));
    QTRY_COMPARE_WITH_TIMEOUT(packets("lab0", Origin::me), 1, patience);
}

void TwoNetworksTest::goesOnWithTheLabWhenTheDeviceIsGone()
{
    QVERIFY(ip("link del near0"));
    QTRY_VERIFY_WITH_TIMEOUT(told("near0 is gone"), patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->alsoCaptured().empty(), patience);
    QVERIFY(m_session->capturing() && m_session->device());
    m_sender->send(applyTemplate(*findBuiltin("syn"), {}));
    QTRY_COMPARE_WITH_TIMEOUT(packets("lab0", Origin::me), 1, patience);
}

TCPW_TEST(TwoNetworksTest);

#include "tst_twonetworks.moc"
