// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "support/testcase.h"
#include "ui/inspector/bytesview.h"
#include "ui/inspector/headerdiagram.h"
#include "ui/inspector/packetview.h"
#include "ui/looks.h"
#include "ui/testpackets.h"

#include <QAction>
#include <QClipboard>
#include <QSignalSpy>
#include <QSvgRenderer>
#include <QTabBar>
#include <QTest>
#include <QTreeView>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// A layer drawn as its RFC draws it: where each field is, what it says, and how it is walked.
class HeaderDiagramTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { qRegisterMetaType<Packet>(); }
    void init();

    void drawsTcpAsItsRfcDoes();
    void drawsEachOptionAndThePadding();
    void drawsLongFieldsOverWords();
    void drawsNoMoreThanAFewWordsOfData();
    void fillsEveryLayerWithoutAGap();
    void choosesWhatIsClicked();
    void followsTheTreeAndTheBytes();
    void walksByKeys();
    void opensAFieldByReturn();
    void keepsItsLayerWhileThePacketChanges();
    void copiesAndDraws();
    void looksWell_data();
    void looksWell();

private:
    void show(Packet packet);
    static Packet withOptions();
    QRect pieceOf(const char* label, int piece = 0) const;
    QString current() const;

    std::unique_ptr<PacketView> m_view;
    HeaderDiagram* m_diagram = nullptr;
};

void HeaderDiagramTest::init()
{
    m_view = std::make_unique<PacketView>();
    m_diagram = m_view->diagram();
    m_view->resize(640, 600);
}

void HeaderDiagramTest::show(Packet packet)
{
    m_view->setDetails(draftDetails(packet));
    m_view->showDiagram(true);
    m_view->show();
}

Packet HeaderDiagramTest::withOptions()
{
    Packet packet = segmentPacket({});
    auto& options = packet.find<TcpHeader>()->options.list;
    options.push_back(tcpOption::maximumSegmentSize(1460));
    options.push_back(tcpOption::sackPermitted());
    options.push_back(tcpOption::timestamps({7, 0}));
    options.push_back(tcpOption::windowScale(7));
    return packet;
}

/// A piece of the first cell with that label, in bits and words.
QRect HeaderDiagramTest::pieceOf(const char* label, int piece) const
{
    for (const DiagramCell& cell : m_diagram->diagram().cells())
        if (cell.label == QLatin1String(label))
            return cell.pieces.at(std::size_t(piece));
    return {};
}

QString HeaderDiagramTest::current() const
{
    return m_view->currentField();
}

void HeaderDiagramTest::drawsTcpAsItsRfcDoes()
{
    show(segmentPacket({}));
    QCOMPARE(m_diagram->diagram().wordCount(), 5);
    QCOMPARE(pieceOf("Source port"), QRect(0, 0, 16, 1));
    QCOMPARE(pieceOf("Destination port"), QRect(16, 0, 16, 1));
    QCOMPARE(pieceOf("Sequence number"), QRect(0, 1, 32, 1));
    QCOMPARE(pieceOf("Data offset"), QRect(0, 3, 4, 1));
    QCOMPARE(pieceOf("Control bits"), QRect(4, 3, 12, 1));
    QCOMPARE(pieceOf("Urgent pointer"), QRect(16, 4, 16, 1));
    QVERIFY(m_diagram->text().contains(u"Destination port: 8081\n"_s));
    QVERIFY(m_diagram->text().contains(u"Data offset: 5\n"_s));
}

void HeaderDiagramTest::drawsEachOptionAndThePadding()
{
    show(withOptions());
    // 4 + 2 + 10 + 3 bytes, and one that fills the word.
    QCOMPARE(m_diagram->diagram().wordCount(), 10);
    const auto& cells = m_diagram->diagram().cells();
    QCOMPARE(cells.size(), std::size_t(9 + 4 + 1));
    QCOMPARE(cells[9].pieces.front(), QRect(0, 5, 32, 1));
    QCOMPARE(cells[10].pieces.front(), QRect(0, 6, 16, 1));
    QCOMPARE(cells[11].pieces.size(), std::size_t(2));
    QCOMPARE(cells[11].main, QRect(0, 7, 32, 2));
    QCOMPARE(cells[13].label, u"Padding"_s);
    QCOMPARE(cells[13].main, QRect(24, 9, 8, 1));
}

void HeaderDiagramTest::drawsLongFieldsOverWords()
{
    show(segmentPacket({}));
    m_view->views()->setCurrentIndex(1);
    QCOMPARE(m_diagram->layer(), std::size_t(0));
    QCOMPARE(pieceOf("Destination", 0), QRect(0, 0, 32, 1));
    QCOMPARE(pieceOf("Destination", 1), QRect(0, 1, 16, 1));
    QCOMPARE(pieceOf("Source", 0), QRect(16, 1, 16, 1));
    QCOMPARE(pieceOf("Source", 1), QRect(0, 2, 32, 1));
}

void HeaderDiagramTest::drawsNoMoreThanAFewWordsOfData()
{
    Segment segment;
    segment.data = Bytes(1400, 'x');
    show(segmentPacket(segment));
    m_view->views()->setCurrentIndex(4);
    QCOMPARE(m_diagram->diagram().wordCount(), DiagramLayout::mostWords);
}

