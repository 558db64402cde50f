// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "connection/streamassembler.h"
#include "support/testcase.h"

#include <QTest>

namespace tcpw {

namespace {

/// Feeds segments of letters and keeps what comes out: "[7]" stands for seven missing bytes.
class Stream
{
public:
    explicit Stream(std::size_t limit = 1000)
        : m_assembler(
            [this](const StreamAssembler::Piece& piece) {
                if (piece.missing > 0)
                    m_text += QStringLiteral("[%1]").arg(piece.missing);
                for (const std::uint8_t byte : piece.data)
                    m_text += QLatin1Char(static_cast<char>(byte));
            },
            limit)
    {
    }

    Stream& add(std::uint32_t sequenceNumber, const char* data, std::uint16_t bits = 0)
    {
        const Bytes bytes(data, data + std::char_traits<char>::length(data));
        SegmentFacts segment;
        segment.sequenceNumber = sequenceNumber;
        segment.controlBits.value = bits;
        segment.isWhole = true;
        segment.dataLength = static_cast<std::uint32_t>(bytes.size());
        segment.capturedData = segment.dataLength;
        m_assembler.add(++m_number, segment, bytes);
        return *this;
    }
    StreamAssembler& assembler() { return m_assembler; }
    const QString& text() const { return m_text; }

private:
    QString m_text;
    StreamAssembler m_assembler;
    std::uint32_t m_number = 0;
};

} // namespace

class StreamAssemblerTest : public QObject
{
    Q_OBJECT
private slots:
    void givesDataInOrder();
    void leavesOutWhatCameBefore();
    void waitsForWhatIsMissing();
    void acknowledgedGapsAreGaps();
    void finishGivesWhatWaits();
    void keepsNoMoreThanItsLimit();
    void synAndItsDataCount();
    void crossesTheWrap();
    void firstCopyCounts();
};

void StreamAssemblerTest::givesDataInOrder()
{
    QCOMPARE(Stream().add(100, "ab").add(102, "cd").text(), QStringLiteral("abcd"));
}

void StreamAssemblerTest::leavesOutWhatCameBefore()
{
    Stream stream;
    stream.add(100, "abcd").add(100, "abcd").add(102, "cdef").add(90, "xyz");
    QCOMPARE(stream.text(), QStringLiteral("abcdef"));
    QCOMPARE(stream.assembler().deliveredBytes(), std::uint64_t(6));
}

void StreamAssemblerTest::waitsForWhatIsMissing()
{
    Stream stream;
    stream.add(100, "ab").add(106, "gh").add(104, "ef");
    QCOMPARE(stream.text(), QStringLiteral("ab"));
    stream.add(102, "cdefg");
    QCOMPARE(stream.text(), QStringLiteral("abcdefgh"));
}

void StreamAssemblerTest::acknowledgedGapsAreGaps()
{
    Stream stream;
    stream.add(100, "ab").add(105, "fg");
    stream.assembler().acknowledged(105);
    QCOMPARE(stream.text(), QStringLiteral("ab"));
    stream.assembler().acknowledged(107);
    QCOMPARE(stream.text(), QStringLiteral("ab[3]fg"));
    QCOMPARE(stream.assembler().missingBytes(), std::uint64_t(3));
}

void StreamAssemblerTest::finishGivesWhatWaits()
{
    Stream stream;
    stream.add(100, "ab").add(105, "fg").add(109, "jk");
    stream.assembler().finish();
    QCOMPARE(stream.text(), QStringLiteral("ab[3]fg[2]jk"));
}

void StreamAssemblerTest::keepsNoMoreThanItsLimit()
{
    Stream stream(4);
    stream.add(100, "a").add(110, "kl").add(120, "uv").add(130, "x");
    QCOMPARE(stream.text(), QStringLiteral("a[9]kl"));
    stream.add(140, "ABCDEFGH");
    QCOMPARE(stream.text(), QStringLiteral("a[9]kl[8]uv[8]x[9]ABCDEFGH"));
}

void StreamAssemblerTest::synAndItsDataCount()
{
    Stream stream;
    stream.add(99, "ab", ControlBits::syn).add(102, "c");
    QCOMPARE(stream.text(), QStringLiteral("abc"));
}

void StreamAssemblerTest::crossesTheWrap()
{
    Stream stream;
    stream.add(0xffff'fffe, "ab").add(1, "d").add(0, "c");
    QCOMPARE(stream.text(), QStringLiteral("abcd"));
}

void StreamAssemblerTest::firstCopyCounts()
{
    Stream stream;
    stream.add(100, "a").add(102, "c").add(102, "XYZ").add(101, "b");
    QCOMPARE(stream.text(), QStringLiteral("abcYZ"));
}

TCPW_TEST(StreamAssemblerTest);

} // namespace tcpw

#include "tst_streamassembler.moc"
