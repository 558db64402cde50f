// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "buildertest.h"
#include "support/testcase.h"
#include "ui/builder/layercard.h"
#include "ui/builder/layerheader.h"
#include "ui/builder/sendbutton.h"
#include "ui/fields/controlbitsedit.h"

#include <QLineEdit>
#include <QTest>
#include <QToolButton>

using namespace tcpw;
using namespace tcpw::test;

class BuilderKeysTest : public QObject
{
    Q_OBJECT
private slots:
    void visitsByTabInTheOrderOfTheScreen();
    void comesToAutomaticFieldsByArrows();
    void goesBackToAutomatic();
    void goesBackToThePlaceholder();
    void turnsAutomaticIntoOnesOwnByTyping();
    void togglesFlagsByLetters();
    void opensAndClosesLayersByKeys();

private:
    static QStringList tabRound(Builder& builder);
};

namespace {

QString nameOf(const QWidget* widget)
{
    if (const auto* header = qobject_cast<const LayerHeader*>(widget))
        return header->text();
    if (!widget->accessibleName().isEmpty())
        return widget->accessibleName();
    return QLatin1String(widget->metaObject()->className());
}

} // namespace

/// The names of all that Tab visits, from the first header on, until it comes round.
QStringList BuilderKeysTest::tabRound(Builder& builder)
{
    auto* first = builder.pane.findChild<LayerHeader*>();
    first->setFocus();
    QStringList names;
    for (int i = 0; i < 60; ++i) {
        QWidget* now = QApplication::focusWidget();
        if (!now || (i > 0 && now == first))
            break;
        names << nameOf(now);
        QTest::keyClick(now, Qt::Key_Tab);
    }
    return names;
}

void BuilderKeysTest::visitsByTabInTheOrderOfTheScreen()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    const QString bits = QStringLiteral("TCP, ")
        + QString::fromUtf8(findField(*findLayerType("tcp"), "controlBits")->label);
    const QStringList expected{QString::fromUtf8(findLayerType("ethernet")->label),
        QString::fromUtf8(findLayerType("ipv4")->label), QStringLiteral("TCP"),
        QStringLiteral("TCP, Source port"), QStringLiteral("TCP, Destination port"),
        QStringLiteral("TCP, Sequence number"), QStringLiteral("TCP, Acknowledgment number"), bits,
        QStringLiteral("TCP, Window"), QStringLiteral("TCP, Urgent pointer"),
        QStringLiteral("TCP, Options"), QStringLiteral("TCP, Options, add one"),
        QStringLiteral("Add or remove layers"), QStringLiteral("Check"), QStringLiteral("Send")};
    QCOMPARE(tabRound(builder), expected);

    // A layer opened later is visited where it stands.
    builder.pane.findChildren<LayerCard*>()[1]->setOpen(true);
    const QStringList opened = tabRound(builder);
    QVERIFY(opened.indexOf(QStringLiteral("IPv4, Time to live")) > 1);
    QVERIFY(opened.indexOf(QStringLiteral("IPv4, Time to live"))
        < opened.indexOf(QStringLiteral("TCP, Source port")));
    QVERIFY(!opened.contains(QStringLiteral("IPv4, Header checksum")));
}

void BuilderKeysTest::comesToAutomaticFieldsByArrows()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QTest::keyClick(builder.focus("tcp.acknowledgmentNumber"), Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(builder.pane.currentField(), QStringLiteral("tcp.dataOffset"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QCOMPARE(builder.pane.currentField(), QStringLiteral("tcp.controlBits"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QCOMPARE(builder.pane.currentField(), QStringLiteral("tcp.acknowledgmentNumber"));
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(nameOf(QApplication::focusWidget()), QStringLiteral("TCP"));
}

void BuilderKeysTest::goesBackToAutomatic()
{
    Builder builder("wrong-checksum");
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QWidget* line = builder.focus("tcp.checksum");
    QTest::keyClick(line, Qt::Key_Backspace, Qt::ControlModifier);
    QCOMPARE(builder.text("tcp.checksum"), std::string("auto"));
    QCOMPARE(builder.row("tcp.checksum")->state().kind, FieldState::Kind::automatic);
}

void BuilderKeysTest::goesBackToThePlaceholder()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.sourcePort"));
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("1234x"));
    QVERIFY(!builder.pane.valid());
    QTest::keyClick(line, Qt::Key_Backspace, Qt::ControlModifier);
    QVERIFY(builder.pane.valid());
    QCOMPARE(builder.text("tcp.sourcePort"), std::string("{new.port}"));
    QCOMPARE(line->text(), QStringLiteral("40001"));
}

void BuilderKeysTest::turnsAutomaticIntoOnesOwnByTyping()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.dataOffset"));
    QTRY_VERIFY(line->hasSelectedText());
    QTest::keyClicks(line, QStringLiteral("4"));
    QCOMPARE(builder.text("tcp.dataOffset"), std::string("4"));
    QCOMPARE(builder.row("tcp.dataOffset")->state().kind, FieldState::Kind::ownWrong);
    QCOMPARE(builder.row("tcp.dataOffset")->state().right, QStringLiteral("5"));
    // Without a text it is automatic again, and the value it then has stays in sight.
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Backspace);
    QCOMPARE(builder.text("tcp.dataOffset"), std::string("auto"));
    QCOMPARE(line->placeholderText(), QStringLiteral("5"));
}

void BuilderKeysTest::togglesFlagsByLetters()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    QWidget* flags = builder.focus("tcp.controlBits");
    QVERIFY(qobject_cast<ControlBitsEdit*>(flags));
    QTest::keyClicks(flags, QStringLiteral("fa"));
    QCOMPARE(builder.text("tcp.controlBits"), std::string("FIN,SYN,ACK"));
    QTest::keyClicks(flags, QStringLiteral("s"));
    QCOMPARE(builder.text("tcp.controlBits"), std::string("FIN,ACK"));
}

void BuilderKeysTest::opensAndClosesLayersByKeys()
{
    Builder builder;
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    LayerCard* card = builder.pane.findChildren<LayerCard*>()[1];
    card->header()->setFocus();
    QTest::keyClick(card->header(), Qt::Key_Right);
    QVERIFY(card->isOpen());
    QTest::keyClick(card->header(), Qt::Key_Down);
    QCOMPARE(builder.pane.currentField(), QStringLiteral("ipv4.version"));
    card->header()->setFocus();
    QTest::keyClick(card->header(), Qt::Key_Left);
    QVERIFY(!card->isOpen());
    QTest::keyClick(card->header(), Qt::Key_Space);
    QVERIFY(card->isOpen());
    QTest::keyClick(card->header(), Qt::Key_Return);
    QVERIFY(!card->isOpen());
}

TCPW_TEST(BuilderKeysTest);

#include "tst_builderkeys.moc"
