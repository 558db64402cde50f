// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/states/statespane.h"
#include "ui/stream/streampane.h"
#include "ui/templates/templatespane.h"
#include "ui/window/windowfixture.h"

#include <QAction>
#include <QMenuBar>
#include <QRadioButton>
#include <QTest>
#include <QTreeWidget>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// Whole connections with the real window and the real lab, from the first SYN to the last ACK: by
/// Answer alone, and by the menu. At every step the far end is in the state that its packets show.
class DialoguesTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void goesByAnswerAlone_data() { families(); }
    void goesByAnswerAlone();
    void goesByTheMenu_data() { families(); }
    void goesByTheMenu();

private:
    static void families();
    void chooseTemplate(const QString& name);
    QAction* menuAction(const QString& text) const;
    void answer(int row, AnswerKind kind);
    int rowOf(const QString& who, const QString& what) const;
    bool stands(const QString& ours, const QString& far) const;
    bool farGot(const std::string& text) const;
    QString report() const;

    std::unique_ptr<WindowFixture> m_all;
    int m_before = 0; ///< rows of earlier connections
};

void DialoguesTest::initTestCase()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(true);
    if (!m_all->awaitLab())
        QSKIP(qPrintable(u"There is no practice network here: "_s + m_all->labProblem()));
    m_all->click(m_all->child<QRadioButton>("kernelSilent"));
}

void DialoguesTest::families()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("IPv4") << u"SYN"_s;
    QTest::newRow("IPv6") << u"SYN over IPv6"_s;
}

void DialoguesTest::chooseTemplate(const QString& name)
{
    auto* tree = m_all->window->findChild<TemplatesPane*>()->findChild<QTreeWidget*>();
    auto found = tree->findItems(name, Qt::MatchStartsWith | Qt::MatchRecursive);
    // A star may stand behind the name; other names begin alike.
    found.removeIf(
        [&](const QTreeWidgetItem* item) { return item->text(0).size() > name.size() + 2; });
    QVERIFY2(!found.isEmpty(), qPrintable(name));
    tree->scrollToItem(found.front());
    QTest::mouseClick(
        tree->viewport(), Qt::LeftButton, {}, tree->visualItemRect(found.front()).center());
}

QAction* DialoguesTest::menuAction(const QString& text) const
{
    for (const QAction* menu : m_all->window->menuBar()->actions())
        for (QAction* action : menu->menu()->actions())
            if (action->text().remove(u'&') == text)
                return action;
    return nullptr;
}

/// Fills in the answer to the packet in that row, and sends it.
void DialoguesTest::answer(int row, AnswerKind kind)
{
    QVERIFY2(row >= 0, qPrintable(report()));
    m_all->clickRow(row);
    const auto at = std::ranges::find(allAnswerKinds, kind) - allAnswerKinds.begin();
    m_all->packets()->answerWithActions()[at]->trigger();
    m_all->clickSend();
}

/// The first row of this connection with this From and Flags; -1 when there is none.
int DialoguesTest::rowOf(const QString& who, const QString& what) const
{
    for (int row = m_before; row < m_all->rows(); ++row)
        if (m_all->cell(row, int(PacketListColumn::from)) == who
            && m_all->cell(row, int(PacketListColumn::flags)) == what)
            return row;
    return -1;
}

/// Whether the packets show both ends in these states, and the far kernel says the same.
bool DialoguesTest::stands(const QString& ours, const QString& far) const
{
    const QString text = m_all->window->findChild<StatesPane*>()->text();
    return text.contains(u"= me: %1 since"_s.arg(ours))
        && text.contains(u"= peer: %1 since"_s.arg(far))
        && text.contains(u"kernel says %1"_s.arg(far)) && !text.contains(u"≠"_s);
}

bool DialoguesTest::farGot(const std::string& text) const
{
    return std::ranges::any_of(m_all->lab.log(),
        [&](const FarEvent& event) { return event.text.find(text) != std::string::npos; });
}

QString DialoguesTest::report() const
{
    QString text
        = m_all->window->findChild<StatesPane*>()->text() + u"Notice: "_s + m_all->notice();
    for (int row = m_before; row < m_all->rows(); ++row)
        for (int column = 0; column < packetListColumnCount; ++column)
            text += (column == 0 ? u'\n' : u'\t') + m_all->cell(row, column);
    return text;
}

void DialoguesTest::goesByAnswerAlone()
{
    QFETCH(QString, name);
    chooseTemplate(name);
    m_before = m_all->rows();
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"← peer"_s, u"SYN,ACK"_s) >= 0);
    m_all->clickRow(rowOf(u"← peer"_s, u"SYN,ACK"_s));
    QTRY_VERIFY2(stands(u"SYN-SENT"_s, u"SYN-RECEIVED"_s), qPrintable(report()));
    const int synAck = rowOf(u"← peer"_s, u"SYN,ACK"_s);
    answer(synAck, AnswerKind::ack);
    QTRY_VERIFY2(stands(u"ESTABLISHED"_s, u"ESTABLISHED"_s), qPrintable(report()));
    answer(synAck, AnswerKind::data); // the server reads it and closes
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"FIN,ACK"_s) >= 0, qPrintable(report()));
    QTRY_VERIFY2(stands(u"CLOSE-WAIT"_s, u"FIN-WAIT-1"_s), qPrintable(report()));
    const int fin = rowOf(u"← peer"_s, u"FIN,ACK"_s);
    answer(fin, AnswerKind::ack);
    QTRY_VERIFY2(stands(u"CLOSE-WAIT"_s, u"FIN-WAIT-2"_s), qPrintable(report()));
    answer(fin, AnswerKind::finAck);
    QTRY_VERIFY2(stands(u"CLOSED"_s, u"TIME-WAIT"_s), qPrintable(report()));
    QTRY_VERIFY(farGot("hello"));
    QCOMPARE(m_all->window->findChild<StreamPane*>()->text(), u"▶ me:\nhello\n"_s);
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s), -1);
}

void DialoguesTest::goesByTheMenu()
{
    QFETCH(QString, name);
    chooseTemplate(name);
    m_before = m_all->rows();
    m_all->packets()->setCurrentPacket(-1);
    QAction* close = menuAction(u"Close the connection"_s);
    QVERIFY(close);
    QTest::keyClick(m_all->window.get(), Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY2(rowOf(u"→ me"_s, u"ACK"_s) >= 0, qPrintable(report()));
    m_all->clickRow(rowOf(u"→ me"_s, u"ACK"_s));
    QTRY_VERIFY2(stands(u"ESTABLISHED"_s, u"ESTABLISHED"_s), qPrintable(report()));
    QTRY_VERIFY(close->isEnabled());
    QVERIFY(menuAction(u"Play a handshake"_s)->isEnabled());
    close->trigger();
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"FIN,ACK"_s) >= 0, qPrintable(report()));
    // The far end closed second: its kernel has no socket any more.
    auto* states = m_all->window->findChild<StatesPane*>();
    QTRY_VERIFY2(states->text().contains(u"= me: TIME-WAIT since"_s), qPrintable(report()));
    QTRY_VERIFY2(states->text().contains(u"= peer: CLOSED since"_s), qPrintable(report()));
    QTRY_VERIFY2(
        states->text().contains(u"both directions ended in order"_s), qPrintable(report()));
    QVERIFY(!close->isEnabled());
}

TCPW_TEST(DialoguesTest);
#include "tst_dialogues.moc"
