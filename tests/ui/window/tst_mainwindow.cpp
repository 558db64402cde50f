// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/helperpaths.h"
#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/builder/sendbutton.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/stream/streampane.h"
#include "ui/templates/templatespane.h"
#include "ui/testpackets.h"
#include "ui/window/windowfixture.h"
#include "ui/windowtoolbar.h"

#include <QApplication>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <sys/wait.h>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// The window without a network: what it shows, keys, notices, files, what it remembers.
class MainWindowTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_all.reset(); }

    void fitsOnTheScreenAtItsFirstStart();
    void beginsWithTheSynTemplate();
    void sendsNothingWithoutADevice();
    void showsCapturedPacketsAndTheSelectedOne();
    void fillsInTheAnswerAndPutsTheFocusOnSend();
    void followsTheConnectionOfTheCurrentPacket();
    void putsACapturedPacketBackIntoTheBuilder();
    void takesTheKeyboardFromPaneToPane();
    void goesToAPacketByItsNumber();
    void scalesTheTextByKeys();
    void movesPanesWhereTheWindowIsNarrow();
    void remembersItselfFromOneStartToTheNext();
    void saysWhyThereIsNoLabAndOffersARecording();
    void offersWhatAnEarlierRunLeft();
    void showsErrorsAsPlainTextInTheNoticeLine();
    void keepsTheFormWhenATemplateCannotBeRead();
    void hasAMenuOfEveryKind();

private:
    void addPackets(void (*add)(TestStore&));
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::ControlModifier);

    std::unique_ptr<WindowFixture> m_all;
};

void MainWindowTest::init()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(false);
}

void MainWindowTest::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focused = QApplication::focusWidget();
    QTest::keyClick(focused ? focused : m_all->window.get(), key, modifiers);
}

/// Puts packets into the session's store as a capture would.
void MainWindowTest::addPackets(void (*add)(TestStore&))
{
    TestStore packets;
    add(packets);
    PacketBatch batch;
    for (std::size_t at = 0; at < packets.store().size(); ++at)
        batch.append(packets.store().record(at), *packets.store().bytes(at));
    const auto first = qsizetype(m_all->session.store().size());
    QVERIFY(m_all->session.store().append(batch));
    emit m_all->session.packetsAppended(first, qsizetype(batch.size()));
}

void MainWindowTest::fitsOnTheScreenAtItsFirstStart()
{
    const WindowFixture fresh;
    const QSize room = fresh.window->screen()->availableSize();
    QCOMPARE(fresh.window->size(), QSize(1440, 900).boundedTo(room));
}

void MainWindowTest::beginsWithTheSynTemplate()
{
    const auto* tcp = m_all->builder()->draft().packet.find<TcpHeader>();
    QVERIFY(tcp);
    QCOMPARE(tcp->controlBits.value, ControlBits::syn);
    QVERIFY(m_all->packets()->emptyState()->isVisible());
}

void MainWindowTest::sendsNothingWithoutADevice()
{
    QSignalSpy sent(&m_all->sender, &SendService::sent);
    QVERIFY(!m_all->builder()->findChild<SendButton*>()->isEnabled());
    press(Qt::Key_Return);
    press(Qt::Key_Return, Qt::NoModifier);
    QVERIFY(!m_all->sender.sending());
    QCOMPARE(sent.size(), 0);
}

void MainWindowTest::showsCapturedPacketsAndTheSelectedOne()
{
    addPackets([](TestStore& store) { store.addRefusedHandshake(); });
    QCOMPARE(m_all->rows(), 3);
    QVERIFY(m_all->notice().contains(u"No. 3"_s));
    m_all->clickRow(1);
    QCOMPARE(m_all->inspector()->tabs()->currentIndex(), 1);
    QCOMPARE(m_all->inspector()->packetView()->details().bytes, *m_all->session.store().bytes(1));
    m_all->session.clear();
    QCOMPARE(m_all->rows(), 0);
    QVERIFY(m_all->notice().isEmpty());
    QCOMPARE(m_all->inspector()->tabs()->tabText(1), u"Packet"_s);
}

