// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/pastedbytes.h"
#include "support/testcase.h"
#include "templates/template.h"
#include "ui/builder/builderpane.h"
#include "ui/builder/layersmenu.h"
#include "ui/editflow.h"
#include "ui/fields/fieldedit.h"
#include "ui/fields/valueeditor.h"
#include "ui/inspector/bytesview.h"
#include "ui/inspector/celleditor.h"
#include "ui/inspector/headerdiagram.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/inspector/packetview.h"
#include "ui/window/windowfixture.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPointer>
#include <QTabBar>
#include <QTest>
#include <QTextBlock>

#include <random>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// The draft edited in every place where it is shown, and all places showing one packet.
class EditingTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_all.reset(); }

    void typesOverBytes();
    void typesOverAscii();
    void keepsWhatMakesNoSense();
    void leadsFromAByteToItsField();
    void pastesAPacket();
    void pastesAPacketWithoutEthernet();
    void saysWhatIsNotPasted();
    void editsAFieldInItsCell();
    void keepsWhatIsNoValueInTheForm();
    void looksWellWhileACellIsEdited();
    void readsTheDraftAgain();
    void showsOnePacketEverywhere();

private:
    BuilderPane& builder() { return *m_all->builder(); }
    PacketView& view() { return *m_all->inspector()->draftView(); }
    const Packet& packet() { return builder().draft().packet; }
    QString field(const char* path);
    void paste(const QString& text);
    void goToByte(int byte, bool ascii = false);
    void chooseInDiagram(const QString& path);
    void editRandomly(std::mt19937& random);
    void compareAll();

    std::unique_ptr<WindowFixture> m_all;
    Draft m_first; ///< that the window begins with
};

namespace {

/// A SYN of 54 bytes, with right checksums, from 10.0.0.1:40000 to 10.0.0.2:80.
const QString plainSyn = u"020000000002 020000000001 0800"
                         "4500 0028 0001 4000 4006 26cd 0a000001 0a000002"
                         "9c40 0050 000003e8 00000000 5002 faf0 0000 0000"_s;

constexpr int timeToLive = 22; // where the byte stands
constexpr int windowByte = 48;
constexpr int dataOffset = 46;

} // namespace

void EditingTest::init()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(false);
    m_first = builder().draft();
    paste(plainSyn);
    builder().row(u"tcp.checksum"_s)->editor()->type(u"auto"_s);
    QCOMPARE(packet().layers.size(), std::size_t(3));
    QCOMPARE(field("ipv4.headerChecksum"), u"auto"_s);
}

QString EditingTest::field(const char* path)
{
    const auto text = draftFieldText(builder().draft(), path);
    return QString::fromStdString(text ? *text : text.error().message);
}

