// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/livesession.h"
#include "support/network.h"
#include "support/testcase.h"
#include "ui/devices/devicepicker.h"
#include "ui/devices/furtherdevices.h"
#include "ui/windowtoolbar.h"

#include <QAction>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace tcpw;

TCPW_OWN_NETWORK;

namespace {

constexpr int patience = 20000; // ms; a busy machine is slow

} // namespace

/// The toolbar's devices with a session on devices of the test's own.
class DeviceBarTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void showsDevicesThatComeAndGo();
    void capturesOnWhatIsChecked();

private:
    QAction* entry(const char* name) const;
    const Device* device(const char* name) const;

    QTemporaryDir m_state;
    QAction m_startStop;
    QMenu m_templates;
    std::unique_ptr<LiveSession> m_session;
    std::unique_ptr<WindowToolBar> m_bar;
};

void DeviceBarTest::initTestCase()
{
    TCPW_NEED_OWN_NETWORK;
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
}

void DeviceBarTest::init()
{
    QVERIFY(ip("link add near0 type veth peer name far0") && ip("link set near0 up")
        && ip("link set far0 up"));
    m_session = std::make_unique<LiveSession>();
    m_bar = std::make_unique<WindowToolBar>(&m_startStop, &m_templates);
    m_bar->follow(*m_session);
    m_bar->show();
    m_session->begin(false);
    QTRY_VERIFY_WITH_TIMEOUT(device("near0") && device("far0"), patience);
    QVERIFY(!m_bar->furtherDevices()->isVisible()); // nothing is chosen yet
    emit m_bar->devices()->deviceChosen(device("near0")->id);
    QVERIFY(m_bar->furtherDevices()->isVisible());
}

void DeviceBarTest::cleanup()
{
    m_bar.reset();
    m_session.reset();
    ip("link del near0", Quiet::yes);
    ip("link del late0", Quiet::yes);
}

QAction* DeviceBarTest::entry(const char* name) const
{
    const auto actions = m_bar->furtherDevices()->menu()->actions();
    const auto found = std::ranges::find_if(actions,
        [name](const QAction* action) { return action->text().startsWith(QLatin1String(name)); });
    return found == actions.end() ? nullptr : *found;
}

const Device* DeviceBarTest::device(const char* name) const
{
    const auto found = std::ranges::find_if(
        m_session->devices(), [name](const Device& device) { return device.id.name == name; });
    return found == m_session->devices().end() ? nullptr : &*found;
}

void DeviceBarTest::showsDevicesThatComeAndGo()
{
    QVERIFY(entry("far0") && !entry("near0") && !entry("late0"));
    QVERIFY(ip("link add late0 type veth peer name late1"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_bar->devices()->findText(QStringLiteral("late0"), Qt::MatchStartsWith) >= 0, patience);
    QVERIFY(!entry("late0")); // cannot be opened while it is down
    QVERIFY(ip("link set late0 up"));
    QTRY_VERIFY_WITH_TIMEOUT(entry("late0"), patience);
    QVERIFY(ip("link del late0"));
    QTRY_VERIFY_WITH_TIMEOUT(!entry("late0")
            && m_bar->devices()->findText(QStringLiteral("late0"), Qt::MatchStartsWith) < 0,
        patience);
}

void DeviceBarTest::capturesOnWhatIsChecked()
{
    m_session->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_session->capturing(), patience);
    entry("far0")->trigger();
    QVERIFY(entry("far0")->isChecked());
    QCOMPARE(m_bar->furtherDevices()->text(), QStringLiteral("Also on far0"));
    QCOMPARE(m_session->alsoCaptured().size(), std::size_t{1});
    QCOMPARE(m_session->captureDevices().size(), std::size_t{2});
    // The one that was a further one is now the chosen one, and is offered no more.
    emit m_bar->devices()->deviceChosen(device("far0")->id);
    QVERIFY(!entry("far0") && entry("near0") && !entry("near0")->isChecked());
    QVERIFY(m_session->alsoCaptured().empty());
}

TCPW_TEST(DeviceBarTest);

#include "tst_devicebar.moc"
