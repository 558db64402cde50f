// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "helper/client.h"
#include "link/filter.h"
#include "recorder.h"

#include <QTest>

namespace tcpw {

/// The number of the tests' captures.
inline constexpr std::uint8_t captureNumber = 7;
inline constexpr std::uint16_t tutorialPort = 8081;

/// This program's lab, made before Qt starts threads: a process with several cannot enter one.
extern Result<std::unique_ptr<Lab>> ownLab;

/// A SYN to the lab's far end.
Bytes synFrame(std::uint16_t sourcePort, std::uint16_t destinationPort);
/// A frame that no stack answers (a local experimental EtherType of IEEE 802), with its number.
Bytes numberedFrame(std::uint32_t which, std::size_t length = 60);
std::vector<Bytes> manyFrames(std::uint32_t count);
inline constexpr char numberedFrames[] = "ether proto 0x88b5"; ///< a filter for them

/// A test of backends: the row's name says which one is open in m_backend.
class BackendFixture : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();

protected:
    static void rows(); ///< every backend
    static void helperRow();
    static void labRow();
    Device lab0();
    Result<CaptureStarted> capture(const std::string& filter = "");

    std::unique_ptr<Recorder> m_recorder; ///< outlives the backend that tells it
    std::unique_ptr<Backend> m_backend;

private:
    Result<std::unique_ptr<Backend>> open(const QString& how);
};

} // namespace tcpw
