// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/packetlist/packetlistmodel.h"
#include "ui/testpackets.h"

#include <QAbstractItemModelTester>

#include <memory>

namespace tcpw::test {

/// The model of a refused handshake whose connection is tracked, held by Qt's own tester.
class ModelFixture
{
protected:
    void begin();
    void end();

    QString cell(int row, PacketListColumn column, int role = Qt::DisplayRole) const;
    RowChoice filterChoice(const char* text) const;

    void track(TestStore& packets);

    std::unique_ptr<TestStore> m_packets;
    std::unique_ptr<ConnectionService> m_connections;
    std::unique_ptr<PacketListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

} // namespace tcpw::test
