// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "store/capturereader.h"
#include "store/packetstore.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tcpw::test {

/// What a reader made of a file.
struct ReadResult
{
    std::string failure; ///< why it is no capture; "" when it is one
    std::vector<PacketRecord> records;
    std::vector<Bytes> packets;
    std::string problem;
};

/// Reads a capture in memory to its end, and the packets' bytes at the offsets that were found.
ReadResult readAll(ByteView file);

/// All packets of a store; fails the test where one cannot be read.
ReadResult readAll(const PacketStore& store);

void writeFile(const std::string& path, ByteView bytes);
Bytes readFile(const std::string& path);
std::string stdString(const QString& text);
inline bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

/// For QVERIFY2 and failure messages.
inline const char* why(const std::string& text)
{
    return text.c_str();
}

/// Why something failed; "" when it did not.
template <typename T> std::string messageOf(const Result<T>& result)
{
    return result ? std::string() : result.error().message;
}

/// Runs `function` in a forked process and gives its exit code; 128 + signal when one ended it.
int inChild(const std::function<int()>& function);
/// Exit code of a child that could not try.
constexpr int cannotTry = 77;

/// In a child: a file system in memory of so many bytes at this folder, in namespaces of its own;
/// "" or why there is none.
std::string mountSmallDisk(const std::string& folder, std::size_t bytes);

/// So many packets of `size` bytes, one nanosecond apart, of device 0.
PacketBatch batchOf(std::size_t count, std::size_t size, std::int64_t firstTime = 1'000'000'000);

/// A live store in this folder with these packets; none where it cannot be made.
std::unique_ptr<PacketStore> storeWith(const std::string& folder, const PacketBatch& batch);

/// Opens within two seconds, or the process is ended with SIGALRM; why it cannot be opened, or "".
std::string openInTime(const std::string& path);

/// Compares what a reader makes of the spool with what the store keeps; "" when it is equal.
std::string differenceOfSpool(const PacketStore& store);

} // namespace tcpw::test
