// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/wraplayout.h"

#include <QLineEdit>
#include <QTest>

using namespace tcpw;

namespace {

/// A widget that wants a certain size.
class Block : public QWidget
{
public:
    Block(QSize size, bool expanding, QWidget* parent)
        : QWidget(parent)
        , m_size(size)
    {
        setSizePolicy(expanding ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    QSize sizeHint() const override { return m_size; }
    QSize minimumSizeHint() const override { return m_size; }

private:
    QSize m_size;
};

} // namespace

class WrapLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void staysOnOneLineWhileThereIsRoom();
    void goesOnInTheNextLine();
    void givesWhatIsLeftToTheExpandingItem();
    void dropsTheIndentWhereItIsInTheWay();
    void passesOverHiddenItems();
    void keepsItemsInsideAtEveryWidth();
};

void WrapLayoutTest::staysOnOneLineWhileThereIsRoom()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    for (int i = 0; i < 3; ++i)
        layout->addWidget(new Block({40, 20}, false, &parent));
    QCOMPARE(layout->heightForWidth(3 * 40 + 2 * layout->spacing()), 20);
    QCOMPARE(layout->sizeHint(), QSize(3 * 40 + 2 * layout->spacing(), 20));
}

void WrapLayoutTest::goesOnInTheNextLine()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    for (int i = 0; i < 3; ++i)
        layout->addWidget(new Block({40, 20}, false, &parent));
    QCOMPARE(layout->heightForWidth(100), 20 + layout->spacing() + 20);
    QCOMPARE(layout->heightForWidth(40), 3 * 20 + 2 * layout->spacing());
}

void WrapLayoutTest::givesWhatIsLeftToTheExpandingItem()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    auto* grows = new Block({40, 20}, true, &parent);
    auto* fixed = new Block({40, 20}, false, &parent);
    layout->addWidget(grows);
    layout->addWidget(fixed);
    layout->setGeometry(QRect(0, 0, 200, 20));
    QCOMPARE(grows->width(), 200 - 40 - layout->spacing());
    QCOMPARE(fixed->geometry().right(), 199);
}

void WrapLayoutTest::dropsTheIndentWhereItIsInTheWay()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    auto* label = new Block({80, 20}, false, &parent);
    auto* narrow = new Block({50, 20}, false, &parent);
    auto* wide = new Block({110, 20}, false, &parent);
    for (QWidget* part : {label, narrow, wide})
        layout->addWidget(part);
    layout->setHangingIndent(60);
    layout->setGeometry(QRect(0, 0, 120, 100));
    QCOMPARE(narrow->x(), 60);
    QCOMPARE(wide->x(), 0);
}

void WrapLayoutTest::passesOverHiddenItems()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    auto* hidden = new Block({40, 90}, false, &parent);
    layout->addWidget(hidden);
    layout->addWidget(new Block({40, 20}, false, &parent));
    hidden->hide();
    QCOMPARE(layout->heightForWidth(300), 20);
}

void WrapLayoutTest::keepsItemsInsideAtEveryWidth()
{
    QWidget parent;
    auto* layout = new WrapLayout(&parent);
    QList<QWidget*> parts{new TextLabel(QStringLiteral("Acknowledgment number"), &parent),
        new Block({80, 24}, true, &parent),
        new TextLabel(QStringLiteral("a long meaning that has to go on in the next line and the "
                                     "next one after that"),
            &parent)};
    for (QWidget* part : std::as_const(parts))
        layout->addWidget(part);
    layout->setHangingIndent(60);
    for (int width = layout->minimumSize().width(); width < 800; width += 7) {
        const int height = layout->heightForWidth(width);
        layout->setGeometry(QRect(0, 0, width, height));
        for (const QWidget* part : std::as_const(parts)) {
            QVERIFY(QRect(0, 0, width, height).contains(part->geometry()));
            if (const auto* label = qobject_cast<const QLabel*>(part))
                QVERIFY(label->height() >= label->heightForWidth(label->width()));
        }
    }
}

TCPW_TEST(WrapLayoutTest);

#include "tst_wraplayout.moc"
