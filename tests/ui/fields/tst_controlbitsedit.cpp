// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/controlbitsedit.h"

#include <QSignalSpy>
#include <QTest>

using namespace tcpw;

class ControlBitsEditTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void togglesByLetter_data();
    void togglesByLetter();
    void togglesByClick();
    void togglesByArrowsAndSpace();
    void keepsEveryBitOfAState();
    void isOneTabStop();
    void showsAllBitsAtAnyWidth_data();
    void showsAllBitsAtAnyWidth();
    void leavesCombinationsToTheWindow();

private:
    std::unique_ptr<ControlBitsEdit> m_edit;
};

namespace {

constexpr std::uint16_t allBits[]
    = {0x001, 0x002, 0x004, 0x008, 0x010, 0x020, 0x040, 0x080, 0x100, 0x200, 0x400, 0x800};

FieldState stateOf(std::uint64_t bits)
{
    FieldState state;
    state.value = bits;
    return state;
}

} // namespace

void ControlBitsEditTest::init()
{
    m_edit = std::make_unique<ControlBitsEdit>();
    m_edit->resize(700, 30);
    m_edit->show();
    m_edit->setFocus();
    QTRY_VERIFY(m_edit->hasFocus());
}

void ControlBitsEditTest::togglesByLetter_data()
{
    QTest::addColumn<QString>("letter");
    QTest::addColumn<int>("bit");
    const char letters[] = "fsrpaueCn123";
    for (int i = 0; i < 12; ++i)
        QTest::newRow(QByteArray(1, letters[i]).constData())
            << QString(QLatin1Char(letters[i])) << int(allBits[i]);
}

void ControlBitsEditTest::togglesByLetter()
{
    QFETCH(QString, letter);
    QFETCH(int, bit);
    QSignalSpy edited(m_edit.get(), &ValueEditor::edited);
    QTest::keyClicks(m_edit.get(), letter);
    QCOMPARE(int(m_edit->bits().value), bit);
    QCOMPARE(
        edited.last().first().toString().toStdString(), toText(ControlBits{std::uint16_t(bit)}));
    QTest::keyClicks(m_edit.get(), letter);
    QCOMPARE(int(m_edit->bits().value), 0);
    QCOMPARE(parseControlBits(edited.last().first().toString().toStdString())->value, 0);
}

void ControlBitsEditTest::togglesByClick()
{
    for (const std::uint16_t bit : allBits) {
        m_edit->showState(stateOf(0));
        QTest::mouseClick(m_edit.get(), Qt::LeftButton, {}, m_edit->cell(bit).center());
        QCOMPARE(m_edit->bits().value, bit);
    }
}

void ControlBitsEditTest::togglesByArrowsAndSpace()
{
    QTest::keyClick(m_edit.get(), Qt::Key_Space);
    QCOMPARE(m_edit->bits().value, ControlBits::syn);
    QTest::keyClick(m_edit.get(), Qt::Key_Right);
    QTest::keyClick(m_edit.get(), Qt::Key_Space);
    QCOMPARE(m_edit->bits().value, ControlBits::syn | ControlBits::fin);
    for (int i = 0; i < 12; ++i)
        QTest::keyClick(m_edit.get(), Qt::Key_Left);
    QTest::keyClick(m_edit.get(), Qt::Key_Space);
    QCOMPARE(m_edit->bits().value, ControlBits::syn);
}

void ControlBitsEditTest::keepsEveryBitOfAState()
{
    for (std::uint64_t bits = 0; bits < 0x1000; bits += 0x111) {
        m_edit->showState(stateOf(bits));
        QCOMPARE(std::uint64_t(m_edit->bits().value), bits);
    }
    m_edit->showState(stateOf(0x12));
    QVERIFY(m_edit->accessibleDescription().contains(QStringLiteral("SYN,ACK")));
}

void ControlBitsEditTest::isOneTabStop()
{
    QCOMPARE(m_edit->focusPolicy(), Qt::StrongFocus);
    for (const QWidget* child : m_edit->findChildren<QWidget*>())
        QCOMPARE(child->focusPolicy(), Qt::NoFocus);
}

void ControlBitsEditTest::showsAllBitsAtAnyWidth_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {160, 200, 280, 360, 500, 900})
        QTest::newRow(qPrintable(QString::number(width))) << width;
}

void ControlBitsEditTest::showsAllBitsAtAnyWidth()
{
    QFETCH(int, width);
    const int wide = std::max(width, m_edit->minimumSizeHint().width());
    m_edit->resize(wide, m_edit->heightForWidth(wide));
    QTRY_COMPARE(m_edit->width(), wide);
    QRegion covered;
    for (const std::uint16_t bit : allBits) {
        const QRect cell = m_edit->cell(bit);
        QVERIFY(m_edit->rect().contains(cell));
        QVERIFY(!covered.intersects(cell));
        covered += cell;
    }
}

void ControlBitsEditTest::leavesCombinationsToTheWindow()
{
    QTest::keyClick(m_edit.get(), Qt::Key_S, Qt::ControlModifier);
    QTest::keyClick(m_edit.get(), Qt::Key_S, Qt::AltModifier);
    QCOMPARE(m_edit->bits().value, 0);
}

TCPW_TEST(ControlBitsEditTest);

#include "tst_controlbitsedit.moc"
