// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "storetesting.h"

#include "captureblob.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tcpw::test {

ReadResult readAll(ByteView file)
{
    ReadResult result;
    MemorySource source(file);
    auto reader = CaptureReader::create(source);
    if (!reader) {
        result.failure = reader.error().message;
        return result;
    }
    FoundPacket packet;
    for (auto step = (*reader)->next(packet); step != CaptureReader::Step::end;
         step = (*reader)->next(packet)) {
        if (step != CaptureReader::Step::packet)
            continue;
        result.records.push_back(packet.record);
        const auto bytes = file.subspan(packet.offset, packet.record.capturedLength);
        result.packets.emplace_back(bytes.begin(), bytes.end());
    }
    result.problem = (*reader)->problem();
    return result;
}

ReadResult readAll(const PacketStore& store)
{
    ReadResult result;
    for (std::size_t i = 0; i < store.size(); ++i) {
        auto bytes = store.bytes(i);
        if (!bytes) {
            result.failure = bytes.error().message;
            return result;
        }
        result.records.push_back(store.record(i));
        result.packets.push_back(std::move(*bytes));
    }
    result.problem = store.problem();
    return result;
}

void writeFile(const std::string& path, ByteView bytes)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

Bytes readFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = file.tellg(); // negative when it is not there
    Bytes bytes(static_cast<std::size_t>(std::max<std::streamoff>(size, 0)));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

std::string stdString(const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

int inChild(const std::function<int()>& function)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(function());
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

namespace {

void writeText(const char* path, const std::string& text)
{
    const int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    if (write(file, text.data(), text.size()) < 0)
        std::perror(path);
    close(file);
}

} // namespace

std::string mountSmallDisk(const std::string& folder, std::size_t bytes)
{
    const std::string user = std::to_string(geteuid());
    const std::string group = std::to_string(getegid());
    const bool root = geteuid() == 0;
    if (unshare(root ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return std::string("no own mount namespace: ") + std::strerror(errno);
    if (!root) {
        writeText("/proc/self/setgroups", "deny");
        writeText("/proc/self/uid_map", "0 " + user + " 1");
        writeText("/proc/self/gid_map", "0 " + group + " 1");
    }
    const std::string options = "size=" + std::to_string(bytes) + ",nr_inodes=32";
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
        || mount("none", folder.c_str(), "tmpfs", 0, options.c_str()) != 0)
        return std::string("no file system in memory: ") + std::strerror(errno);
    return {};
}

PacketBatch batchOf(std::size_t count, std::size_t size, std::int64_t firstTime)
{
    PacketBatch batch;
    PacketRecord record;
    for (std::size_t i = 0; i < count; ++i) {
        record.timestamp = firstTime + static_cast<std::int64_t>(i);
        record.originalLength = static_cast<std::uint32_t>(size);
        record.origin = static_cast<Origin>(i % 4);
        batch.append(record, somePacket(size, static_cast<unsigned>(i)));
    }
    return batch;
}

std::unique_ptr<PacketStore> storeWith(const std::string& folder, const PacketBatch& batch)
{
    auto store = PacketStore::create(folder);
    if (!store || !(*store)->append(batch))
        return nullptr;
    return std::move(*store);
}

std::string openInTime(const std::string& path)
{
    alarm(2);
    const auto store = PacketStore::open(path);
    alarm(0);
    return store ? std::string() : store.error().message;
}

std::string differenceOfSpool(const PacketStore& store)
{
    const ReadResult spool = test::readAll(readFile(store.path()));
    if (!spool.failure.empty() || !spool.problem.empty())
        return spool.failure + spool.problem;
    if (spool.packets.size() != store.size() - store.first())
        return std::to_string(spool.packets.size()) + " packets are in the spool";
    for (std::size_t i = 0; i < spool.packets.size(); ++i) {
        const std::size_t number = store.first() + i;
        const auto bytes = store.bytes(number);
        const PacketRecord record = store.record(number);
        if (!bytes || *bytes != spool.packets[i])
            return "bytes of packet " + std::to_string(number + 1) + messageOf(bytes);
        if (record.timestamp != spool.records[i].timestamp
            || record.device != spool.records[i].device
            || record.linkType != spool.records[i].linkType
            || record.origin != spool.records[i].origin)
            return "record of packet " + std::to_string(number + 1);
    }
    return {};
}

} // namespace tcpw::test
