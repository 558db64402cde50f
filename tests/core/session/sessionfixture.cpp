// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "sessionfixture.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace tcpw {

PacketBatch batchOf(int count)
{
    PacketBatch batch;
    const Bytes bytes(60, 0x55);
    PacketRecord record;
    record.originalLength = 60;
    record.origin = Origin::peer;
    for (int i = 0; i < count; ++i) {
        record.timestamp = 1'700'000'000'000'000'000 + i;
        batch.append(record, bytes);
    }
    return batch;
}

void SessionFixture::prepare()
{
    qRegisterMetaType<Notice>();
    qputenv("XDG_STATE_HOME", QFile::encodeName(m_folder.path()));
}

void SessionFixture::begin()
{
    m_session = std::make_unique<FileSession>();
}

void SessionFixture::capture(int count)
{
    const std::size_t before = size();
    m_session->append(batchOf(count));
    QCOMPARE(size(), before + std::size_t(count));
}

void SessionFixture::save(const QString& path, std::vector<std::size_t> packets)
{
    QSignalSpy saved(m_session.get(), &FileSession::saved);
    m_session->saveFile(path, std::move(packets));
    QTRY_COMPARE(saved.size(), 1);
}

QString SessionFixture::savedFile(const char* name, int packets)
{
    FileSession other;
    other.append(batchOf(packets));
    QSignalSpy saved(&other, &FileSession::saved);
    other.saveFile(path(name));
    if (!saved.wait(30'000))
        qFatal("the test's file was not saved");
    return path(name);
}

} // namespace tcpw
