// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "live/connection/livetalk.h"

#include "connection/reasontext.h"
#include "connection/sequence.h"
#include "store/capturefile.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace tcpw {

Result<std::unique_ptr<Lab>> ownLab = Lab::start();

LiveTalk::LiveTalk(std::uint16_t farPort, bool ipv6)
    : m_ipv6(ipv6)
    , m_farPort(farPort)
    , m_backend({[this](const PacketBatch& batch) {
                     const std::lock_guard lock(m_mutex);
                     for (std::size_t i = 0; i < batch.size(); ++i)
                         m_arrived.append(batch.record(i), batch.bytes(i));
                 },
                    [](const CaptureNotice&) {}, [](const FarEvent&) {},
                    [](const Error&) {
                    }},
          [](const FarRequest& request) { return (*ownLab)->far(request); })
{
    if (const auto begun = begin(); !begun)
        fail(begun.error());
}

LiveTalk::~LiveTalk()
{
    const char* const tag = QTest::currentDataTag();
    if (tag && QLatin1String(tag) == QLatin1String("IPv6"))
        return;
    if (const auto kept = keep(); !kept)
        qWarning("The packets are not kept: %s", kept.error().message.c_str());
}

Result<void> LiveTalk::keep() const
{
    const QTemporaryDir spool;
    const auto store = PacketStore::create(spool.path().toStdString());
    if (!store)
        return tl::unexpected<Error>(store.error());
    if (const auto appended = (*store)->append(m_packets); !appended)
        return appended;
    const QString folder = QStringLiteral(TCPW_BINARY_DIR "/conversations");
    QDir().mkpath(folder);
    const QString path
        = folder + QStringLiteral("/%1.pcapng").arg(QLatin1String(QTest::currentTestFunction()));
    if (const auto saved = saveCapture(**store, {}, path.toStdString(), CaptureFormat::pcapng);
        !saved)
        return tl::unexpected<Error>(saved.error());
    return {};
}

/// Captures on lab0 and keeps our kernel silent on a new port.
Result<void> LiveTalk::begin()
{
    const auto devices = m_backend.devices();
    const auto port = m_backend.newPort();
    if (!devices || devices->empty() || !port)
        return failure("There is no device or no port.");
    m_device = devices->front().id;
    m_ownPort = *port;
    CaptureOptions options;
    options.device = m_device;
    options.filter = "tcp";
    if (const auto started = m_backend.startCapture(options); !started)
        return tl::unexpected<Error>(started.error());
    const IpAddress own = m_ipv6 ? IpAddress(labAddress::near6) : IpAddress(labAddress::near4);
    if (const auto armed = m_backend.armGuard({own, m_ownPort, 0}); !armed)
        return tl::unexpected<Error>(armed.error());
    return {};
}

Packet LiveTalk::segment(std::uint16_t bits, const std::string& data, int shift) const
{
    Packet packet{
        LinkType::ethernet, {EthernetHeader{labAddress::farMac, labAddress::nearMac, {}}}};
    Ipv4Header ipv4;
    ipv4.source = labAddress::near4;
    ipv4.destination = labAddress::far4;
    Ipv6Header ipv6;
    ipv6.source = labAddress::near6;
    ipv6.destination = labAddress::far6;
    packet.layers.push_back(m_ipv6 ? Layer(ipv6) : Layer(ipv4));
    TcpHeader tcp;
    tcp.sourcePort = m_ownPort;
    tcp.destinationPort = m_farPort;
    tcp.controlBits.value = bits;
    tcp.sequenceNumber = m_next + static_cast<std::uint32_t>(shift);
    tcp.acknowledgmentNumber = (bits & A) != 0 ? m_expected : 0;
    if ((bits & S) != 0)
        tcp.options = m_synOptions;
    packet.layers.push_back(tcp);
    if (!data.empty())
        packet.layers.push_back(Payload{Bytes(data.begin(), data.end())});
    return packet;
}

void LiveTalk::send(std::uint16_t bits, const std::string& data)
{
    sendAsTheyAre({segment(bits, data)});
    m_next += static_cast<std::uint32_t>(data.size()) + ((bits & (S | F)) != 0 ? 1 : 0);
}

void LiveTalk::sendAsTheyAre(const std::vector<Packet>& packets)
{
    std::vector<Bytes> frames;
    for (const Packet& packet : packets)
        frames.push_back(encode(packet));
    const auto report = m_backend.send(m_device, frames);
    if (!report || report->failed > 0)
        fail(report ? Error{report->firstProblem} : report.error());
}

