// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/builder/sendbutton.h"
#include "ui/lab/labpane.h"
#include "ui/ladder/ladderpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/states/statespane.h"
#include "ui/templates/templateactions.h"
#include "ui/window/windowfixture.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int from = int(PacketListColumn::from);
constexpr int flags = int(PacketListColumn::flags);

} // namespace

/// The newcomer's way: mouse and keys on the real window, a real Linux TCP at the far end.
class FirstConnectionTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void showsTheResetThatNobodySent();
    void establishesAConnectionWithTheKernelSilent();
    void sendsDataAndClosesBothDirections();
    void opensASavedTemplateWithTheSameBytes();
    void acceptsAConnectionOfTheFarEnd();
    void savesAndOpensTheCapture();

private:
    int rowOf(const QString& who, const QString& what, int first) const;
    bool farSays(const std::string& state, std::uint16_t port) const;
    QString rowsText(int first) const;
    void chooseFile(const QString& path);

    std::unique_ptr<WindowFixture> m_all;
    QTemporaryDir m_folder;
    int m_synAck = -1; ///< the row that established the connection
};

void FirstConnectionTest::initTestCase()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(true);
    if (!m_all->awaitLab())
        QSKIP(qPrintable(u"There is no practice network here: "_s + m_all->labProblem()));
}

/// The first row from `first` on with this From and Flags; -1 when there is none.
int FirstConnectionTest::rowOf(const QString& who, const QString& what, int first) const
{
    for (int row = first; row < m_all->rows(); ++row)
        if (m_all->cell(row, from) == who && m_all->cell(row, flags) == what)
            return row;
    return -1;
}

/// The rows from one on, for the report of a failure.
QString FirstConnectionTest::rowsText(int first) const
{
    QString text = u"Notice: "_s + m_all->notice();
    for (int row = first; row < m_all->rows(); ++row)
        for (int column = 0; column < packetListColumnCount; ++column)
            text += (column == 0 ? u'\n' : u'\t') + m_all->cell(row, column);
    return text;
}

bool FirstConnectionTest::farSays(const std::string& state, std::uint16_t port) const
{
    for (const FarSocket& socket : m_all->lab.sockets())
        if (socket.state == state && (socket.remotePort == port || socket.localPort == port))
            return true;
    return false;
}

void FirstConnectionTest::showsTheResetThatNobodySent()
{
    QVERIFY(m_all->packets()->emptyState()->isVisible());
    takePicture(m_all->window.get(), u"first-start"_s);
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"→ me"_s, u"SYN"_s, 0) >= 0);
    QTRY_VERIFY(rowOf(u"← peer"_s, u"SYN,ACK"_s, 0) >= 0);
    QTRY_VERIFY(rowOf(u"→ kernel"_s, u"RST"_s, 0) >= 0);
    QTRY_VERIFY2(
        m_all->notice().contains(u"it has no socket on port"_s), qPrintable(m_all->notice()));
    QVERIFY(m_all->notice().contains(u"let your kernel stay silent, Send again, then Answer"_s));
    takePicture(m_all->window.get(), u"first-reset"_s);
}

void FirstConnectionTest::establishesAConnectionWithTheKernelSilent()
{
    const int before = m_all->rows();
    m_all->click(m_all->child<QPushButton>("noticeAction"));
    QVERIFY(m_all->sender.kernelSilent());
    QVERIFY(m_all->child<QRadioButton>("kernelSilent")->isChecked());

    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"← peer"_s, u"SYN,ACK"_s, before) >= 0);
    const int synAck = rowOf(u"← peer"_s, u"SYN,ACK"_s, before);
    // Nobody acknowledges: the far end's timer sends it again after a second.
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(u"← peer"_s, u"SYN,ACK"_s, synAck + 1) >= 0, 5000);
    QVERIFY(m_all->notice().contains(u"repeats its SYN,ACK"_s));
    takePicture(m_all->window.get(), u"first-again"_s);
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, before), -1);

    m_all->clickRow(synAck);
    QTest::keyClick(m_all->window.get(), Qt::Key_R, Qt::ControlModifier);
    auto* send = m_all->builder()->findChild<SendButton*>();
    QVERIFY(send->hasFocus());
    QTest::keyClick(send, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(rowOf(u"→ me"_s, u"ACK"_s, before) >= 0);
    QTRY_VERIFY(m_all->notice().contains(u"completes the handshake"_s));

    const auto port = m_all->packets()->model()->listed(synAck)->summary.destinationPort;
    m_all->lab.refresh();
    QTRY_VERIFY(farSays("ESTABLISHED", port));
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, before), -1);
    // Both ends' states as the packets show them, and the far end's as its kernel has it.
    auto* states = m_all->window->findChild<StatesPane*>();
    QTRY_VERIFY2(
        states->text().contains(u"SYN-RECEIVED → ESTABLISHED"_s), qPrintable(states->text()));
    QTRY_VERIFY2(states->text().contains(u"kernel"_s), qPrintable(states->text()));
    const QString ladder = m_all->window->findChild<LadderPane*>()->text();
    for (const QString& arrow : {u"SYN seq 0"_s, u"SYN,ACK seq 0 ack 1"_s, u"ACK seq 1 ack 1"_s})
        QVERIFY2(ladder.contains(arrow), qPrintable(ladder));
    takePicture(m_all->window.get(), u"first-connection"_s);
    m_synAck = synAck;
}

