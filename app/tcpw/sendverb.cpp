// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/tracker.h"
#include "drafts.h"
#include "networks.h"
#include "packetqueue.h"
#include "rows.h"
#include "session/displayfilter.h"
#include "session/sender.h"
#include "verb.h"

#include <QCommandLineParser>

#include <cstdio>
#include <set>

namespace tcpw {

namespace {

void declare(QCommandLineParser& parser)
{
    const auto option = [&](const char* name, const char* words, const char* value = "") {
        if (*value == '\0')
            parser.addOption({QString::fromLatin1(name), QString::fromLatin1(words)});
        else
            parser.addOption({QString::fromLatin1(name), QString::fromLatin1(words),
                QString::fromLatin1(value)});
    };
    option("device", "The device to send on; lab0 is the practice network.", "DEV");
    option("capture", "Capture on this device instead.", "DEV");
    declareSet(parser);
    option("guard", "Keep this machine's own kernel silent on the ports that are sent from.");
    option("wait", "How long to watch for answers after the last packet (1).", "SECONDS");
    option("all", "Print every packet, not only the conversation of what was sent.");
    option("expect", "Fail unless a packet that matches comes.", "EXPRESSION");
    option("within", "How long to wait for it (instead of --wait); ends as soon as it came.",
        "SECONDS");
    RowPrinter::declareOptions(parser, QStringLiteral("table"));
}

/// What a command line asks for, read and checked before anything is opened.
struct Plan
{
    std::vector<Draft> drafts;
    double seconds = 1;
    bool silent = false;
    bool all = false;
    std::optional<DisplayFilter> expected;
};

Result<double> readSeconds(const QCommandLineParser& parser)
{
    for (const auto& name : {QStringLiteral("within"), QStringLiteral("wait")})
        if (parser.isSet(name))
            return numberOption(parser, name, 0, 86400);
    return 1.0;
}

/// Sends what a plan says, prints what belongs to it.
class Sending
{
public:
    Sending(Plan plan, RowPrinter printer)
        : m_plan(std::move(plan))
        , m_printer(std::move(printer))
    {
    }

    int run(const QString& device, const QString& captureDevice);

private:
    Result<void> open(const QString& device, const QString& captureDevice);
    Result<void> sendOne(const Draft& draft);
    Result<void> watch(PacketQueue::Clock::time_point until);
    bool belongs(const Packet& packet, ByteView bytes) const;

    Plan m_plan;
    RowPrinter m_printer;
    PacketQueue m_queue;
    std::optional<OpenedDevice> m_sender, m_capturer;
    std::set<Conversation> m_conversations;
    std::set<Bytes> m_sent; ///< for what is no TCP
    Tracker m_tracker; ///< of what is printed, so that it speaks of numbers that are seen
    std::uint32_t m_number = 0;
    bool m_met = false; ///< what was expected has come
};

Result<void> Sending::open(const QString& device, const QString& captureDevice)
{
    auto opened = openDevice(device, m_queue.events());
    if (!opened)
        return tl::unexpected<Error>(opened.error());
    m_sender = std::move(*opened);
    Backend* capturing = m_sender->backend.get();
    Device where = m_sender->device;
    if (!captureDevice.isEmpty() && captureDevice != device) {
        auto other = openDevice(captureDevice, m_queue.events());
        if (!other)
            return tl::unexpected<Error>(other.error());
        m_capturer = std::move(*other);
        capturing = m_capturer->backend.get();
        where = m_capturer->device;
    }
    CaptureOptions options;
    options.device = where.id;
    const auto started = capturing->startCapture(options);
    if (!started)
        return tl::unexpected<Error>(started.error());
    if (!started->warning.empty())
        std::fprintf(stderr, "tcpw: %s\n", started->warning.c_str());
    return {};
}

Result<void> Sending::sendOne(const Draft& draft)
{
    Backend& backend = *m_sender->backend;
    const auto packet
        = resolveForSending(backend, m_sender->device, draft, {0, newSequenceNumber()});
    if (!packet)
        return tl::unexpected<Error>(packet.error());
    if (const auto request = guardFor(m_sender->device, *packet); request && m_plan.silent) {
        const auto state = backend.armGuard(*request);
        if (!state)
            return tl::unexpected<Error>(state.error());
        if (!state->note.empty())
            std::fprintf(stderr, "tcpw: %s\n", state->note.c_str());
    }
    if (const auto conversation = conversationOf(*packet))
        m_conversations.insert(*conversation);
    m_sent.insert(encode(*packet));
    return sendPacket(backend, m_sender->device, *packet);
}

bool Sending::belongs(const Packet& packet, ByteView bytes) const
{
    if (m_plan.all)
        return true;
    const auto conversation = conversationOf(packet);
    return conversation ? m_conversations.count(*conversation) > 0
                        : m_sent.count(Bytes(bytes.begin(), bytes.end())) > 0;
}

Result<void> Sending::watch(PacketQueue::Clock::time_point until)
{
    PacketBatch batch;
    while (!m_met && m_queue.next(batch, until)) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const PacketRecord& record = batch.record(i);
            if (!belongs(decode(batch.bytes(i), record.linkType), batch.bytes(i)))
                continue;
            const TrackedPacket tracked = m_tracker.add(++m_number, record, batch.bytes(i));
            if (!m_printer.row(m_number, record, batch.bytes(i), tracked))
                return failure("Standard output takes no more.");
            m_met = m_met || (m_plan.expected && m_plan.expected->matches(record, batch.bytes(i)));
        }
        std::fflush(stdout);
    }
    if (const std::string problem = m_queue.problem(); !problem.empty())
        return failure(problem);
    return {};
}

