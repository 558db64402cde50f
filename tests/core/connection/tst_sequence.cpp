// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/sequence.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

class SequenceTest : public QObject
{
    Q_OBJECT
private slots:
    void comesBeforeInASpaceThatWraps_data();
    void comesBeforeInASpaceThatWraps();
};

void SequenceTest::comesBeforeInASpaceThatWraps_data()
{
    QTest::addColumn<quint32>("a");
    QTest::addColumn<quint32>("b");
    QTest::addColumn<bool>("before");
    QTest::newRow("equal") << 7u << 7u << false;
    QTest::newRow("next") << 7u << 8u << true;
    QTest::newRow("previous") << 8u << 7u << false;
    QTest::newRow("over the wrap") << 0xffff'fff0u << 5u << true;
    QTest::newRow("back over the wrap") << 5u << 0xffff'fff0u << false;
    QTest::newRow("nearly half") << 0u << 0x7fff'ffffu << true;
    QTest::newRow("exactly half") << 0u << 0x8000'0000u << false;
    QTest::newRow("exactly half the other way") << 0x8000'0000u << 0u << false;
}

void SequenceTest::comesBeforeInASpaceThatWraps()
{
    QFETCH(quint32, a);
    QFETCH(quint32, b);
    QTEST(comesBefore(a, b), "before");
    QCOMPARE(isAtOrBefore(a, b), comesBefore(a, b) || a == b);
}

TCPW_TEST(SequenceTest);

} // namespace tcpw

#include "tst_sequence.moc"
