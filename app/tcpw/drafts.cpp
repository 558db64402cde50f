// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "drafts.h"

#include "lab/lab.h"
#include "packet/checksum.h"
#include "session/sender.h"
#include "store/packetstore.h"

#include <QCommandLineParser>
#include <QFile>

#include <random>

namespace tcpw {

namespace {

/// "FILE#5": packet 5 of a capture file, as it was captured.
Result<Template> findCaptured(const QString& file, const QString& number)
{
    const auto store = PacketStore::open(QFile::encodeName(file).toStdString());
    if (!store)
        return tl::unexpected<Error>(store.error());
    bool isNumber = false;
    const qulonglong wanted = number.toULongLong(&isNumber);
    if (!isNumber || wanted < 1 || wanted > (*store)->size())
        return failure("There is no packet " + number.toStdString() + " in " + file.toStdString()
            + ": it has " + std::to_string((*store)->size()) + ", from 1 on.");
    const std::size_t index = std::size_t(wanted) - 1;
    const auto bytes = (*store)->bytes(index);
    if (!bytes)
        return tl::unexpected<Error>(bytes.error());
    const PacketRecord record = (*store)->record(index);
    Template captured;
    captured.name = "Packet " + number.toStdString();
    captured.draft.packet = editable(decode(*bytes, record.linkType), record.originalLength);
    return captured;
}

Result<Template> findTemplate(const QString& name)
{
    const auto hash = name.lastIndexOf(QLatin1Char('#'));
    if (hash > 0 && !QFile::exists(name) && QFile::exists(name.left(hash)))
        return findCaptured(name.left(hash), name.mid(hash + 1));
    if (const Template* builtin = findBuiltin(name.toStdString()))
        return *builtin;
    if (!QFile::exists(name)) {
        std::string known;
        for (const Template& builtin : builtinTemplates())
            known += (known.empty() ? "" : ", ") + builtin.id;
        return failure("There is no template \"" + name.toStdString()
            + "\": no file of that name, and the built-in ones are " + known + ".");
    }
    return loadTemplate(QFile::encodeName(name).toStdString());
}

} // namespace

void declareSet(QCommandLineParser& parser)
{
    parser.addOption({QStringLiteral("set"),
        QStringLiteral("Sets a field: tcp.destinationPort=80, tcp.controlBits=SYN,ACK, "
                       "payload=text:hello or pattern:1000, "
                       "tcp.checksum=auto."),
        QStringLiteral("FIELD=VALUE")});
}

Result<Draft> makeDraft(const QString& name)
{
    const auto found = findTemplate(name);
    if (!found)
        return tl::unexpected<Error>(found.error());
    return applyTemplate(*found, {});
}

Result<void> setFields(Draft& draft, const QStringList& settings)
{
    for (const QString& setting : settings) {
        const auto equals = setting.indexOf(QLatin1Char('='));
        if (equals <= 0)
            return failure("--set " + setting.toStdString() + ": write FIELD=VALUE.");
        const auto result = setDraftField(
            draft, setting.left(equals).toStdString(), setting.mid(equals + 1).toStdString());
        if (!result)
            return failure("--set " + setting.toStdString() + ": " + result.error().message);
    }
    return {};
}

Result<Packet> resolveOffline(const Draft& draft)
{
    Device lab;
    lab.lab = true;
    lab.mac = labAddress::nearMac;
    lab.addresses = {{labAddress::near4, 24}, {labAddress::near6, 64}};
    std::random_device random;
    const auto port = static_cast<std::uint16_t>(1024 + random() % 31'000);
    return resolve(draft, placeholderSource(lab, {port, newSequenceNumber()}, labAddress::farMac));
}

} // namespace tcpw
