// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/pcaphandle.h"

#include "link/devicelist.h"
#include "link/deviceproblems.h"
#include "link/socketfilter.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <linux/if_packet.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/stat.h>

namespace tcpw {

namespace {

constexpr std::uint32_t smallestRetry = 1u << 20; // bytes; less is not worth another try

std::string sentence(const char* text)
{
    std::string result = text;
    if (!result.ends_with('.'))
        result += '.';
    return result;
}

/// What pcap_activate's negative results mean for the user.
std::string activationError(const std::string& device, int status, const char* details)
{
    switch (status) {
    case PCAP_ERROR_PERM_DENIED:
        return "No permission to open " + device + ". " + rightsSentence();
    case PCAP_ERROR_NO_SUCH_DEVICE:
        return goneSentence(device);
    case PCAP_ERROR_IFACE_NOT_UP:
        return downSentence(device);
    }
    const std::string text = *details ? details : pcap_statustostr(status);
    return device + " cannot be opened: " + sentence(text.c_str());
}

/// Positive results of pcap_activate: the handle works, but not quite as asked.
std::string activationWarning(const std::string& device, int status, pcap_t* handle)
{
    if (status == PCAP_WARNING_PROMISC_NOTSUP)
        return "Not promiscuous: " + device
            + " cannot do it, so frames for other machines are not seen.";
    if (status == PCAP_WARNING)
        return sentence(pcap_geterr(handle));
    return {};
}

bool lacksMemory(int status, pcap_t* handle)
{
    return status == PCAP_ERROR && std::strstr(pcap_geterr(handle), std::strerror(ENOMEM));
}

/// The bytes of the ring that the kernel really gave; libpcap shrinks it without a word. 0 when
/// that cannot be read.
std::uint64_t ringSize(int socket)
{
    struct stat status
    {
    };
    if (::fstat(socket, &status) != 0)
        return 0;
    const std::string name = "socket:[" + std::to_string(status.st_ino) + "]";
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        if (line.find(name) == line.npos)
            continue;
        std::uint64_t first = 0, last = 0;
        char dash = 0;
        std::istringstream(line) >> std::hex >> first >> dash >> last;
        return last - first;
    }
    return 0;
}

std::uint32_t boundIndex(int socket)
{
    sockaddr_ll address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return 0;
    return static_cast<std::uint32_t>(address.sll_ifindex);
}

struct Attempt
{
    PcapPointer handle;
    int status = 0;
};

Attempt activate(const PcapOptions& options, std::uint32_t bufferSize, bool promiscuous)
{
    char errorBuffer[PCAP_ERRBUF_SIZE] = "";
    Attempt attempt{PcapPointer(pcap_create(options.device.name.c_str(), errorBuffer)), PCAP_ERROR};
    pcap_t* handle = attempt.handle.get();
    if (!handle)
        return attempt;
    pcap_set_snaplen(handle, static_cast<int>(options.snapshotLength));
    pcap_set_buffer_size(handle, static_cast<int>(bufferSize));
    pcap_set_timeout(handle, 1); // ms; the block ring then hands over within about one
    pcap_set_tstamp_precision(handle, PCAP_TSTAMP_PRECISION_NANO);
    pcap_set_promisc(handle, promiscuous);
    attempt.status = pcap_activate(handle);
    return attempt;
}

/// Activates, with less where all cannot be had; `warning` says what is less.
Attempt activateAtBest(const PcapOptions& options, std::string& warning)
{
    bool promiscuous = options.promiscuous && options.device.index != 0;
    std::uint32_t size
        = std::clamp<std::uint32_t>(options.bufferSize, 1, std::numeric_limits<int>::max());
    while (true) {
        Attempt attempt = activate(options, size, promiscuous);
        if (attempt.status == PCAP_ERROR_PROMISC_PERM_DENIED && promiscuous) {
            promiscuous = false;
            warning = "Not promiscuous: no permission for it on " + options.device.name
                + ", so frames for other machines are not seen. ";
            continue;
        }
        if (attempt.handle && lacksMemory(attempt.status, attempt.handle.get())
            && size / 2 >= smallestRetry) {
            size /= 2;
            continue;
        }
        return attempt;
    }
}

} // namespace

void PcapCloser::operator()(pcap* handle) const
{
    pcap_close(handle);
}

Result<OpenedPcap> openPcap(const PcapOptions& options)
{
    if (const auto verified = verifyDevice(options.device); !verified)
        return failure(verified.error().message);
    OpenedPcap opened;
    Attempt attempt = activateAtBest(options, opened.warning);
    if (!attempt.handle)
        return failure("There is no memory to open " + options.device.name + ".");
    pcap_t* handle = attempt.handle.get();
    if (attempt.status < 0)
        return failure(activationError(options.device.name, attempt.status, pcap_geterr(handle)));
    const int socket = pcap_get_selectable_fd(handle);
    if (const int problem = attachDropAll(socket); problem != 0)
        return failure(options.device.name + " cannot be opened: no filter can be attached ("
            + std::strerror(problem) + ").");
    // The name could have gone to another device between the check and the opening.
    if (boundIndex(socket) != options.device.index)
        return failure(options.device.name
            + " is not the device you chose: another device has its name now. Choose the device "
              "again.");
    char errorBuffer[PCAP_ERRBUF_SIZE] = "";
    if (pcap_setnonblock(handle, 1, errorBuffer) < 0)
        return failure(sentence(errorBuffer));
    const std::uint64_t size = ringSize(socket);
    opened.bufferSize = size == 0 ? options.bufferSize : size;
    opened.warning += activationWarning(options.device.name, attempt.status, handle);
    opened.handle = std::move(attempt.handle);
    return opened;
}

LinkType linkTypeOf(pcap* handle)
{
    const int type = pcap_datalink(handle);
    // Of what Linux devices give, only this one's number differs from the registry's.
    return type == DLT_RAW ? LinkType::raw : LinkType(type);
}

} // namespace tcpw