bool LiveTalk::open(const Options& options)
{
    m_synOptions = options;
    send(S);
    if (!QTest::qWaitFor([this] { return count() >= 2; })
        || !row(2).startsWith(QLatin1String("peer SYN,ACK")))
        return false;
    send(A);
    return QTest::qWaitFor(
        [this] { return count() >= 3 && farSocket().value_or(FarSocket()).socket != 0; });
}

void LiveTalk::far(FarVerb verb, const std::string& data)
{
    FarRequest request;
    request.verb = verb;
    request.data = Bytes(data.begin(), data.end());
    const auto socket = farSocket();
    if (!socket)
        return fail({"the far end has no such socket"});
    request.socket = socket->socket;
    if (const auto reply = m_backend.far(request); !reply)
        fail(reply.error());
}

void LiveTalk::callUs()
{
    FarRequest request;
    request.verb = FarVerb::connect;
    request.port = m_ownPort;
    if (m_ipv6)
        request.address = labAddress::near6;
    if (const auto reply = m_backend.far(request); !reply)
        fail(reply.error());
}

void LiveTalk::take()
{
    PacketBatch batch;
    {
        const std::lock_guard lock(m_mutex);
        std::swap(batch, m_arrived);
    }
    for (std::size_t i = 0; i < batch.size(); ++i)
        takeOne(batch.record(i), batch.bytes(i));
}

void LiveTalk::takeOne(const PacketRecord& record, ByteView bytes)
{
    const auto segment = readSegment(bytes, record.linkType, record.originalLength);
    const bool ours
        = segment && (segment->source.port == m_ownPort || segment->destination.port == m_ownPort);
    if (!ours)
        return;
    const int number = int(m_rows.size()) + 1;
    const auto tracked = m_tracker.add(std::uint32_t(number), record, bytes);
    m_story.append(tracked, std::uint32_t(number), record, bytes);
    m_packets.append(record, bytes);
    m_tracked[number] = tracked;
    m_facts[std::uint32_t(number)] = *segment;
    QStringList words{QLatin1String(originName(record.origin)),
        QString::fromStdString(toText(segment->controlBits))};
    if (!tracked.names.empty())
        words << QString::fromStdString(toText(tracked.names));
    m_rows << words.join(QLatin1Char(' '));
    if (record.origin != Origin::peer)
        return;
    m_farPort = segment->source.port;
    if (segment->has(S) || segment->sequenceNumber == m_expected)
        m_expected = segment->nextSequenceNumber();
}

QStringList LiveTalk::rows()
{
    take();
    return m_rows;
}

ConnectionInfo LiveTalk::info()
{
    take();
    return m_tracker.connection(0);
}

QString LiveTalk::reason(int number)
{
    take();
    if (m_tracked.count(number) == 0)
        return {};
    const TrackedPacket& tracked = m_tracked[number];
    const auto referred = m_facts.find(tracked.refersTo);
    return QString::fromStdString(reasonText(tracked, m_facts[std::uint32_t(number)],
        referred == m_facts.end() ? nullptr : &referred->second));
}

QString LiveTalk::states()
{
    take();
    const bool weBegan = m_story.initiator().port == m_ownPort;
    const TcpState own = weBegan ? m_story.initiatorState() : m_story.responderState();
    return QStringLiteral("me %1, far %2").arg(QLatin1String(tcpStateName(own)), inferredState());
}

QString LiveTalk::inferredState()
{
    take();
    const bool weBegan = m_story.initiator().port == m_ownPort;
    return QLatin1String(
        tcpStateName(weBegan ? m_story.responderState() : m_story.initiatorState()));
}

std::optional<FarSocket> LiveTalk::farSocket()
{
    const auto reply = m_backend.far({});
    if (!reply) {
        fail(reply.error());
        return {};
    }
    const auto found = std::ranges::find_if(
        reply->sockets, [this](const FarSocket& socket) { return socket.remotePort == m_ownPort; });
    return found == reply->sockets.end() ? std::nullopt : std::optional(*found);
}

QString LiveTalk::kernelsState()
{
    const auto socket = farSocket();
    return socket ? QString::fromStdString(socket->state) : QStringLiteral("CLOSED");
}

} // namespace tcpw
