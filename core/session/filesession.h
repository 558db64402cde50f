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
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace tcpw {

/// How much a live capture may hold, and what happens then.
struct CaptureLimit
{
    quint64 packets = 0; ///< 0: any number
    quint64 bytes = 0; ///< of packets; 0: any number
    bool dropsOldest = false; ///< else the capture stops
    friend bool operator==(const CaptureLimit&, const CaptureLimit&) = default;
};

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

    void setLimit(const CaptureLimit& limit);
    CaptureLimit limit() const;

    /// Ends in replaced() or failed().
    void openFile(const QString& path);
    /// Saves the packets of these numbers, all when there are none; ends in saved() or failed(). It
    /// is also done when this object goes before.
    void saveFile(const QString& path, std::vector<std::size_t> packets = {});
    /// Ends the opening or saving that goes on, in failed().
    void cancelWork() { m_cancelled = true; }
    /// A new empty live store is shown from then on.
    void clear();
    /// The live capture is shown again, with what it has.
    void showLive();
    /// How many live packets were not saved since they came.
    qsizetype unsavedCount() const;
    /// Whether comments on live packets or on those of the file that is shown were changed since
    /// they were last saved with all packets.
    bool hasUnsavedComments() const;
    bool hasUnsavedFileComments() const; ///< only those of the file that is shown

    /// Replaces the comments on a packet; "" removes them.
    void setComment(qsizetype packet, const QString& text);

    QString leftSpool() const { return m_leftSpool; }
    void restoreSpool();
    void discardSpool();

signals:
    void appended(qsizetype first, qsizetype count);
    void oldestDropped(qsizetype first); ///< packets before this one are gone
    void limitReached(); ///< and the capture should stop
    void replaced();
    void devicesNamed(); ///< a file's devices may have other names, as more of it was read
    void progressed(const QString& what, double share); ///< of opening or saving; 1: it ended
    void saved(const QString& path);
    void noticed(const tcpw::Notice& notice);
    void failed(const QString& message);

private:
    /// How often the comments of a store were changed, and how many of these changes were saved.
    struct Comments
    {
        quint64 changes = 0;
        quint64 saved = 0;
    };
    Comments& commentsOf(const PacketStore& store)
    {
        return &store == m_live.get() ? m_liveComments : m_fileComments;
    }
    void noteSaved(const PacketStore& store, qsizetype count, quint64 changes);

    void makeLiveStore();
    void show(std::shared_ptr<PacketStore> store);
    void announce();
    void keepLimit(PacketStore& live);
    void follow();
    void readOn(const QString& path, const std::shared_ptr<PacketStore>& store,
        const std::function<bool(double)>& report);
    void opened(const QString& path, const std::string& problem);
    std::function<bool(double)> progress(const QString& what);

    std::shared_ptr<PacketStore> m_live; ///< changed under m_liveMutex
    std::mutex m_appendMutex; ///< held by the backend that appends: a store takes one at a time
    std::mutex m_liveMutex; // guards m_live against append()
    std::shared_ptr<PacketStore> m_shown;
    qsizetype m_announced = 0; ///< rows of m_shown that appended() has told
    std::atomic<bool> m_announcing = false; ///< one is under way
    std::atomic<quint64> m_dropped = 0;
    std::atomic<bool> m_diskTrouble = false; ///< said already
    mutable std::mutex m_limitMutex; ///< guards m_limit
    CaptureLimit m_limit;
    std::atomic<bool> m_limitTold = false;
    qsizetype m_savedCount = 0; ///< live packets up to the last save
    Comments m_liveComments;
    Comments m_fileComments; ///< of the file that is shown
    qsizetype m_droppedBefore = 0; ///< that oldestDropped() has told
    std::atomic<bool> m_cancelled = false;
    std::atomic<quint64> m_openings = 0; ///< a further one ends the reading of a file
    std::atomic<bool> m_ending = false; ///< ends all reading, but no saving
    std::atomic<bool> m_following = false; ///< a look is under way
    QTimer m_followTimer;
    QElapsedTimer m_sinceAnnounced;
    QTimer m_announceTimer;
    QString m_leftSpool;
    std::unique_ptr<QTemporaryDir> m_temporaryFolder; ///< made when the usual place takes no spool
    Worker m_worker; ///< last: its jobs use the above
};

} // namespace tcpw
