// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "guard/guard.h"
#include "live/link/testtraffic.h"
#include "support/testcase.h"

#include <QTest>

#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>

using namespace tcpw;

/// What is not guarded, and what is said of it.
class GuardRefusalsTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void saysThatThePortIsSomeones_data();
    void saysThatThePortIsSomeones();
    void saysWhatCannotBeGuarded();

private:
    std::unique_ptr<NetworkNamespace> m_far;
    std::unique_ptr<VethPair> m_pair;
};

namespace {

GuardRequest request(std::uint16_t port)
{
    return {*parseIp("10.9.0.1"), port, deviceNamed("near0").index};
}

} // namespace

void GuardRefusalsTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
}

void GuardRefusalsTest::cleanupTestCase()
{
    m_pair.reset();
    m_far.reset();
}

void GuardRefusalsTest::saysThatThePortIsSomeones_data()
{
    QTest::addColumn<bool>("everyAddress");
    QTest::newRow("our address") << false;
    QTest::newRow("every address") << true;
}

void GuardRefusalsTest::saysThatThePortIsSomeones()
{
    QFETCH(bool, everyAddress);
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_port = htons(40010);
    own.sin_addr.s_addr = everyAddress ? htonl(INADDR_ANY) : htonl(0x0a090001);
    QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&own), sizeof own), 0);
    QCOMPARE(::listen(socket, 1), 0);
    const auto guard = Guard::arm(request(40010));
    ::close(socket);
    QVERIFY(!guard);
    QVERIFY2(guard.error().message.find("has port 40010 already") != std::string::npos,
        guard.error().message.c_str());
}

void GuardRefusalsTest::saysWhatCannotBeGuarded()
{
    QVERIFY(!Guard::arm(request(0)));
    Result<Guard> low = failure("");
    std::thread([&] {
        __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
        __user_cap_data_struct none[2]{};
        if (::syscall(SYS_capset, &header, none) == 0)
            low = Guard::arm(request(80));
    }).join();
    QVERIFY(!low);
    QVERIFY2(
        low.error().message.find("below 1024") != std::string::npos, low.error().message.c_str());
}

TCPW_TEST(GuardRefusalsTest);

#include "tst_guardrefusals.moc"
