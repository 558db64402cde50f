// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "link/devicelist.h"

#include "link/deviceproblems.h"
#include "link/linkquery.h"

#include <libmnl/libmnl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <mutex>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <tuple>
#include <unistd.h>

namespace tcpw {

namespace {

constexpr std::uint16_t rawIpHardware = 519; // ARPHRD_RAWIP, which net/if_arp.h lacks
constexpr char labName[] = "lab0";
constexpr MacAddress labMac{{0x0a, 0, 0, 0, 0, 1}};

bool isListed(const LinkInfo& link)
{
    return link.hardwareType == ARPHRD_ETHER || link.hardwareType == ARPHRD_LOOPBACK
        || link.hardwareType == ARPHRD_NONE || link.hardwareType == rawIpHardware;
}

/// sysfs shows the network namespace it was mounted in, which need not be this one: what it says
/// counts only when it has the same index and address under that name.
bool isWireless(const LinkInfo& link)
{
    const std::string folder = "/sys/class/net/" + link.name;
    if (::access((folder + "/wireless").c_str(), F_OK) != 0
        && ::access((folder + "/phy80211").c_str(), F_OK) != 0)
        return false;
    std::uint32_t index = 0;
    std::string address;
    std::ifstream(folder + "/ifindex") >> index;
    std::ifstream(folder + "/address") >> address;
    return index == link.index && address == toText(link.mac);
}

std::string describe(const LinkInfo& link, const Device& device)
{
    if (device.lab)
        return "practice network: a private network inside this program; nothing leaves this "
               "computer";
    if (device.loopback)
        return "loopback: this machine to itself";
    if (device.wireless)
        return "Wi-Fi";
    if (link.kind == "veth")
        return "virtual Ethernet pair";
    if (link.kind == "tun")
        return link.hardwareType == ARPHRD_ETHER ? "TAP device" : "TUN device";
    if (!link.kind.empty())
        return link.kind + " device";
    return link.hardwareType == ARPHRD_ETHER ? "Ethernet" : "IP without a link layer";
}

Device describeDevice(const LinkInfo& link, bool permitted, std::uint64_t space)
{
    Device device;
    device.id = {link.index, link.name, space};
    device.mac = link.mac;
    const bool hasHeader
        = link.hardwareType == ARPHRD_ETHER || link.hardwareType == ARPHRD_LOOPBACK;
    device.linkType = hasHeader ? LinkType::ethernet : LinkType::raw;
    device.mtu = link.mtu;
    device.up = link.up();
    device.running = link.running();
    device.loopback = link.flags & IFF_LOOPBACK;
    device.wireless = isWireless(link);
    device.lab = link.name == labName && link.mac == labMac && link.kind == "veth";
    device.description = describe(link, device);
    device.captureProblem = captureProblem(link, permitted);
    device.injectProblem = injectProblem(link, permitted);
    return device;
}

Device anyDevice(bool permitted, std::uint64_t space)
{
    Device device;
    device.id = {0, "any", space};
    device.description = "all devices at once";
    device.linkType = LinkType::linuxCooked2;
    device.up = true;
    device.running = true;
    device.captureProblem = permitted ? "" : rightsSentence();
    device.injectProblem = anyInjectSentence();
    return device;
}

IpAddress readAddress(int family, const nlattr* attribute)
{
    const auto* bytes = static_cast<const std::uint8_t*>(mnl_attr_get_payload(attribute));
    if (family == AF_INET)
        return Ipv4Address{std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16
            | std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]}};
    Ipv6Address address;
    std::memcpy(address.octets.data(), bytes, address.octets.size());
    return address;
}

