// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/theme.h"
#include "ui/fileprogress.h"
#include "ui/limitdialog.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"
#include "ui/window/capturefixture.h"
#include "ui/window/windowlooks.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDropEvent>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>
#include <QSpinBox>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Captures in the window: opened and looked through.
class CaptureWindowTest : public QObject, protected CaptureFixture
{
    Q_OBJECT
private slots:
    void initTestCase() { makeCapture(); }
    void init() { begin(); }

    void remembersWhatWasOpened();
    void forgetsWhatCannotBeOpened();
    void takesADroppedFile();
    void goesToPacketsThatAreKept();
    void goesBackToTheLiveCapture();
    void tellsDevicesApartThatAFileNamesLate();
    void keepsTheColumnsForTheNextStart();
    void asksForALimit();
    void showsHowFarAFileIs();
    void looksRight_data();
    void looksRight();

private:
    void goTo(int number);
};

void CaptureWindowTest::remembersWhatWasOpened()
{
    const auto remembered = [this] {
        return m_all->settings.texts(u"recentCaptures"_s).value(0);
    };
    open(m_capture, 10);
    QTRY_COMPARE(remembered(), m_capture);
    const QString other = path("other & 50%.pcapng");
    QFile::remove(other);
    QVERIFY(QFile::copy(m_capture, other));
    open(other, 10);
    QMenu* recent = action(u"Open recent"_s)->menu();
    QVERIFY(recent);
    QTRY_COMPARE(remembered(), other);
    emit recent->aboutToShow();
    QCOMPARE(recent->actions()[0]->text(), u"other && 50%.pcapng"_s);
    QCOMPARE(recent->actions()[1]->text(), u"story.pcapng"_s);
    recent->actions()[1]->trigger();
    QTRY_COMPARE(m_all->session.store().path(), m_capture.toStdString());
    QTRY_COMPARE(remembered(), m_capture);

    QVERIFY(QFile::remove(other));
    emit recent->aboutToShow();
    QVERIFY(!recent->actions()[1]->isEnabled());
    recent->actions().last()->trigger();
    emit recent->aboutToShow();
    QVERIFY(!recent->menuAction()->isEnabled());
}

void CaptureWindowTest::forgetsWhatCannotBeOpened()
{
    const QString none = path("no-capture.txt");
    QFile file(none);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("This is no capture at all.") > 0);
    file.close();
    QSignalSpy failed(&m_all->session, &LiveSession::failed);
    m_all->window->openFile(none);
    QTRY_COMPARE(failed.count(), 1);
    open(m_capture, 10);
    const auto remembered = [this] {
        return m_all->settings.texts(u"recentCaptures"_s);
    };
    QTRY_COMPARE(remembered(), QStringList(m_capture));
    action(u"Open a recorded handshake"_s)->trigger();
    QTRY_VERIFY(m_all->rows() != 10);
    QTest::qWait(300);
    QCOMPARE(remembered(), QStringList(m_capture));
}

