// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/notice.h"
#include "session/worker.h"
#include "store/packetstore.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <memory>
#include <mutex>

namespace tcpw {

/// The packets that are shown: a live capture's spool or an opened file, and opening and saving
/// them. append() is called by backend threads, everything else by the UI thread.
class FileSession : public QObject
{
    Q_OBJECT
public:
    explicit FileSession(QObject* parent = nullptr);
    ~FileSession() override;

    PacketStore& store() { return *m_shown; }
    bool showsFile() const { return m_shown != m_live; }

    /// Takes over a batch of a live capture; packets that the disk does not take are counted.
    void append(const PacketBatch& batch);
    quint64 dropped() const { return m_dropped; }

    void openFile(const QString& path);
    void saveFile(const QString& path);
    /// A new empty live store is shown from then on.
    void clear();

    QString leftSpool() const { return m_leftSpool; }
    void restoreSpool();
    void discardSpool();

signals:
    void appended(qsizetype first, qsizetype count);
    void replaced();
    void saved(const QString& path);
    void noticed(const tcpw::Notice& notice);
    void failed(const QString& message);

private:
    void makeLiveStore();
    void show(std::shared_ptr<PacketStore> store);
    void announce();

    std::shared_ptr<PacketStore> m_live; ///< changed under m_liveMutex
    std::mutex m_liveMutex; // guards m_live against append()
    std::shared_ptr<PacketStore> m_shown;
    qsizetype m_announced = 0; ///< rows of m_shown that appended() has told
    std::atomic<bool> m_announcing = false; ///< one is under way
    std::atomic<quint64> m_dropped = 0;
    std::atomic<bool> m_diskTrouble = false; ///< said already
    QElapsedTimer m_sinceAnnounced;
    QTimer m_announceTimer;
    QString m_leftSpool;
    std::unique_ptr<QTemporaryDir> m_temporaryFolder; ///< made when the usual place takes no spool
    Worker m_worker; ///< last: its jobs use the above
};

} // namespace tcpw
