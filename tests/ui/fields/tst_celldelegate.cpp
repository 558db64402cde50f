// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/celldelegate.h"

#include <QApplication>
#include <QPainter>
#include <QStandardItemModel>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int height = 22;

/// How a delegate paints the only cell of a model.
QImage painted(const QStyledItemDelegate& delegate, const QStandardItemModel& model, int width,
    QStyle::State state = QStyle::State_None, const QFont& font = QApplication::font())
{
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::white);
    QPainter painter(&image);
    QStyleOptionViewItem option;
    option.rect = image.rect();
    option.font = font;
    option.fontMetrics = QFontMetrics(font);
    option.palette = QApplication::palette();
    option.state = QStyle::State_Enabled | QStyle::State_Active | state;
    option.showDecorationSelected = true;
    option.textElideMode = Qt::ElideRight;
    delegate.paint(&painter, option, model.index(0, 0));
    return image;
}

} // namespace

class CellDelegateTest : public QObject
{
    Q_OBJECT
private slots:
    void paintsAsTheStyleDoes_data();
    void paintsAsTheStyleDoes();
    void paintsTheSameAgain();
    void followsTheFont();
};

void CellDelegateTest::paintsAsTheStyleDoes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("isBold");
    QTest::addColumn<QVariant>("ground");
    QTest::addColumn<QStyle::State>("state");
    const QStyle::State none = QStyle::State_None;
    const QString words = u"accepts the connection, MSS 1460"_s;
    QTest::newRow("fits") << words << 300 << false << QVariant() << none;
    QTest::newRow("elided") << words << 90 << false << QVariant() << none;
    QTest::newRow("no room") << words << 3 << false << QVariant() << none;
    QTest::newRow("empty") << QString() << 90 << false << QVariant() << none;
    QTest::newRow("bold") << words << 300 << true << QVariant() << none;
    QTest::newRow("coloured") << words << 300 << false << QVariant(QColor(0xffe0e0)) << none;
    QTest::newRow("selected") << words << 300 << false << QVariant()
                              << QStyle::State(QStyle::State_Selected);
    QTest::newRow("no Latin") << u"→ сервер ●"_s << 300 << false << QVariant() << none;
}

void CellDelegateTest::paintsAsTheStyleDoes()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    QFETCH(bool, isBold);
    QFETCH(QVariant, ground);
    QFETCH(QStyle::State, state);
    QStandardItemModel model(1, 1);
    const QModelIndex cell = model.index(0, 0);
    model.setData(cell, text);
    model.setData(cell, ground, Qt::BackgroundRole);
    model.setData(cell, QColor(0x204080), Qt::ForegroundRole);
    QFont font;
    font.setBold(isBold);
    model.setData(cell, font, Qt::FontRole);
    QCOMPARE(painted(CellDelegate(nullptr), model, width, state),
        painted(QStyledItemDelegate(), model, width, state));
}

void CellDelegateTest::paintsTheSameAgain()
{
    const CellDelegate delegate(nullptr);
    QStandardItemModel model(1, 1);
    model.setData(model.index(0, 0), u"a text that is too long for it"_s);
    const QImage first = painted(delegate, model, 90);
    QCOMPARE(painted(delegate, model, 90), first);
    QVERIFY(painted(delegate, model, 120) != first.copy(0, 0, 120, height));
    QCOMPARE(painted(delegate, model, 90), first);
    model.setData(model.index(0, 0), u"another"_s);
    QVERIFY(painted(delegate, model, 90) != first);
}

void CellDelegateTest::followsTheFont()
{
    const CellDelegate delegate(nullptr);
    QStandardItemModel model(1, 1);
    model.setData(model.index(0, 0), u"text"_s);
    painted(delegate, model, 90);
    QFont larger = QApplication::font();
    larger.setPointSizeF(larger.pointSizeF() * 1.4);
    QCOMPARE(painted(delegate, model, 90, QStyle::State_None, larger),
        painted(QStyledItemDelegate(), model, 90, QStyle::State_None, larger));
}

TCPW_TEST(CellDelegateTest);
#include "tst_celldelegate.moc"
