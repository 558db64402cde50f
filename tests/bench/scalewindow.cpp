// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "scalewindow.h"

#include "heartbeat.h"
#include "ui/connectionflow.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistview.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <functional>

namespace tcpw::bench {

namespace {

constexpr int longestWait = 600'000; // ms

class Opening
{
public:
    Opening(const QString& settingsFile, const TrafficFacts& facts);

    bool open(const char* file);
    void filter(const char* name, const QString& text, int rows);
    void sort(const char* name, PacketListColumn column);

private:
    bool isWhole() const;
    QString cell(int row, PacketListColumn column) const;
    bool isSorted(PacketListColumn column) const;
    /// Does something, and waits until it is done; prints what it took.
    bool take(
        const char* name, const std::function<void()>& work, const std::function<bool()>& done);

    TrafficFacts m_facts;
    WindowSettings m_settings;
    LiveSession m_session;
    SendService m_sender;
    LabService m_lab;
    MainWindow m_window;
    PacketListView* m_table = nullptr;
    QLineEdit* m_filter = nullptr;
    const ConnectionService* m_connections = nullptr;
    Heartbeat m_heart;
};

Opening::Opening(const QString& settingsFile, const TrafficFacts& facts)
    : m_facts(facts)
    , m_settings(settingsFile)
    , m_sender(m_session)
    , m_lab(m_session)
    , m_window(m_session, m_sender, m_lab, m_settings)
    , m_table(m_window.findChild<PacketListView*>(QStringLiteral("packetTable")))
    , m_filter(m_window.findChild<QLineEdit*>(QStringLiteral("displayFilter")))
    , m_connections(&m_window.findChild<ConnectionFlow*>()->connections())
{
    m_window.begin();
    m_session.begin(false);
    m_window.resize(1440, 900);
    m_window.show();
    QTest::qWait(1500); // everything is painted, and what starts late is up
}

bool Opening::take(
    const char* name, const std::function<void()>& work, const std::function<bool()>& done)
{
    m_heart.begin();
    const double wall = wallSeconds(), cpu = cpuSeconds();
    work();
    bool isDone = false;
    while (!(isDone = done()) && wallSeconds() - wall < longestWait / 1000.0)
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    std::printf("%s-wall %f\n%s-cpu %f\n", name, wallSeconds() - wall, name, cpuSeconds() - cpu);
    QTest::qWait(50);
    std::printf("%s-blocked-wall %f\n%s-blocked-cpu %f\n", name, m_heart.longest().wall, name,
        m_heart.longest().cpu);
    if (!isDone)
        std::printf("%s-unfinished 1\n", name);
    std::fflush(stdout);
    return isDone;
}

QString Opening::cell(int row, PacketListColumn column) const
{
    const auto* model = m_table->model();
    return model->data(model->index(row, int(column)), Qt::DisplayRole).toString();
}

/// Every packet has its row, its connection and its relative numbers.
bool Opening::isWhole() const
{
    const auto packets = qsizetype(m_facts.packets);
    return m_table->model()->rowCount() == packets && m_connections->trackedCount() == packets
        && cell(int(packets) - 1, PacketListColumn::sequence)
        == QString::number(m_facts.lastSequence);
}

bool Opening::open(const char* file)
{
    const double before = anonymousBytes();
    const auto work = [&] {
        m_window.openFile(QFile::decodeName(file));
    };
    const bool whole = take("open", work, [this] {
        if (!isWhole())
            return false;
        m_table->scrollToBottom();
        m_table->viewport()->repaint();
        return m_table->rowAt(m_table->viewport()->height() - 2 * m_table->rowHeight()) >= 0;
    });
    std::printf("memory %f\nconnections %lld\n", anonymousBytes() - before,
        static_cast<long long>(m_connections->connectionCount()));
    return whole;
}

void Opening::filter(const char* name, const QString& text, int rows)
{
    bool begun = false;
    QObject context; // takes its connection with it
    QObject::connect(
        m_table->model(), &QAbstractItemModel::modelReset, &context, [&begun] { begun = true; });
    const auto work = [&] {
        m_filter->setText(text);
        QTest::keyClick(m_filter, Qt::Key_Return);
    };
    take(name, work, [&] { return begun && m_table->model()->rowCount() == rows; });
    std::printf("%s-rows %d\n%s-expected %d\n", name, m_table->model()->rowCount(), name, rows);
}

/// Looks at some rows from the first to the last.
bool Opening::isSorted(PacketListColumn column) const
{
    constexpr int looks = 64;
    const int rows = m_table->model()->rowCount();
    double before = cell(0, column).toDouble();
    const double first = before;
    for (int i = 1; i < looks; ++i) {
        const double now = cell(int(qint64(rows - 1) * i / (looks - 1)), column).toDouble();
        if (now > before)
            return false;
        before = now;
    }
    return rows == int(m_facts.packets) && before < first;
}

void Opening::sort(const char* name, PacketListColumn column)
{
    if (!m_table->isSortingEnabled())
        return;
    bool changed = false;
    QObject context; // takes its connections with it
    const auto note = [&changed] {
        changed = true;
    };
    QObject::connect(m_table->model(), &QAbstractItemModel::modelReset, &context, note);
    QObject::connect(m_table->model(), &QAbstractItemModel::layoutChanged, &context, note);
    const auto work = [&] {
        m_table->sortByColumn(int(column), Qt::DescendingOrder);
    };
    take(name, work, [&] { return changed && isSorted(column); });
}

} // namespace

int openInWindow(int argc, char** argv, const char* file, const TrafficFacts& facts)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir state;
    for (const char* variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"})
        qputenv(variable, QFile::encodeName(state.path()));
    QApplication application(argc, argv);
    Opening opening(state.filePath(QStringLiteral("settings.ini")), facts);
    if (!opening.open(file))
        return 1;
    const int all = int(facts.packets);
    opening.filter("filter-flags", QStringLiteral("flags SYN,ACK"), int(facts.synAcks));
    opening.filter("filter-port", QStringLiteral("tcp port 8081"), all);
    opening.filter("filter-none", QString(), all);
    opening.sort("sort-number", PacketListColumn::number);
    opening.sort("sort-length", PacketListColumn::length);
    opening.sort("sort-time", PacketListColumn::time);
    return 0;
}

} // namespace tcpw::bench
