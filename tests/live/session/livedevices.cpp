// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "livedevices.h"

#include <QFile>
#include <QTest>

#include <algorithm>

namespace tcpw {

void LiveDevices::prepare()
{
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_state.path()));
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper"); // checks filters
}

void LiveDevices::makeDevices()
{
    m_far = std::make_unique<NetworkNamespace>();
    m_pair = std::make_unique<VethPair>(*m_far);
    QVERIFY(m_pair->valid());
    QVERIFY(knowNeighbours(*m_far));
    QVERIFY(ip("link add near1 type veth peer name far1") && ip("link set near1 up")
        && ip("link set far1 up"));
    m_session = std::make_unique<LiveSession>();
    m_notices = std::make_unique<QSignalSpy>(m_session.get(), &LiveSession::noticed);
    m_failures = std::make_unique<QSignalSpy>(m_session.get(), &LiveSession::failed);
    m_session->begin(false);
    QTRY_VERIFY_WITH_TIMEOUT(device("near0") && device("near1")->running, patience);
}

void LiveDevices::endDevices()
{
    m_session.reset();
    // One may have gone to the far namespace, whose end the kernel takes its time for: with its
    // peer it goes at once.
    for (const char* name : {"near1", "far1", "wan0", "late0"})
        ip(std::string("link del ") + name, Quiet::yes);
    m_pair.reset();
    m_far.reset();
}

const Device* LiveDevices::device(const char* name) const
{
    const auto& devices = m_session->devices();
    const auto found = std::ranges::find_if(
        devices, [name](const Device& device) { return device.id.name == name; });
    return found == devices.end() ? nullptr : &*found;
}

bool LiveDevices::choose(const char* name)
{
    if (device(name))
        m_session->chooseDevice(device(name)->id);
    return m_session->device() && m_session->device()->id.name == name;
}

bool LiveDevices::startCapture()
{
    m_session->start();
    return QTest::qWaitFor([this] { return m_session->capturing(); }, patience);
}

bool LiveDevices::told(const QString& part) const
{
    return std::ranges::any_of(*m_notices, [&part](const QList<QVariant>& arguments) {
        return arguments[0].value<Notice>().text.contains(part);
    });
}

/// How many of the test's packets each device gave, by "name origin".
std::map<std::string, int> LiveDevices::packets() const
{
    std::map<std::string, int> counts;
    PacketStore& store = m_session->store();
    for (std::size_t i = 0; i < store.size(); ++i) {
        const PacketRecord record = store.record(i);
        if (!payloadOf({record, *store.bytes(i)}).empty())
            ++counts[m_session->deviceName(record.device).toStdString() + " "
                + originName(record.origin)];
    }
    return counts;
}

} // namespace tcpw