void MainWindowTest::fillsInTheAnswerAndPutsTheFocusOnSend()
{
    addPackets([](TestStore& store) { store.addRefusedHandshake(); });
    m_all->clickRow(1);
    press(Qt::Key_R);
    const auto* tcp = m_all->builder()->draft().packet.find<TcpHeader>();
    QCOMPARE(tcp->controlBits.value, ControlBits::ack);
    QCOMPARE(tcp->sequenceNumber, 1001u);
    QCOMPARE(tcp->acknowledgmentNumber, 5001u);
    QCOMPARE(tcp->sourcePort, 40000);
    bool said = false;
    for (const QLabel* label : m_all->builder()->findChildren<QLabel*>())
        said = said || label->text().contains(u"Answers No. 2 with ACK"_s);
    QVERIFY(said);
    QCOMPARE(m_all->inspector()->tabs()->currentIndex(), 0);
}

/// Its rows stand out, the stream says what was said, and the list's menu leads there.
void MainWindowTest::followsTheConnectionOfTheCurrentPacket()
{
    addPackets([](TestStore& store) {
        store.addRefusedHandshake(40000);
        store.addRefusedHandshake(40001);
        store.add({Origin::me, ControlBits::ack, 1001, 5001, 40001, 8081, Bytes{'h', 'i'}});
    });
    const auto standsOut = [this](int row) {
        return m_all->packets()->model()->index(row, 0).data(Qt::BackgroundRole).isValid();
    };
    m_all->clickRow(5);
    QTRY_VERIFY(!standsOut(0));
    for (int row = 0; row < 7; ++row)
        QCOMPARE(standsOut(row), row >= 2); // No. 3 is the kernel's
    auto* stream = m_all->window->findChild<StreamPane*>();
    QVERIFY(!stream->isVisible());
    press(Qt::Key_T);
    QVERIFY(stream->isVisible());
    QTRY_COMPARE(stream->text(), u"▶ me:\nhi"_s);
    m_all->clickRow(0);
    QTRY_COMPARE(stream->text(), QString());
    QVERIFY(standsOut(0) && !standsOut(4));
    QVERIFY(m_all->packets()->view()->actions().contains(m_all->packets()->answerAction()));
}

void MainWindowTest::putsACapturedPacketBackIntoTheBuilder()
{
    addPackets([](TestStore& store) { store.addRefusedHandshake(); });
    m_all->clickRow(2);
    m_all->click(m_all->child<QToolButton>("editAgainButton"));
    QCOMPARE(encode(m_all->builder()->draft().packet), *m_all->session.store().bytes(2));
}

void MainWindowTest::takesTheKeyboardFromPaneToPane()
{
    addPackets([](TestStore& store) { store.addRefusedHandshake(); });
    const auto isIn = [](const QWidget* pane) {
        return pane->isAncestorOf(QApplication::focusWidget());
    };
    press(Qt::Key_3);
    QVERIFY(isIn(m_all->packets()));
    press(Qt::Key_1);
    QVERIFY(isIn(m_all->builder()));
    press(Qt::Key_2);
    QVERIFY(isIn(m_all->inspector()));
    press(Qt::Key_5);
    QVERIFY(isIn(m_all->window->findChild<TemplatesPane*>()));
    press(Qt::Key_F6, Qt::NoModifier);
    QVERIFY(isIn(m_all->builder()));
    press(Qt::Key_L);
    QVERIFY(m_all->packets()->filterEdit()->hasFocus());
}

void MainWindowTest::goesToAPacketByItsNumber()
{
    addPackets([](TestStore& store) { store.addRefusedHandshake(); });
    press(Qt::Key_G);
    QInputDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = m_all->window->findChild<QInputDialog*>()) && dialog->isVisible());
    dialog->setIntValue(3);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_all->packets()->currentPacket(), 2);
}

void MainWindowTest::scalesTheTextByKeys()
{
    const double before = QApplication::font().pointSizeF();
    press(Qt::Key_Plus);
    QVERIFY(QApplication::font().pointSizeF() > before);
    press(Qt::Key_Minus);
    press(Qt::Key_Minus);
    QVERIFY(QApplication::font().pointSizeF() < before);
    press(Qt::Key_0);
    QCOMPARE(QApplication::font().pointSizeF(), before);
}

void MainWindowTest::movesPanesWhereTheWindowIsNarrow()
{
    auto* templates = m_all->window->findChild<TemplatesPane*>();
    auto* dropDown = m_all->child<QToolButton>("templatesButton");
    QVERIFY(templates->isVisible());
    QVERIFY(!dropDown->isVisible());
    QCOMPARE(m_all->inspector()->tabs()->count(), 2);
    m_all->window->resize(800, 600);
    QVERIFY(!templates->isVisible());
    QVERIFY(dropDown->isVisible());
    QCOMPARE(m_all->inspector()->tabs()->count(), 6);
    press(Qt::Key_4);
    QCOMPARE(m_all->inspector()->tabs()->currentIndex(), 5);
    m_all->window->resize(1440, 900);
    QVERIFY(templates->isVisible());
    QCOMPARE(m_all->inspector()->tabs()->count(), 2);
}

