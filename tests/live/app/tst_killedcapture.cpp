// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "store/packetstore.h"
#include "support/program.h"
#include "support/testcase.h"

#include <QFile>
#include <QTest>

using namespace tcpw;

/// `tcpw capture --write` that is killed while packets come: its spool has all but the last second.
class KilledCaptureTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void leavesAllButTheLastSecond();

private:
    OrdinaryUser m_user;
};

void KilledCaptureTest::initTestCase()
{
    if (const auto obstacle = findLabObstacle())
        QSKIP(obstacle->cause.c_str());
}

void KilledCaptureTest::leavesAllButTheLastSecond()
{
    // About 150 datagrams a second; the shell says when it killed the capture.
    const auto run = m_user.tcpw(
        {QStringLiteral("lab"), QStringLiteral("--"), QStringLiteral("bash"), QStringLiteral("-c"),
            QStringLiteral("\"$0\" capture --device lab0 --write file.pcapng & capture=$!; "
                           "for i in $(seq 1000); do echo $i > /dev/udp/192.168.56.102/9; "
                           "sleep 0.005; done & traffic=$!; "
                           "sleep 3; date +%s%N; kill -9 $capture; kill $traffic; wait"),
            m_user.program()});
    bool isTime = false;
    const qint64 killed = run.output.trimmed().toLongLong(&isTime);
    QVERIFY2(isTime, run.errors.constData());

    const QString file = m_user.folder() + QStringLiteral("/file.pcapng");
    const auto store = PacketStore::open(QFile::encodeName(file).toStdString());
    QVERIFY(store);
    const std::size_t count = (*store)->size();
    QVERIFY2(count > 100, qPrintable(QString::number(count)));
    const double lost = double(killed - (*store)->record(count - 1).timestamp) / 1e6;
    const double length
        = double((*store)->record(count - 1).timestamp - (*store)->record(0).timestamp) / 1e9;
    qInfo("%zu packets of %.1f s are left; at most the last %.1f ms are lost", count, length, lost);
    QCOMPARE((*store)->problem(), std::string());
    QVERIFY(length > 1 && lost < 1000);
}

TCPW_TEST(KilledCaptureTest);
#include "tst_killedcapture.moc"
