// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/textlabel.h"

#include <QTest>

#include <algorithm>

using namespace tcpw;

/// What was measured before is measured anew when it counts no more.
class TextLabelTest : public QObject
{
    Q_OBJECT
private slots:
    void measuresAnother_data();
    void measuresAnother();
    void asksForTheHeightOfEachWidth();
};

namespace {

using Change = void (*)(TextLabel&);

QList<int> sizesOf(const TextLabel& label)
{
    return {label.sizeHint().width(), label.sizeHint().height(), label.minimumSizeHint().width(),
        label.heightForWidth(100)};
}

} // namespace

void TextLabelTest::measuresAnother_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char* name, Change change) {
        QTest::newRow(name) << change;
    };
    row("text", [](TextLabel& label) {
        label.setText(QStringLiteral("incomprehensibilities, and so many of them that it wraps"));
    });
    row("font", [](TextLabel& label) {
        QFont font = label.font();
        font.setPointSize(2 * font.pointSize());
        label.setFont(font);
    });
    row("margin", [](TextLabel& label) { label.setMargin(7); });
    row("contents margins", [](TextLabel& label) { label.setContentsMargins(5, 6, 7, 8); });
    row("style", [](TextLabel& label) {
        label.setStyleSheet(QStringLiteral("* { font-size: 30px; }"));
        label.ensurePolished();
    });
}

void TextLabelTest::measuresAnother()
{
    QFETCH(Change, change);
    TextLabel label(QStringLiteral("a few words"));
    const QList<int> before = sizesOf(label);
    QCOMPARE(sizesOf(label), before);
    change(label);
    TextLabel fresh(QStringLiteral("a few words"));
    change(fresh);
    QVERIFY(sizesOf(label) != before);
    QCOMPARE(sizesOf(label), sizesOf(fresh));
}

void TextLabelTest::asksForTheHeightOfEachWidth()
{
    TextLabel label(QStringLiteral("words that stand in one line, or in two, or in many of them"));
    QList<int> heights;
    for (int width = 60; width < 600; width += 20)
        heights << label.heightForWidth(width);
    QVERIFY(std::is_sorted(heights.rbegin(), heights.rend()));
    QVERIFY(heights.first() > 3 * heights.last());
    for (int width = 60, i = 0; width < 600; width += 20)
        QCOMPARE(label.heightForWidth(width), heights.at(i++));
}

TCPW_TEST(TextLabelTest);

#include "tst_textlabel.moc"
