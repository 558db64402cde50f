// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "floodwindow.h"

#include "heartbeat.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistview.h"

#include <QApplication>
#include <QEventLoop>
#include <QTest>

#include <csignal>
#include <cstdio>

namespace tcpw::bench {

namespace {

constexpr int longestWait = 30'000; // ms

class LiveWindow
{
public:
    explicit LiveWindow(const QString& settingsFile);

    bool start();
    void flood(FloodNetwork& network, std::size_t frames);
    void stopMeanwhile(FloodNetwork& network);
    void stopIdle();

private:
    /// Seconds until the capture is over.
    double stop();
    int rows() const { return m_table->model()->rowCount(); }
    std::uint64_t missed() const;

    WindowSettings m_settings;
    LiveSession m_session;
    SendService m_sender;
    LabService m_lab;
    MainWindow m_window;
    PacketListView* m_table;
    Heartbeat m_heart;
};

LiveWindow::LiveWindow(const QString& settingsFile)
    : m_settings(settingsFile)
    , m_sender(m_session)
    , m_lab(m_session)
    , m_window(m_session, m_sender, m_lab, m_settings)
    , m_table(m_window.findChild<PacketListView*>(QStringLiteral("packetTable")))
{
    m_window.begin();
    m_session.begin(false);
    m_window.resize(1440, 900);
    m_window.show();
    m_session.setCaptureFilter(QString::fromLatin1(floodFilter));
    QTest::qWait(1000);
}

bool LiveWindow::start()
{
    for (const Device& device : m_session.devices())
        if (device.id.name == "near0") {
            m_session.chooseDevice(DeviceId(device.id));
            break;
        }
    m_session.start();
    return QTest::qWaitFor([this] { return m_session.capturing(); }, 5000);
}

std::uint64_t LiveWindow::missed() const
{
    const CaptureStatistics statistics = m_session.statistics();
    return statistics.droppedByKernel + statistics.droppedByDevice + statistics.droppedByHelper
        + m_session.droppedByStore();
}

double LiveWindow::stop()
{
    QEventLoop loop; // the numbers come when all is over
    QObject::connect(&m_session, &LiveSession::statisticsChanged, &loop, &QEventLoop::quit);
    QTimer::singleShot(longestWait, &loop, &QEventLoop::quit);
    const double begin = wallSeconds();
    m_session.stop();
    loop.exec();
    return wallSeconds() - begin;
}

void LiveWindow::flood(FloodNetwork& network, std::size_t frames)
{
    if (!start()) {
        std::printf("window: not measured, no capture could be started\n");
        return;
    }
    const std::uint64_t before = FloodNetwork::received();
    const int rowsBefore = rows();
    m_heart.begin();
    const pid_t sender = network.begin({SenderKind::sendmmsg, frames, 60});
    const auto enough = [&] {
        return std::uint64_t(rows() - rowsBefore) + missed() >= frames;
    };
    const bool whole = QTest::qWaitFor(enough, longestWait);
    awaitProgram(sender);
    const Cost blocked = m_heart.longest();
    const double stopped = stop();
    QTest::qWait(500);
    const std::uint64_t shown = std::uint64_t(rows() - rowsBefore);
    const std::uint64_t counted = FloodNetwork::received() - before;
    std::printf(
        "window, %zu frames of 60 bytes: shown %llu, missed %llu, the device counts %llu: "
        "%s; blocked for at most %.0f ms, %.0f ms of them its own work (goal: answers within "
        "100); stopped in %.0f ms (goal: 300)%s\n",
        frames, static_cast<unsigned long long>(shown), static_cast<unsigned long long>(missed()),
        static_cast<unsigned long long>(counted),
        shown + missed() == counted ? "exact" : "NOT EXACT", blocked.wall * 1000,
        blocked.cpu * 1000, stopped * 1000, whole ? "" : "; rows were late");
}

void LiveWindow::stopMeanwhile(FloodNetwork& network)
{
    if (!start())
        return;
    const int rowsBefore = rows();
    const pid_t sender = network.begin({SenderKind::sendmmsg, 20'000'000, 60});
    const bool flows = QTest::qWaitFor([&] { return rows() > rowsBefore + 50'000; }, longestWait);
    const double stopped = stop();
    kill(sender, SIGKILL);
    awaitProgram(sender);
    std::printf("window, flooded: stopped in %.0f ms (goal: 300)%s\n", stopped * 1000,
        flows ? "" : "; no rows came");
}

void LiveWindow::stopIdle()
{
    if (start())
        std::printf("window, idle: stopped in %.0f ms (goal: 300)\n", stop() * 1000);
}

} // namespace

void floodWindow(
    int& argc, char** argv, FloodNetwork& network, std::size_t frames, const std::string& folder)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char* variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"})
        qputenv(variable, QByteArray::fromStdString(folder));
    QApplication application(argc, argv);
    LiveWindow window(QString::fromStdString(folder + "/settings.ini"));
    window.flood(network, frames);
    window.stopIdle();
    window.stopMeanwhile(network);
}

} // namespace tcpw::bench
