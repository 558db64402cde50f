// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/filesession.h"

#include "store/capturefile.h"

#include <QFile>
#include <QMetaObject>

#include <algorithm>
#include <utility>

namespace tcpw {

namespace {

constexpr int followInterval = 1000; // ms between two looks at whether an opened file has grown
constexpr qint64 reportInterval = 100; // ms between two reports of opening or saving
constexpr std::size_t firstShown = 50'000; ///< packets of a file, before the rest is indexed
constexpr qint64 growthInterval = 100; // ms between two steps of rows while a file is indexed
constexpr qint64 rowInterval = 16; // ms between two insertions of rows: one frame of a 60 Hz screen

QString text(const std::string& message)
{
    return QString::fromStdString(message);
}

} // namespace

FileSession::FileSession(QObject* parent)
    : QObject(parent)
    , m_worker(this, Worker::Priority::background)
{
    m_announceTimer.setSingleShot(true);
    m_announceTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_announceTimer, &QTimer::timeout, this, &FileSession::announce);
    m_sinceAnnounced.start();
    m_followTimer.setInterval(followInterval);
    connect(&m_followTimer, &QTimer::timeout, this, &FileSession::follow);
    if (const auto left = findLeftSpools(spoolFolder()); !left.empty())
        m_leftSpool = QFile::decodeName(left.back().c_str());
    makeLiveStore();
    m_shown = m_live;
}

FileSession::~FileSession()
{
    m_ending = true; // a file is read no further; what is to be saved is, to its end
}

void FileSession::makeLiveStore()
{
    auto made = PacketStore::create(spoolFolder());
    if (!made) {
        // Nothing can be kept there (read-only home, full disk): a private temporary folder serves.
        const QString message = text(made.error().message);
        QMetaObject::invokeMethod(
            this, [this, message] { emit failed(message); }, Qt::QueuedConnection);
        if (!m_temporaryFolder)
            m_temporaryFolder = std::make_unique<QTemporaryDir>();
        made = PacketStore::create(QFile::encodeName(m_temporaryFolder->path()).toStdString());
    }
    if (!made)
        qFatal("No folder takes captured packets: %s", made.error().message.c_str());
    const std::lock_guard lock(m_liveMutex);
    m_live = std::move(*made);
}

void FileSession::append(const PacketBatch& batch)
{
    const std::lock_guard oneAtATime(m_appendMutex);
    std::shared_ptr<PacketStore> live;
    {
        const std::lock_guard lock(m_liveMutex);
        live = m_live;
    }
    const std::size_t before = live->size();
    if (const auto result = live->append(batch); !result) {
        m_dropped += batch.size() - (live->size() - before);
        if (!m_diskTrouble.exchange(true))
            QMetaObject::invokeMethod(
                this, [this, message = text(result.error().message)] { emit failed(message); },
                Qt::QueuedConnection);
    } else {
        m_diskTrouble = false;
    }
    keepLimit(*live);
    if (!m_announcing.exchange(true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                // At once if no row came in the last 16 ms, else at the next such moment, in one
                // step.
                const qint64 wait = rowInterval - m_sinceAnnounced.elapsed();
                if (wait <= 0)
                    announce();
                else
                    m_announceTimer.start(int(wait));
            },
            Qt::QueuedConnection);
}

void FileSession::setLimit(const CaptureLimit& limit)
{
    const std::lock_guard lock(m_limitMutex);
    m_limit = limit;
    m_limitTold = false;
}

CaptureLimit FileSession::limit() const
{
    const std::lock_guard lock(m_limitMutex);
    return m_limit;
}

