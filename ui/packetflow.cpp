// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetflow.h"

#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/statusline.h"

#include <QFileInfo>

namespace tcpw {

namespace {

/// Of each batch so many packets, its newest, are looked at for what they teach; and so many of a
/// file, its first, for whose they are.
constexpr qsizetype taughtPackets = 100;
constexpr std::size_t namedPackets = 50;

void addOnce(std::vector<IpAddress>& addresses, const std::optional<IpAddress>& address)
{
    if (address && std::ranges::find(addresses, *address) == addresses.end())
        addresses.push_back(*address);
}

} // namespace

EndNames endNamesOf(const PacketStore& store)
{
    EndNames names;
    for (std::size_t at = 0; at < std::min(store.size(), namedPackets); ++at) {
        const PacketRecord record = store.record(at);
        const auto bytes = store.bytes(at);
        if (!bytes || record.origin == Origin::unknown)
            continue;
        const Summary summary = summarize(decode(*bytes, record.linkType), record.originalLength);
        const bool in = record.origin == Origin::peer;
        if (!summary.isTcp)
            continue;
        addOnce(names.own, in ? summary.destination : summary.source);
        if (names.peers.empty())
            addOnce(names.peers, in ? summary.source : summary.destination);
    }
    return names;
}

PacketFlow::PacketFlow(
    LiveSession& session, PacketListPane& list, InspectorPane& inspector, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_list(list)
    , m_inspector(inspector)
{
    connect(&session, &LiveSession::packetsAppended, this, &PacketFlow::append);
    connect(&session, &LiveSession::storeReplaced, this, &PacketFlow::showStore);
    connect(&session, &LiveSession::packetsDropped, &list, &PacketListPane::dropBefore);
    connect(&list.marks(), &PacketMarks::commentEdited, this, &PacketFlow::setComment);
    for (const auto signal : {&LiveSession::deviceChosen, &LiveSession::devicesChanged}) {
        connect(&session, signal, this, &PacketFlow::updateNames);
        connect(&session, signal, this, &PacketFlow::updateEmptyState);
    }
    connect(&session, &LiveSession::labChanged, this, &PacketFlow::updateEmptyState);
    connect(&session, &LiveSession::captureChanged, this, &PacketFlow::updateEmptyState);
    for (const auto signal : {&LiveSession::captureChanged, &LiveSession::captureDevicesChanged})
        connect(&session, signal, this, &PacketFlow::updateDevices);
    connect(&list, &PacketListPane::currentPacketChanged, this, &PacketFlow::showSelected);
    connect(&list, &PacketListPane::choiceChanged, this, &PacketFlow::statusChanged);
    connect(list.model(), &QAbstractItemModel::rowsInserted, this, &PacketFlow::statusChanged);
    connect(&m_teaching, &TeachingNotices::noticed, this, &PacketFlow::noticed);
    connect(&m_filterWatch, &FilterWatch::hidden, this, &PacketFlow::noticed);
    showStore();
}

void PacketFlow::showStore()
{
    m_teaching.reset();
    m_list.view()->setStartsAtTop(m_session.showsFile());
    m_list.setStore(&m_session.store());
    updateNames();
    updateDevices();
    updateEmptyState();
    emit statusChanged();
}

void PacketFlow::append(qsizetype first, qsizetype count)
{
    const qsizetype end = first + count;
    m_list.extendTo(end);
    if (!m_session.showsFile())
        for (qsizetype at = std::max(first, end - taughtPackets); at < end; ++at)
            if (const ListedPacket* packet = m_list.model()->listed(at))
                m_teaching.look(*packet);
    emit statusChanged();
}

void PacketFlow::setComment(qsizetype packet, const QString& text)
{
    m_session.setComment(packet, text);
    m_list.model()->updatePacket(packet);
}

void PacketFlow::showSelected(qsizetype number)
{
    if (number < 0) {
        m_inspector.clearPacket();
        return;
    }
    const auto at = static_cast<std::size_t>(number);
    const auto bytes = m_session.store().bytes(at);
    if (bytes)
        m_inspector.showPacket(number, m_session.store().record(at), *bytes);
    else
        m_inspector.showProblem(number, harmless(fromUtf8(bytes.error().message)));
}

void PacketFlow::packetSent(const Packet& packet)
{
    const Summary summary = summarize(packet, encode(packet).size());
    if (summary.destination) {
        m_sentTo = {*summary.destination};
        updateNames();
    }
    m_filterWatch.look(packet, m_session.captureFilter(), m_list.model()->choice());
    emit statusChanged();
}

/// What devices are called; where packets are of several, a column says which.
void PacketFlow::updateDevices()
{
    constexpr int mostDevices = 256;
    QStringList names;
    for (int number = 0; number < mostDevices; ++number)
        names << harmless(fromUtf8(m_session.store().deviceName(std::uint8_t(number))));
    while (!names.isEmpty() && names.last().isEmpty())
        names.removeLast();
    m_list.model()->setDeviceNames(names);
    if (names.size() > 1)
        m_list.view()->setColumnWanted(PacketListColumn::device, true);
}

void PacketFlow::setFullAddresses(bool full)
{
    m_fullAddresses = full;
    updateNames();
}

void PacketFlow::updateNames()
{
    EndNames names;
    if (m_session.showsFile()) {
        names = endNamesOf(m_session.store());
    } else if (const Device* device = m_session.device()) {
        for (const DeviceAddress& address : device->addresses)
            names.own.push_back(address.address);
        names.peers = m_sentTo;
        if (device->lab)
            names.peers = {labAddress::far4, labAddress::far6};
    }
    names.fullAddresses = m_fullAddresses;
    m_list.model()->setEndNames(names);
}

QString PacketFlow::emptyText() const
{
    const Device* device = m_session.device();
    if (m_session.showsFile())
        return tr("This capture has no packets.");
    if (device && device->lab)
        return tr(
            "Press Send (Ctrl+Return). This SYN goes to a real Linux TCP in a private network "
            "inside this program. Nothing leaves your computer.");
    if (device && !device->captureProblem.empty())
        return harmless(fromUtf8(device->captureProblem));
    if (device)
        return tr("Press Send (Ctrl+Return) to send the packet above on %1, or Start capture "
                  "(Ctrl+E) to see what passes there.")
            .arg(harmless(fromUtf8(device->id.name)));
    if (m_session.devices().empty())
        return tr("The practice network is being started.");
    return tr("Choose a device above. The practice network is the one to begin with.");
}

void PacketFlow::updateEmptyState()
{
    const LabObstacle& obstacle = m_session.labObstacle();
    if (!m_session.device() && !m_session.showsFile() && !obstacle.cause.empty())
        m_list.emptyState()->setObstacle(
            harmless(fromUtf8(obstacle.cause)), harmless(fromUtf8(obstacle.command)));
    else
        m_list.emptyState()->setText(emptyText());
}

void PacketFlow::fillStatus(WindowStatus& status) const
{
    status.packets = m_list.model()->packetCount();
    status.shown = m_list.model()->rowCount();
    const CaptureStatistics statistics = m_session.statistics();
    status.missed = statistics.droppedByKernel + statistics.droppedByDevice
        + statistics.droppedByHelper + m_session.droppedByStore();
    if (m_session.showsFile())
        status.file = harmless(QFileInfo(fromUtf8(m_session.store().path())).fileName());
}

} // namespace tcpw
