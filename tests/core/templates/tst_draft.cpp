// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

class DraftTest : public QObject
{
    Q_OBJECT
private slots:
    void takesValuesAndPlaceholders_data();
    void takesValuesAndPlaceholders();
    void valueRemovesThePlaceholder();
    void placeholderHidesTheValue();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void refusalLeavesTheDraftAsItWas();
    void placeholdersAreReadAsTheyAreWritten();
};

void DraftTest::takesValuesAndPlaceholders_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* path, const char* value) {
        QTest::addRow("%s %s", path, value)
            << QString::fromLatin1(path) << QString::fromLatin1(value);
    };
    row("ethernet.source", "{device.mac}");
    row("ethernet.destination", "{peer.mac}");
    row("ipv4.source", "{device.ipv4}");
    row("ipv4.destination", "{peer.ipv4}");
    row("ipv4.destination", "10.1.2.3");
    row("tcp.sourcePort", "{new.port}");
    row("tcp.sourcePort", "40001");
    row("tcp.sequenceNumber", "{new.sequence}");
    row("tcp.acknowledgmentNumber", "4294967295");
    row("tcp.checksum", "0x1234");
    row("tcp.checksum", "auto");
    row("tcp.controlBits", "SYN,ACK");
    row("tcp.options", "mss=1460,nop");
}

void DraftTest::takesValuesAndPlaceholders()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    Draft draft = plainDraft();
    const auto set = setDraftField(draft, path.toStdString(), value.toStdString());
    QVERIFY2(set, set ? "" : set.error().message.c_str());
    QCOMPARE(fieldOf(draft, path.toLatin1().constData()), value);
}

void DraftTest::valueRemovesThePlaceholder()
{
    Draft draft = plainDraft();
    QVERIFY(setDraftField(draft, "tcp.sourcePort", "{new.port}"));
    QCOMPARE(draft.placeholders.size(), 1u);
    QVERIFY(setDraftField(draft, "tcp.sourcePort", "7"));
    QVERIFY(draft.placeholders.empty());
    QCOMPARE(draft.packet.find<TcpHeader>()->sourcePort, std::uint16_t(7));
}

void DraftTest::placeholderHidesTheValue()
{
    Draft once = plainDraft();
    QVERIFY(setDraftField(once, "tcp.sequenceNumber", "{new.sequence}"));
    Draft after = plainDraft();
    QVERIFY(setDraftField(after, "tcp.sequenceNumber", "77"));
    QVERIFY(setDraftField(after, "tcp.sequenceNumber", "{new.sequence}"));
    QVERIFY(once == after);
}

void DraftTest::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* path, const char* value, const char* part) {
        QTest::addRow("%s %s", path, value)
            << QString::fromLatin1(path) << QString::fromLatin1(value) << QString::fromLatin1(part);
    };
    row("tcp.sourcePort", "65536", "65535");
    row("tcp.sourcePort", "{new.sequence}", "{new.port}");
    row("tcp.sequenceNumber", "{new.port}", "{new.sequence}");
    row("ipv4.source", "{peer.ipv6}", "{device.ipv4} or {peer.ipv4}");
    row("ipv4.source", "{nobody}", "{device.ipv4} or {peer.ipv4}");
    row("ipv4.timeToLive", "{new.port}", "no placeholder");
    row("ipv4.dontFragment", "{new.port}", "no placeholder");
    row("tcp.nothing", "1", "nothing");
    row("udp.sourcePort", "1", "udp");
}

void DraftTest::refusesWhatDoesNotFit()
{
    QFETCH(QString, path);
    QFETCH(QString, value);
    QFETCH(QString, part);
    Draft draft = plainDraft();
    const auto set = setDraftField(draft, path.toStdString(), value.toStdString());
    QVERIFY(!set);
    QVERIFY2(text(set.error().message).contains(part), set.error().message.c_str());
}

void DraftTest::refusalLeavesTheDraftAsItWas()
{
    Draft draft = plainDraft();
    QVERIFY(setDraftField(draft, "tcp.sourcePort", "{new.port}"));
    const Draft before = draft;
    QVERIFY(!setDraftField(draft, "tcp.sourcePort", "65536"));
    QVERIFY(!setDraftField(draft, "tcp.sourcePort", "{new.sequence}"));
    QVERIFY(draft == before);
}

void DraftTest::placeholdersAreReadAsTheyAreWritten()
{
    for (const auto* name : {"device.mac", "device.ipv4", "device.ipv6", "peer.mac", "peer.ipv4",
             "peer.ipv6", "new.port", "new.sequence"}) {
        const auto placeholder = parsePlaceholder("{" + std::string(name) + "}");
        QVERIFY2(placeholder, name);
        QCOMPARE(placeholderName(*placeholder), name);
        QVERIFY(*placeholderWords(*placeholder));
    }
    QVERIFY(!parsePlaceholder("device.mac"));
    QVERIFY(!parsePlaceholder("{}"));
    QVERIFY(!parsePlaceholder("{device.mac} "));
}

TCPW_TEST(DraftTest);

} // namespace tcpw

#include "tst_draft.moc"
