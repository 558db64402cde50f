// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "packet/tcpoptions.h"
#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/window/windowfixture.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// A packet with options made, changed, broken, saved and sent without the mouse.
class KeyboardTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void makesChangesBreaksSavesAndSends();

private:
    void press(int key, Qt::KeyboardModifiers modifiers = {});
    void type(const QString& text);
    bool goTo(const QString& name, int key, Qt::KeyboardModifiers modifiers = {});
    static QString focusName();

    std::unique_ptr<WindowFixture> m_all;
    QTemporaryDir m_folder;
};

void KeyboardTest::initTestCase()
{
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(true);
    if (!m_all->awaitLab())
        QSKIP(qPrintable(u"There is no practice network here: "_s + m_all->labProblem()));
    m_all->window->activateWindow();
    QTRY_VERIFY(m_all->window->isActiveWindow());
}

/// Whatever has the focus gets the key.
void KeyboardTest::press(int key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focused = QApplication::focusWidget();
    QTest::keyClick(focused ? focused : m_all->window.get(), Qt::Key(key), modifiers);
}

void KeyboardTest::type(const QString& text)
{
    press(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), text);
}

QString KeyboardTest::focusName()
{
    const QWidget* focused = QApplication::focusWidget();
    return focused ? focused->accessibleName() : QString();
}

/// Presses a key until what is called so has the focus.
bool KeyboardTest::goTo(const QString& name, int key, Qt::KeyboardModifiers modifiers)
{
    for (int times = 0; times < 200 && focusName() != name; ++times)
        press(key, modifiers);
    return focusName() == name;
}

void KeyboardTest::makesChangesBreaksSavesAndSends()
{
    // Make: the template by its name.
    press(Qt::Key_5, Qt::ControlModifier);
    QVERIFY2(goTo(u"Search the templates"_s, Qt::Key_Tab), qPrintable(focusName()));
    type(u"as linux"_s);
    press(Qt::Key_Down);
    const auto tcp = [this]() -> const TcpHeader& {
        return *m_all->builder()->draft().packet.find<TcpHeader>();
    };
    for (int times = 0; times < 5 && tcp().options.list.empty(); ++times) {
        press(Qt::Key_Down);
        press(Qt::Key_Return);
    }
    QCOMPARE(tcp().options.list.size(), std::size_t(5));

    // Change: a field and a value of an option.
    press(Qt::Key_1, Qt::ControlModifier);
    QVERIFY2(goTo(u"TCP, Window"_s, Qt::Key_Tab), qPrintable(focusName()));
    type(u"1024"_s);
    QVERIFY2(goTo(u"TCP, Options, option 1, MSS"_s, Qt::Key_Tab), qPrintable(focusName()));
    type(u"536"_s);
    QCOMPARE(toText(tcp().options).substr(0, 8), std::string("mss=536,"));
    // An option moved behind the next, and one away.
    QVERIFY2(goTo(u"TCP, Options, option 2, SACK permitted, change"_s, Qt::Key_Tab),
        qPrintable(focusName()));
    press(Qt::Key_Down, Qt::AltModifier);
    press(Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(toText(tcp().options).find("sack-permitted"), std::string::npos);
    QCOMPARE(tcp().options.list.size(), std::size_t(4));

    // Break: a computed field is come to by Ctrl+Up.
    QVERIFY2(goTo(u"TCP, Window"_s, Qt::Key_Backtab), qPrintable(focusName()));
    QVERIFY2(goTo(u"TCP, Checksum"_s, Qt::Key_Down, Qt::ControlModifier), qPrintable(focusName()));
    type(u"0x1234"_s);
    QCOMPARE(tcp().checksum, std::optional<std::uint16_t>(0x1234));

    // Save.
    press(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(m_all->window->findChild<QFileDialog*>());
    auto* dialog = m_all->window->findChild<QFileDialog*>();
    QTRY_VERIFY(dialog->isVisible());
    QVERIFY(qobject_cast<QLineEdit*>(dialog->focusWidget()));
    const QString path = m_folder.filePath(u"by-keys.json"_s);
    dialog->focusWidget()->setProperty("text", path);
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(path));
    m_all->window->activateWindow();
    QTRY_VERIFY(m_all->window->isActiveWindow());

    // Send.
    const int before = m_all->rows();
    press(Qt::Key_Return, Qt::ControlModifier);
    const auto sent = [&] {
        for (int row = before; row < m_all->rows(); ++row)
            if (m_all->cell(row, int(PacketListColumn::flags)) == u"SYN"_s)
                return row;
        return -1;
    };
    QTRY_VERIFY(sent() >= 0);
    const Bytes bytes = *m_all->session.store().bytes(std::size_t(sent()));
    const Packet packet = decode(bytes, LinkType::ethernet);
    const auto* header = packet.find<TcpHeader>();
    QVERIFY(header);
    QCOMPARE(header->window, std::uint16_t(1024));
    QCOMPARE(header->checksum, std::optional<std::uint16_t>(0x1234));
    QCOMPARE(header->options, tcp().options);
}

TCPW_TEST(KeyboardTest);
#include "tst_keyboard.moc"
