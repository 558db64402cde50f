// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/client.h"
#include "link/filter.h"
#include "recorder.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/wait.h>

using namespace tcpw;

class FilterCheckTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper"); }
    void lets_data();
    void lets();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void endsACheckThatTakesTooLong();
    void endsACheckWhenTimeIsUp();
    void cleanupTestCase();
};

void FilterCheckTest::lets_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("linkType");
    const auto row = [](const char* filter, LinkType linkType) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << int(linkType);
    };
    row("", LinkType::ethernet);
    row("tcp port 8081", LinkType::ethernet);
    row("ether host 0a:00:00:00:00:02", LinkType::ethernet);
    row("host 192.168.56.102 and tcp[tcpflags] & tcp-syn != 0", LinkType::linuxCooked2);
    row("ip6 and host fd00:56::102", LinkType::raw);
}

void FilterCheckTest::lets()
{
    QFETCH(QString, filter);
    QFETCH(int, linkType);
    const auto checked = checkFilter(filter.toStdString(), LinkType(linkType));
    QVERIFY2(checked, qPrintable(problem(checked)));
}

void FilterCheckTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::newRow("syntax") << QByteArray("tcp prt 80");
    QTest::newRow("half") << QByteArray("tcp and");
    QTest::newRow("a name") << QByteArray("host www.example.org");
    QTest::newRow("a link type without the field") << QByteArray("wlan type mgt");
    QTest::newRow("a zero byte") << QByteArray("tcp\0port 80", 11);
    QTest::newRow("5,000 parentheses") << QByteArray(5000, '(');
    QTest::newRow("4,000 parentheses") << QByteArray(4000, '(');
    QTest::newRow("64 KB") << QByteArray(65536, 'x');
}

void FilterCheckTest::saysWhatIsWrong()
{
    QFETCH(QByteArray, filter);
    QElapsedTimer timer;
    timer.start();
    const auto checked = checkFilter(filter.toStdString(), LinkType::ethernet);
    QVERIFY(!checked);
    QVERIFY(problem(checked).size() > 10);
    QVERIFY(timer.elapsed() < 4000);
}

void FilterCheckTest::endsACheckThatTakesTooLong()
{
    std::string filter = "port 1";
    for (int port = 2; filter.size() < maximumFilterLength - 20; ++port)
        filter += " or port " + std::to_string(port);
    QElapsedTimer timer;
    timer.start();
    const auto checked = checkFilter(filter, LinkType::ethernet, 30'000);
    if (!checked) // it is ended after two seconds of work
        QVERIFY2(problem(checked).contains(QStringLiteral("takes too long")),
            qPrintable(problem(checked)));
    else
        QVERIFY(timer.elapsed() < 3000);
    QVERIFY(timer.elapsed() < 25'000);
}

void FilterCheckTest::endsACheckWhenTimeIsUp()
{
    QElapsedTimer timer;
    timer.start();
    const auto checked = checkFilter("tcp", LinkType::ethernet, 0);
    QVERIFY(problem(checked).contains(QStringLiteral("takes too long")));
    QVERIFY(timer.elapsed() < 2000);
}

void FilterCheckTest::cleanupTestCase()
{
    QCOMPARE(waitpid(-1, nullptr, WNOHANG), -1); // no child is left
}

TCPW_TEST(FilterCheckTest);

#include "tst_filtercheck.moc"
