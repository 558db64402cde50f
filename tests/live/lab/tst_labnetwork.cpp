// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/lab/nearsocket.h"
#include "live/lab/thelab.h"
#include "packet/checksum.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace tcpw;

class LabNetworkTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void nearEndHasItsAddressesOnly();
    void offloadsAreOff_data();
    void offloadsAreOff();
    void framesAreWholeWithGoodChecksums();
    void isKnownFromWithin();
    void patienceIsTheKernels();
};

void LabNetworkTest::initTestCase()
{
    if (theLab() == nullptr)
        QSKIP(qPrintable(whyNoLab()));
}

void LabNetworkTest::nearEndHasItsAddressesOnly()
{
    QStringList found;
    ifaddrs* list = nullptr;
    QCOMPARE(::getifaddrs(&list), 0);
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        char text[INET6_ADDRSTRLEN] = "";
        if (entry->ifa_addr == nullptr)
            continue;
        const void* const address = entry->ifa_addr->sa_data;
        const int family = entry->ifa_addr->sa_family;
        const auto* const octets = static_cast<const char*>(address);
        if (family == AF_INET)
            ::inet_ntop(AF_INET, octets + 2, text, sizeof(text));
        else if (family == AF_INET6)
            ::inet_ntop(AF_INET6, octets + 6, text, sizeof(text));
        if (text[0] != '\0')
            found << QString::fromLatin1(entry->ifa_name) + QLatin1Char(' ')
                    + QString::fromLatin1(text);
        if ((entry->ifa_flags & IFF_UP) == 0 && qstrcmp(entry->ifa_name, "lab0") == 0)
            QFAIL("lab0 is down");
    }
    ::freeifaddrs(list);
    found.sort();
    QCOMPARE(found,
        (QStringList{QStringLiteral("lab0 192.168.56.101"), QStringLiteral("lab0 fd00:56::101"),
            QStringLiteral("lo 127.0.0.1"), QStringLiteral("lo ::1")}));
}

void LabNetworkTest::offloadsAreOff_data()
{
    QTest::addColumn<unsigned>("command");
    QTest::newRow("TCP segmentation") << unsigned(ETHTOOL_GTSO);
    QTest::newRow("generic segmentation") << unsigned(ETHTOOL_GGSO);
    QTest::newRow("generic receive") << unsigned(ETHTOOL_GGRO);
    QTest::newRow("checksums sent") << unsigned(ETHTOOL_GTXCSUM);
    QTest::newRow("checksums received") << unsigned(ETHTOOL_GRXCSUM);
}

void LabNetworkTest::offloadsAreOff()
{
    QFETCH(unsigned, command);
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ethtool_value value = {command, 1};
    ifreq request = {};
    qstrncpy(request.ifr_name, "lab0", IFNAMSIZ);
    request.ifr_data = reinterpret_cast<char*>(&value);
    const int asked = ::ioctl(socket, SIOCETHTOOL, &request);
    ::close(socket);
    QCOMPARE(asked, 0);
    QCOMPARE(value.data, 0u);
}

namespace {

/// The sum over pseudo-header and segment of an IPv4 frame without options in its header.
std::uint16_t tcpSum(ByteView frame)
{
    const std::size_t length = std::size_t(frame[16] << 8 | frame[17]) - 20;
    const Bytes pseudo{
        0, 6, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length & 0xff)};
    const auto addresses = onesComplementSum(frame.subspan(26, 8));
    return onesComplementSum(frame.subspan(34, length), onesComplementSum(pseudo, addresses));
}

} // namespace

void LabNetworkTest::framesAreWholeWithGoodChecksums()
{
    const int capture = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
    QVERIFY(capture >= 0);
    NearSocket socket;
    QCOMPARE(socket.connectToFar(7), 0);
    for (int i = 0; i < 4; ++i) {
        QVERIFY(socket.send(QByteArray(10'000, 'x')));
        QCOMPARE(socket.receive(10'000).size(), qsizetype(10'000));
    }
    int segments = 0;
    std::vector<std::uint8_t> frame(70'000);
    while (true) {
        const ssize_t size = ::recv(capture, frame.data(), frame.size(), MSG_DONTWAIT);
        if (size < 0)
            break;
        QVERIFY(size <= 1514);
        const ByteView bytes = ByteView(frame).first(static_cast<std::size_t>(size));
        if (size < 54 || bytes[12] != 8 || bytes[13] != 0 || bytes[23] != 6)
            continue;
        QCOMPARE(tcpSum(bytes), std::uint16_t(0xffff));
        ++segments;
    }
    ::close(capture);
    QVERIFY2(segments >= 8 * 7, qPrintable(QString::number(segments))); // 7 of at most 1,460 bytes
}

void LabNetworkTest::isKnownFromWithin()
{
    QVERIFY(insideLab());
    bool elsewhere = true;
    std::thread([&elsewhere] {
        if (::unshare(CLONE_NEWNET) == 0)
            elsewhere = insideLab();
    }).join();
    QVERIFY(!elsewhere);
}

namespace {

/// What the far end's kernel has in a file of /proc/sys/net/ipv4, read in its namespace.
int farSetting(const char* file)
{
    int value = -1;
    std::thread([file, &value] {
        const QDir tasks(QStringLiteral("/proc/self/task"));
        for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile name(tasks.filePath(task + QStringLiteral("/comm")));
            if (!name.open(QIODevice::ReadOnly) || name.readAll() != "lab-far-end\n")
                continue;
            const QByteArray path
                = QFile::encodeName(tasks.filePath(task + QStringLiteral("/ns/net")));
            const int descriptor = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
            const int entered = ::setns(descriptor, CLONE_NEWNET);
            ::close(descriptor);
            QFile setting(QStringLiteral("/proc/sys/net/ipv4/") + QLatin1String(file));
            if (entered == 0 && setting.open(QIODevice::ReadOnly))
                value = setting.readAll().trimmed().toInt();
        }
    }).join();
    return value;
}

} // namespace

void LabNetworkTest::patienceIsTheKernels()
{
    QCOMPARE(farSetting("tcp_synack_retries"), 30);
    QCOMPARE(farSetting("tcp_retries2"), 30);
    QCOMPARE(farSetting("tcp_fin_timeout"), 600);
    ask(FarVerb::realTimers);
    QCOMPARE(farSetting("tcp_synack_retries"), 5);
    QCOMPARE(farSetting("tcp_retries2"), 15);
    QCOMPARE(farSetting("tcp_fin_timeout"), 60);
    ask(FarVerb::patient);
    QCOMPARE(farSetting("tcp_synack_retries"), 30);
}

TCPW_TEST(LabNetworkTest);
#include "tst_labnetwork.moc"
