// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/smallbytes.h"
#include "support/testcase.h"

#include <QTest>

using namespace tcpw;

class SmallBytesTest : public QObject
{
    Q_OBJECT
private slots:
    void holdsAnySize_data();
    void holdsAnySize();
    void differsBySizeAndContent();
};

void SmallBytesTest::holdsAnySize_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 19, 20, 21, 38, 253, 1000})
        QTest::addRow("%d bytes", size) << size;
}

void SmallBytesTest::holdsAnySize()
{
    QFETCH(int, size);
    Bytes given;
    for (int i = 0; i < size; ++i)
        given.push_back(static_cast<std::uint8_t>(i));
    SmallBytes held(given);
    const SmallBytes copy = held;
    const SmallBytes moved = std::move(held);
    QVERIFY(copy == moved);
    QCOMPARE(moved.size(), given.size());
    QVERIFY(std::ranges::equal(moved.view(), given));
    SmallBytes assigned{1, 2, 3};
    assigned = copy;
    QVERIFY(assigned == copy);
}

void SmallBytesTest::differsBySizeAndContent()
{
    QVERIFY(SmallBytes({1, 2}) != SmallBytes({1, 3}));
    QVERIFY(SmallBytes({1, 2}) != SmallBytes({1, 2, 0}));
    QVERIFY(SmallBytes() == SmallBytes(ByteView()));
}

TCPW_TEST(SmallBytesTest);

#include "tst_smallbytes.moc"
