// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "backendfixture.h"
#include "helper/localbackend.h"
#include "support/testcase.h"

#include <set>

using namespace tcpw;

namespace {

constexpr std::uint16_t syn = ControlBits::syn;

} // namespace

/// What holds for asking every backend, however it does it.
class BackendQueriesTest : public BackendFixture
{
    Q_OBJECT
private slots:
    void listsTheLabsDeviceFirst_data() { rows(); }
    void listsTheLabsDeviceFirst();
    void findsNeighbours_data() { rows(); }
    void findsNeighbours();
    void saysWhatCanBeReached_data() { rows(); }
    void saysWhatCanBeReached();
    void givesNewPorts_data() { rows(); }
    void givesNewPorts();
    void asksTheFarEnd_data() { rows(); }
    void asksTheFarEnd();
    void tellsWhatTheFarEndDoes_data() { labRow(); }
    void tellsWhatTheFarEndDoes();
    void opensTheLabOfItsNamespaceInThisProcess();
};

void BackendQueriesTest::listsTheLabsDeviceFirst()
{
    const auto devices = m_backend->devices();
    QVERIFY2(devices, qPrintable(problem(devices)));
    QVERIFY(!devices->empty());
    const Device& first = devices->front();
    QCOMPARE(QString::fromStdString(first.id.name), QStringLiteral("lab0"));
    QVERIFY(first.lab && first.up && first.running);
    QVERIFY(first.mac == labAddress::nearMac);
    QVERIFY(first.id.index > 0);
    QVERIFY(first.captureProblem.empty() && first.injectProblem.empty());
    QVERIFY(std::ranges::any_of(first.addresses, [](const DeviceAddress& address) {
        return address == DeviceAddress{labAddress::near4, 24};
    }));
}

void BackendQueriesTest::findsNeighbours()
{
    const auto four = m_backend->findNeighbour(lab0().id, labAddress::far4);
    QVERIFY2(four, qPrintable(problem(four)));
    QVERIFY(*four == labAddress::farMac);
    const auto six = m_backend->findNeighbour(lab0().id, labAddress::far6);
    QVERIFY2(six, qPrintable(problem(six)));
    QVERIFY(*six == labAddress::farMac);
    const auto nobody = m_backend->findNeighbour(lab0().id, Ipv4Address{0xc0a838c8});
    QVERIFY(problem(nobody).contains(QStringLiteral("192.168.56.200")));
}

void BackendQueriesTest::saysWhatCanBeReached()
{
    const auto there = m_backend->checkReachability(lab0().id, labAddress::far4);
    QVERIFY2(there, qPrintable(problem(there)));
    QVERIFY(there->onLink && there->neighbourAnswers && there->echoAnswers);
    QVERIFY(there->neighbour == labAddress::farMac);
    QVERIFY(!there->words.empty());
    const auto nobody = m_backend->checkReachability(lab0().id, Ipv4Address{0xc0a838c8});
    QVERIFY2(nobody, qPrintable(problem(nobody)));
    QVERIFY(nobody->onLink && !nobody->neighbourAnswers && !nobody->echoAnswers);
}

void BackendQueriesTest::givesNewPorts()
{
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 20; ++i) {
        const auto port = m_backend->newPort();
        QVERIFY2(port, qPrintable(problem(port)));
        QVERIFY(*port != 0);
        ports.insert(*port);
    }
    QCOMPARE(ports.size(), std::size_t(20));
}

void BackendQueriesTest::asksTheFarEnd()
{
    const auto state = m_backend->far({});
    QVERIFY2(state, qPrintable(problem(state)));
    QVERIFY(std::ranges::any_of(state->sockets, [](const FarSocket& socket) {
        return socket.localPort == tutorialPort && socket.state == "LISTEN";
    }));
    FarRequest request;
    request.verb = FarVerb::close;
    request.socket = 4'000'000'000u;
    QVERIFY(!m_backend->far(request));

    const auto port = m_backend->newPort().value_or(0);
    QVERIFY(capture("tcp"));
    request = {};
    request.verb = FarVerb::connect;
    request.port = port;
    const auto connected = m_backend->far(request);
    QVERIFY2(connected, qPrintable(problem(connected)));
    QTRY_VERIFY(m_recorder->segments(Origin::peer, syn, port) >= 1);
}

void BackendQueriesTest::tellsWhatTheFarEndDoes()
{
    const auto port = m_backend->newPort().value_or(0);
    FarRequest request;
    request.verb = FarVerb::listen;
    request.port = port;
    const auto listening = m_backend->far(request);
    QVERIFY2(listening, qPrintable(problem(listening)));
    QTRY_VERIFY(!m_recorder->farEvents().empty());
    QVERIFY(m_recorder->farEvents().front().timestamp > 0);
}

void BackendQueriesTest::opensTheLabOfItsNamespaceInThisProcess()
{
    auto opened = openBackend(BackendKind::lab, {});
    QVERIFY2(opened, qPrintable(problem(opened)));
    QVERIFY(dynamic_cast<LocalBackend*>(opened->get()));
    const auto state = (*opened)->far({});
    QVERIFY2(state, qPrintable(problem(state)));
    QVERIFY(!state->sockets.empty());
}

TCPW_TEST(BackendQueriesTest);

#include "tst_backendqueries.moc"
