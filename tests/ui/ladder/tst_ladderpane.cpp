// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/ladder/ladderpane.h"
#include "ui/ladder/ladderview.h"
#include "ui/looks.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;

class LadderPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void saysWhatHappened_data();
    void saysWhatHappened();
    void isEmptyWithWordsAtFirst();
    void activatesTheArrowThatIsClicked();
    void walksByKeys();
    void scrollsToTheCurrentPacket();
    void growsWithItsConnection();
    void countsDown();
    void zooms();
    void copiesItsText();
    void savesDrawings();
    void saysThatAPngWouldBeTooHigh();
    void paintsOnlyWhatIsSeen();
    void looksWellOfAFile();
    void looksWellWhenLong();
    void looksWell_data();
    void looksWell();

private:
    void show(const QString& name);
    void showLong(std::uint32_t pairs);

    std::unique_ptr<TestStore> m_store;
    FollowedConnection m_story;
    std::unique_ptr<LadderPane> m_pane;
    LadderView* m_view = nullptr;
};

void LadderPaneTest::init()
{
    m_store = std::make_unique<TestStore>();
    m_pane = std::make_unique<LadderPane>();
    m_view = m_pane->findChild<LadderView*>();
    m_pane->resize(320, 500);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
}

void LadderPaneTest::cleanup()
{
    m_pane.reset();
}

void LadderPaneTest::show(const QString& name)
{
    play(*m_store, name);
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
    QApplication::processEvents();
}

/// Data and its acknowledgment, many times.
void LadderPaneTest::showLong(std::uint32_t pairs)
{
    Conversationalist say(*m_store);
    say.handshake();
    for (std::uint32_t i = 0; i < pairs; ++i) {
        say.mine(psh | ack, 1 + 5 * i, 1, Bytes(5, 'a'));
        say.theirs(ack, 1, 6 + 5 * i);
    }
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
    QApplication::processEvents();
}

void LadderPaneTest::saysWhatHappened_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("kernel-reset") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1 ms  kernel → peer  RST seq 1
)");
    QTest::newRow("guarded") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1.03 s  peer → me  SYN,ACK again (No. 2) seq 0 ack 1  [retransmission]  after 1.03 s
No. 4  +2.02 s  peer → me  SYN,ACK again (No. 2) seq 0 ack 1  [retransmission]  after 2.02 s
No. 5  +4.06 s  peer → me  SYN,ACK again (No. 2) seq 0 ack 1  [retransmission]  after 4.06 s
)");
    QTest::newRow("orderly") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1 ms  me → peer  ACK seq 1 ack 1
No. 4  +1 ms  me → peer  PSH,ACK seq 1 ack 1 len 5
No. 5  +1 ms  peer → me  ACK seq 1 ack 6
No. 6  +250 ms  peer → me  PSH,ACK seq 1 ack 6 len 11
No. 7  +1 ms  me → peer  ACK seq 6 ack 12
No. 8  +1 ms  me → peer  FIN,ACK seq 6 ack 12
No. 9  +1 ms  peer → me  FIN,ACK seq 12 ack 7
No. 10  +1 ms  me → peer  ACK seq 7 ack 13
)");
    QTest::newRow("refused") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  RST,ACK seq 1 ack 1
)");
    QTest::newRow("out-of-order") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1 ms  me → peer  ACK seq 1 ack 1
No. 4  +1 ms  peer → me  ACK after a gap seq 6 ack 1 len 5  [lost_segment]
No. 5  +1 ms  peer → me  ACK out of order seq 1 ack 1 len 5  [out_of_order]
No. 6  +1 ms  me → peer  ACK seq 1 ack 11
No. 7  +1 ms  me → peer  PSH,ACK seq 1 ack 11 len 5  lost on its way
No. 8  +300 ms  me → peer  PSH,ACK again (No. 7) seq 1 ack 11 len 5  [retransmission]  after 300 ms
No. 9  +1 ms  peer → me  ACK seq 11 ack 6
)");
    QTest::newRow("half-close") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1 ms  me → peer  ACK seq 1 ack 1
No. 4  +1 ms  me → peer  FIN,ACK seq 1 ack 1
No. 5  +1 ms  peer → me  ACK seq 1 ack 2
No. 6  +1 ms  peer → me  PSH,ACK seq 1 ack 2 len 100
No. 7  +1 ms  me → peer  ACK seq 2 ack 101
)");
    QTest::newRow("simultaneous-open") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN seq 0
No. 3  +1 ms  me → peer  SYN,ACK seq 0 ack 1  [retransmission]
No. 4  +1 ms  peer → me  SYN,ACK seq 0 ack 1  [retransmission]
)");
    QTest::newRow("reset") << QStringLiteral(R"(No. 1  at first  me → peer  SYN seq 0
No. 2  +1 ms  peer → me  SYN,ACK seq 0 ack 1
No. 3  +1 ms  me → peer  ACK seq 1 ack 1
No. 4  +1 ms  me → peer  PSH,ACK seq 1 ack 1 len 5
No. 5  +1 ms  peer → me  RST,ACK seq 1 ack 6
)");
}

