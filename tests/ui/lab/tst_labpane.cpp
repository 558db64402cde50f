// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../looks.h"
#include "farsockets.h"
#include "support/testcase.h"
#include "ui/lab/labpane.h"

#include <QClipboard>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class LabPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void asksTheFarEndToConnectAndListen();
    void asksWithTheChosenSocket();
    void sendsBytesAsTyped();
    void asksForTimers();
    void keepsTheChosenSocketOverARefresh();
    void showsEventsAsPlainText();
    void saysWhyThereIsNoLab();
    void watchesWhileItIsSeen();
    void looksWell_data();
    void looksWell();

private:
    void press(const char* caption);
    FarRequest last() const { return m_asked->last().first().value<FarRequest>(); }
    QTableView* table() const { return m_pane->findChild<QTableView*>(); }

    std::unique_ptr<LabPane> m_pane;
    std::unique_ptr<QSignalSpy> m_asked;
};

void LabPaneTest::init()
{
    m_asked.reset();
    m_pane = std::make_unique<LabPane>();
    m_pane->setRunning();
    m_pane->resize(340, 900);
    m_pane->show();
    m_asked = std::make_unique<QSignalSpy>(m_pane.get(), &LabPane::asked);
}

void LabPaneTest::press(const char* caption)
{
    for (QPushButton* button : m_pane->findChildren<QPushButton*>())
        if (QString(button->text()).remove(QLatin1Char('&')) == QLatin1String(caption)) {
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    QFAIL(caption);
}

void LabPaneTest::asksTheFarEndToConnectAndListen()
{
    const QList<QSpinBox*> ports = m_pane->findChildren<QSpinBox*>();
    QCOMPARE(ports.size(), 2);
    for (QSpinBox* port : ports)
        port->setValue(port->accessibleName().contains(QStringLiteral("connects")) ? 40123 : 9001);
    press("Connect");
    QCOMPARE(last().verb, FarVerb::connect);
    QCOMPARE(int(last().port), 40123);
    QCOMPARE(last().address, IpAddress(labAddress::near4));
    press("Listen");
    QCOMPARE(last().verb, FarVerb::listen);
    QCOMPARE(int(last().port), 9001);
}

void LabPaneTest::asksWithTheChosenSocket()
{
    press("Shutdown");
    QCOMPARE(last().verb, FarVerb::shutdown);
    QCOMPARE(last().socket, 0u);

    m_pane->setSockets({farHalfOpen(1), farSocket(5, "echo", "ESTABLISHED", 2)});
    table()->selectRow(1);
    const std::pair<const char*, FarVerb> verbs[]
        = {{"Shutdown", FarVerb::shutdown}, {"Close", FarVerb::close}, {"Abort", FarVerb::abort},
            {"Stop reading", FarVerb::stopReading}, {"Resume reading", FarVerb::resumeReading}};
    for (const auto& [caption, verb] : verbs) {
        press(caption);
        QCOMPARE(last().verb, verb);
        QCOMPARE(last().socket, 5u);
    }
}

void LabPaneTest::sendsBytesAsTyped()
{
    press("Send bytes");
    QCOMPARE(last().verb, FarVerb::send);
    QCOMPARE(QByteArray(
                 reinterpret_cast<const char*>(last().data.data()), qsizetype(last().data.size())),
        QByteArray("hello\n"));
    QPlainTextEdit* edit = nullptr;
    for (auto* each : m_pane->findChildren<QPlainTextEdit*>())
        if (!each->isReadOnly())
            edit = each;
    QVERIFY(edit);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, QStringLiteral("a\\x00"));
    press("Send bytes");
    QCOMPARE(last().data, (Bytes{'a', 0}));
    const auto before = m_asked->size();
    QTest::keyClicks(edit, QStringLiteral("\\q"));
    press("Send bytes");
    QCOMPARE(m_asked->size(), before);
}

