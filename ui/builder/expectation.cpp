// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/expectation.h"

#include "link/neighbours.h"
#include "packet/anomalies.h"
#include "session/sender.h"
#include "ui/fields/fieldstate.h"
#include "ui/fields/plaintext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <set>

namespace tcpw {

namespace {

QString words(const char* text)
{
    return QCoreApplication::translate("tcpw::Expectation", text);
}

QString sentence(QString text)
{
    if (text.isEmpty())
        return text;
    text[0] = text[0].toUpper();
    return text.endsWith(QLatin1Char('.')) ? text : text + QLatin1Char('.');
}

std::vector<FieldPath> wrongFields(const Packet& draft, const Packet& sent)
{
    std::vector<FieldPath> wrong;
    for (std::size_t i = 0; i < draft.layers.size(); ++i)
        for (const Field& field : layerType(draft.layers[i]).fields)
            if (isWrongOnPurpose(draft, sent, {i, &field}))
                wrong.push_back({i, &field});
    return wrong;
}

bool isOpen(const Packet& sent, const Anomaly& anomaly, const Placeholders& open)
{
    const Field* field = findField(layerType(sent.layers[anomaly.layer]), anomaly.field);
    return field && open.contains(pathName(sent, {anomaly.layer, field}));
}

QString wrongSentence(const Packet& sent, FieldPath where)
{
    const LayerType& type = layerType(sent.layers[where.layer]);
    return words("%1, %2: %3 is wrong; right is %4.")
        .arg(fromUtf8(type.label), fromUtf8(where.field->label),
            fromUtf8(formatValue(*where.field, where.field->get(sent.layers[where.layer]))),
            fromUtf8(formatValue(*where.field, computedValue(sent, where))));
}

/// Why a receiver would drop the packet before its TCP looks at it; "" when it would not.
QString silentDrop(const std::vector<FieldPath>& wrong)
{
    static const std::set<std::string_view> lengths{"headerLength", "totalLength", "payloadLength"};
    for (const FieldPath& where : wrong) {
        const std::string_view name = where.field->name;
        if (name == "checksum" || name == "headerChecksum")
            return words("Expect no answer: a wrong checksum makes the peer drop it silently.");
        if (name == "dataOffset")
            return words("Expect no answer where the data offset does not fit the segment, or "
                         "options read as data.");
        if (lengths.contains(name))
            return words(
                "Expect no answer: with a wrong length the peer's IP most likely drops it.");
        if (name == "etherType" || name == "protocol" || name == "nextHeader")
            return words(
                "Expect no answer from TCP: the header before says that something else follows.");
    }
    return {};
}

PeerExpectation expect(unsigned replies, const QString& text)
{
    return {replies, {}, toUtf8(text)};
}

/// Where nothing is known of the peer.
PeerExpectation answerToSegment(ControlBits bits, bool hasData)
{
    if (bits.has(ControlBits::rst))
        return expect(PeerReply::none,
            words("Expect no answer: a RST is never answered (RFC 9293, section 3.10.7)."));
    if (bits.has(ControlBits::syn | ControlBits::ack))
        return expect(PeerReply::ack | PeerReply::rst,
            words("Expect ACK if the peer asked for this connection with a SYN, else RST."));
    if (bits.has(ControlBits::syn))
        return expect(PeerReply::synAck | PeerReply::rst,
            words("Expect SYN,ACK if something listens on that port, else RST,ACK."));
    if (bits.has(ControlBits::fin | ControlBits::ack))
        return expect(PeerReply::ack | PeerReply::rst,
            words("Expect ACK in an established connection, and FIN,ACK when the peer closes "
                  "too; RST where there is no connection."));
    if (!bits.has(ControlBits::ack))
        return expect(PeerReply::none | PeerReply::rst,
            words("Expect no answer in a connection: a segment without ACK is dropped; RST,ACK "
                  "from a closed port."));
    if (hasData)
        return expect(PeerReply::ack | PeerReply::rst,
            words("Expect ACK of the data in an established connection; RST where there is none."));
    return expect(PeerReply::none | PeerReply::rst,
        words("Expect no answer if it fits a connection; RST where there is none."));
}

bool isOwnAddress(const IpAddress& address, const Device& device)
{
    return std::ranges::any_of(
        device.addresses, [&](const DeviceAddress& own) { return own.address == address; });
}

std::optional<IpAddress> sourceOf(const Packet& sent)
{
    if (const auto* header = sent.find<Ipv4Header>())
        return header->source;
    if (const auto* header = sent.find<Ipv6Header>())
        return header->source;
    return {};
}

QString sizeRemark(const Packet& sent, const Device& device)
{
    const std::size_t size = encode(sent).size();
    std::size_t link = 0;
    for (const Layer& layer : sent.layers) {
        if (!std::holds_alternative<EthernetHeader>(layer)
            && !std::holds_alternative<VlanTag>(layer)
            && !std::holds_alternative<SnapHeader>(layer))
            break;
        link += encodedSize(layer);
    }
    if (size < 14)
        return words("A frame needs at least 14 bytes; the device will refuse this one.");
    if (device.mtu == 0 || size - std::min(size, link) <= device.mtu)
        return {};
    return words("%1 bytes after the Ethernet header are more than the %2 that the device takes "
                 "(its MTU); it will refuse them.")
        .arg(size - link)
        .arg(device.mtu);
}

} // namespace

QString whereItGoes(const Packet& sent, const Device* device, const Placeholders& open)
{
    QString to;
    if (open.contains("ipv4.destination") || open.contains("ipv6.destination")) {
        to = words("not known yet");
    } else if (const std::optional<IpAddress> address = destinationOf(sent)) {
        to = fromUtf8(toText(*address));
        const auto* tcp = sent.find<TcpHeader>();
        if (tcp && std::holds_alternative<Ipv6Address>(*address))
            to = QLatin1Char('[') + to + QLatin1Char(']');
        if (tcp)
            to += QLatin1Char(':') + QString::number(tcp->destinationPort);
    } else if (const auto* ethernet = sent.find<EthernetHeader>()) {
        to = fromUtf8(toText(ethernet->destination));
    }
    const QString from = device ? harmless(fromUtf8(device->id.name)) : words("no device");
    const QString size = words("%1 bytes").arg(encode(sent).size());
    return to.isEmpty() ? QStringLiteral("%1, %2").arg(from, size)
                        : QStringLiteral("%1 \u2192 %2, %3").arg(from, to, size);
}

QStringList wrongOnPurpose(const Packet& draft, const Packet& sent, const Placeholders& open)
{
    QStringList sentences;
    std::set<std::pair<std::size_t, std::string>> told;
    for (const FieldPath& where : wrongFields(draft, sent)) {
        sentences << wrongSentence(sent, where);
        told.insert({where.layer, where.field->name});
    }
    for (const Anomaly& anomaly : anomalies(sent, encode(sent).size()))
        if (!isOpen(sent, anomaly, open)
            && (told.insert({anomaly.layer, anomaly.field}).second || anomaly.field.empty()))
            sentences << sentence(harmless(fromUtf8(anomaly.text)));
    return sentences;
}

PeerExpectation expectationOf(
    const Packet& draft, const Packet& sent, const std::optional<PeerView>& peer)
{
    if (const QString dropped = silentDrop(wrongFields(draft, sent)); !dropped.isEmpty())
        return expect(PeerReply::none, dropped);
    if (const auto* arp = sent.find<ArpPacket>())
        return expect(0,
            arp->operation == 1 ? words("Expect an ARP reply if the address is somebody's.")
                                : words("Expect no answer: a reply is not answered."));
    const auto* tcp = sent.find<TcpHeader>();
    if (!tcp)
        return expect(0, words("No TCP header: TCP will not answer this."));
    if (peer)
        if (PeerExpectation known = expectFromPeer(sent, *peer); !known.text.empty())
            return known;
    const auto* payload = sent.find<Payload>();
    return answerToSegment(tcp->controlBits, payload && !payload->bytes.empty());
}

QString expectedAnswer(const Packet& draft, const Packet& sent, const std::optional<PeerView>& peer)
{
    return fromUtf8(expectationOf(draft, sent, peer).text);
}

QStringList sendingRemarks(const Packet& sent, const Device* device)
{
    QStringList remarks;
    if (!device)
        return remarks;
    if (!device->injectProblem.empty())
        remarks << harmless(fromUtf8(device->injectProblem));
    else if (!device->up || !device->running)
        remarks << words("The device's link is down: nothing will go out.");
    if (const QString size = sizeRemark(sent, *device); !size.isEmpty())
        remarks << size;
    const std::optional<IpAddress> destination = destinationOf(sent);
    const auto* ethernet = sent.find<EthernetHeader>();
    if (destination && isMulticast(*destination))
        remarks << words(
            "The destination address is that of many receivers; TCP answers none such.");
    else if (ethernet && isMulticast(ethernet->destination))
        remarks << words("The destination MAC address is that of many receivers.");
    const std::optional<IpAddress> source = sourceOf(sent);
    if (source && !isOwnAddress(*source, *device))
        remarks << words("The source address is not this device's: answers go to its owner.");
    const auto* tcp = sent.find<TcpHeader>();
    if (source && isOwnAddress(*source, *device) && !device->lab && tcp
        && isPortInUse(tcp->sourcePort))
        remarks << words("A program on this computer uses port %1: answers go to its socket too.")
                       .arg(tcp->sourcePort);
    if (ethernet && ethernet->source != device->mac && !device->lab && !device->loopback)
        remarks << words("The source MAC address is not this device's: Wi-Fi and virtual machines "
                         "often drop such frames.");
    return remarks;
}

} // namespace tcpw