void FirstConnectionTest::sendsDataAndClosesBothDirections()
{
    QVERIFY(m_synAck >= 0);
    const auto port = m_all->packets()->model()->listed(m_synAck)->summary.destinationPort;
    const int before = m_all->rows();
    m_all->clickRow(m_synAck);
    m_all->packets()->answerWithActions()[1]->trigger(); // data
    m_all->clickSend();
    // The tutorial's server reads up to 100 bytes and closes.
    QTRY_VERIFY(rowOf(u"← peer"_s, u"FIN,ACK"_s, before) >= 0);
    const int fin = rowOf(u"← peer"_s, u"FIN,ACK"_s, before);
    QTRY_VERIFY(m_all->notice().contains(u"ends its direction"_s));
    m_all->click(m_all->child<QPushButton>("noticeAction"));
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"→ me"_s, u"ACK"_s, fin) >= 0);
    m_all->clickRow(fin);
    m_all->packets()->answerWithActions()[2]->trigger(); // FIN
    m_all->clickSend();
    QTRY_VERIFY(rowOf(u"← peer"_s, u"ACK"_s, fin) >= 0);
    m_all->lab.refresh();
    QTRY_VERIFY(farSays("TIME-WAIT", port) || !farSays("FIN-WAIT-2", port));
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, before), -1);
}

/// Types a path into the file dialog that is open, and accepts it.
void FirstConnectionTest::chooseFile(const QString& path)
{
    QFileDialog* dialog = nullptr;
    QTRY_VERIFY((dialog = m_all->window->findChild<QFileDialog*>()) && dialog->isVisible());
    auto* name = dialog->findChild<QLineEdit*>(u"fileNameEdit"_s);
    QVERIFY(name);
    name->setText(path);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(!m_all->window->findChild<QFileDialog*>());
    m_all->window->activateWindow();
    QTRY_VERIFY(m_all->window->isActiveWindow());
}

void FirstConnectionTest::opensASavedTemplateWithTheSameBytes()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    auto* actions = m_all->window->findChild<TemplateActions*>();
    BuilderPane* builder = m_all->builder();
    const Bytes before = encode(builder->draft().packet);
    const QString path = m_folder.filePath(u"answer.json"_s);
    actions->saveAsAction()->trigger();
    chooseFile(path);
    QTRY_VERIFY(QFile::exists(path));

    builder->focusField(u"tcp.window"_s);
    QTRY_VERIFY(builder->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
    QVERIFY(encode(builder->draft().packet) != before);

    actions->openAction()->trigger();
    chooseFile(path);
    QTRY_COMPARE(encode(builder->draft().packet), before);
}

void FirstConnectionTest::acceptsAConnectionOfTheFarEnd()
{
    const int before = m_all->rows();
    auto* lab = m_all->window->findChild<LabPane*>();
    QTest::keyClick(m_all->window.get(), Qt::Key_4, Qt::ControlModifier);
    QVERIFY(lab->isVisible());
    QPushButton* connectButton = nullptr;
    for (QPushButton* button : lab->findChildren<QPushButton*>())
        if (button->text().remove(u'&') == u"Connect"_s)
            connectButton = button;
    QVERIFY(connectButton);
    m_all->click(connectButton);

    QTRY_VERIFY(rowOf(u"← peer"_s, u"SYN"_s, before) >= 0);
    const int syn = rowOf(u"← peer"_s, u"SYN"_s, before);
    QTRY_VERIFY(m_all->notice().contains(u"asks for a connection"_s));
    m_all->click(m_all->child<QPushButton>("noticeAction"));
    QCOMPARE(m_all->builder()->draft().packet.find<TcpHeader>()->controlBits.value,
        ControlBits::syn | ControlBits::ack);
    m_all->clickSend();
    QTRY_VERIFY2(rowOf(u"← peer"_s, u"ACK"_s, syn) >= 0, qPrintable(rowsText(before)));
    QTRY_VERIFY(m_all->notice().contains(u"the connection is established"_s));
    const auto port = m_all->packets()->model()->listed(syn)->summary.sourcePort;
    m_all->lab.refresh();
    QTRY_VERIFY(farSays("ESTABLISHED", port));
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST"_s, before), -1);
    QCOMPARE(rowOf(u"→ kernel"_s, u"RST,ACK"_s, before), -1);
}

void FirstConnectionTest::savesAndOpensTheCapture()
{
    m_all->session.stop();
    QTRY_VERIFY(!m_all->session.capturing());
    const int rows = m_all->rows();
    const QString firstInfo = m_all->cell(2, int(PacketListColumn::info));
    const QString path = m_folder.filePath(u"first connection.pcapng"_s);
    QSignalSpy saved(&m_all->session, &LiveSession::saved);
    m_all->session.saveFile(path);
    QTRY_COMPARE(saved.size(), 1);
    m_all->window->openFile(path);
    QTRY_VERIFY(m_all->session.showsFile());
    QTRY_COMPARE(m_all->rows(), rows);
    QCOMPARE(m_all->cell(2, int(PacketListColumn::info)), firstInfo);
    QTRY_COMPARE(rowOf(u"→ kernel"_s, u"RST"_s, 0) >= 0, true);
}

TCPW_TEST(FirstConnectionTest);
#include "tst_firstconnection.moc"
