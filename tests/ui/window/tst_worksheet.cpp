// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/states/statespane.h"
#include "ui/templates/sheetbar.h"
#include "ui/templates/templatelibrary.h"
#include "ui/window/windowfixture.h"

#include <QAction>
#include <QMenuBar>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// The built-in work sheet does what its text says, step by step, against the real lab.
class WorkSheetTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void beginsFromTheHelpMenu();
    void showsTheResetThatNobodySent();
    void keepsTheKernelSilent();
    void answersByHand();
    void sendsData();
    void closes();
    void knocksAtAClosedPort();
    void breaksTheChecksum();
    void keepsACapturedPacketAsATemplate();

private:
    int rowOf(const QString& who, const QString& what, int first = 0) const;
    QString rowsText() const;
    void nextStep();

    std::unique_ptr<WindowFixture> m_all;
    int m_before = 0; ///< rows when the step began
};

void WorkSheetTest::initTestCase()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(true);
    if (!m_all->awaitLab())
        QSKIP(qPrintable(u"There is no practice network here: "_s + m_all->labProblem()));
}

/// The last row with this From and Flags; -1 when there is none behind `first`.
int WorkSheetTest::rowOf(const QString& who, const QString& what, int first) const
{
    for (int row = m_all->rows() - 1; row >= first; --row)
        if (m_all->cell(row, int(PacketListColumn::from)) == who
            && m_all->cell(row, int(PacketListColumn::flags)) == what)
            return row;
    return -1;
}

QString WorkSheetTest::rowsText() const
{
    QString text;
    for (int row = m_before; row < m_all->rows(); ++row)
        for (int column = 0; column < packetListColumnCount; ++column)
            text += (column == 0 ? u'\n' : u'\t') + m_all->cell(row, column);
    return text;
}

void WorkSheetTest::nextStep()
{
    m_all->click(m_all->child<QPushButton>("nextStep"));
    m_before = m_all->rows();
}

void WorkSheetTest::beginsFromTheHelpMenu()
{
    QAction* tutorial = nullptr;
    for (QAction* menu : m_all->window->menuBar()->actions())
        for (QAction* action : menu->menu()->actions())
            if (action->text().contains(u"utorial"_s))
                tutorial = action;
    QVERIFY(tutorial);
    tutorial->trigger();
    const auto* bar = m_all->window->findChild<SheetBar*>();
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->step(), 0);
    takePicture(m_all->window.get(), u"worksheet"_s);
}

void WorkSheetTest::showsTheResetThatNobodySent()
{
    m_all->clickSend();
    QTRY_VERIFY2(rowOf(u"→ kernel"_s, u"RST"_s) >= 0, qPrintable(rowsText()));
    QVERIFY(rowOf(u"→ me"_s, u"SYN"_s) >= 0);
    QVERIFY(rowOf(u"← peer"_s, u"SYN,ACK"_s) >= 0);
}

void WorkSheetTest::keepsTheKernelSilent()
{
    nextStep();
    m_all->click(m_all->child<QRadioButton>("kernelSilent"));
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"← peer"_s, u"SYN,ACK"_s, m_before) >= 0);
    const int first = rowOf(u"← peer"_s, u"SYN,ACK"_s, m_before);
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(u"← peer"_s, u"SYN,ACK"_s, first + 1) >= 0, 5000);
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, m_before), -1);
}

void WorkSheetTest::answersByHand()
{
    const int synAck = rowOf(u"← peer"_s, u"SYN,ACK"_s);
    const Draft before = m_all->builder()->draft();
    nextStep();
    QCOMPARE(m_all->builder()->draft(), before); // the step has no packet of its own
    m_all->packets()->setCurrentPacket(synAck);
    QTest::keyClick(m_all->window.get(), Qt::Key_R, Qt::ControlModifier);
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"→ me"_s, u"ACK"_s, m_before) >= 0);
    auto* states = m_all->window->findChild<StatesPane*>();
    QTRY_VERIFY2(
        states->text().contains(u"SYN-RECEIVED → ESTABLISHED"_s), qPrintable(states->text()));
}

void WorkSheetTest::sendsData()
{
    nextStep();
    m_all->packets()->setCurrentPacket(rowOf(u"← peer"_s, u"SYN,ACK"_s));
    m_all->packets()->answerWithActions()[1]->trigger();
    m_all->clickSend();
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"FIN,ACK"_s, m_before) >= 0, qPrintable(rowsText()));
}

void WorkSheetTest::closes()
{
    const int fin = rowOf(u"← peer"_s, u"FIN,ACK"_s);
    nextStep();
    m_all->packets()->setCurrentPacket(fin);
    m_all->packets()->answerWithActions()[2]->trigger();
    m_all->clickSend();
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"ACK"_s, m_before) >= 0, qPrintable(rowsText()));
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, m_before), -1);
}

void WorkSheetTest::knocksAtAClosedPort()
{
    nextStep();
    m_all->clickSend();
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"RST,ACK"_s, m_before) >= 0, qPrintable(rowsText()));
}

void WorkSheetTest::breaksTheChecksum()
{
    nextStep();
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"→ me"_s, u"SYN"_s, m_before) >= 0);
    QTest::qWait(300);
    for (int row = m_before; row < m_all->rows(); ++row) { // ARP may come at any time
        const bool isAnswer = m_all->cell(row, int(PacketListColumn::from)) != u"→ me"_s
            && !m_all->cell(row, int(PacketListColumn::flags)).isEmpty();
        QVERIFY2(!isAnswer, qPrintable(rowsText()));
    }
    m_all->click(m_all->child<QPushButton>("nextStep")); // Finish
    QVERIFY(!m_all->window->findChild<SheetBar*>()->isVisible());
}

void WorkSheetTest::keepsACapturedPacketAsATemplate()
{
    const int synAck = rowOf(u"← peer"_s, u"SYN,ACK"_s);
    m_all->packets()->setCurrentPacket(synAck);
    m_all->inspector()->keepAction()->trigger();
    QVERIFY2(m_all->notice().contains(u"SYN-ACK"_s) || m_all->notice().contains(u"SYN,ACK"_s),
        qPrintable(m_all->notice()));
    const QString path = m_all->notice().section(u' ', 2).chopped(1);
    const Result<Template> kept = loadTemplate(path.toStdString());
    QVERIFY2(kept.has_value(), qPrintable(path));
    const Bytes captured = *m_all->session.store().bytes(std::size_t(synAck));
    QCOMPARE(encode(kept->draft.packet), captured);
}

TCPW_TEST(WorkSheetTest);
#include "tst_worksheet.moc"
