// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/statusline.h"

#include <QLabel>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

WindowStatus capturing()
{
    WindowStatus status;
    status.capturing = true;
    status.device = u"lab0"_s;
    status.packets = status.shown = 7;
    status.sent = 2;
    status.lab = true;
    return status;
}

} // namespace

class StatusLineTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatIsCapturedMissedAndSent();
    void saysHowManyRowsAFilterShows();
    void namesAFileInsteadOfADevice();
    void tellsRestFromWork();
    void leavesOutWhatHasNoRoom();
    void tellsWhoMissedPackets();
    void countsFurtherDevices();
};

void StatusLineTest::saysWhatIsCapturedMissedAndSent()
{
    StatusLine line;
    line.resize(1400, 24);
    line.setStatus(capturing());
    QCOMPARE(line.text(), u"● Capturing on lab0   7 packets · 0 missed   2 sent"_s);
    QVERIFY(line.toolTip().contains(u"nothing leaves this computer"_s));
}

void StatusLineTest::saysHowManyRowsAFilterShows()
{
    StatusLine line;
    WindowStatus status = capturing();
    status.shown = 3;
    line.setStatus(status);
    QVERIFY(line.text().contains(u"3 shown"_s));
}

void StatusLineTest::namesAFileInsteadOfADevice()
{
    StatusLine line;
    WindowStatus status = capturing();
    status.file = u"a.pcap"_s;
    line.setStatus(status);
    QVERIFY(line.text().startsWith(u"File a.pcap"_s));
}

void StatusLineTest::tellsRestFromWork()
{
    StatusLine line;
    WindowStatus status = capturing();
    status.capturing = false;
    line.setStatus(status);
    QVERIFY(line.text().startsWith(u"○ Not capturing on lab0"_s));
    status.device.clear();
    line.setStatus(status);
    QVERIFY(line.text().startsWith(u"No device is chosen"_s));
}

void StatusLineTest::leavesOutWhatHasNoRoom()
{
    QWidget window;
    StatusLine line(&window);
    line.setStatus(capturing());
    window.show();
    for (const int width : {1500, 700, 350, 200}) {
        line.resize(width, 24);
        auto* state = line.findChild<QLabel*>(u"statusText"_s);
        QVERIFY(state->fontMetrics().horizontalAdvance(state->text()) <= width);
        QVERIFY(state->text().startsWith(u"● Capturing on lab0"_s));
        QVERIFY(line.toolTip().contains(u"2 sent"_s));
    }
}

void StatusLineTest::tellsWhoMissedPackets()
{
    StatusLine line;
    WindowStatus status = capturing();
    status.missed = 12;
    status.counted = {100, 10, 0, 2};
    line.setStatus(status);
    QVERIFY2(line.toolTip().contains(u"12 missed: kernel 10 ("_s), qPrintable(line.toolTip()));
    QVERIFY(line.toolTip().contains(u"), helper 2 ("_s));
    QVERIFY(!line.toolTip().contains(u"store"_s) && !line.toolTip().contains(u"device"_s));
    QVERIFY(line.accessibleName().contains(u"12 missed: kernel 10"_s));
    status.counted = {100, 0, 5, 0};
    status.droppedByStore = 7;
    line.setStatus(status);
    QVERIFY(line.toolTip().contains(u"12 missed: device 5 ("_s));
    QVERIFY(line.toolTip().contains(u"), store 7 ("_s));
    line.setStatus(capturing());
    QVERIFY(!line.toolTip().contains(u"missed:"_s));
}

void StatusLineTest::countsFurtherDevices()
{
    StatusLine line;
    line.resize(1400, 24);
    WindowStatus status = capturing();
    status.further = 2;
    line.setStatus(status);
    QVERIFY(line.text().startsWith(u"● Capturing on lab0 and 2 more   "_s));
    status.capturing = false;
    line.setStatus(status);
    QVERIFY(line.text().startsWith(u"○ Not capturing on lab0   "_s));
}

TCPW_TEST(StatusLineTest);
#include "tst_statusline.moc"
