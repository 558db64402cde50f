// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "session/filesession.h"

#include "store/capturefile.h"

#include <QFile>
#include <QMetaObject>

#include <utility>

namespace tcpw {

namespace {

constexpr qint64 rowInterval = 16; // ms between two insertions of rows: one frame of a 60 Hz screen

QString text(const std::string& message)
{
    return QString::fromStdString(message);
}

} // namespace

FileSession::FileSession(QObject* parent)
    : QObject(parent)
    , m_worker(this)
{
    m_announceTimer.setSingleShot(true);
    m_announceTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_announceTimer, &QTimer::timeout, this, &FileSession::announce);
    m_sinceAnnounced.start();
    if (const auto left = findLeftSpools(spoolFolder()); !left.empty())
        m_leftSpool = QFile::decodeName(left.back().c_str());
    makeLiveStore();
    m_shown = m_live;
}

FileSession::~FileSession() = default;

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

void FileSession::announce()
{
    m_announcing = false;
    const auto size = qsizetype(m_shown->size());
    if (size <= m_announced)
        return;
    const qsizetype first = m_announced;
    m_announced = size;
    m_sinceAnnounced.restart();
    emit appended(first, size - first);
}

void FileSession::show(std::shared_ptr<PacketStore> store)
{
    // Who still reads the former one on a thread of its own learns of the other first.
    const auto former = std::exchange(m_shown, std::move(store));
    m_announced = qsizetype(m_shown->size());
    emit replaced();
}

void FileSession::openFile(const QString& path)
{
    m_worker.post([this, path]() -> Worker::Completion {
        auto opened = PacketStore::open(QFile::encodeName(path).toStdString());
        if (!opened)
            return [this, message = text(opened.error().message)] {
                emit failed(message);
            };
        std::shared_ptr<PacketStore> store = std::move(*opened);
        return [this, store] {
            show(store);
            if (const auto problem = store->problem(); !problem.empty())
                emit noticed({Notice::Kind::warning, text(problem), {}, {}, NoAction, -1});
        };
    });
}

void FileSession::saveFile(const QString& path)
{
    m_worker.post([this, path, store = m_shown]() -> Worker::Completion {
        const auto format = path.endsWith(QLatin1String(".pcap"), Qt::CaseInsensitive)
            ? CaptureFormat::pcap
            : CaptureFormat::pcapng;
        const auto result = saveCapture(*store, {}, QFile::encodeName(path).toStdString(), format);
        if (!result)
            return [this, message = text(result.error().message)] {
                emit failed(message);
            };
        return [this, path] {
            emit saved(path);
        };
    });
}

void FileSession::clear()
{
    makeLiveStore();
    show(m_live);
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
