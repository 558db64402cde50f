// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/lab.h"
#include "ui/builder/builderpane.h"
#include "ui/fields/fieldedit.h"
#include "ui/fields/valueeditor.h"
#include "ui/mainwindow.h"
#include "ui/packetlist/packetlistpane.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

/// Click on Send until the SYN,ACK's row is painted; start until the first painted window against
/// an empty Qt Widgets window, and the memory then; an edit until it is painted. Runs offscreen.
namespace {

using namespace tcpw;
using Clock = std::chrono::steady_clock;

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty()
        ? 0
        : values[std::min(values.size() - 1, std::size_t(share * double(values.size())))];
}

/// Tells when a widget is painted.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget* widget) { widget->installEventFilter(this); }
    std::function<void()> painted;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        // The filter sees the event before the widget does; after the turn of the loop it is
        // painted.
        if (event->type() == QEvent::Paint && painted)
            QTimer::singleShot(0, this, [this] {
                if (painted)
                    painted();
            });
        return QObject::eventFilter(watched, event);
    }
};

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1e6;
}

/// The window with its sessions, as the program makes them.
struct Window
{
    explicit Window(const QString& settingsFile)
        : settings(settingsFile)
        , sender(session)
        , lab(session)
        , window(session, sender, lab, settings)
    {
        window.begin();
        session.begin();
        window.show();
    }

    WindowSettings settings;
    LiveSession session;
    SendService sender;
    LabService lab;
    MainWindow window;
};

/// What a started process tells about its first painted window.
struct Start
{
    double time = 0; ///< ms since the parent started it
    double memory = 0; ///< MB
};

int childMain(int argc, char** argv, bool empty, long long begin)
{
    QApplication application(argc, argv);
    QTemporaryDir folder;
    std::unique_ptr<QWidget> plain;
    std::unique_ptr<Window> whole;
    QWidget* shown = nullptr;
    if (empty) {
        plain = std::make_unique<QWidget>();
        plain->resize(1440, 900);
        plain->show();
        shown = plain.get();
    } else {
        whole = std::make_unique<Window>(folder.filePath(QStringLiteral("settings.ini")));
        whole->window.resize(1440, 900);
        shown = &whole->window;
    }
    PaintWatch watch(shown);
    bool first = true;
    watch.painted = [&] {
        if (!std::exchange(first, false))
            return;
        const auto now
            = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch());
        const double time = double(now.count() - begin) / 1e6;
        // Memory is read when everything is up, a second later.
        QTimer::singleShot(empty ? 0 : 1000, [time] {
            std::printf("%f %f\n", time, residentMegabytes());
            QApplication::quit();
        });
    };
    return QApplication::exec();
}

Start measureStart(const char* program, const char* mode)
{
    int ends[2];
    if (pipe(ends) != 0)
        return {};
    const auto now
        = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch());
    const std::string begin = std::to_string(now.count());
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        execl(program, program, mode, begin.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    std::string text;
    char part[200];
    for (ssize_t got; (got = read(ends[0], part, sizeof part)) > 0;)
        text.append(part, std::size_t(got));
    close(ends[0]);
    waitpid(child, nullptr, 0);
    Start start;
    if (std::sscanf(text.c_str(), "%lf %lf", &start.time, &start.memory) != 2)
        std::printf("%s: no answer\n", mode);
    return start;
}

void reportStart(const char* program)
{
    std::vector<double> empty, whole, memory;
    for (int i = 0; i < 11; ++i) {
        empty.push_back(measureStart(program, "--empty").time);
        const Start start = measureStart(program, "--window");
        whole.push_back(start.time);
        memory.push_back(start.memory);
    }
    std::printf("start to first painted window: median %.0f ms, an empty Qt Widgets window %.0f "
                "ms: %.1f times (goal: at most 4)\n",
        quantile(whole, 0.5), quantile(empty, 0.5), quantile(whole, 0.5) / quantile(empty, 0.5));
    std::printf("resident memory: median %.0f MB (goal: at most 85 MB)\n", quantile(memory, 0.5));
}

