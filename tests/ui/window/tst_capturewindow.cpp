// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/capturefile.h"
#include "support/testcase.h"
#include "ui/fields/theme.h"
#include "ui/fileprogress.h"
#include "ui/limitdialog.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"
#include "ui/window/windowfixture.h"
#include "ui/window/windowlooks.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Captures in the window: opened, looked through, saved.
class CaptureWindowTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();

    void remembersWhatWasOpened();
    void takesADroppedFile();
    void savesShownAndSelectedPackets();
    void savesWhatIsThereWhenTheNameIsChosen();
    void goesToPacketsThatAreKept();
    void goesBackToTheLiveCapture();
    void tellsDevicesApartThatAFileNamesLate();
    void clearsOnlyWhatIsShown();
    void keepsAComment();
    void asksBeforeCommentsAreLost();
    void keepsTheColumnsForTheNextStart();
    void asksForALimit();
    void showsHowFarAFileIs();
    void looksRight_data();
    void looksRight();

private:
    QAction* action(const QString& text) const;
    void saveBy(const QString& text, const QString& path);
    void open(const QString& path, int rows);
    void capture(int count);
    void dropBefore(int packet);
    void goTo(int number);
    qsizetype packetsIn(const QString& path) const;
    QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    PacketListModel* model() const { return m_all->packets()->model(); }

    QTemporaryDir m_folder;
    QString m_capture;
    std::unique_ptr<WindowFixture> m_all;
};

/// A handshake, a request that is lost and repeated, a wrong checksum, a reset.
void CaptureWindowTest::initTestCase()
{
    TestStore packets;
    packets.add({Origin::me, ControlBits::syn, 1000, 0});
    packets.add({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001});
    packets.add({Origin::me, ControlBits::ack, 1001, 5001});
    const Bytes request{'G', 'E', 'T', ' ', '/'};
    const std::uint16_t push = ControlBits::psh | ControlBits::ack;
    packets.add({Origin::me, push, 1001, 5001, 40000, 8081, request});
    packets.wait(1'000'000'000);
    packets.add({Origin::me, push, 1001, 5001, 40000, 8081, request});
    packets.add({Origin::peer, ControlBits::ack, 5001, 1006});
    Packet wrong = segmentPacket({Origin::peer, push, 5001, 1006, 40000, 8081, request});
    wrong.find<TcpHeader>()->checksum = std::uint16_t(0x1234);
    packets.add(wrong, Origin::peer);
    packets.addRefusedHandshake(40001);
    QVERIFY(packets.store().setComments(4, {"<b>lost</b> on the way"}));
    m_capture = path("story.pcapng");
    QVERIFY(saveCapture(packets.store(), {}, m_capture.toStdString(), CaptureFormat::pcapng));
}

void CaptureWindowTest::init()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(false);
}

void CaptureWindowTest::open(const QString& path, int rows)
{
    m_all->window->openFile(path);
    QTRY_COMPARE(m_all->session.store().path(), path.toStdString());
    QTRY_COMPARE(m_all->rows(), rows);
}

QAction* CaptureWindowTest::action(const QString& text) const
{
    for (const QAction* menu : m_all->window->menuBar()->actions())
        for (QAction* one : menu->menu()->actions())
            if (one->text().remove(u'&') == text)
                return one;
    qFatal("There is no action \"%s\".", qPrintable(text));
    return nullptr;
}

void CaptureWindowTest::saveBy(const QString& text, const QString& path)
{
    QSignalSpy saved(&m_all->session, &LiveSession::saved);
    action(text)->trigger();
    auto* dialog = m_all->window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit*>()->setText(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(saved.size(), 1);
    QTRY_VERIFY(!m_all->window->findChild<QFileDialog*>());
}

qsizetype CaptureWindowTest::packetsIn(const QString& path) const
{
    const auto store = PacketStore::open(path.toStdString());
    return store ? qsizetype((*store)->size()) : -1;
}

void CaptureWindowTest::remembersWhatWasOpened()
{
    open(m_capture, 10);
    const QString other = path("other & 50%.pcapng");
    QFile::remove(other);
    QVERIFY(QFile::copy(m_capture, other));
    open(other, 10);
    QMenu* recent = action(u"Open recent"_s)->menu();
    QVERIFY(recent);
    QCOMPARE(recent->actions()[0]->text(), u"other && 50%.pcapng"_s);
    QCOMPARE(recent->actions()[1]->text(), u"story.pcapng"_s);
    recent->actions()[1]->trigger();
    QTRY_COMPARE(m_all->session.store().path(), m_capture.toStdString());
    QCOMPARE(m_all->settings.texts(u"recentCaptures"_s).first(), m_capture);

    QVERIFY(QFile::remove(other));
    emit recent->aboutToShow();
    QVERIFY(!recent->actions()[1]->isEnabled());
    recent->actions().last()->trigger();
    emit recent->aboutToShow();
    QVERIFY(!recent->menuAction()->isEnabled());
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

void CaptureWindowTest::savesShownAndSelectedPackets()
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

/// As if these came in.
void CaptureWindowTest::capture(int count)
{
    PacketStore& store = m_all->session.store();
    const auto before = qsizetype(store.size());
    const Bytes bytes = encode(segmentPacket({Origin::peer, ControlBits::ack, 5, 6}));
    PacketRecord record;
    record.originalLength = std::uint32_t(bytes.size());
    record.origin = Origin::peer;
    PacketBatch batch;
    for (int i = 0; i < count; ++i)
        batch.append(record, bytes);
    QVERIFY(store.append(batch));
    emit m_all->session.packetsAppended(before, count);
}

/// As a limit does.
void CaptureWindowTest::dropBefore(int packet)
{
    QVERIFY(m_all->session.store().dropBefore(std::size_t(packet)));
    emit m_all->session.packetsDropped(packet);
}

void CaptureWindowTest::savesWhatIsThereWhenTheNameIsChosen()
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

void CaptureWindowTest::clearsOnlyWhatIsShown()
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

void CaptureWindowTest::keepsAComment()
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

void CaptureWindowTest::asksBeforeCommentsAreLost()
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
    takePicture(m_all->window.get(), u"captures-"_s + QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(cutTexts(*m_all->window).join(u'\n'), QString());
    QCOMPARE(unnamedControls(*m_all->window).join(u'\n'), QString());
    QCOMPARE(faintTexts(*m_all->window).join(u'\n'), QString());
    QCOMPARE(controlsBesideTab(*m_all->window).join(u'\n'), QString());
    QApplication::setPalette(Theme::palette(false));
}

TCPW_TEST(CaptureWindowTest);
#include "tst_capturewindow.moc"
