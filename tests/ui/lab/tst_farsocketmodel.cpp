// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "farsockets.h"
#include "support/testcase.h"
#include "ui/lab/farsocketmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class FarSocketModelTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheRulesOfModels();
    void showsWhatTheKernelSays();
    void keepsRowsWhileTheirSocketsLive();
    void hidesListeningSocketsUntilAsked();
    void describesASocketInSentences();

private:
    static QString text(const FarSocketModel& model, int row, FarSocketColumn column);
};

QString FarSocketModelTest::text(const FarSocketModel& model, int row, FarSocketColumn column)
{
    return model.index(row, int(column)).data().toString();
}

void FarSocketModelTest::keepsTheRulesOfModels()
{
    FarSocketModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSockets({farHalfOpen(1), farSocket(5, "echo", "ESTABLISHED", 2)});
    model.setSockets({farSocket(5, "echo", "CLOSE-WAIT", 2), farListener(1, "echo", 7)});
    model.setShowsListening(true);
    model.setSockets({});
    QCOMPARE(model.rowCount(), 0);
}

void FarSocketModelTest::showsWhatTheKernelSays()
{
    FarSocketModel model;
    model.setSockets({farHalfOpen(40001)});
    QCOMPARE(text(model, 0, FarSocketColumn::State), QStringLiteral("SYN-RECEIVED"));
    QCOMPARE(text(model, 0, FarSocketColumn::OtherEnd), QStringLiteral("me:40001"));
    QCOMPARE(text(model, 0, FarSocketColumn::FarPort), QStringLiteral("8081"));
    QCOMPARE(text(model, 0, FarSocketColumn::Retransmits), QStringLiteral("2"));
    QCOMPARE(text(model, 0, FarSocketColumn::Timer), QStringLiteral("retransmit in 3.1 s"));
}

void FarSocketModelTest::keepsRowsWhileTheirSocketsLive()
{
    FarSocketModel model;
    model.setSockets({farHalfOpen(40001), farSocket(5, "echo", "ESTABLISHED", 40002)});
    const QPersistentModelIndex second = model.index(1, 0);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    // The kernel's own becomes a socket with a number when it is accepted.
    model.setSockets({farSocket(5, "echo", "CLOSE-WAIT", 40002),
        farSocket(9, "tutorial server", "ESTABLISHED", 40001)});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(inserted.size(), 0);
    QCOMPARE(text(model, 0, FarSocketColumn::State), QStringLiteral("ESTABLISHED"));
    QCOMPARE(text(model, 1, FarSocketColumn::State), QStringLiteral("CLOSE-WAIT"));
    model.setSockets({farSocket(5, "echo", "LAST-ACK", 40002)});
    QVERIFY(second.isValid());
    QCOMPARE(second.row(), 0);
}

void FarSocketModelTest::hidesListeningSocketsUntilAsked()
{
    FarSocketModel model;
    model.setSockets({farListener(1, "echo", 7), farSocket(5, "echo", "ESTABLISHED", 1)});
    QCOMPARE(model.rowCount(), 1);
    model.setShowsListening(true);
    QCOMPARE(model.rowCount(), 2);
    model.setShowsListening(false);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.socket(0)->socket, 5u);
    QVERIFY(!model.socket(1));
}

void FarSocketModelTest::describesASocketInSentences()
{
    const QString half = describeSocket(farHalfOpen(40001));
    QVERIFY(half.contains(QStringLiteral("SYN-RECEIVED")));
    QVERIFY(half.contains(QStringLiteral("after 2 retransmits")));
    FarSocket stopped = farSocket(5, "echo", "ESTABLISHED", 1);
    stopped.reading = false;
    QVERIFY(describeSocket(stopped).contains(QStringLiteral("stop reading")));
    QVERIFY(describeSocket(farListener(1, "echo", 7)).contains(QStringLiteral("at most 16")));
}

TCPW_TEST(FarSocketModelTest);

#include "tst_farsocketmodel.moc"