template <typename T> T* visible(QWidget& window)
{
    for (T* one : window.findChildren<T*>())
        if (one->isVisible())
            return one;
    return nullptr;
}

/// One click and the time until its SYN,ACK is painted, in ms; negative when that took over 2 s.
double clickToPaint(Window& window)
{
    auto* list = visible<PacketListPane>(window.window);
    auto* builder = visible<BuilderPane>(window.window);
    QWidget* button = nullptr;
    for (auto* one : builder->findChildren<QAbstractButton*>())
        if (one->isVisible() && one->text().contains(QStringLiteral("Send")))
            button = one;
    if (!button)
        return -1;
    const int before = list->model()->rowCount();
    PaintWatch watch(list->view()->viewport());
    QEventLoop loop;
    double took = -1;
    Clock::time_point begin;
    watch.painted = [&] {
        if (list->model()->rowCount() < before + 2)
            return;
        took = milliseconds(Clock::now() - begin);
        loop.quit();
    };
    QTimer::singleShot(2000, &loop, &QEventLoop::quit);
    begin = Clock::now();
    QTest::mouseClick(button, Qt::LeftButton);
    if (list->model()->rowCount() < before + 2)
        loop.exec();
    else
        took = milliseconds(Clock::now() - begin);
    return took;
}

void reportClick()
{
    QTemporaryDir folder;
    Window window(folder.filePath(QStringLiteral("settings.ini")));
    window.window.resize(1440, 900);
    if (!QTest::qWaitFor([&] { return window.session.capturing(); }, 5000)) {
        std::printf("click on Send: not measured, no practice network\n");
        return;
    }
    std::vector<double> times;
    for (int i = 0; i < 60; ++i) {
        QTest::qWait(60);
        const double took = clickToPaint(window);
        if (took >= 0 && i >= 5)
            times.push_back(took);
    }
    std::printf("click on Send to the SYN,ACK's painted row: median %.1f ms, 90 %% %.1f ms of %zu "
                "(goals: 16 ms, 33 ms)\n",
        quantile(times, 0.5), quantile(times, 0.9), times.size());
}

/// Edits fields of a packet of 1,514 bytes, each until everything that shows it is painted.
void reportEdit()
{
    QTemporaryDir folder;
    Window window(folder.filePath(QStringLiteral("settings.ini")));
    window.window.resize(1440, 900);
    auto* builder = visible<BuilderPane>(window.window);
    QTest::qWait(500);
    Draft draft = builder->draft();
    draft.packet.layers.emplace_back(Payload{Bytes(1460, 'x')});
    builder->setDraft(draft);
    const char* const paths[] = {"tcp.window", "ipv4.timeToLive", "tcp.destinationPort",
        "tcp.urgentPointer", "ipv4.identification", "tcp.acknowledgmentNumber"};
    std::vector<double> times;
    for (int i = 0; i < 300; ++i) {
        FieldEdit* row
            = builder->row(QString::fromLatin1(paths[std::size_t(i) % std::size(paths)]));
        const auto begin = Clock::now();
        row->editor()->type(QString::number(1 + i % 200));
        QApplication::sendPostedEvents();
        QApplication::processEvents();
        if (i >= 30)
            times.push_back(milliseconds(Clock::now() - begin));
    }
    std::printf("an edit of a field, packet of 1,514 bytes: median %.1f ms, 90 %% %.1f ms (goal: "
                "under 8 ms)\n",
        quantile(times, 0.5), quantile(times, 0.9));
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QTemporaryDir state;
    if (argc == 3) {
        const bool empty = std::string(argv[1]) == "--empty";
        return childMain(argc, argv, empty, std::atoll(argv[2]));
    }
    qputenv("XDG_STATE_HOME", QFile::encodeName(state.path()));
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    reportStart("/proc/self/exe");
    QApplication application(argc, argv);
    reportClick();
    reportEdit();
    return 0;
}
