// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/laddertext.h"

#include "ui/fields/plaintext.h"

#include <QStringList>

namespace tcpw {

namespace {

using Bits = ControlBits;

/// How long after its predecessor.
QString sinceText(const FollowedConnection& story, std::size_t index)
{
    if (index == 0)
        return LadderText::tr("at first");
    return QStringLiteral("+%1").arg(
        spanText(story.arrows[index].timestamp - story.arrows[index - 1].timestamp));
}

/// What is special about a segment, in the fewest words; "" for nothing.
QString nameWords(AnalysisNames names)
{
    static constexpr std::pair<AnalysisName, const char*> words[]
        = {{AnalysisName::outOfOrder, QT_TRANSLATE_NOOP("tcpw::LadderText", "out of order")},
            {AnalysisName::keepAlive, QT_TRANSLATE_NOOP("tcpw::LadderText", "keep-alive")},
            {AnalysisName::keepAliveAck, QT_TRANSLATE_NOOP("tcpw::LadderText", "to keep-alive")},
            {AnalysisName::zeroWindowProbe, QT_TRANSLATE_NOOP("tcpw::LadderText", "probe")},
            {AnalysisName::zeroWindowProbeAck, QT_TRANSLATE_NOOP("tcpw::LadderText", "to probe")},
            {AnalysisName::windowUpdate, QT_TRANSLATE_NOOP("tcpw::LadderText", "window update")},
            {AnalysisName::duplicateAck, QT_TRANSLATE_NOOP("tcpw::LadderText", "duplicate")},
            {AnalysisName::lostSegment, QT_TRANSLATE_NOOP("tcpw::LadderText", "after a gap")},
            {AnalysisName::windowFull, QT_TRANSLATE_NOOP("tcpw::LadderText", "window full")}};
    for (const auto& [name, text] : words)
        if (names.has(name))
            return LadderText::tr(text);
    return {};
}

QString acknowledgmentText(const StoryArrow& arrow)
{
    return LadderText::tr("ack %1").arg(arrow.relativeAcknowledgment);
}

QStringList sackText(const StoryArrow& arrow)
{
    if (!arrow.relativeSack)
        return {};
    return {LadderText::tr("SACK %1–%2")
                .arg(arrow.relativeSack->leftEdge)
                .arg(arrow.relativeSack->rightEdge)};
}

QStringList lengthText(const StoryArrow& arrow)
{
    return arrow.dataLength > 0 ? QStringList(LadderText::tr("len %1").arg(arrow.dataLength))
                                : QStringList();
}

QStringList numbers(const StoryArrow& arrow)
{
    QStringList numbers{LadderText::tr("seq %1").arg(arrow.relativeSequence)};
    if (arrow.controlBits.has(ControlBits::ack))
        numbers << acknowledgmentText(arrow);
    numbers += sackText(arrow) + lengthText(arrow);
    if (arrow.window == 0 && !arrow.controlBits.has(ControlBits::rst))
        numbers << LadderText::tr("win 0");
    return numbers;
}

/// Those that matter most, the first of them first: of what sends something where it lies, of what
/// only acknowledges what it acknowledges.
QStringList tellingNumbers(const StoryArrow& arrow)
{
    const bool onlyAcknowledges
        = (arrow.controlBits.value & (Bits::syn | Bits::fin | Bits::rst | Bits::ack)) == Bits::ack
        && arrow.dataLength == 0;
    if (onlyAcknowledges)
        return QStringList(acknowledgmentText(arrow)) + sackText(arrow);
    return QStringList(LadderText::tr("seq %1").arg(arrow.relativeSequence)) + lengthText(arrow);
}

} // namespace

QStringList LadderText::labels(const StoryArrow& arrow, const LadderLayout::Row& row)
{
    const std::string bits = toText(arrow.controlBits);
    QStringList what{bits.empty() ? tr("no flags") : fromUtf8(bits)};
    if (row.isAgain)
        what << (arrow.tracked.refersTo != 0 ? tr("again (No. %1)").arg(arrow.tracked.refersTo)
                                             : tr("again"));
    else if (arrow.tracked.reason == Reason::challengeAck)
        what << tr("challenge");
    else if (const QString words = nameWords(arrow.tracked.names); !words.isEmpty())
        what << words;
    const QLatin1Char space(' ');
    const QStringList shorter = what + tellingNumbers(arrow);
    return {(what + numbers(arrow)).join(space), shorter.join(space),
        shorter.mid(0, what.size() + 1).join(space), what.join(space)};
}

QString LadderText::sender(const StoryArrow& arrow, const StoryEnds& names)
{
    return arrow.origin == Origin::kernel ? tr("kernel") : names.of(arrow.fromInitiator);
}

QString LadderText::line(const FollowedConnection& story, const StoryEnds& names, std::size_t index,
    const LadderLayout::Row& row)
{
    const StoryArrow& arrow = story.arrows[index];
    QStringList parts{tr("No. %1").arg(arrow.number), sinceText(story, index),
        tr("%1 → %2").arg(sender(arrow, names), names.of(!arrow.fromInitiator)),
        labels(arrow, row).first()};
    if (!arrow.tracked.names.empty())
        parts << QStringLiteral("[%1]").arg(fromUtf8(toText(arrow.tracked.names)));
    if (row.isAgain && arrow.tracked.elapsed() > 0)
        parts << tr("after %1").arg(spanText(arrow.tracked.elapsed()));
    if (row.isLost)
        parts << tr("lost on its way");
    return parts.join(QStringLiteral("  "));
}

} // namespace tcpw