/// After packets came: drops the oldest, some more than needed so that it is seldom done, or says
/// that it is enough.
void FileSession::keepLimit(PacketStore& live)
{
    const CaptureLimit limit = this->limit();
    const std::size_t count = live.size() - live.first();
    const bool tooMany = limit.packets > 0 && count > limit.packets;
    const bool tooMuch = limit.bytes > 0 && live.byteCount() > limit.bytes;
    if (!tooMany && !tooMuch)
        return;
    if (!limit.dropsOldest) {
        if (!m_limitTold.exchange(true))
            QMetaObject::invokeMethod(
                this, [this] { emit limitReached(); }, Qt::QueuedConnection);
        return;
    }
    constexpr std::size_t parts = 16;
    std::size_t kept = count - count / parts;
    if (tooMany)
        kept = std::min<std::size_t>(kept, limit.packets - limit.packets / parts);
    if (const auto result = live.dropBefore(live.size() - kept); !result)
        QMetaObject::invokeMethod(
            this, [this, message = text(result.error().message)] { emit failed(message); },
            Qt::QueuedConnection);
}

void FileSession::announce()
{
    m_announcing = false;
    const auto first = qsizetype(m_shown->first());
    if (first > m_droppedBefore) {
        m_droppedBefore = first;
        m_announced = std::max(m_announced, first);
        emit oldestDropped(first);
    }
    const auto size = qsizetype(m_shown->size());
    if (size <= m_announced)
        return;
    const qsizetype next = std::exchange(m_announced, size);
    m_sinceAnnounced.restart();
    emit appended(next, size - next);
}

void FileSession::show(std::shared_ptr<PacketStore> store)
{
    m_fileComments = {};
    ++m_openings; // the former one's file is not read on, should it still be
    // Who still reads the former one on a thread of its own learns of the other first.
    const auto former = std::exchange(m_shown, std::move(store));
    m_announced = qsizetype(m_shown->size());
    m_droppedBefore = qsizetype(m_shown->first());
    if (showsFile())
        m_followTimer.start();
    else
        m_followTimer.stop();
    emit replaced();
}

/// For the thread of the worker; tells of the share done now and then, and whether to go on.
std::function<bool(double)> FileSession::progress(const QString& what)
{
    m_cancelled = false;
    return [this, what, last = QElapsedTimer()](double share) mutable {
        if (!last.isValid() || last.elapsed() >= reportInterval) {
            last.start();
            QMetaObject::invokeMethod(
                this, [this, what, share] { emit progressed(what, std::min(share, 0.999)); },
                Qt::QueuedConnection);
        }
        return !m_cancelled;
    };
}

/// The first packets are shown at once, and are tracked while the rest is indexed.
void FileSession::openFile(const QString& path)
{
    ++m_openings;
    const auto report = [this, told = progress(path)](double share) mutable {
        return told(share) && !m_ending;
    };
    m_worker.post([this, path, report]() -> Worker::Completion {
        auto found = PacketStore::open(QFile::encodeName(path).toStdString(), report, firstShown);
        if (!found)
            return [this, path, message = text(found.error().message)] {
                emit progressed(path, 1);
                emit failed(message);
            };
        std::shared_ptr<PacketStore> store = std::move(*found);
        const bool whole = store->isWhole();
        return
            [this, path, store, report, whole, problem = whole ? store->problem() : std::string()] {
                show(store);
                if (whole)
                    opened(path, problem);
                else
                    readOn(path, store, report);
            };
    });
}

void FileSession::readOn(const QString& path, const std::shared_ptr<PacketStore>& store,
    const std::function<bool(double)>& report)
{
    m_worker.post([=, this, openings = m_openings.load()]() -> Worker::Completion {
        QElapsedTimer sinceTold;
        sinceTold.start();
        store->readOn([&](double share) {
            if (sinceTold.elapsed() >= growthInterval) {
                sinceTold.start();
                QMetaObject::invokeMethod(
                    this, [this] { announce(); }, Qt::QueuedConnection);
            }
            return report(share) && m_openings == openings;
        });
        return [=, this, whole = store->isWhole(), problem = store->problem()] {
            if (store != m_shown) {
                emit progressed(path, 1);
                return;
            }
            announce();
            if (whole || m_cancelled)
                opened(path, problem);
            else
                readOn(path, store, report); // another file came between, and was none
        };
    });
}