void CaptureWindowTest::takesADroppedFile()
{
    QMimeData data;
    data.setUrls({QUrl(u"https://example.org/x.pcap"_s), QUrl::fromLocalFile(m_capture)});
    QDragEnterEvent entered({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_all->window.get(), &entered);
    QVERIFY(entered.isAccepted());
    QDropEvent dropped({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_all->window.get(), &dropped);
    QTRY_COMPARE(m_all->rows(), 10);
}

void CaptureWindowTest::goTo(int number)
{
    action(u"Go to packet …"_s)->trigger();
    auto* dialog = m_all->window->findChild<QInputDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->intMinimum(), 5);
    QCOMPARE(dialog->intMaximum(), 10);
    dialog->setIntValue(number);
    dialog->accept();
    QTRY_VERIFY(!m_all->window->findChild<QInputDialog*>());
}

void CaptureWindowTest::goesToPacketsThatAreKept()
{
    capture(10);
    dropBefore(4);
    goTo(9);
    QCOMPARE(m_all->packets()->currentPacket(), 8);
    QCOMPARE(m_all->notice(), QString());
    m_all->packets()->setFilter(u"from me"_s);
    QTRY_VERIFY(m_all->rows() == 0 && !model()->choosing());
    goTo(6);
    QVERIFY2(m_all->notice().contains(u"display filter"_s), qPrintable(m_all->notice()));
    QCOMPARE(m_all->packets()->currentPacket(), 8);
}

void CaptureWindowTest::goesBackToTheLiveCapture()
{
    QAction* back = action(u"Back to the live capture"_s);
    QVERIFY(!back->isEnabled());
    open(m_capture, 10);
    QVERIFY(back->isEnabled());
    back->trigger();
    QCOMPARE(m_all->rows(), 0);
    QVERIFY(!m_all->session.showsFile() && !back->isEnabled());
}

void CaptureWindowTest::tellsDevicesApartThatAFileNamesLate()
{
    TestStore packets;
    const Segment syn{Origin::me, ControlBits::syn, 1000, 0};
    packets.store().nameDevice(0, "early0");
    packets.addMany(syn, 60'000); // more than are read before a file is shown
    packets.store().nameDevice(1, "late0");
    const Bytes bytes = encode(segmentPacket(syn));
    PacketRecord record;
    record.originalLength = std::uint32_t(bytes.size());
    record.device = 1;
    PacketBatch batch;
    batch.append(record, bytes);
    QVERIFY(packets.store().append(batch));
    const QString file = path("late.pcapng"); // a spool describes a device when a packet comes
    QVERIFY(QFile::copy(QString::fromStdString(packets.store().path()), file));
    const int column = int(PacketListColumn::device);
    QVERIFY(m_all->packets()->view()->isColumnHidden(column));
    open(file, 60'001);
    QTRY_VERIFY(!m_all->packets()->view()->isColumnHidden(column));
    QCOMPARE(m_all->cell(60'000, column), u"late0"_s);
}

void CaptureWindowTest::keepsTheColumnsForTheNextStart()
{
    ColumnMenu& menu = m_all->packets()->columnMenu();
    menu.columnAction(PacketListColumn::frame)->trigger();
    menu.timeAction(TimeForm::timeOfDay)->trigger();
    const QStringList state = menu.state();
    m_all->window->close();
    MainWindow next(m_all->session, m_all->sender, m_all->lab, m_all->settings);
    QCOMPARE(next.findChild<PacketListPane*>()->columnMenu().state(), state);
}

void CaptureWindowTest::asksForALimit()
{
    action(u"Limit …"_s)->trigger();
    auto* dialog = m_all->window->findChild<LimitDialog*>();
    QVERIFY(dialog);
    QCOMPARE(dialog->limit(), CaptureLimit());
    takePicture(dialog, u"limit"_s);
    dialog->findChildren<QCheckBox*>()[0]->click();
    dialog->findChildren<QSpinBox*>()[0]->setValue(25);
    dialog->accept();
    QCOMPARE(m_all->session.captureLimit(), (CaptureLimit{25'000, 0, false}));
    QCOMPARE(readLimit(m_all->settings), (CaptureLimit{25'000, 0, false}));
}

void CaptureWindowTest::showsHowFarAFileIs()
{
    auto* progress = m_all->window->findChild<FileProgress*>();
    QVERIFY(progress && !progress->isVisible());
    emit m_all->session.fileProgressed(u"/tmp/big.pcap"_s, 0.1);
    QVERIFY(!progress->isVisible()); // it may be over at once
    QTRY_VERIFY([&] {
        emit m_all->session.fileProgressed(u"/tmp/big.pcap"_s, 0.4);
        return progress->isVisible();
    }());
    takePicture(m_all->window.get(), u"captures-progress"_s);
    QCOMPARE(cutTexts(*m_all->window).join(u'\n'), QString());
    QCOMPARE(unnamedControls(*m_all->window).join(u'\n'), QString());
    emit m_all->session.fileProgressed(u"/tmp/big.pcap"_s, 1);
    QVERIFY(!progress->isVisible());
}

void CaptureWindowTest::looksRight_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const bool twofold = m_all && m_all->window->devicePixelRatioF() > 1.5;
    for (const QSize& size : {QSize(800, 600), QSize(1440, 900)})
        for (const bool dark : {false, true})
            QTest::addRow("%dx%d%s-%s", size.width(), size.height(), twofold ? "-twofold" : "",
                dark ? "dark" : "light")
                << size << dark;
}

void CaptureWindowTest::looksRight()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QApplication::setPalette(Theme::palette(dark));
    m_all->window->resize(size);
    open(m_capture, 10);
    QTRY_COMPARE(m_all->cell(4, int(PacketListColumn::problem)), u"retransmission"_s);
    for (const auto column : {PacketListColumn::connection, PacketListColumn::problem})
        m_all->packets()->view()->setColumnWanted(column, true);
    m_all->packets()->view()->sortByColumn(int(PacketListColumn::flags), Qt::AscendingOrder);
    QTRY_VERIFY(!model()->sorting());
    m_all->packets()->setCurrentPacket(4);
    m_all->packets()->marks().markAction()->trigger();
    m_all->packets()->findBar()->findAction()->trigger();
    m_all->packets()->findBar()->edit()->setText(u"wrong checksum"_s);
    m_all->packets()->findBar()->nextAction()->trigger();
    QTRY_COMPARE(m_all->packets()->currentPacket(), 6);
    const auto* list = m_all->packets()->view(); // the column grows with the mark a moment later
    QTRY_VERIFY(list->columnWidth(int(PacketListColumn::number))
        > list->fontMetrics().horizontalAdvance(u"5 ●"_s));
    takePicture(m_all->window.get(), u"captures-"_s + QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(cutTexts(*m_all->window).join(u'\n'), QString());
    QCOMPARE(unnamedControls(*m_all->window).join(u'\n'), QString());
    QCOMPARE(faintTexts(*m_all->window).join(u'\n'), QString());
    QCOMPARE(controlsBesideTab(*m_all->window).join(u'\n'), QString());
    QApplication::setPalette(Theme::palette(false));
}

TCPW_TEST(CaptureWindowTest);
#include "tst_capturewindow.moc"
