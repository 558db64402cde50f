// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "../looks.h"
#include "buildertest.h"
#include "support/testcase.h"
#include "ui/builder/layercard.h"
#include "ui/builder/layersmenu.h"
#include "ui/builder/sendbutton.h"

#include <QLineEdit>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

class BuilderLooksTest : public QObject
{
    Q_OBJECT
private slots:
    void showsWholeTexts_data();
    void showsWholeTexts();
    void showsProblemsWhole_data() { schemes(); }
    void showsProblemsWhole();
    void showsLongValues_data() { schemes(); }
    void showsLongValues();
    void showsAllLayersOpen();
    void namesEveryControl();
    void keepsSendInSight();

private:
    static void schemes();
    static QString suffix(bool dark);
};

void BuilderLooksTest::schemes()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

QString BuilderLooksTest::suffix(bool dark)
{
    return dark ? QStringLiteral("-dark") : QStringLiteral("-light");
}

void BuilderLooksTest::showsWholeTexts_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    for (const bool dark : {false, true})
        for (const int width : {300, 340, 400, 520})
            QTest::newRow(qPrintable(QStringLiteral("%1%2").arg(width).arg(suffix(dark))))
                << dark << width;
}

void BuilderLooksTest::showsWholeTexts()
{
    QFETCH(bool, dark);
    QFETCH(int, width);
    const Scheme scheme(dark);
    Builder builder;
    takePicture(
        builder.pane, QStringLiteral("builder-%1%2").arg(width).arg(suffix(dark)), {width, 560});
    QCOMPARE(builder.pane.width(), width);
    QCOMPARE(cutTexts(builder.pane), QStringList());
}

void BuilderLooksTest::showsProblemsWhole()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    Builder builder("wrong-checksum");
    builder.pane.show();
    QVERIFY(QTest::qWaitForWindowActive(&builder.pane));
    builder.pane.setCheckResult(QStringLiteral("192.168.56.102 is on this network. Its MAC address "
                                               "is 0a:00:00:00:00:02. It answers an ICMP echo "
                                               "request in 0.04 ms."),
        true);
    auto* line = qobject_cast<QLineEdit*>(builder.focus("tcp.window"));
    line->selectAll();
    QTest::keyClicks(line, QStringLiteral("65536"));
    QTest::keyClick(line, Qt::Key_Return);
    takePicture(builder.pane, QStringLiteral("builder-problems") + suffix(dark), {420, 680});
    QCOMPARE(cutTexts(builder.pane), QStringList());
}

void BuilderLooksTest::showsLongValues()
{
    QFETCH(bool, dark);
    const Scheme scheme(dark);
    Builder builder("syn-ipv6");
    Draft draft = builder.pane.draft();
    for (const auto& [path, text] : std::initializer_list<std::pair<const char*, const char*>>{
             {"ipv6.source", "2001:db8:1234:5678:9abc:def0:1234:5678"},
             {"ipv6.destination", "2001:db8:ffff:ffff:ffff:ffff:ffff:fffe"},
             {"tcp.options",
                 "mss=1460,sack-permitted,timestamps=4294967295:4294967295,nop,"
                 "window-scale=14,sack=4294967295-1+2-3"},
             {"tcp.sequenceNumber", "4294967295"}})
        QVERIFY2(setDraftField(draft, path, text).has_value(), path);
    const std::string data = "GET /a/long/path?with=a&long=query HTTP/1.1\r\nHost: "
                             "a.very.long.host.name.example\r\n\r\n";
    draft.packet.layers.push_back(Payload{Bytes(data.begin(), data.end())});
    builder.pane.setDraft(draft);
    builder.preview();
    for (LayerCard* card : builder.pane.findChildren<LayerCard*>())
        card->setOpen(true);
    takePicture(builder.pane, QStringLiteral("builder-long") + suffix(dark), {400, 1150});
    QCOMPARE(cutTexts(builder.pane), QStringList());
}

void BuilderLooksTest::showsAllLayersOpen()
{
    const Scheme scheme(false);
    Builder builder;
    emit builder.pane.findChild<LayersMenu*>()->operationChosen(LayerOperation::addVlanTag);
    for (LayerCard* card : builder.pane.findChildren<LayerCard*>())
        card->setOpen(true);
    takePicture(builder.pane, QStringLiteral("builder-open"), {420, 1180});
    QCOMPARE(cutTexts(builder.pane), QStringList());
}

void BuilderLooksTest::namesEveryControl()
{
    Builder builder("syn-ipv6");
    emit builder.pane.findChild<LayersMenu*>()->operationChosen(LayerOperation::addExtension);
    emit builder.pane.findChild<LayersMenu*>()->operationChosen(LayerOperation::addPayload);
    for (LayerCard* card : builder.pane.findChildren<LayerCard*>())
        card->setOpen(true);
    builder.pane.show();
    QCOMPARE(namelessControls(builder.pane), QStringList());
}

void BuilderLooksTest::keepsSendInSight()
{
    Builder builder("wrong-checksum");
    builder.pane.setHint(QStringLiteral("A remark. ").repeated(20));
    builder.pane.setCheckResult(QStringLiteral("many words ").repeated(40), false);
    takePicture(builder.pane, QStringLiteral("builder-low"), {320, 330});
    const auto* send = builder.pane.findChild<SendButton*>();
    const QRect place(send->mapTo(&builder.pane, QPoint()), send->size());
    QVERIFY(builder.pane.rect().contains(place));
    QCOMPARE(builder.pane.height(), 330);
}

TCPW_TEST(BuilderLooksTest);

#include "tst_builderlooks.moc"
