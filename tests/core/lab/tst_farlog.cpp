// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/farlog.h"
#include "support/testcase.h"

#include <QDateTime>
#include <QTest>

using namespace tcpw;

class FarLogTest : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheLastThousandEvents();
    void tellsEachEventOnce();
    void quotesAndEscapes_data();
    void quotesAndEscapes();
};

void FarLogTest::keepsTheLastThousandEvents()
{
    FarLog log;
    for (std::uint32_t i = 1; i <= 1'500; ++i)
        log.add(i, "event");
    const auto events = log.events();
    QCOMPARE(events.size(), std::size_t(1000));
    QCOMPARE(events.front().socket, 501u);
    QCOMPARE(events.back().socket, 1500u);
    QVERIFY(events.front().timestamp <= events.back().timestamp);
    const std::int64_t age
        = QDateTime::currentMSecsSinceEpoch() - events.back().timestamp / 1'000'000;
    QVERIFY(age >= 0 && age < 60'000);
}

void FarLogTest::tellsEachEventOnce()
{
    FarLog log;
    std::vector<std::string> told;
    log.add(1, "before");
    log.setCallback([&told](const FarEvent& event) { told.push_back(event.text); });
    log.add(2, "during");
    log.setCallback({});
    log.add(3, "after");
    QCOMPARE(told, std::vector<std::string>{"during"});
    QCOMPARE(log.events().size(), std::size_t(3));
}

void FarLogTest::quotesAndEscapes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray() << QByteArray("\"\"");
    QTest::newRow("a word") << QByteArray("hello") << QByteArray("\"hello\"");
    QTest::newRow("lines") << QByteArray("a\r\n\tb") << QByteArray("\"a\\r\\n\\tb\"");
    QTest::newRow("quotes") << QByteArray("\"\\") << QByteArray("\"\\\"\\\\\"");
    QTest::newRow("zero, escape, delete")
        << QByteArray("\0\x1b\x7f", 3) << QByteArray("\"\\x00\\x1b\\x7f\"");
    QTest::newRow("not ASCII") << QByteArray("\xc3\xa4") << QByteArray("\"\\xc3\\xa4\"");
    QTest::newRow("100 bytes") << QByteArray(100, 'x') << '"' + QByteArray(100, 'x') + '"';
    QTest::newRow("more") << QByteArray(101, 'x') << '"' + QByteArray(100, 'x') + "\" and so on";
}

void FarLogTest::quotesAndEscapes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    const Bytes raw(bytes.begin(), bytes.end());
    QCOMPARE(QByteArray::fromStdString(quoted(raw)), text);
}

TCPW_TEST(FarLogTest);
#include "tst_farlog.moc"