void EditingTest::paste(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
    QTest::keyClick(m_all->window.get(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
}

/// The cursor to a byte's digits, or to its character.
void EditingTest::goToByte(int byte, bool ascii)
{
    BytesView* bytes = view().bytes();
    bytes->setFocus();
    QTextCursor cursor(bytes->document()->findBlockByNumber(byte / bytes->bytesPerLine()));
    const int column = ascii
        ? bytes->hexColumn(0) + 3 * bytes->bytesPerLine() + 1 + byte % bytes->bytesPerLine()
        : bytes->hexColumn(byte);
    cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, column);
    bytes->setTextCursor(cursor);
}

void EditingTest::chooseInDiagram(const QString& path)
{
    view().views()->setCurrentIndex(3); // TCP
    view().selectField(path);
    view().diagram()->setFocus();
}

void EditingTest::typesOverBytes()
{
    goToByte(timeToLive);
    QTest::keyClicks(view().bytes(), u"1f"_s);
    QCOMPARE(field("ipv4.timeToLive"), u"31"_s);
    QCOMPARE(field("ipv4.headerChecksum"), u"auto"_s);
    QCOMPARE(builder().row(u"ipv4.timeToLive"_s)->state().text, u"31"_s);
    QCOMPARE(view().details().bytes[timeToLive], std::uint8_t(0x1f));
    // The cursor went on: what is typed next is the protocol.
    QTest::keyClicks(view().bytes(), u"11"_s);
    QCOMPARE(view().details().bytes[timeToLive + 1], std::uint8_t(0x11));
    builder().undoAction()->trigger();
    builder().undoAction()->trigger();
    QCOMPARE(field("ipv4.timeToLive"), u"64"_s);
    QCOMPARE(field("ipv4.protocol"), u"auto"_s);
}

void EditingTest::typesOverAscii()
{
    builder().row(u"tcp.window"_s)->editor()->type(u"16705"_s);
    goToByte(windowByte, true);
    QTest::keyClicks(view().bytes(), u"BC"_s);
    QCOMPARE(field("tcp.window"), QString::number(0x4243));
}

void EditingTest::keepsWhatMakesNoSense()
{
    goToByte(dataOffset);
    QTest::keyClicks(view().bytes(), u"4"_s);
    QCOMPARE(view().details().bytes[dataOffset], std::uint8_t(0x40));
    bool explained = false;
    for (const DetailsRow& row : view().details().rows)
        explained = explained || row.problem.contains(u"data offset"_s, Qt::CaseInsensitive);
    QVERIFY(explained);
    goToByte(dataOffset);
    QTest::keyClicks(view().bytes(), u"5"_s);
    QCOMPARE(field("tcp.checksum"), u"auto"_s);
    QCOMPARE(packet().layers.size(), std::size_t(3));
}

void EditingTest::leadsFromAByteToItsField()
{
    goToByte(windowByte);
    QCOMPARE(view().currentField(), u"tcp.window"_s);
    const DiagramLayout& diagram = view().diagram()->diagram();
    const int cell = diagram.cellOf(view().diagram()->currentRow());
    QVERIFY(cell >= 0);
    QCOMPARE(diagram.cells()[std::size_t(cell)].label, u"Window"_s);
    QVERIFY(view().bytes()->hasFocus());
}

void EditingTest::pastesAPacket()
{
    const Draft before = builder().draft();
    paste(u"0000  ff ff ff ff ff ff 02 00  00 00 00 01 08 06 00 01   ................\n"
          "0010  08 00 06 04 00 01 02 00  00 00 00 01 0a 00 00 01   ................\n"
          "0020  00 00 00 00 00 00 0a 00  00 02                     ..........\n"_s);
    QVERIFY(packet().find<ArpPacket>());
    QCOMPARE(view().details().bytes.size(), std::size_t(42));
    QCOMPARE(builder().undoAction()->text(), u"&Undo: Pasted packet"_s);
    builder().undoAction()->trigger();
    QCOMPARE(builder().draft(), before);
}

void EditingTest::pastesAPacketWithoutEthernet()
{
    paste(u"12:00:00.1 IP 10.0.0.1.40000 > 10.0.0.9.81: Flags [S], length 0\n"
          "\t0x0000:  4500 0028 0001 4000 4006 26c6 0a00 0001\n"
          "\t0x0010:  0a00 0009 9c40 0051 0000 03e8 0000 0000\n"
          "\t0x0020:  5002 faf0 0000 0000\n"_s);
    QCOMPARE(field("ethernet.source"), u"02:00:00:00:00:01"_s);
    QCOMPARE(field("ipv4.destination"), u"10.0.0.9"_s);
    QCOMPARE(field("tcp.destinationPort"), u"81"_s);
}

void EditingTest::saysWhatIsNotPasted()
{
    const Draft before = builder().draft();
    paste(u"see you at noon"_s);
    QVERIFY(m_all->notice().contains(u"The clipboard holds no packet."_s));
    QCOMPARE(builder().draft(), before);
}

void EditingTest::editsAFieldInItsCell()
{
    chooseInDiagram(u"tcp.window"_s);
    QTest::keyClick(view().diagram(), Qt::Key_F2);
    QPointer<CellEditor> editor = view().findChild<CellEditor*>();
    QVERIFY(editor && editor->isVisible());
    auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(line && editor->isAncestorOf(line));
    line->selectAll();
    QTest::keyClicks(line, u"0x0400"_s);
    QCOMPARE(field("tcp.window"), u"1024"_s); // while it is typed
    QCOMPARE(view().details().bytes[windowByte], std::uint8_t(4));
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(!editor);
    QVERIFY(view().diagram()->hasFocus());
    // By a double click too; Escape leaves the value.
    const DiagramLayout& diagram = view().diagram()->diagram();
    const QRect cell = view().diagram()->cellRect(diagram.cellOf(view().diagram()->currentRow()));
    QTest::mouseDClick(view().diagram()->viewport(), Qt::LeftButton, {}, cell.center());
    editor = view().findChild<CellEditor*>();
    QVERIFY(editor);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!editor);
    QCOMPARE(field("tcp.window"), u"1024"_s);
}

void EditingTest::keepsWhatIsNoValueInTheForm()
{
    chooseInDiagram(u"tcp.window"_s);
    QTest::keyClick(view().diagram(), Qt::Key_Return);
    auto* line = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    QVERIFY(line);
    line->selectAll();
    QTest::keyClicks(line, u"70000"_s);
    FieldEdit* row = builder().row(u"tcp.window"_s);
    QVERIFY(row->problem().contains(u"does not fit"_s));
    QCOMPARE(view().findChild<CellEditor*>()->editor()->problem(), row->problem());
    QVERIFY(!builder().valid());
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(qobject_cast<QLineEdit*>(row->editor()->keyWidget())->text(), u"70000"_s);
    QVERIFY(!builder().valid());
    row->drop();
    QVERIFY(builder().valid());
}

void EditingTest::looksWellWhileACellIsEdited()
{
    builder().row(u"tcp.checksum"_s)->editor()->type(u"0x1234"_s);
    chooseInDiagram(u"tcp.checksum"_s);
    QTest::keyClick(view().diagram(), Qt::Key_F2);
    takePicture(m_all->window.get(), u"cell-editor"_s);
    auto* editor = view().findChild<CellEditor*>();
    QVERIFY(view().diagram()->viewport()->rect().contains(editor->geometry()));
    QVERIFY(editor->height() >= editor->editor()->sizeHint().height());
}

