// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/layersummary.h"

#include "ui/fields/bytestext.h"
#include "ui/fields/plaintext.h"

#include <QCoreApplication>

namespace tcpw {

namespace {

QString phrase(const char* text)
{
    return QCoreApplication::translate("tcpw::LayerSummary", text);
}

/// Writes fields of one layer by their names.
class LayerText
{
public:
    LayerText(const DraftView& view, std::size_t layer)
        : m_view(view)
        , m_layer(layer)
    {
    }

    QString operator()(const char* name) const
    {
        const Field* field = findField(layerType(m_view.sent.layers[m_layer]), name);
        if (!field)
            return {};
        const FieldState state = fieldState(m_view, {m_layer, field});
        return state.text.isEmpty() ? QLatin1Char('(') + state.words + QLatin1Char(')')
                                    : state.text;
    }

    QString pair(const char* from, const char* to) const
    {
        return QStringLiteral("%1 \u2192 %2").arg((*this)(from), (*this)(to));
    }

private:
    const DraftView& m_view;
    std::size_t m_layer;
};

QString byteCount(std::size_t count)
{
    if (count == 0)
        return phrase("empty");
    return count == 1 ? phrase("1 byte") : phrase("%1 bytes").arg(count);
}

QString describeBytes(const Bytes& bytes)
{
    constexpr std::size_t shown = 24;
    QString text = byteCount(bytes.size());
    if (!bytes.empty() && bytes.size() <= shown && isPrintable(bytes)) {
        QString quoted = textFromBytes(bytes);
        quoted.replace(QLatin1Char('\n'), QLatin1String("\\n"));
        text += QStringLiteral(", \u201c%1\u201d").arg(quoted);
    }
    return text;
}

QString tcpSummary(const LayerText& text, const Layer& layer)
{
    const QString bits = fromUtf8(toText(std::get<TcpHeader>(layer).controlBits));
    return phrase("%1, %2, %3")
        .arg(bits.isEmpty() ? phrase("no flags") : bits, text.pair("sourcePort", "destinationPort"),
            byteCount(encodedSize(layer)));
}

} // namespace

QString layerSummary(const DraftView& view, std::size_t layer)
{
    const LayerText text(view, layer);
    const Layer& content = view.sent.layers[layer];
    if (std::holds_alternative<EthernetHeader>(content)
        || std::holds_alternative<Ipv4Header>(content)
        || std::holds_alternative<Ipv6Header>(content))
        return text.pair("source", "destination");
    if (std::holds_alternative<TcpHeader>(content))
        return tcpSummary(text, content);
    if (std::holds_alternative<UdpHeader>(content))
        return text.pair("sourcePort", "destinationPort");
    if (std::holds_alternative<VlanTag>(content))
        return phrase("identifier %1, priority %2").arg(text("identifier"), text("priority"));
    if (std::holds_alternative<ArpPacket>(content))
        return text.pair("senderProtocol", "targetProtocol");
    if (std::holds_alternative<IcmpHeader>(content))
        return phrase("type %1, code %2").arg(text("type"), text("code"));
    if (const auto* payload = std::get_if<Payload>(&content))
        return describeBytes(payload->bytes);
    if (const auto* trailer = std::get_if<Trailer>(&content))
        return describeBytes(trailer->bytes);
    if (const auto* rest = std::get_if<Rest>(&content))
        return harmless(fromUtf8(rest->wanted)) + QLatin1String(": ")
            + byteCount(rest->bytes.size());
    if (std::holds_alternative<Ipv6Extension>(content))
        return phrase("type %1, %2").arg(text("type"), byteCount(encodedSize(content)));
    return byteCount(encodedSize(content));
}

} // namespace tcpw