int Sending::run(const QString& device, const QString& captureDevice)
{
    if (const auto opened = open(device, captureDevice); !opened)
        return fail(opened.error().message);
    if (!m_printer.header())
        return failed;
    for (const Draft& draft : m_plan.drafts) {
        if (const auto sent = sendOne(draft); !sent)
            return fail(sent.error().message);
    }
    if (const auto watched = watch(PacketQueue::deadline(m_plan.seconds)); !watched)
        return fail(watched.error().message);
    Backend& backend = m_capturer ? *m_capturer->backend : *m_sender->backend;
    if (const auto stopped = backend.stopCapture(0); !stopped)
        return fail(stopped.error().message);
    if (const auto watched = watch(PacketQueue::Clock::now()); !watched)
        return fail(watched.error().message);
    if (m_plan.expected && !m_met)
        return fail("What was expected did not come in time.");
    return done;
}

Result<std::vector<Draft>> readTemplates(const QStringList& names)
{
    std::vector<Draft> drafts;
    for (const QString& name : names) {
        auto draft = makeDraft(name);
        if (!draft)
            return tl::unexpected<Error>(draft.error());
        drafts.push_back(std::move(*draft));
    }
    return drafts;
}

Result<Plan> readPlan(const QCommandLineParser& parser, std::vector<Draft> drafts)
{
    Plan plan;
    plan.drafts = std::move(drafts);
    for (Draft& draft : plan.drafts)
        if (const auto set = setFields(draft, parser.values(QStringLiteral("set"))); !set)
            return tl::unexpected<Error>(set.error());
    plan.silent = parser.isSet(QStringLiteral("guard"));
    plan.all = parser.isSet(QStringLiteral("all"));
    if (parser.isSet(QStringLiteral("expect"))) {
        auto filter = DisplayFilter::parse(
            parser.value(QStringLiteral("expect")).toStdString(), LinkType::ethernet);
        if (!filter)
            return tl::unexpected<Error>(filter.error());
        if (filter->needsTracking())
            return failure("--expect does not know \"problem\" and \"connection\": a single packet "
                           "does not tell them.");
        plan.expected = std::move(*filter);
    }
    return plan;
}

int run(const QCommandLineParser& parser)
{
    if (parser.positionalArguments().isEmpty() || !parser.isSet(QStringLiteral("device")))
        return misuse("\"send\" needs a template and --device DEV; lab0 is the practice network.");
    if (parser.isSet(QStringLiteral("within")) && !parser.isSet(QStringLiteral("expect")))
        return misuse("--within goes with --expect.");
    const auto seconds = readSeconds(parser);
    auto printer = RowPrinter::make(parser, RowPrinter::Format::table);
    if (!seconds || !printer)
        return misuse(!seconds ? seconds.error().message : printer.error().message);
    auto drafts = readTemplates(parser.positionalArguments());
    if (!drafts)
        return fail(drafts.error().message);
    auto plan = readPlan(parser, std::move(*drafts));
    if (!plan)
        return misuse(plan.error().message);
    plan->seconds = *seconds;
    return Sending(std::move(*plan), std::move(*printer))
        .run(parser.value(QStringLiteral("device")), parser.value(QStringLiteral("capture")));
}

} // namespace

const Verb sendVerb{"send",
    "send TEMPLATE... --device DEV [--capture DEV] [--set FIELD=VALUE]... [--guard] [--wait "
    "SECONDS] "
    "[--all] [--expect EXPRESSION --within SECONDS] [--format table|tsv|json]",
    "Sends packets and prints what comes back.", declare, run};

} // namespace tcpw