void LadderPaneTest::saysWhatHappened()
{
    QFETCH(QString, text);
    show(QLatin1String(QTest::currentDataTag()));
    QCOMPARE(m_pane->text(), text);
}

void LadderPaneTest::isEmptyWithWordsAtFirst()
{
    QCOMPARE(m_pane->text(), QString());
    takePicture(*m_pane, QStringLiteral("ladder-empty"), {320, 400});
    const FollowedConnection nothing;
    m_pane->setStory(&nothing);
    QTest::keyClick(m_view, Qt::Key_Down);
    m_pane->setStory(nullptr);
    QCOMPARE(m_pane->text(), QString());
}

void LadderPaneTest::activatesTheArrowThatIsClicked()
{
    m_store->add({Origin::me, syn, 7, 0, 50000});
    play(*m_store, QStringLiteral("kernel-reset"));
    m_story = told(m_store->store(), 1);
    m_pane->setStory(&m_story);
    QSignalSpy activated(m_pane.get(), &LadderPane::packetActivated);
    const LadderLayout& layout = m_view->layout();
    const int head = 2 * m_view->fontMetrics().height() + 12;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {150, head + layout.row(2).y + 3});
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.last().first().toLongLong(), 3);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {150, 5});
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {150, 380});
    QCOMPARE(activated.size(), 1);
}

void LadderPaneTest::walksByKeys()
{
    show(QStringLiteral("orderly"));
    QSignalSpy activated(m_pane.get(), &LadderPane::packetActivated);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(m_view, key);
        return activated.last().first().toInt();
    };
    QCOMPARE(press(Qt::Key_Down), 0);
    QCOMPARE(press(Qt::Key_Down), 1);
    QCOMPARE(press(Qt::Key_End), 9);
    QCOMPARE(press(Qt::Key_Down), 9);
    QCOMPARE(press(Qt::Key_Up), 8);
    QVERIFY(press(Qt::Key_PageUp) < 7);
    QCOMPARE(press(Qt::Key_Home), 0);
    QVERIFY(press(Qt::Key_PageDown) > 2);
    QVERIFY(m_view->accessibleDescription().startsWith(QStringLiteral("No. ")));
}

void LadderPaneTest::scrollsToTheCurrentPacket()
{
    showLong(200);
    QSignalSpy activated(m_pane.get(), &LadderPane::packetActivated);
    m_pane->setCurrentPacket(300);
    const int y = m_view->layout().row(300).y;
    const QScrollBar* bar = m_view->verticalScrollBar();
    QVERIFY(y > bar->value() && y < bar->value() + bar->pageStep());
    m_pane->setCurrentPacket(4711);
    QCOMPARE(m_view->accessibleDescription(), QString());
    QCOMPARE(activated.size(), 0);
}

void LadderPaneTest::growsWithItsConnection()
{
    Conversationalist say(*m_store);
    say.mine(syn, 0, 0);
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
    m_pane->setCurrentPacket(1);
    QCOMPARE(m_view->accessibleDescription(), QString());
    say.theirs(syn | ack, 0, 1);
    m_story = told(m_store->store());
    m_pane->extendStory();
    QCOMPARE(m_view->layout().rowCount(), 2);
    QVERIFY(m_view->accessibleDescription().startsWith(QStringLiteral("No. 2")));
}

void LadderPaneTest::countsDown()
{
    show(QStringLiteral("guarded"));
    m_pane->setCountdown(QStringLiteral("SYN,ACK again"), 2900);
    QCOMPARE(m_view->countdownText(), QStringLiteral("SYN,ACK again in 0:03"));
    QVERIFY(m_pane->text().endsWith(QStringLiteral("SYN,ACK again in 0:03\n")));
    QTRY_COMPARE(m_view->countdownText(), QStringLiteral("SYN,ACK again in 0:02"));
    m_pane->setCountdown(QStringLiteral("SYN,ACK again"), 0);
    QCOMPARE(m_view->countdownText(), QStringLiteral("SYN,ACK again now"));
    m_pane->setCountdown({}, 0);
    QCOMPARE(m_view->countdownText(), QString());
}