void LabPaneTest::asksForTimers()
{
    QComboBox* timers = nullptr;
    for (auto* box : m_pane->findChildren<QComboBox*>())
        if (box->accessibleName().contains(QStringLiteral("timers")))
            timers = box;
    QVERIFY(timers);
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    timers->setFocus();
    QTest::keyClick(timers, Qt::Key_Down);
    QCOMPARE(last().verb, FarVerb::realTimers);
    QTest::keyClick(timers, Qt::Key_Up);
    QCOMPARE(last().verb, FarVerb::patient);
}

void LabPaneTest::keepsTheChosenSocketOverARefresh()
{
    m_pane->setSockets({farHalfOpen(1), farSocket(5, "echo", "ESTABLISHED", 2)});
    table()->selectRow(1);
    m_pane->setSockets({farSocket(5, "echo", "CLOSE-WAIT", 2)});
    press("Close");
    QCOMPARE(last().socket, 5u);
    m_pane->setSockets({});
    press("Close");
    QCOMPARE(last().socket, 0u);
}

void LabPaneTest::showsEventsAsPlainText()
{
    FarEvent event;
    event.socket = 5;
    event.text = "got <b>5</b> bytes\x1b";
    m_pane->setLog({event});
    m_pane->addEvent(event);
    QPlainTextEdit* log = nullptr;
    for (auto* each : m_pane->findChildren<QPlainTextEdit*>())
        if (each->isReadOnly())
            log = each;
    QCOMPARE(log->blockCount(), 2);
    QVERIFY(log->toPlainText().contains(QStringLiteral("#5 got <b>5</b> bytes\\x1b")));
}

void LabPaneTest::saysWhyThereIsNoLab()
{
    QSignalSpy retried(m_pane.get(), &LabPane::retryRequested);
    m_pane->setObstacle({"Unprivileged user namespaces are switched off on this system "
                         "(kernel.unprivileged_userns_clone is 0), so no private network can be "
                         "made.",
        "sudo sysctl kernel.unprivileged_userns_clone=1"});
    takePicture(*m_pane, QStringLiteral("lab-obstacle"), {300, 300});
    QCOMPARE(cutTexts(*m_pane), QStringList());
    press("Copy command");
    QCOMPARE(QGuiApplication::clipboard()->text(),
        QStringLiteral("sudo sysctl kernel.unprivileged_userns_clone=1"));
    press("Try again");
    QCOMPARE(retried.size(), 1);
}

void LabPaneTest::watchesWhileItIsSeen()
{
    QSignalSpy watching(m_pane.get(), &LabPane::watchingChanged);
    m_pane->hide();
    QCOMPARE(watching.last().first().toBool(), false);
    m_pane->show();
    QCOMPARE(watching.last().first().toBool(), true);
}

void LabPaneTest::looksWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    for (const int width : {270, 340, 460}) {
        QTest::newRow(qPrintable(QStringLiteral("%1-light").arg(width))) << false << width;
        QTest::newRow(qPrintable(QStringLiteral("%1-dark").arg(width))) << true << width;
    }
}

void LabPaneTest::looksWell()
{
    QFETCH(bool, dark);
    QFETCH(int, width);
    const Scheme scheme(dark);
    LabPane pane;
    pane.setRunning();
    pane.setSockets({farHalfOpen(40001), farSocket(5, "tutorial server", "ESTABLISHED", 40002)});
    FarEvent event;
    event.timestamp = 1'700'000'000'123'000'000;
    event.socket = 5;
    event.text = "The tutorial's server accepted a connection from 192.168.56.101:40002.";
    pane.setLog({event, event});
    pane.findChild<QTableView*>()->selectRow(1);
    pane.showOutcome(QStringLiteral("Socket 7 connects to 192.168.56.101:40000."));
    takePicture(pane,
        QStringLiteral("lab-%1").arg(width)
            + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")),
        {width, 980});
    QCOMPARE(pane.width(), width);
    QCOMPARE(cutTexts(pane), QStringList());
    QCOMPARE(namelessControls(pane), QStringList());
}

TCPW_TEST(LabPaneTest);

#include "tst_labpane.moc"