void addAddress(std::vector<Device>& devices, const nlmsghdr* message)
{
    const auto* body = static_cast<const ifaddrmsg*>(mnl_nlmsg_get_payload(message));
    if (body->ifa_family != AF_INET && body->ifa_family != AF_INET6)
        return;
    const std::size_t size = body->ifa_family == AF_INET ? 4 : 16;
    const nlattr* chosen = nullptr; // IFA_LOCAL is ours, where IFA_ADDRESS may be the peer's
    forEachAttribute(message, sizeof(ifaddrmsg), [&chosen, size](const nlattr* attribute) {
        const auto type = mnl_attr_get_type(attribute);
        if (mnl_attr_get_payload_len(attribute) == size
            && (type == IFA_LOCAL || (type == IFA_ADDRESS && !chosen)))
            chosen = attribute;
    });
    const auto device = std::find_if(devices.begin(), devices.end(),
        [body](const Device& each) { return each.id.index == body->ifa_index; });
    if (chosen && device != devices.end())
        device->addresses.push_back({readAddress(body->ifa_family, chosen), body->ifa_prefixlen});
}

void addAddresses(std::vector<Device>& devices)
{
    alignas(nlmsghdr) std::array<char, 256> buffer{};
    nlmsghdr* request = mnl_nlmsg_put_header(buffer.data());
    request->nlmsg_type = RTM_GETADDR;
    request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    mnl_nlmsg_put_extra_header(request, sizeof(ifaddrmsg));
    NetlinkSocket().ask(request, [&devices](const nlmsghdr* message) {
        if (message->nlmsg_type == RTM_NEWADDR)
            addAddress(devices, message);
    });
}

/// Of this thread, as bits.
std::uint64_t effectiveCapabilities()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3]{};
    if (::syscall(SYS_capget, &header, data) != 0)
        return 0;
    return std::uint64_t{data[1].effective} << 32 | data[0].effective;
}

auto sortKey(const Device& device)
{
    return std::tuple(
        !device.lab, device.id.index == 0, device.loopback, !device.running, device.id.index);
}

} // namespace

Result<std::vector<Device>> listDevices()
{
    const auto links = allLinks();
    if (!links)
        return failure(links.error().message);
    const bool permitted = mayCapture();
    const std::uint64_t space = networkNamespace();
    std::vector<Device> devices;
    for (const LinkInfo& link : *links)
        if (isListed(link))
            devices.push_back(describeDevice(link, permitted, space));
    addAddresses(devices);
    devices.push_back(anyDevice(permitted, space));
    std::sort(devices.begin(), devices.end(),
        [](const Device& a, const Device& b) { return sortKey(a) < sortKey(b); });
    return devices;
}

Result<void> verifyDevice(const DeviceId& device)
{
    const std::string start = device.name + " is not the device you chose: ";
    const std::uint64_t space = networkNamespace();
    if (device.networkNamespace != 0 && space != 0 && device.networkNamespace != space)
        return failure(start + "that one is in another network namespace.");
    if (device.index == 0)
        return device.name == "any" ? Result<void>()
                                    : failure("There is no device " + device.name + ".");

    const NetlinkSocket socket;
    if (socket.descriptor() < 0)
        return failure("It cannot be checked whether " + device.name
            + " is still the device you chose: this process may open no more files.");
    const auto link = findLink(socket, device.index);
    if (link && link->name == device.name)
        return {};
    if (link)
        return failure(start + "that one is called " + link->name + " now. Choose it again.");
    if (findLink(socket, device.name))
        return failure(start
            + "that one was removed, and another device has its name now. Choose the device "
              "again.");
    return failure(goneSentence(device.name) + " Choose a device again.");
}

bool mayCapture()
{
    // Closing such a socket waits for a grace period of the kernel, about 10 ms: once is enough.
    static std::mutex mutex;
    static std::pair<std::uint64_t, std::uint64_t> permitted; ///< a namespace and capabilities
    const std::pair now(networkNamespace(), effectiveCapabilities());
    const std::lock_guard lock(mutex);
    if (now.first != 0 && now == permitted)
        return true;
    const int socket = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return false;
    ::close(socket);
    permitted = now;
    return true;
}

} // namespace tcpw
