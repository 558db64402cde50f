// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/reasontext.h"

#include <cstdio>

namespace tcpw {

namespace {

/// What a sentence is made of.
struct Told
{
    const TrackedPacket& tracked;
    const SegmentFacts& segment;
    const SegmentFacts* referred;

    bool has(std::uint16_t bits) const { return segment.has(bits); }
};

std::string number(const char* format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// " after 2.02 s"; "" when no time is known.
std::string after(const TrackedPacket& tracked)
{
    const std::string time = durationText(tracked.elapsed());
    return tracked.elapsedCode == 0 ? "" : " after " + time;
}

/// "No. 5", or `otherwise` where no packet is known.
std::string packet(const TrackedPacket& tracked, const char* otherwise)
{
    return tracked.refersTo == 0 ? otherwise : "No. " + std::to_string(tracked.refersTo);
}

/// "the SYN in No. 5": what the packet referred to was, where it is at hand.
std::string referredText(const Told& told, const char* usual)
{
    std::string what = usual;
    if (told.referred) {
        const std::string bits = toText(told.referred->controlBits);
        what = told.referred->dataLength > 0 ? "the data" : bits.empty() ? what : "the " + bits;
    }
    return what + " in " + packet(told.tracked, "a packet before");
}

std::string retransmissionText(const Told& told)
{
    const TrackedPacket& tracked = told.tracked;
    if (tracked.refersTo == 0)
        return "Retransmission of bytes whose first sending is not in the capture";
    std::string text = "Retransmission " + std::to_string(tracked.count) + " of "
        + packet(tracked, "") + after(tracked);
    if (tracked.reason == Reason::timerDoubled)
        return text + ": its timer doubled";
    if (tracked.reason == Reason::fastRetransmission)
        return text + ": duplicate ACKs asked for it before its timer ran out";
    return text + ": no ACK of it came";
}

std::string duplicateAckText(const TrackedPacket& tracked)
{
    return "Duplicate ACK " + std::to_string(tracked.count) + " of "
        + packet(tracked, "an ACK before")
        + ": something came out of order, or a segment is missing";
}

std::string resetText(const Told& told)
{
    const std::string port = std::to_string(told.segment.source.port);
    switch (told.tracked.reason) {
    case Reason::ownKernelReset:
        return "Your own computer's TCP: it has no socket on port " + port + ", and answers "
            + referredText(told, "what came");
    case Reason::refused:
        return "The connection is refused: nothing listens on port " + port;
    case Reason::resetOfHalfOpen:
        return "Resets the connection that the other end still has: "
            + packet(told.tracked, "its ACK") + " acknowledged nothing that was sent now";
    case Reason::resetAnswer:
        return "This end knows no such connection, and answers " + referredText(told, "what came");
    case Reason::resetNotTaken:
        return "Its number is not the next from this end, so it should not end the connection (RFC "
               "5961)";
    default:
        return "This end gives the connection up at once (abort)";
    }
}

std::string windowText(const Told& told)
{
    const TrackedPacket& tracked = told.tracked;
    switch (tracked.reason) {
    case Reason::zeroWindow:
        return "The receive buffer of this end is full: it asks for a pause";
    case Reason::zeroWindowProbe:
        return "Asks with one byte whether the window is still closed, which "
            + packet(tracked, "the other end") + " said";
    case Reason::zeroWindowProbeAck:
        return "The window is still closed: answers the probe " + packet(tracked, "before");
    case Reason::windowUpdate:
        return "Says only that its window is " + std::to_string(told.segment.window)
            + " now, before scaling";
    default:
        return "Fills the window to its edge, which " + packet(tracked, "the other end")
            + " stated: no more may be sent before an ACK";
    }
}

std::string captureText(const Told& told)
{
    const TrackedPacket& tracked = told.tracked;
    switch (tracked.reason) {
    case Reason::spuriousRetransmission:
        return "Retransmission of data that " + packet(tracked, "the other end")
            + " had acknowledged already";
    case Reason::outOfOrder:
        return "Came later than its place: " + packet(tracked, "a later segment") + " overtook it"
            + after(tracked) + ", too soon for a retransmission";
    case Reason::lostSegment:
        return "Bytes between " + packet(tracked, "the segment before")
            + " and this are missing: not captured, or they come later";
    case Reason::ackLostSegment:
        return "Acknowledges data that is not in the capture";
    case Reason::keepAlive:
        return "Keep-alive: repeats an old number, to see whether the other end is still there";
    default:
        return "Still there: answers the keep-alive in " + packet(tracked, "a packet before");
    }
}

std::string stateText(const Told& told)
{
    const TrackedPacket& tracked = told.tracked;
    switch (tracked.reason) {
    case Reason::reusedPorts:
        return told.has(ControlBits::ack)
            ? "A SYN,ACK with another initial number than before: the ports are used again"
            : "A new connection between the same ports as before";
    case Reason::challengeAck:
        return "Challenge ACK (RFC 5961): " + referredText(told, "a segment")
            + " did not fit exactly, so nothing happens but this question";
    case Reason::ackOfOldConnection:
        return "This end still has an earlier connection between these ports: to the SYN in "
            + packet(tracked, "a packet before") + " it says what number it expects there";
    case Reason::simultaneousOpen:
        if (told.has(ControlBits::ack))
            return "Its SYN again, now with the ACK of the one in " + packet(tracked, "the other's")
                + ": both ends open at once";
        return "Both ends open at once: this SYN crossed " + packet(tracked, "the other's");
    case Reason::fewerOptions:
        return "Takes up fewer options than the SYN in " + packet(tracked, "a packet before")
            + " offered, as an old TCP does, or one that answers by SYN cookies";
    case Reason::dataAfterClose:
        return "Data after this end had said, in " + packet(tracked, "its FIN")
            + ", that it has no more";
    case Reason::dataToClosed:
        return "Data for a connection that was over with " + packet(tracked, "a packet before");
    default:
        return "Data in the direction that is still open; the other was closed in "
            + packet(tracked, "a packet before");
    }
}

} // namespace

std::string durationText(std::int64_t nanoseconds)
{
    // Each limit is where three digits would round up to the next power of ten.
    const double seconds = static_cast<double>(nanoseconds) / 1e9;
    if (seconds >= 99.95)
        return number("%.0f s", seconds);
    if (seconds >= 9.995)
        return number("%.1f s", seconds);
    if (seconds >= 0.9995)
        return number("%.2f s", seconds);
    if (seconds >= 0.0009995)
        return number("%.3g ms", seconds * 1e3);
    return number("%.3g \u00b5s", seconds * 1e6);
}

std::string reasonText(
    const TrackedPacket& tracked, const SegmentFacts& segment, const SegmentFacts* referred)
{
    const Told told{tracked, segment, referred};
    switch (tracked.reason) {
    case Reason::none:
        return "";
    case Reason::retransmission:
    case Reason::timerDoubled:
    case Reason::fastRetransmission:
        return retransmissionText(told);
    case Reason::duplicateAck:
        return duplicateAckText(tracked);
    case Reason::zeroWindow:
    case Reason::zeroWindowProbe:
    case Reason::zeroWindowProbeAck:
    case Reason::windowUpdate:
    case Reason::windowFull:
        return windowText(told);
    case Reason::ownKernelReset:
    case Reason::refused:
    case Reason::resetAnswer:
    case Reason::reset:
    case Reason::resetNotTaken:
    case Reason::resetOfHalfOpen:
        return resetText(told);
    case Reason::spuriousRetransmission:
    case Reason::outOfOrder:
    case Reason::lostSegment:
    case Reason::ackLostSegment:
    case Reason::keepAlive:
    case Reason::keepAliveAck:
        return captureText(told);
    default:
        return stateText(told);
    }
}

} // namespace tcpw
