// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "buildertest.h"
#include "support/testcase.h"
#include "ui/builder/layercard.h"
#include "ui/builder/layerheader.h"
#include "ui/builder/layersmenu.h"
#include "ui/builder/sendbutton.h"
#include "ui/fields/controlbitsedit.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class BuilderPaneTest : public QObject
{
    Q_OBJECT
private slots:
    void opensTcpAndClosesTheRest();
    void showsWhatSendWouldSend();
    void takesWhatIsTyped();
    void doesNotTellOfWhatTheProgramSets();
    void keepsWhatCannotBeReadAndBlocksSend();
    void forgetsTypingWithANewDraft();
    void keepsTypingOverAChangedStack();
    void sendsByItsButtonOnly();
    void asksForACheckOfTheDestination();
    void isOffWithoutADevice();
    void saysAtItsFootWhatIsWrong();
    void showsTheTemplatesExpectationUntilEdited();
    void addsAndRemovesLayers();
    void showsAnyPacketOfTheTemplates_data();
    void showsAnyPacketOfTheTemplates();

private:
    static QString footText(const BuilderPane& pane);
};

QString BuilderPaneTest::footText(const BuilderPane& pane)
{
    QStringList lines;
    for (const QLabel* label : pane.findChildren<QLabel*>())
        if (!label->isHidden() && !qobject_cast<FieldEdit*>(label->parentWidget()))
            lines << label->text();
    return lines.join(QLatin1Char('\n')).remove(QChar(0x200b));
}

void BuilderPaneTest::opensTcpAndClosesTheRest()
{
    Builder builder;
    const QList<LayerCard*> cards = builder.pane.findChildren<LayerCard*>();
    QCOMPARE(cards.size(), 3);
    QVERIFY(!cards[0]->isOpen());
    QVERIFY(!cards[1]->isOpen());
    QVERIFY(cards[2]->isOpen());
    QCOMPARE(
        cards[0]->header()->summary(), QStringLiteral("0a:00:00:00:00:01 → 0a:00:00:00:00:02"));
    QCOMPARE(cards[1]->header()->summary(), QStringLiteral("192.168.56.101 → 192.168.56.102"));
    QCOMPARE(cards[2]->header()->summary(), QStringLiteral("SYN, 40001 → 8081, 20 bytes"));
}

void BuilderPaneTest::showsWhatSendWouldSend()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.sourcePort"));
    QVERIFY(line);
    QCOMPARE(line->text(), QStringLiteral("40001"));
    QCOMPARE(builder.row("tcp.sourcePort")->state().words, QStringLiteral("new each Send"));
    QCOMPARE(builder.row("tcp.dataOffset")->state().kind, FieldState::Kind::automatic);
}

void BuilderPaneTest::takesWhatIsTyped()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QSignalSpy changed(&builder.pane, &BuilderPane::draftChanged);
    QSignalSpy activated(&builder.pane, &BuilderPane::fieldActivated);
    QWidget* line = builder.focus("tcp.destinationPort");
    QCOMPARE(activated.last().first().toString(), QStringLiteral("tcp.destinationPort"));
    qobject_cast<QLineEdit*>(line)->selectAll();
    QTest::keyClicks(line, QStringLiteral("80"));
    QCOMPARE(builder.text("tcp.destinationPort"), std::string("80"));
    QCOMPARE(changed.size(), 2);
    QVERIFY(footText(builder.pane).contains(QStringLiteral("192.168.56.102:80,")));
}

void BuilderPaneTest::doesNotTellOfWhatTheProgramSets()
{
    Builder builder;
    QSignalSpy changed(&builder.pane, &BuilderPane::draftChanged);
    builder.load("syn-linux");
    builder.pane.setDevice(nullptr);
    builder.pane.setHint(QStringLiteral("hint"));
    QCOMPARE(changed.size(), 0);
}

void BuilderPaneTest::keepsWhatCannotBeReadAndBlocksSend()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QSignalSpy valid(&builder.pane, &BuilderPane::validChanged);
    QSignalSpy sends(&builder.pane, &BuilderPane::sendRequested);
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.window"));
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("65536"));
    QCOMPARE(line->text(), QStringLiteral("65536"));
    QCOMPARE(builder.text("tcp.window"), std::string("6553"));
    QVERIFY(!builder.pane.valid());
    QCOMPARE(valid.last().first().toBool(), false);
    QVERIFY(footText(builder.pane).contains(QStringLiteral("Window cannot be read")));

    builder.focus("tcp.destinationPort"); // leaving does not cut it
    QCOMPARE(line->text(), QStringLiteral("65536"));
    QTest::keyClick(&builder.pane, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sends.size(), 0);

    line->setFocus();
    QTest::keyClick(line, Qt::Key_Backspace);
    QVERIFY(builder.pane.valid());
    QCOMPARE(builder.text("tcp.window"), std::string("6553"));
    QTest::keyClick(&builder.pane, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sends.size(), 1);
}

void BuilderPaneTest::forgetsTypingWithANewDraft()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.window"));
    QTest::keyClicks(line, QStringLiteral("junk"));
    QVERIFY(!builder.pane.valid());
    builder.load("ack");
    QVERIFY(builder.pane.valid());
    QCOMPARE(line->text(), QStringLiteral("64240"));
}