void LadderPaneTest::zooms()
{
    show(QStringLiteral("guarded"));
    const int before = m_view->layout().height();
    QWheelEvent wheel({100, 200}, m_view->mapToGlobal(QPointF(100, 200)), {}, {0, 240},
        Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view->viewport(), &wheel);
    QVERIFY(m_view->layout().height() > before);
    QTest::keyClick(m_view, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(m_view->layout().height(), before);
    for (auto* button : m_pane->findChildren<QToolButton*>())
        if (button->text() == QStringLiteral("F&it"))
            button->click();
    QCOMPARE(m_view->verticalScrollBar()->maximum(), 0);
    m_pane->findChild<QComboBox*>()->setCurrentIndex(1);
    QCOMPARE(m_view->axis(), LadderLayout::Axis::steps);
}

void LadderPaneTest::copiesItsText()
{
    show(QStringLiteral("kernel-reset"));
    for (auto* button : m_pane->findChildren<QToolButton*>())
        if (button->text() == QStringLiteral("Cop&y"))
            button->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_pane->text());
    QVERIFY(!m_pane->text().isEmpty());
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), m_pane->text());
}

void LadderPaneTest::savesDrawings()
{
    show(QStringLiteral("guarded"));
    QSignalSpy failed(m_pane.get(), &LadderPane::failed);
    QTemporaryDir folder;
    const QString svg = folder.filePath(QStringLiteral("one.svg"));
    const QString png = folder.filePath(QStringLiteral("one.png"));
    m_pane->saveAs(svg);
    m_pane->saveAs(png);
    QCOMPARE(failed.size(), 0);
    QSvgRenderer renderer(svg);
    QVERIFY(renderer.isValid());
    QVERIFY(renderer.defaultSize().height() > m_view->layout().height());
    const QImage image(png);
    QCOMPARE(image.width(), 960);
    QDir().mkpath(QStringLiteral(TCPW_BINARY_DIR "/screenshots"));
    image.save(QStringLiteral(TCPW_BINARY_DIR "/screenshots/ladder-saved.png"));
    m_pane->saveAs(folder.filePath(QStringLiteral("missing/one.svg")));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.last().first().toString().contains(QStringLiteral("not saved")));
}

void LadderPaneTest::saysThatAPngWouldBeTooHigh()
{
    showLong(1000);
    QSignalSpy failed(m_pane.get(), &LadderPane::failed);
    QTemporaryDir folder;
    m_pane->saveAs(folder.filePath(QStringLiteral("one.png")));
    QCOMPARE(failed.size(), 1);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void LadderPaneTest::paintsOnlyWhatIsSeen()
{
    const auto cost = [this] {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            m_view->grab();
        return timer.nsecsElapsed();
    };
    showLong(50);
    const auto few = cost();
    m_store = std::make_unique<TestStore>();
    showLong(5000);
    QVERIFY(m_view->layout().rowCount() > 10'000);
    const auto many = cost();
    QVERIFY2(many < 5 * few, qPrintable(QStringLiteral("%1 against %2").arg(many).arg(few)));
}

void LadderPaneTest::looksWellOfAFile()
{
    TestStore live;
    play(live, QStringLiteral("out-of-order"));
    for (std::size_t at = 0; at < live.store().size(); ++at)
        m_store->add(decode(*live.store().bytes(at), LinkType::ethernet), Origin::unknown);
    m_story = told(m_store->store());
    m_pane->setStory(&m_story);
    m_pane->findChild<QComboBox*>()->setCurrentIndex(1);
    takePicture(*m_pane, QStringLiteral("ladder-file"), {340, 500});
    QVERIFY(m_pane->text().contains(QStringLiteral("192.168.56.101:40001 → 192.168.56.102:8081")));
    QCOMPARE(cutTexts(*m_pane), QStringList());
}

void LadderPaneTest::looksWellWhenLong()
{
    showLong(5000);
    m_pane->setCurrentPacket(7000);
    takePicture(*m_pane, QStringLiteral("ladder-long"), {460, 500});
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(m_view, Qt::Key_Minus);
    takePicture(*m_pane, QStringLiteral("ladder-long-small"), {460, 500});
    QVERIFY(m_view->layout().rowOf(7001) >= 0);
}

void LadderPaneTest::looksWell_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const QString& name : conversationNames)
        for (const bool dark : {false, true})
            QTest::newRow(qPrintable(name + (dark ? QStringLiteral("-dark") : QString())))
                << name << dark;
}

void LadderPaneTest::looksWell()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    show(name);
    if (name == QLatin1String("guarded"))
        m_pane->setCountdown(QStringLiteral("SYN,ACK again"), 7900);
    m_pane->setCurrentPacket(qsizetype(m_story.arrows.size()) - 1);
    const bool isLong = m_story.arrows.size() > 7;
    takePicture(*m_pane,
        QStringLiteral("ladder-%1").arg(name)
            + (dark ? QStringLiteral("-dark") : QStringLiteral("-light")),
        {300, isLong || name == QLatin1String("guarded") ? 640 : 420});
    QCOMPARE(m_pane->width(), 300);
    QCOMPARE(cutTexts(*m_pane), QStringList());
    QCOMPARE(namelessControls(*m_pane), QStringList());
}

TCPW_TEST(LadderPaneTest);

#include "tst_ladderpane.moc"