/// Each bit of each layer with fields of a fixed size belongs to just one cell.
void HeaderDiagramTest::fillsEveryLayerWithoutAGap()
{
    for (const LayerType& type : layerTypes()) {
        Packet packet;
        packet.layers = {type.make()};
        const PacketDetails details = draftDetails(packet);
        const DiagramLayout layout(details, 0);
        int bits = 0;
        for (const DiagramCell& cell : layout.cells())
            for (const QRect& piece : cell.pieces)
                bits += piece.width() * piece.height();
        QVERIFY2(bits == int(details.layers[0].length) * 8, type.name);
        for (int bit = 0; bit < bits; ++bit)
            QVERIFY2(layout.cellAt({bit % 32, bit / 32}) >= 0, type.name);
    }
}

void HeaderDiagramTest::choosesWhatIsClicked()
{
    show(segmentPacket({}));
    const int cell = m_diagram->diagram().cellAt({20, 3});
    QTest::mouseClick(
        m_diagram->viewport(), Qt::LeftButton, {}, m_diagram->cellRect(cell).center());
    QCOMPARE(current(), u"tcp.window"_s);
    const QSignalSpy activated(m_view.get(), &PacketView::fieldActivated);
    QTest::mouseDClick(
        m_diagram->viewport(), Qt::LeftButton, {}, m_diagram->cellRect(cell).center());
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toString(), u"tcp.window"_s);
}

void HeaderDiagramTest::followsTheTreeAndTheBytes()
{
    show(segmentPacket({}));
    m_view->selectField(u"ipv4.timeToLive"_s);
    QCOMPARE(m_diagram->layer(), std::size_t(1));
    QCOMPARE(m_view->views()->currentIndex(), 2);
    emit m_view->bytes()->byteChosen(34 + 4); // the first of the sequence number
    QCOMPARE(current(), u"tcp.sequenceNumber"_s);
    QCOMPARE(m_diagram->layer(), std::size_t(2));
    QVERIFY(m_diagram->accessibleDescription().startsWith(u"Sequence number"_s));
}

void HeaderDiagramTest::walksByKeys()
{
    show(segmentPacket({}));
    m_view->selectField(u"tcp.sequenceNumber"_s);
    const auto press = [this](Qt::Key key) {
        QTest::keyClick(m_diagram, key);
        return current();
    };
    QCOMPARE(press(Qt::Key_Down), u"tcp.acknowledgmentNumber"_s);
    QCOMPARE(press(Qt::Key_Down), u"tcp.controlBits"_s);
    QCOMPARE(press(Qt::Key_Right), u"tcp.window"_s);
    QCOMPARE(press(Qt::Key_Left), u"tcp.controlBits"_s);
    QCOMPARE(press(Qt::Key_Left), u"tcp.dataOffset"_s);
    QCOMPARE(press(Qt::Key_Up), u"tcp.acknowledgmentNumber"_s);
    for (int i = 0; i < 20; ++i)
        press(Qt::Key_Right);
    QCOMPARE(current(), u"tcp.urgentPointer"_s);
    for (int i = 0; i < 20; ++i)
        press(Qt::Key_Up);
    QVERIFY(current() == u"tcp.sourcePort"_s || current() == u"tcp.destinationPort"_s);
}

void HeaderDiagramTest::opensAFieldByReturn()
{
    show(segmentPacket({}));
    m_view->selectField(u"tcp.checksum"_s);
    const QSignalSpy activated(m_view.get(), &PacketView::fieldActivated);
    QTest::keyClick(m_diagram, Qt::Key_Return);
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated[0][0].toString(), u"tcp.checksum"_s);
}

void HeaderDiagramTest::keepsItsLayerWhileThePacketChanges()
{
    show(segmentPacket({}));
    m_view->views()->setCurrentIndex(2);
    Packet other = withOptions();
    m_view->setDetails(draftDetails(other));
    QCOMPARE(m_view->views()->currentIndex(), 2);
    other.layers.resize(1);
    m_view->setDetails(draftDetails(other));
    QCOMPARE(m_view->views()->count(), 2);
    m_view->setDetails(draftDetails(Packet()));
    QCOMPARE(m_view->views()->count(), 1);
    QVERIFY(m_diagram->text().isEmpty());
}

void HeaderDiagramTest::copiesAndDraws()
{
    show(withOptions());
    m_diagram->actions().at(0)->trigger();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"Window: 64240"_s));
    QSvgRenderer drawing(m_diagram->svg());
    QVERIFY(drawing.isValid());
    QCOMPARE(m_diagram->image().size(), drawing.viewBox().size() * 2);
}

void HeaderDiagramTest::looksWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void HeaderDiagramTest::looksWell()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    PacketView view;
    const auto picture = [&](const char* name, const Packet& packet, QSize size) {
        view.setDetails(draftDetails(packet));
        view.showDiagram(true);
        view.selectField(u"tcp.sequenceNumber"_s);
        takePicture(
            view, u"diagram-%1-%2"_s.arg(QLatin1String(name), dark ? u"dark"_s : u"light"_s), size);
        QCOMPARE(cutTexts(view), QStringList());
        QCOMPARE(namelessControls(view), QStringList());
    };
    picture("syn", segmentPacket({}), {560, 420});
    picture("options", withOptions(), {560, 620});
    Packet broken = withOptions();
    broken.find<TcpHeader>()->checksum = 0x1234;
    broken.find<TcpHeader>()->dataOffset = 4;
    picture("broken", broken, {480, 560});
}

TCPW_TEST(HeaderDiagramTest);
#include "tst_headerdiagram.moc"
