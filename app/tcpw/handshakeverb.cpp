// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/dialogue.h"
#include "connection/tracker.h"
#include "drafts.h"
#include "networks.h"
#include "packetqueue.h"
#include "rows.h"
#include "session/sender.h"
#include "verb.h"

#include <QCommandLineParser>

#include <algorithm>
#include <cstdio>

namespace tcpw {

namespace {

constexpr double quiet = 0.06; ///< seconds without a packet after which a step is over
constexpr double peersTurn = 1; ///< seconds until a segment is sent again, doubled each time
constexpr double farthestClose = 5; ///< seconds to wait for the peer's FIN
constexpr int mostRepeats = 3;

void declare(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("device"),
        QStringLiteral("The device to send on; lab0 is the practice network."),
        QStringLiteral("DEV")});
    parser.addOption({QStringLiteral("to"),
        QStringLiteral("Where to connect; an IPv6 address in brackets. In the practice network "
                       "the far end's port 8081."),
        QStringLiteral("ADDRESS:PORT")});
    parser.addOption({QStringLiteral("send"),
        QStringLiteral("Send this once the connection is established."), QStringLiteral("TEXT")});
    parser.addOption({QStringLiteral("close"), QStringLiteral("Close the connection at the end.")});
}

/// The settings that make a SYN template go where --to says.
Result<QStringList> targetSettings(const QString& target, QString& name)
{
    const auto colon = target.lastIndexOf(QLatin1Char(':'));
    QString address = target.left(std::max<qsizetype>(colon, 0));
    const bool brackets
        = address.startsWith(QLatin1Char('[')) && address.endsWith(QLatin1Char(']'));
    if (brackets)
        address = address.mid(1, address.size() - 2);
    const auto parsed = parseIp(address.toStdString());
    if (colon < 0 || !parsed)
        return failure("--to takes ADDRESS:PORT, for example 192.168.56.102:8081 or "
                       "[fd00:56::102]:8081.");
    const bool six = std::holds_alternative<Ipv6Address>(*parsed);
    if (six != brackets)
        return failure("--to takes an IPv6 address in brackets: [fd00:56::102]:8081.");
    bool isNumber = false;
    const uint port = target.mid(colon + 1).toUInt(&isNumber);
    if (!isNumber || port < 1 || port > 65535)
        return failure(
            "\"" + target.mid(colon + 1).toStdString() + "\" is no port; ports are 1 to 65535.");
    name = six ? QStringLiteral("syn-ipv6") : QStringLiteral("syn");
    const QString field
        = six ? QStringLiteral("ipv6.destination=") : QStringLiteral("ipv4.destination=");
    return QStringList{
        field + address, QStringLiteral("tcp.destinationPort=") + QString::number(port)};
}

/// Opens a connection, sends, closes, and prints every packet with the states that it leaves.
class Handshake
{
public:
    Handshake(Draft syn, Dialogue::Plan plan, RowPrinter printer)
        : m_syn(std::move(syn))
        , m_plan(std::move(plan))
        , m_printer(std::move(printer))
    {
    }

    Result<void> play(const QString& device);

private:
    Result<void> open(const QString& device);
    Result<void> step();
    Result<bool> watch(double seconds);
    Result<void> take(const PacketRecord& record, ByteView bytes);
    Result<void> sayStates();
    std::string kernelsState();
    Result<void> repeatOrEnd();

    Draft m_syn;
    Dialogue::Plan m_plan;
    RowPrinter m_printer;
    PacketQueue m_queue;
    std::optional<OpenedDevice> m_opened;
    std::optional<Conversation> m_conversation;
    std::optional<Dialogue> m_dialogue;
    Tracker m_tracker;
    Endpoint m_own;
    std::uint32_t m_number = 0;
    bool m_established = false; ///< and said so
    int m_repeats = 0;
    double m_patience = peersTurn;
    bool m_ended = false;
};

Result<void> Handshake::open(const QString& device)
{
    auto opened = openDevice(device, m_queue.events());
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    m_opened = std::move(*opened);
    Backend& backend = *m_opened->backend;
    CaptureOptions options;
    options.device = m_opened->device.id;
    if (const auto started = backend.startCapture(options); !started)
        return tl::unexpected<Error>(started.error());
    const auto packet
        = resolveForSending(backend, m_opened->device, m_syn, {0, newSequenceNumber()});
    if (!packet)
        return tl::unexpected<Error>(packet.error());
    if (const auto request = guardFor(m_opened->device, *packet)) {
        const auto state = backend.armGuard(*request);
        if (!state)
            return tl::unexpected<Error>(state.error());
        if (!state->note.empty())
            std::fprintf(stderr, "tcpw: %s\n", state->note.c_str());
        m_own = {request->address, request->port};
    }
    m_conversation = conversationOf(*packet);
    m_dialogue.emplace(*packet, m_plan);
    return {};
}

Result<void> Handshake::play(const QString& device)
{
    if (const auto opened = open(device); !opened)
        return opened;
    if (!m_printer.header())
        return failure("Standard output takes no more.");
    while (!m_ended) {
        if (const auto stepped = step(); !stepped)
            return stepped;
    }
    const Dialogue::Phase phase = m_dialogue->phase();
    const bool broken = phase == Dialogue::Phase::refused || phase == Dialogue::Phase::reset;
    if (broken || !m_dialogue->over())
        return failure(m_dialogue->outcome());
    if (!print(m_dialogue->outcome() + "\n"))
        return failure("Standard output takes no more.");
    return {};
}

