// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "backendfixture.h"

#include "base/bytewriter.h"
#include "helper/localbackend.h"
#include "lab/capabilities.h"

namespace tcpw {

Result<std::unique_ptr<Lab>> ownLab = Lab::start();

Bytes synFrame(std::uint16_t sourcePort, std::uint16_t destinationPort)
{
    EthernetHeader ethernet;
    ethernet.source = labAddress::nearMac;
    ethernet.destination = labAddress::farMac;
    Ipv4Header ip;
    ip.source = labAddress::near4;
    ip.destination = labAddress::far4;
    TcpHeader tcp;
    tcp.sourcePort = sourcePort;
    tcp.destinationPort = destinationPort;
    tcp.sequenceNumber = 1000;
    tcp.controlBits.value = ControlBits::syn;
    return encode({LinkType::ethernet, {ethernet, ip, tcp}});
}

Bytes numberedFrame(std::uint32_t which, std::size_t length)
{
    ByteWriter writer;
    writer.append(labAddress::farMac.octets);
    writer.append(labAddress::nearMac.octets);
    writer.u16(0x88b5);
    writer.u32(which);
    writer.zeros(length - writer.size());
    return writer.take();
}

std::vector<Bytes> manyFrames(std::uint32_t count)
{
    std::vector<Bytes> frames;
    for (std::uint32_t i = 0; i < count; ++i)
        frames.push_back(numberedFrame(i));
    return frames;
}

void BackendFixture::rows()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("in this process") << 0;
    helperRow();
    labRow();
}

void BackendFixture::helperRow()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("through the helper") << 0;
}

void BackendFixture::labRow()
{
    QTest::addColumn<int>("unused");
    QTest::newRow("through the helper's lab") << 0;
}

void BackendFixture::initTestCase()
{
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    if (!ownLab)
        QSKIP(ownLab.error().message.c_str());
    const auto served = (*ownLab)->serveNamespace();
    QVERIFY2(served, qPrintable(problem(served)));
    QCOMPARE(raiseAmbientCapabilities(), 0); // for the helper that shares this namespace
}

Result<std::unique_ptr<Backend>> BackendFixture::open(const QString& how)
{
    if (how == QStringLiteral("through the helper"))
        return startHelper({helperPath(), "--host"}, m_recorder->events());
    if (how == QStringLiteral("through the helper's lab"))
        return startHelper({helperPath(), "--lab"}, m_recorder->events());
    return std::make_unique<LocalBackend>(
        m_recorder->events(), [](const FarRequest& request) { return (*ownLab)->far(request); });
}

void BackendFixture::init()
{
    m_recorder = std::make_unique<Recorder>();
    auto backend = open(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY2(backend, qPrintable(problem(backend)));
    m_backend = std::move(*backend);
}

void BackendFixture::cleanup()
{
    m_backend.reset();
    QVERIFY(m_recorder->losses().empty());
}

Device BackendFixture::lab0()
{
    const auto devices = m_backend->devices();
    return devices && !devices->empty() ? devices->front() : Device();
}

Result<CaptureStarted> BackendFixture::capture(const std::string& filter)
{
    CaptureOptions options;
    options.device = lab0().id;
    options.number = captureNumber;
    options.filter = filter;
    return m_backend->startCapture(options);
}

} // namespace tcpw