void EditingTest::readsTheDraftAgain()
{
    builder().row(u"ipv4.timeToLive"_s)->editor()->type(u"9"_s);
    const Bytes bytes = view().details().bytes;
    QAction* again = nullptr;
    for (QAction* action : m_all->window->findChildren<QAction*>())
        if (action->text() == u"Read again from its &bytes"_s)
            again = action;
    QVERIFY(again);
    again->trigger();
    QCOMPARE(view().details().bytes, bytes);
    QCOMPARE(encode(packet()), bytes);
}

void EditingTest::editRandomly(std::mt19937& random)
{
    const auto number = [&](std::size_t below) {
        return std::size_t(random()) % std::max<std::size_t>(1, below);
    };
    switch (number(8)) {
    case 0:
    case 1:
    case 2: { // a field
        const std::size_t layer = number(packet().layers.size());
        const auto fields = layerType(packet().layers[layer]).fields;
        const Field& field = fields[number(fields.size())];
        const QString path = QString::fromStdString(pathName(packet(), {layer, &field}));
        const QString words[] = {u"auto"_s, QString::number(number(300)), u"0x1f"_s, u"10.1.2.3"_s,
            u"fd00::7"_s, u"02:00:00:00:00:09"_s, u"SYN,ACK"_s, u"mss=536,nop,kind-77=0102"_s,
            u"text:hi"_s, u"hex:"_s, u"true"_s, u"no value"_s, u"{new.port}"_s};
        builder().row(path)->editor()->type(words[number(std::size(words))]);
        return;
    }
    case 3:
    case 4: { // a byte
        if (view().details().bytes.empty())
            return;
        goToByte(int(number(view().details().bytes.size())));
        QTest::keyClick(view().bytes(), "0123456789abcdef"[number(16)]);
        return;
    }
    case 5: { // a layer
        auto* menu = builder().findChild<LayersMenu*>();
        emit menu->aboutToShow();
        QList<QAction*> actions = menu->actions();
        actions.removeIf([](const QAction* action) { return action->isSeparator(); });
        if (!actions.isEmpty())
            actions[qsizetype(number(std::size_t(actions.size())))]->trigger();
        return;
    }
    case 6:
        return builder().undoAction()->trigger();
    default:
        return builder().redoAction()->trigger();
    }
}

/// Form, details, diagram, bytes and JSON say what the draft is.
void EditingTest::compareAll()
{
    const Draft& draft = builder().draft();
    const auto preview = m_all->sender.preview(draft);
    const Packet sent = preview ? *preview : draft.packet;
    const Bytes bytes = encode(sent);
    QCOMPARE(view().details().bytes, bytes);
    if (!bytes.empty()) {
        const auto shown = parsePastedBytes(view().bytes()->toPlainText().toStdString());
        QVERIFY(shown);
        QCOMPARE(*shown, bytes);
    }
    const Packet whole = completed(sent);
    for (const DetailsRow& row : view().details().rows) {
        if (!row.path.field)
            continue;
        const Layer& layer = draft.packet.layers[row.path.layer];
        QCOMPARE(row.path.field, findField(layerType(layer), row.path.field->name));
    }
    for (const DiagramCell& cell : view().diagram()->diagram().cells())
        if (cell.row >= 0)
            QVERIFY(
                view().details().rows[std::size_t(cell.row)].value.startsWith(cell.value.left(3)));
    for (FieldEdit* row : builder().findChildren<FieldEdit*>()) {
        if (!row->isVisibleTo(&builder()) || !preview)
            continue;
        for (std::size_t layer = 0; layer < whole.layers.size(); ++layer) {
            const QString path = QString::fromStdString(pathName(whole, {layer, &row->field()}));
            const Field* own = findField(layerType(whole.layers[layer]), row->field().name);
            if (own == &row->field() && builder().row(path) == row)
                QVERIFY2(row->state().value == own->get(whole.layers[layer]), qPrintable(path));
        }
    }
    Template saved;
    saved.name = "random";
    saved.draft = draft;
    const auto read = parseTemplate(writeTemplate(saved));
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(read->draft, draft);
}

/// 300 edits, or 100,000 with TCPW_FULL=1; the history holds 500 steps, so every 100 are undone.
void EditingTest::showsOnePacketEverywhere()
{
    const int rounds = qEnvironmentVariableIsSet("TCPW_FULL") ? 1000 : 3;
    constexpr int editsARound = 100;
    std::mt19937 random(20261125);
    for (int round = 0; round < rounds && !QTest::currentTestFailed(); ++round) {
        init();
        for (int edit = 0; edit < editsARound && !QTest::currentTestFailed(); ++edit) {
            editRandomly(random);
            compareAll();
        }
        while (builder().undoAction()->isEnabled() && !QTest::currentTestFailed()) {
            builder().undoAction()->trigger();
            compareAll();
        }
        QCOMPARE(builder().draft(), m_first);
    }
}

TCPW_TEST(EditingTest);
#include "tst_editing.moc"
