// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "tshark.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace tcpw {

namespace {

bool isWanted(const QByteArray& protocol)
{
    static const QList<QByteArray> names = {"frame", "eth", "ethertype", "vlan", "ieee8021ad",
        "arp", "ip", "ipv6", "tcp", "udp", "icmp", "icmpv6", "sll", "null", "loop", "raw", "data",
        "ipv6.dstopts", "ipv6.fraghdr", "ipv6.hopopts", "ipv6.routing"};
    return names.contains(protocol) || protocol.startsWith("tcp.options")
        || protocol.startsWith("ip.options") || protocol.startsWith("_ws");
}

/// Little-endian, as the magic number of the file says.
void append(QByteArray& bytes, quint32 value, int size)
{
    for (int i = 0; i < size; ++i)
        bytes.append(static_cast<char>(value >> (8 * i) & 0xff));
}

QByteArray captureFile(const QList<Bytes>& packets, LinkType linkType)
{
    QByteArray file;
    append(file, 0xa1b2c3d4, 4);
    append(file, 2, 2);
    append(file, 4, 2);
    append(file, 0, 4);
    append(file, 0, 4);
    append(file, 262144, 4);
    append(file, static_cast<quint32>(linkType), 4);
    quint32 seconds = 1;
    for (const Bytes& packet : packets) {
        const auto size = static_cast<quint32>(packet.size());
        append(file, seconds++, 4);
        append(file, 0, 4);
        append(file, size, 4);
        append(file, size, 4);
        file.append(reinterpret_cast<const char*>(packet.data()), qsizetype(size));
    }
    return file;
}

bool write(const QString& name, const QByteArray& content)
{
    QFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

} // namespace

bool Tshark::start()
{
    if (QStandardPaths::findExecutable(QStringLiteral("tshark")).isEmpty())
        return false;
    QByteArray unwanted;
    for (const QByteArray& line :
        run({QStringLiteral("-G"), QStringLiteral("protocols")}).split('\n')) {
        const QByteArray name = line.split('\t').value(2);
        if (!name.isEmpty() && !isWanted(name))
            unwanted += name + '\n';
    }
    return write(m_folder.filePath(QStringLiteral("disabled_protos")), unwanted);
}

QByteArray Tshark::run(const QStringList& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("WIRESHARK_CONFIG_DIR"), m_folder.path());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("tshark"), arguments);
    constexpr int oneMinute = 60'000;
    const bool done = process.waitForFinished(oneMinute);
    m_error = QString::fromUtf8(process.readAllStandardError());
    if (!done)
        process.kill();
    return done && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

QList<QStringList> Tshark::read(
    const QList<Bytes>& packets, LinkType linkType, const QStringList& fields)
{
    const QString capture = m_folder.filePath(QStringLiteral("packets.pcap"));
    if (!write(capture, captureFile(packets, linkType)))
        return {};
    QStringList arguments = {QStringLiteral("-n"), QStringLiteral("-r"), capture,
        QStringLiteral("-T"), QStringLiteral("fields"), QStringLiteral("-E"),
        QStringLiteral("separator=/t"), QStringLiteral("-E"), QStringLiteral("occurrence=a")};
    for (const char* preference : {"tcp.relative_sequence_numbers:FALSE", "tcp.check_checksum:TRUE",
             "udp.check_checksum:TRUE", "ip.check_checksum:TRUE", "ip.defragment:FALSE",
             "ipv6.defragment:FALSE", "tcp.desegment_tcp_streams:FALSE"})
        arguments << QStringLiteral("-o") << QString::fromLatin1(preference);
    for (const QString& field : fields)
        arguments << QStringLiteral("-e") << field;

    QList<QStringList> rows;
    const QString output = QString::fromUtf8(run(arguments));
    for (const QString& line : output.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        rows << line.split(QLatin1Char('\t'));
    return rows;
}

} // namespace tcpw
