// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/captureencoder.h"
#include "store/capturefile.h"
#include "storetesting.h"
#include "support/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

/// What the devices of a store are called.
class DeviceNamesTest : public QObject
{
    Q_OBJECT
private slots:
    void aLiveStoreKnowsWhatItWasTold();
    void savedPcapngKeepsNamesAndNumbers();
    void theSpoolHasThem();
    void aFileOfAnotherProgramNamesItsInterfaces();
    void oddNamesAreCut();

private:
    std::string path(const char* name) const { return m_folder.path().toStdString() + '/' + name; }
    QTemporaryDir m_folder;
};

namespace {

PacketBatch packetsOf(std::uint8_t device, LinkType linkType, std::size_t count)
{
    PacketBatch batch;
    const Bytes bytes(60, device);
    PacketRecord record;
    record.device = device;
    record.linkType = linkType;
    record.originalLength = 60;
    for (std::size_t i = 0; i < count; ++i)
        batch.append(record, bytes);
    return batch;
}

} // namespace

void DeviceNamesTest::aLiveStoreKnowsWhatItWasTold()
{
    const auto store = PacketStore::create(m_folder.path().toStdString());
    QVERIFY(store);
    QCOMPARE((*store)->deviceName(0), std::string());
    (*store)->nameDevice(3, "eth0");
    QCOMPARE((*store)->deviceName(3), std::string("eth0"));
    (*store)->nameDevice(3, "wan0");
    QCOMPARE((*store)->deviceName(3), std::string("wan0"));
    QCOMPARE((*store)->deviceName(0), std::string());
}

void DeviceNamesTest::savedPcapngKeepsNamesAndNumbers()
{
    const auto store = PacketStore::create(m_folder.path().toStdString());
    QVERIFY(store);
    (*store)->nameDevice(0, "lab0");
    (*store)->nameDevice(7, "eth0");
    QVERIFY((*store)->append(packetsOf(7, LinkType::ethernet, 2)));
    QVERIFY((*store)->append(packetsOf(0, LinkType::ethernet, 1)));
    QVERIFY((*store)->append(packetsOf(7, LinkType::raw, 1)));
    QVERIFY((*store)->append(packetsOf(9, LinkType::ethernet, 1)));
    QVERIFY(saveCapture(**store, {}, path("saved.pcapng"), CaptureFormat::pcapng));
    const auto opened = PacketStore::open(path("saved.pcapng"));
    QVERIFY(opened);
    QCOMPARE((*opened)->problem(), std::string());
    QCOMPARE((*opened)->size(), std::size_t{5});
    for (std::size_t i = 0; i < 5; ++i)
        QCOMPARE((*opened)->record(i).device, (*store)->record(i).device);
    QCOMPARE((*opened)->deviceName(0), std::string("lab0"));
    QCOMPARE((*opened)->deviceName(7), std::string("eth0"));
    QCOMPARE((*opened)->deviceName(9), std::string());
    (*opened)->nameDevice(7, "other"); // what a file says stays
    QCOMPARE((*opened)->deviceName(7), std::string("eth0"));
}

void DeviceNamesTest::theSpoolHasThem()
{
    const auto store = PacketStore::create(m_folder.path().toStdString());
    QVERIFY(store);
    (*store)->nameDevice(1, "eth1");
    QVERIFY((*store)->append(packetsOf(1, LinkType::ethernet, 1)));
    QVERIFY((*store)->clear());
    (*store)->nameDevice(1, "wan1");
    QVERIFY((*store)->append(packetsOf(1, LinkType::ethernet, 1)));
    const auto opened = PacketStore::open((*store)->path());
    QVERIFY(opened);
    QCOMPARE((*opened)->size(), std::size_t{1});
    QCOMPARE((*opened)->deviceName(1), std::string("wan1"));
}

void DeviceNamesTest::aFileOfAnotherProgramNamesItsInterfaces()
{
    // As dumpcap writes them: if_name ends the options, nothing says a number.
    CaptureEncoder encoder;
    encoder.addSection();
    Bytes file(encoder.bytes().begin(), encoder.bytes().end());
    for (const char* name : {"eth0", "wlan0\0\0\0"}) {
        const std::uint32_t head[] = {1, 32, 1, 262144, 2u | std::uint32_t(strlen(name)) << 16};
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(head);
        file.insert(file.end(), bytes, bytes + sizeof head);
        Bytes text(name, name + strlen(name));
        text.resize(8);
        file.insert(file.end(), text.begin(), text.end());
        file.insert(file.end(), bytes + 4, bytes + 8);
    }
    writeFile(path("foreign.pcapng"), file);
    const auto opened = PacketStore::open(path("foreign.pcapng"));
    QVERIFY(opened);
    QCOMPARE((*opened)->problem(), std::string());
    QCOMPARE((*opened)->deviceName(0), std::string("eth0"));
    QCOMPARE((*opened)->deviceName(1), std::string("wlan0"));
}

void DeviceNamesTest::oddNamesAreCut()
{
    CaptureEncoder encoder;
    encoder.addSection();
    encoder.addInterface(LinkType::ethernet, 0, 0, std::string(70000, 'x'));
    encoder.addInterface(LinkType::ethernet, 1, 0, std::string_view("a\0b", 3));
    encoder.addInterface(LinkType::ethernet, 2, 0, "<b>\x1b[2J");
    encoder.addInterface(LinkType::ethernet, 255, 0, "one of many");
    writeFile(path("odd.pcapng"), encoder.bytes());
    const auto opened = PacketStore::open(path("odd.pcapng"));
    QVERIFY(opened);
    QCOMPARE((*opened)->problem(), std::string());
    QCOMPARE((*opened)->deviceName(0), std::string(255, 'x'));
    QCOMPARE((*opened)->deviceName(1), std::string("a"));
    QCOMPARE((*opened)->deviceName(2), std::string("<b>\x1b[2J"));
    QCOMPARE((*opened)->deviceName(255), std::string()); // that number may be any of several
}

TCPW_TEST(DeviceNamesTest);

#include "tst_devicenames.moc"
