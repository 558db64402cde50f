// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/client.h"
#include "lab/lab.h"
#include "session/filesession.h"
#include "session/notice.h"
#include "store/packetstore.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>
#include <vector>

namespace tcpw {

/// The devices of the practice network and of this machine, the chosen one, and the capture on it.
/// Lives in the UI thread and never blocks it: calls to backends happen on a worker thread, and
/// every outcome is a signal.
class LiveSession : public QObject
{
    Q_OBJECT
public:
    explicit LiveSession(QObject* parent = nullptr);
    ~LiveSession() override;

    /// Starts the lab (unless `withLab` is false), lists the devices, chooses lab0 or nothing.
    void begin(bool withLab = true);

    /// Lab first; those that cannot be opened say why.
    const std::vector<Device>& devices() const;
    void refreshDevices();

    /// The chosen one; null before there is one. Choosing another stops the capture.
    const Device* device() const;
    void chooseDevice(const DeviceId& id);

    /// Devices that are captured on beside the chosen one, into the same store; those that are gone
    /// leave the list. A running capture begins and ends on them at once.
    const std::vector<DeviceId>& alsoCaptured() const;
    void setAlsoCaptured(const std::vector<DeviceId>& devices);
    /// The chosen one and those, as far as they are there.
    std::vector<Device> captureDevices() const;
    /// What the device of that number in the store's records is called: text from outside, "" when
    /// nobody said.
    QString deviceName(std::uint8_t number) const;

    bool labRunning() const;
    /// Why there is no lab; empty cause while there is one or it is starting.
    const LabObstacle& labObstacle() const;
    void retryLab();

    /// True while there is a capture on any device.
    bool capturing() const;
    /// Starts on the chosen device and the further ones; ends in captureChanged() or failed().
    void start();
    /// The same, and then `done` with whether the chosen device is captured on.
    void startThen(std::function<void(bool)> done);
    void stop();

    const QString& captureFilter() const;
    /// Checked in a child process; ends in captureFilterChecked(); used by the next start, and a
    /// running capture is restarted with it.
    void setCaptureFilter(const QString& filter);
    /// Checks without using it; ends in captureFilterChecked().
    void checkCaptureFilter(const QString& filter);

    /// Where captured packets go; the same object for the session's life until a file is opened.
    PacketStore& store();
    /// Replaces what is shown by a capture file; ends in storeReplaced() or failed(), old view kept
    /// then.
    void openFile(const QString& path);
    /// Drops what is shown; ends in storeReplaced(). After an opened file the live capture is shown
    /// again, with what it has; that one is dropped for a new live store.
    void clear();
    bool showsFile() const;
    /// The live capture again, with what it has; ends in storeReplaced().
    void showLive();
    /// Saves the packets of these numbers (all when there are none); ends in saved() or failed().
    /// ".pcap" is classic, all else pcapng.
    void saveFile(const QString& path, std::vector<std::size_t> packets = {});
    /// Ends the opening or saving that goes on, in failed().
    void cancelFileWork();
    /// How many captured packets were not saved; 0 where they are of the practice network alone,
    /// which are easily had again.
    qsizetype unsavedCount() const;
    /// Whether comments were changed that were not saved, on packets of any network.
    bool hasUnsavedComments() const;
    bool hasUnsavedFileComments() const; ///< on packets of the file that is shown
    void setComment(qsizetype packet, const QString& text); ///< "" removes it
    void setCaptureLimit(const CaptureLimit& limit);
    CaptureLimit captureLimit() const;
    /// The spool of a program that is gone: opens or removes it.
    QString leftSpool() const;
    void restoreSpool();
    void discardSpool();

    /// Of all captures into the live store together, since it was made or cleared; exact when none
    /// runs.
    CaptureStatistics statistics() const;
    /// Packets of those that the disk did not take.
    quint64 droppedByStore() const;

    /// For SendService and LabService: runs `call` with the chosen device's backend on the worker
    /// thread, then `done` in this thread with what it gave, if `context` is still there.
    template <typename T>
    void withBackend(BackendKind kind, QObject* context, std::function<Result<T>(Backend&)> call,
        std::function<void(Result<T>)> done);
    BackendKind backendKind() const; ///< of the chosen device

signals:
    void devicesChanged();
    void deviceChosen(); ///< device() is another one, or has another name
    void captureDevicesChanged(); ///< alsoCaptured() changed, or what deviceName() says
    void labChanged(); ///< labRunning() or labObstacle() changed
    void captureChanged(); ///< capturing() changed
    void captureFilterChecked(
        const QString& filter, const QString& problem); ///< "" when it is good
    void captureFilterChanged();
    void packetsAppended(qsizetype first, qsizetype count); ///< at most one every 16 ms
    void packetsDropped(qsizetype first); ///< those before this one, by the limit
    void storeReplaced();
    void fileProgressed(const QString& what, double share); ///< 1: it ended
    void statisticsChanged();
    void farLogged(const tcpw::FarEvent& event);
    void saved(const QString& path);
    void noticed(const tcpw::Notice& notice);
    void failed(const QString& message);

private:
    class Private;
    std::unique_ptr<Private> d;
    void post(BackendKind kind, std::function<std::function<void()>(Result<Backend*>)> job);
};

template <typename T>
void LiveSession::withBackend(BackendKind kind, QObject* context,
    std::function<Result<T>(Backend&)> call, std::function<void(Result<T>)> done)
{
    post(kind, [=, guard = QPointer<QObject>(context)](Result<Backend*> backend) {
        const auto result
            = backend ? call(**backend) : Result<T>(tl::unexpected<Error>(backend.error()));
        return std::function<void()>([=] {
            if (guard)
                done(result);
        });
    });
}

} // namespace tcpw