/// Sends one segment and prints what comes of it, until nothing comes any more.
Result<void> Handshake::step()
{
    const auto segment = m_dialogue->nextOne();
    const bool sends = segment.has_value();
    if (sends) {
        if (const auto sent = sendPacket(*m_opened->backend, m_opened->device, *segment); !sent)
            return sent;
    }
    const auto came = watch(sends || m_dialogue->over() ? quiet : m_patience);
    if (!came)
        return tl::unexpected<Error>(came.error());
    if (*came)
        return sayStates();
    if (!sends)
        return repeatOrEnd();
    return {};
}

/// True when something of the connection came. Ends when nothing did for a while.
Result<bool> Handshake::watch(double seconds)
{
    PacketBatch batch;
    bool came = false;
    while (m_queue.next(batch, PacketQueue::deadline(came ? quiet : seconds))) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const PacketRecord& record = batch.record(i);
            if (conversationOf(decode(batch.bytes(i), record.linkType)) != m_conversation)
                continue;
            came = true;
            if (const auto taken = take(record, batch.bytes(i)); !taken)
                return tl::unexpected<Error>(taken.error());
        }
    }
    if (const std::string problem = m_queue.problem(); !problem.empty())
        return failure(problem);
    if (PacketQueue::isInterrupted())
        return failure("It was interrupted.");
    m_ended = !came && m_dialogue->isPeersTurn() && m_dialogue->over();
    return came;
}

Result<void> Handshake::take(const PacketRecord& record, ByteView bytes)
{
    const TrackedPacket tracked = m_tracker.add(++m_number, record, bytes);
    if (!m_printer.row(m_number, record, bytes, tracked))
        return failure("Standard output takes no more.");
    if (record.origin == Origin::peer) {
        m_dialogue->received(decode(bytes, record.linkType));
        m_repeats = 0;
        m_patience = peersTurn;
    }
    return {};
}

/// The states that the packets so far show, and beside them what the far kernel says of its own.
Result<void> Handshake::sayStates()
{
    if (m_tracker.connectionCount() == 0)
        return {};
    const ConnectionInfo info
        = m_tracker.connection(static_cast<std::uint32_t>(m_tracker.connectionCount() - 1));
    std::string line = std::string("       me ") + tcpStateName(info.initiator.state) + ", peer "
        + tcpStateName(info.responder.state);
    if (m_opened->device.lab)
        line += "; its kernel says " + kernelsState();
    const bool both = info.initiator.state == TcpState::established
        && info.responder.state == TcpState::established;
    if (both && !std::exchange(m_established, true))
        line += ": established";
    const bool printed = print(line + "\n");
    std::fflush(stdout);
    if (!printed)
        return failure("Standard output takes no more.");
    return {};
}

/// "CLOSED" when the far kernel has no socket for this connection.
std::string Handshake::kernelsState()
{
    const auto reply = m_opened->backend->far({});
    if (!reply)
        return "nothing (" + reply.error().message + ")";
    const auto found = std::ranges::find_if(reply->sockets, [this](const FarSocket& socket) {
        return socket.remoteAddress == m_own.address && socket.remotePort == m_own.port;
    });
    return found == reply->sockets.end() ? "CLOSED" : found->state;
}

/// Nothing came: the last segment again, at doubled intervals, or the end.
Result<void> Handshake::repeatOrEnd()
{
    const auto again = m_dialogue->again();
    m_ended = m_ended || m_repeats == mostRepeats || (!again && m_patience >= farthestClose);
    if (m_ended)
        return {};
    m_patience *= 2;
    if (!again)
        return {};
    ++m_repeats;
    return sendPacket(*m_opened->backend, m_opened->device, *again);
}

int run(const QCommandLineParser& parser)
{
    const QString device = parser.value(QStringLiteral("device"));
    if (device.isEmpty())
        return misuse("\"handshake\" needs --device DEV; lab0 is the practice network.");
    if (const QStringList words = parser.positionalArguments(); !words.isEmpty())
        return misuse("\"handshake\" takes no other word, but there is \""
            + words.front().toStdString() + "\".");
    const bool lab = device == QLatin1String("lab0");
    if (!lab && !parser.isSet(QStringLiteral("to")))
        return misuse("\"handshake\" needs --to ADDRESS:PORT on this device.");
    QString name = QStringLiteral("syn");
    QStringList settings;
    if (parser.isSet(QStringLiteral("to"))) {
        const auto target = targetSettings(parser.value(QStringLiteral("to")), name);
        if (!target)
            return misuse(target.error().message);
        settings = *target;
    }
    auto syn = makeDraft(name);
    if (!syn)
        return fail(syn.error().message);
    if (const auto set = setFields(*syn, settings); !set)
        return misuse(set.error().message);
    const std::string text = parser.value(QStringLiteral("send")).toStdString();
    Dialogue::Plan plan{Bytes(text.begin(), text.end()), parser.isSet(QStringLiteral("close"))};
    Handshake handshake(std::move(*syn), std::move(plan), RowPrinter());
    const auto played = handshake.play(device);
    return played ? done : fail(played.error().message);
}

} // namespace

const Verb handshakeVerb{"handshake",
    "handshake --device DEV [--to ADDRESS:PORT] [--send TEXT] [--close]",
    "Opens a connection step by step, sends and closes; prints each packet and both ends' states.",
    declare, run};

} // namespace tcpw
