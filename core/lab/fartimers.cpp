// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "lab/fartimers.h"

#include <cstdlib>
#include <fcntl.h>
#include <string>

namespace tcpw {

namespace {

struct Patience
{
    const char* file;
    int value;
    int usual; ///< the kernel's own default, where the file cannot be read
};

// Waits double from 1 s to 120 s, so thirty retries last about 50 minutes (RFC 6298, section 5).
constexpr std::array<Patience, 5> patiences{{
    {"/proc/sys/net/ipv4/tcp_synack_retries", 30, 5}, // the first: synAckRetries() stands in for it
    {"/proc/sys/net/ipv4/tcp_syn_retries", 30, 6}, {"/proc/sys/net/ipv4/tcp_retries2", 30, 15},
    {"/proc/sys/net/ipv4/tcp_orphan_retries", 30, 0},
    {"/proc/sys/net/ipv4/tcp_fin_timeout", 600, 60}, // seconds in FIN-WAIT-2
}};

OwnedFd openSetting(const char* file)
{
    OwnedFd writable(::open(file, O_RDWR | O_CLOEXEC));
    return writable ? std::move(writable) : OwnedFd(::open(file, O_RDONLY | O_CLOEXEC));
}

int readNumber(const OwnedFd& file, int otherwise)
{
    char text[32] = "";
    const ssize_t size = ::pread(file.get(), text, sizeof(text) - 1, 0);
    return size > 0 ? std::atoi(text) : otherwise;
}

bool writeNumber(const OwnedFd& file, int value)
{
    const std::string text = std::to_string(value);
    return ::pwrite(file.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

} // namespace

void FarTimers::open()
{
    for (std::size_t i = 0; i < patiences.size(); ++i) {
        m_settings[i].file = openSetting(patiences[i].file);
        m_settings[i].real = readNumber(m_settings[i].file, patiences[i].usual);
    }
}

Result<void> FarTimers::setPatient(bool patient)
{
    std::string refused;
    for (std::size_t i = 0; i < patiences.size(); ++i) {
        if (!writeNumber(m_settings[i].file, patient ? patiences[i].value : m_settings[i].real))
            refused += (refused.empty() ? "" : ", ")
                + std::string(patiences[i].file).substr(sizeof("/proc/sys/net/ipv4/") - 1);
    }
    const bool first = refused.rfind("tcp_synack_retries", 0) == 0;
    m_synAckRetries = 0;
    if (first)
        m_synAckRetries = patient ? patiences[0].value : m_settings[0].real;
    if (refused.empty())
        return {};
    return failure("/proc/sys cannot be written here, as in many containers, so " + refused
        + " stay as the system has them"
        + (first ? "; SYN,ACKs are repeated as asked all the same." : "."));
}

} // namespace tcpw