void BuilderPaneTest::keepsTypingOverAChangedStack()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QTest::keyClicks(builder.focus("tcp.window"), QStringLiteral("junk"));
    emit builder.pane.findChild<LayersMenu*>()->operationChosen(LayerOperation::addVlanTag);
    QVERIFY(!builder.pane.valid());
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.window"));
    QVERIFY(line->text().contains(QStringLiteral("junk")));
}

void BuilderPaneTest::sendsByItsButtonOnly()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QSignalSpy sends(&builder.pane, &BuilderPane::sendRequested);
    auto* button = builder.pane.findChild<SendButton*>();
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(sends.size(), 1);
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Return);
    QTest::keyClick(button, Qt::Key_Enter);
    QCOMPARE(sends.size(), 1);
    for (const char* path : {"tcp.window", "tcp.options", "tcp.controlBits", "tcp.checksum"}) {
        QTest::keyClick(builder.focus(path), Qt::Key_Return);
        QCOMPARE(sends.size(), 1);
        QTest::keyClick(builder.focus(path), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(sends.size(), 2);
        sends.removeLast();
    }
    builder.pane.setSending(true);
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::keyClick(&builder.pane, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(sends.size(), 1);
}

void BuilderPaneTest::asksForACheckOfTheDestination()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QSignalSpy checks(&builder.pane, &BuilderPane::checkRequested);
    QTest::keyClick(&builder.pane, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(checks.size(), 1);
    QCOMPARE(checks.first().first().value<IpAddress>(), IpAddress(labAddress::far4));
    builder.pane.setCheckResult(QStringLiteral("192.168.56.102 answers."), true);
    QVERIFY(footText(builder.pane).contains(QStringLiteral("192.168.56.102 answers.")));
    QTest::keyClick(builder.focus("tcp.window"), Qt::Key_Up);
    QVERIFY(footText(builder.pane).contains(QStringLiteral("192.168.56.102 answers.")));
    QTest::keyClick(builder.focus("ipv4.destination"), Qt::Key_Up);
    QVERIFY(!footText(builder.pane).contains(QStringLiteral("answers.")));
}

void BuilderPaneTest::isOffWithoutADevice()
{
    Builder builder("syn", false);
    QVERIFY(!builder.pane.canSend());
    QVERIFY(!builder.pane.sendAction()->isEnabled());
    QVERIFY(!builder.pane.checkAction()->isEnabled());
    QVERIFY(footText(builder.pane).contains(QStringLiteral("Choose a device")));
    builder.pane.setDevice(&builder.device);
    QVERIFY(builder.pane.canSend());
    builder.device.injectProblem = "Nothing can be sent on any.";
    builder.pane.setDevice(&builder.device);
    QVERIFY(!builder.pane.canSend());
    QVERIFY(footText(builder.pane).contains(QStringLiteral("Nothing can be sent on any.")));
}

void BuilderPaneTest::saysAtItsFootWhatIsWrong()
{
    Builder builder("wrong-checksum");
    const QString foot = footText(builder.pane);
    QVERIFY(foot.contains(QStringLiteral("0x1234 is wrong")));
    QVERIFY(foot.contains(QStringLiteral("drop it silently")));
    QVERIFY(foot.contains(QStringLiteral("lab0 → 192.168.56.102:8081, 54 bytes")));
}

void BuilderPaneTest::showsTheTemplatesExpectationUntilEdited()
{
    Builder builder;
    builder.pane.setExpectation(QStringLiteral("Something special."));
    QVERIFY(footText(builder.pane).contains(QStringLiteral("Something special.")));
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QTest::keyClick(builder.focus("tcp.window"), Qt::Key_Up);
    QVERIFY(!footText(builder.pane).contains(QStringLiteral("Something special.")));
}

void BuilderPaneTest::addsAndRemovesLayers()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    auto* menu = builder.pane.findChild<LayersMenu*>();
    emit menu->operationChosen(LayerOperation::addVlanTag);
    emit menu->operationChosen(LayerOperation::addPayload);
    QCOMPARE(builder.pane.draft().packet.layers.size(), std::size_t(5));
    QCOMPARE(builder.text("vlan.identifier"), std::string("1"));
    auto* header = qobject_cast<LayerHeader*>(QApplication::focusWidget());
    QVERIFY(header);
    QCOMPARE(header->text(), QString::fromUtf8(findLayerType("payload")->label));
    QTest::keyClick(header, Qt::Key_Delete);
    QCOMPARE(builder.pane.draft().packet.layers.size(), std::size_t(4));
    emit menu->removeChosen(1);
    QCOMPARE(builder.pane.draft(), findBuiltin("syn")->draft);
}

void BuilderPaneTest::showsAnyPacketOfTheTemplates_data()
{
    QTest::addColumn<QByteArray>("id");
    for (const Template& each : builtinTemplates())
        QTest::newRow(each.id.c_str()) << QByteArray::fromStdString(each.id);
}

void BuilderPaneTest::showsAnyPacketOfTheTemplates()
{
    QFETCH(QByteArray, id);
    Builder builder("syn-ipv6");
    builder.load(id.constData());
    for (LayerCard* card : builder.pane.findChildren<LayerCard*>())
        card->setOpen(true);
    QCOMPARE(builder.pane.draft(), findBuiltin(id.constData())->draft);
    QVERIFY(builder.pane.valid());
    QVERIFY(builder.pane.canSend());
}

TCPW_TEST(BuilderPaneTest);

#include "tst_builderpane.moc"
