// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"
#include "ui/window/capturefixture.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Captures in the window: saved whole and in part, with what was said of the packets, and cleared.
class SavingWindowTest : public QObject, protected CaptureFixture
{
    Q_OBJECT
private slots:
    void initTestCase() { makeCapture(); }
    void init() { begin(); }

    void savesShownAndSelectedPackets();
    void savesWhatIsThereWhenTheNameIsChosen();
    void clearsOnlyWhatIsShown();
    void keepsAComment();
    void asksBeforeCommentsAreLost();
};

void SavingWindowTest::savesShownAndSelectedPackets()
{
    open(m_capture, 10);
    m_all->packets()->setFilter(u"from kernel or from peer"_s);
    QTRY_COMPARE(m_all->rows(), 5);
    saveBy(u"Save shown packets …"_s, path("shown.pcapng"));
    QCOMPARE(packetsIn(path("shown.pcapng")), 5);
    m_all->packets()->view()->selectRow(1);
    saveBy(u"Save selected packets …"_s, path("selected.pcap"));
    QCOMPARE(packetsIn(path("selected.pcap")), 1);
    saveBy(u"Save capture …"_s, path("all.pcapng"));
    QCOMPARE(packetsIn(path("all.pcapng")), 10);

    m_all->packets()->setFilter(u"seq 77"_s);
    QTRY_COMPARE(m_all->rows(), 0);
    action(u"Save shown packets …"_s)->trigger();
    QVERIFY(m_all->notice().contains(u"nothing to save"_s));
}

void SavingWindowTest::savesWhatIsThereWhenTheNameIsChosen()
{
    capture(10);
    QSignalSpy saved(&m_all->session, &LiveSession::saved);
    action(u"Save shown packets …"_s)->trigger();
    auto* dialog = m_all->window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    dropBefore(4);
    capture(2);
    dialog->findChild<QLineEdit*>()->setText(path("kept.pcapng"));
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(saved.size(), 1);
    QCOMPARE(packetsIn(path("kept.pcapng")), 8);

    m_all->packets()->view()->selectRow(0);
    action(u"Save selected packets …"_s)->trigger();
    dialog = m_all->window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    dropBefore(5);
    dialog->findChild<QLineEdit*>()->setText(path("none.pcapng"));
    QMetaObject::invokeMethod(dialog, "accept");
    QVERIFY(m_all->notice().contains(u"nothing to save"_s));
    QCOMPARE(packetsIn(path("none.pcapng")), -1);
}

void SavingWindowTest::clearsOnlyWhatIsShown()
{
    TestStore packets;
    packets.addRefusedHandshake(40000);
    PacketBatch batch;
    for (std::size_t at = 0; at < packets.store().size(); ++at)
        batch.append(packets.store().record(at), *packets.store().bytes(at));
    QVERIFY(m_all->session.store().append(batch));
    open(m_capture, 10);
    action(u"Clear the list"_s)->trigger();
    QVERIFY(!m_all->session.showsFile());
    QCOMPARE(m_all->rows(), 3); // that were hidden by the file
    action(u"Clear the list"_s)->trigger();
    QCOMPARE(m_all->rows(), 0);
}

void SavingWindowTest::keepsAComment()
{
    open(m_capture, 10);
    const int column = int(PacketListColumn::comment);
    QCOMPARE(m_all->cell(4, column), u"<b>lost</b> on the way"_s);
    emit m_all->packets()->marks().commentEdited(0, u"the first"_s);
    QCOMPARE(m_all->cell(0, column), u"the first"_s);
    saveBy(u"Save capture …"_s, path("commented.pcapng"));
    open(path("commented.pcapng"), 10);
    QCOMPARE(m_all->cell(0, column), u"the first"_s);
}

void SavingWindowTest::asksBeforeCommentsAreLost()
{
    open(m_capture, 10);
    emit m_all->packets()->marks().commentEdited(0, u"the first"_s);
    QStringList questions;
    bool stays = true;
    QTimer looker;
    connect(&looker, &QTimer::timeout, this, [&] {
        auto* box = m_all->window->findChild<QMessageBox*>();
        if (!box || !box->isVisible())
            return;
        questions << box->text();
        if (stays)
            return box->reject();
        for (QAbstractButton* button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
    });
    looker.start(10);
    QVERIFY(!m_all->window->close());
    action(u"Open a recorded handshake"_s)->trigger();
    action(u"Back to the live capture"_s)->trigger();
    QVERIFY(m_all->session.showsFile());
    QCOMPARE(m_all->cell(0, int(PacketListColumn::comment)), u"the first"_s);
    const QString ofFile = u"Comments on packets of this file were changed and not saved."_s;
    QCOMPARE(questions,
        (QStringList{u"Comments on packets were changed and not saved."_s, ofFile, ofFile}));
    stays = false;
    open(m_capture, 10);
    QCOMPARE(questions.size(), 4);
    QTRY_VERIFY(m_all->cell(0, int(PacketListColumn::comment)).isEmpty());

    emit m_all->packets()->marks().commentEdited(0, u"the first"_s);
    saveBy(u"Save capture …"_s, path("askedfor.pcapng"));
    QVERIFY(m_all->window->close());
    QCOMPARE(questions.size(), 4);
}

TCPW_TEST(SavingWindowTest);
#include "tst_savingwindow.moc"