void FileSession::opened(const QString& path, const std::string& problem)
{
    emit progressed(path, 1);
    emit devicesNamed();
    if (!problem.empty())
        emit noticed({Notice::Kind::warning, text(problem), {}, {}, NoAction, -1});
}

/// Looks whether an opened file has grown.
void FileSession::follow()
{
    if (m_following.exchange(true))
        return;
    m_worker.post([this, store = m_shown]() -> Worker::Completion {
        const auto grown = store->follow();
        return [this, store, grown] {
            m_following = false;
            if (store != m_shown)
                return;
            if (grown) {
                announce();
                if (*grown > 0)
                    emit devicesNamed();
                return;
            }
            m_followTimer.stop();
            emit noticed(
                {Notice::Kind::warning, text(grown.error().message), {}, {}, NoAction, -1});
        };
    });
}

void FileSession::saveFile(const QString& path, std::vector<std::size_t> packets)
{
    const bool isPcap = path.endsWith(QLatin1String(".pcap"), Qt::CaseInsensitive);
    const bool isAll = packets.empty();
    const auto count = qsizetype(m_shown->size());
    const quint64 changes = isPcap ? 0 : commentsOf(*m_shown).changes; // pcap has no comments
    const auto job = [=, this, store = m_shown, report = progress(path),
                         packets = std::move(packets)]() -> Worker::Completion {
        const auto format = isPcap ? CaptureFormat::pcap : CaptureFormat::pcapng;
        const auto result
            = saveCapture(*store, packets, QFile::encodeName(path).toStdString(), format, report);
        return [=, this] {
            emit progressed(path, 1);
            if (!result) {
                emit failed(text(result.error().message));
                return;
            }
            if (isAll)
                noteSaved(*store, count, changes);
            else if (*result > 0)
                emit noticed({Notice::Kind::warning,
                    tr("%1 of these packets were dropped by the limit before they could be saved. "
                       "The file has the others.")
                        .arg(*result),
                    {}, {}, NoAction, -1});
            emit saved(path);
        };
    };
    m_worker.post(job, Worker::AtEnd::done);
}

/// So many packets of a store were saved, and so many changes of its comments.
void FileSession::noteSaved(const PacketStore& store, qsizetype count, quint64 changes)
{
    if (&store == m_live.get())
        m_savedCount = count;
    else if (&store != m_shown.get())
        return;
    Comments& comments = commentsOf(store);
    comments.saved = std::max(comments.saved, changes);
}

void FileSession::clear()
{
    makeLiveStore();
    m_savedCount = 0;
    m_liveComments = {};
    show(m_live);
}

void FileSession::showLive()
{
    if (showsFile())
        show(m_live);
}

qsizetype FileSession::unsavedCount() const
{
    return qsizetype(m_live->size()) - std::max(m_savedCount, qsizetype(m_live->first()));
}

bool FileSession::hasUnsavedComments() const
{
    return m_liveComments.changes > m_liveComments.saved || hasUnsavedFileComments();
}

bool FileSession::hasUnsavedFileComments() const
{
    return m_fileComments.changes > m_fileComments.saved;
}

void FileSession::setComment(qsizetype packet, const QString& comment)
{
    std::vector<std::string> comments;
    if (!comment.isEmpty())
        comments.push_back(comment.toStdString());
    if (m_shown->comments(std::size_t(packet)) == comments)
        return;
    if (const auto set = m_shown->setComments(std::size_t(packet), comments); !set)
        emit failed(text(set.error().message));
    else
        ++commentsOf(*m_shown).changes;
}

void FileSession::restoreSpool()
{
    if (m_leftSpool.isEmpty())
        return;
    // The file stays until it is saved or discarded: showing it must not be the moment to lose it.
    openFile(m_leftSpool);
}

void FileSession::discardSpool()
{
    for (const auto& spool : findLeftSpools(spoolFolder()))
        QFile::remove(QFile::decodeName(spool.c_str()));
    m_leftSpool.clear();
}

} // namespace tcpw
