// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "base/linktype.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class LinkTypeTest : public QObject
{
    Q_OBJECT
private slots:
    void hasTheRegistrysName_data();
    void hasTheRegistrysName();
};

void LinkTypeTest::hasTheRegistrysName_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("name");
    QTest::newRow("first") << 0 << "BSD loopback";
    QTest::newRow("Ethernet") << 1 << "Ethernet";
    QTest::newRow("wireless") << 105 << "IEEE 802.11 wireless LAN";
    QTest::newRow("last") << 283 << "IEEE 802.15.4 with TAP header";
    QTest::newRow("gap") << 2 << "link type 2";
    QTest::newRow("unknown") << 999 << "link type 999";
    QTest::newRow("largest") << 65535 << "link type 65535";
}

void LinkTypeTest::hasTheRegistrysName()
{
    QFETCH(int, number);
    QFETCH(QString, name);
    QCOMPARE(QString::fromStdString(linkTypeName(LinkType(number))), name);
}

TCPW_TEST(LinkTypeTest);

#include "tst_linktype.moc"
