// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/bytereader.h"
#include "lab/silentquery.h"
#include "packet/checksum.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class SilentQueryTest : public QObject
{
    Q_OBJECT
private slots:
    void isAnMldQueryToAllNodes();
    void hasAGoodChecksum();
};

namespace {

constexpr MacAddress mac{{0x0a, 0, 0, 0, 0, 2}};

} // namespace

void SilentQueryTest::isAnMldQueryToAllNodes()
{
    const Bytes frame = silentQuery(mac);
    QCOMPARE(toHex(frame),
        std::string("333300000001"
                    "0a0000000002"
                    "86dd" // Ethernet
                    "60000000"
                    "0020"
                    "00"
                    "01" // IPv6: 32 bytes, hop-by-hop options, hop limit 1
                    "fe80000000000000"
                    "080000fffe000002"
                    "ff020000000000000000000000000001"
                    "3a00050200000100" // then ICMPv6; router alert for MLD, padding
                    "8200")
            + toHex(ByteView(frame).subspan(64, 2)) // the checksum, see below
            + "00000000"
              "ff020000000000000000000000000114");
}

void SilentQueryTest::hasAGoodChecksum()
{
    const Bytes frame = silentQuery(mac);
    const Bytes lengthAndProtocol{0, 0, 0, 24, 0, 0, 0, 58};
    const auto addresses = onesComplementSum(ByteView(frame).subspan(22, 32));
    const auto pseudo = onesComplementSum(lengthAndProtocol, addresses);
    QCOMPARE(onesComplementSum(ByteView(frame).subspan(62), pseudo), std::uint16_t(0xffff));
}

TCPW_TEST(SilentQueryTest);
#include "tst_silentquery.moc"