void MainWindowTest::remembersItselfFromOneStartToTheNext()
{
    m_all->window->resize(1000, 700);
    press(Qt::Key_Plus);
    const double size = QApplication::font().pointSizeF();
    m_all->window->close();
    m_all->window.reset();
    QVERIFY(QApplication::font().pointSizeF() < size);
    m_all->window
        = std::make_unique<MainWindow>(m_all->session, m_all->sender, m_all->lab, m_all->settings);
    QCOMPARE(m_all->window->size(), QSize(1000, 700));
    QCOMPARE(QApplication::font().pointSizeF(), size);
}

void MainWindowTest::saysWhyThereIsNoLabAndOffersARecording()
{
    setHelperPath("/nonexistent/tcpw-helper");
    m_all->session.begin();
    EmptyState* state = m_all->packets()->emptyState();
    QTRY_VERIFY(!m_all->session.labObstacle().cause.empty());
    QTRY_VERIFY(state->findChild<QLabel*>(u"emptyText"_s)
                    ->text()
                    .contains(u"The practice network cannot be started here."_s));
    QPushButton* recording = nullptr;
    for (QPushButton* button : state->findChildren<QPushButton*>())
        if (button->isVisible() && button->text().contains(u"recorded"_s))
            recording = button;
    m_all->click(recording);
    QTRY_VERIFY(m_all->session.showsFile());
    QTRY_VERIFY(m_all->rows() > 5);
    QStringList flags;
    for (int row = 0; row < m_all->rows(); ++row)
        flags << m_all->cell(row, int(PacketListColumn::from)) + u' '
                + m_all->cell(row, int(PacketListColumn::flags));
    QVERIFY2(flags.contains(u"→ kernel RST"_s), qPrintable(flags.join(u'\n')));
    QVERIFY(flags.contains(u"← peer SYN,ACK"_s));
    QVERIFY(m_all->cell(0, int(PacketListColumn::source)).startsWith(u"me"_s));
}

void MainWindowTest::offersWhatAnEarlierRunLeft()
{
    m_all.reset(); // its threads end, so that this process may fork
    QTemporaryDir left;
    const std::string folder = left.filePath(u"tcp-workbench"_s).toStdString();
    const pid_t child = fork();
    if (child == 0) {
        // Ends without a chance to clean up, as a killed program does.
        auto store = PacketStore::create(folder);
        PacketBatch batch;
        batch.append({}, encode(segmentPacket({})));
        _exit(store && (*store)->append(batch) ? 0 : 1);
    }
    int status = -1;
    QCOMPARE(waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);

    m_all = std::make_unique<WindowFixture>(QString::fromStdString(folder));
    m_all->show(false);
    QCOMPARE(m_all->packets()->notices()->current().actionId, int(RestoreSpoolAction));
    m_all->click(m_all->child<QPushButton>("noticeAction"));
    QTRY_COMPARE(m_all->rows(), 1);
    QTest::qWait(300);
    QVERIFY(m_all->settings.texts(u"recentCaptures"_s).isEmpty()); // it may be discarded
    m_all.reset();
}

void MainWindowTest::showsErrorsAsPlainTextInTheNoticeLine()
{
    emit m_all->session.failed(u"<b>No</b> such \u202edevice"_s);
    QCOMPARE(m_all->packets()->notices()->current().kind, Notice::Kind::error);
    QVERIFY(!m_all->notice().contains(QChar(0x202e)));
    QVERIFY(m_all->notice().contains(u"<b>No</b>"_s));
}

void MainWindowTest::keepsTheFormWhenATemplateCannotBeRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"broken.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"format\": 1,");
    file.close();
    const Draft before = m_all->builder()->draft();
    m_all->window->openFile(path);
    QTRY_COMPARE(m_all->packets()->notices()->current().kind, Notice::Kind::error);
    QCOMPARE(m_all->builder()->draft(), before);
}

void MainWindowTest::hasAMenuOfEveryKind()
{
    QStringList titles;
    for (const QAction* action : m_all->window->menuBar()->actions())
        titles << action->text().remove(u'&');
    QCOMPARE(titles.join(u' '), u"File Edit Packet Capture Lab View Help"_s);
}

TCPW_TEST(MainWindowTest);
#include "tst_mainwindow.moc"
