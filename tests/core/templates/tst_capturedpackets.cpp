// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "store/packetreader.h"
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTest>

#include <algorithm>

namespace tcpw {

namespace {

/// The folder of captures: TCPW_CORPUS, else where a developer's machine has it.
QString corpusFolder()
{
    return qEnvironmentVariable("TCPW_CORPUS", QStringLiteral(TCPW_SOURCE_DIR "/../shared/corpus"));
}

/// "" when the packet comes back from a template as it was.
QString differenceOf(ByteView bytes, LinkType linkType)
{
    Template from;
    from.draft.packet = decode(bytes, linkType);
    const std::string json = writeTemplate(from);
    if (json.size() > maximumTemplateSize)
        return {}; // refused on saving, with a sentence
    const auto read = parseTemplate(json);
    if (!read)
        return text(read.error().message);
    if (!(read->draft == from.draft))
        return QStringLiteral("another draft");
    const Bytes again = encode(read->draft.packet);
    return std::ranges::equal(again, bytes) ? QString() : QStringLiteral("other bytes");
}

} // namespace

/// Every captured packet can be kept as a template: the same bytes come back.
class CapturedPacketsTest : public QObject
{
    Q_OBJECT
private slots:
    void comeBackFromATemplate();

private:
    void tryFile(const QString& path);

    bool m_full = qEnvironmentVariableIsSet("TCPW_FULL");
    int m_captures = 0;
    int m_packets = 0;
    QStringList m_wrong;
};

void CapturedPacketsTest::tryFile(const QString& path)
{
    const auto store = PacketStore::open(path.toStdString());
    if (!store)
        return; // no capture, or none that is read
    ++m_captures;
    PacketReader reader(**store);
    const std::size_t most
        = m_full ? (*store)->size() : std::min<std::size_t>(12, (*store)->size());
    for (std::size_t i = 0; i < most; ++i) {
        const auto bytes = reader.bytes(i);
        QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
        ++m_packets;
        const QString difference = differenceOf(*bytes, (*store)->record(i).linkType);
        if (!difference.isEmpty() && m_wrong.size() < 10)
            m_wrong << QStringLiteral("%1, packet %2: %3").arg(path).arg(i + 1).arg(difference);
    }
}

void CapturedPacketsTest::comeBackFromATemplate()
{
    if (!QFileInfo(corpusFolder()).isDir())
        QSKIP("There is no folder of captures here; TCPW_CORPUS names one.");
    QElapsedTimer clock;
    clock.start();
    QDirIterator files(corpusFolder(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext() && (m_full || clock.elapsed() < 30'000))
        tryFile(files.next());
    qInfo("%d packets of %d captures in %lld ms", m_packets, m_captures,
        static_cast<long long>(clock.elapsed()));
    QVERIFY(m_packets > 0);
    QCOMPARE(m_wrong, QStringList());
}

TCPW_TEST(CapturedPacketsTest);

} // namespace tcpw

#include "tst_capturedpackets.moc"
