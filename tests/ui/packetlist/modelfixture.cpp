// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/modelfixture.h"

namespace tcpw::test {

void ModelFixture::begin()
{
    m_packets = std::make_unique<TestStore>();
    m_packets->addRefusedHandshake();
    m_model = std::make_unique<PacketListModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setEndNames({{labAddress::near4}, {labAddress::far4}, false});
    m_connections = std::make_unique<ConnectionService>();
    QObject::connect(m_connections.get(), &ConnectionService::advanced, m_model.get(),
        &PacketListModel::updateTracked);
    m_model->setConnections(m_connections.get());
    track(*m_packets);
}

void ModelFixture::end()
{
    m_tester.reset();
    m_model.reset(); // before what it reads
    m_connections.reset();
}

/// Shows a store, and follows its connections.
void ModelFixture::track(TestStore& packets)
{
    m_model->setStore(&packets.store());
    m_connections->setStore(&packets.store());
}

QString ModelFixture::cell(int row, PacketListColumn column, int role) const
{
    return m_model->index(row, int(column)).data(role).toString();
}

RowChoice ModelFixture::filterChoice(const char* text) const
{
    return {*DisplayFilter::parse(text, LinkType::ethernet), {}};
}

} // namespace tcpw::test
