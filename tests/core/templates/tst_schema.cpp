// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "support/testcase.h"
#include "templates/placeholders.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

namespace tcpw {

namespace {

QJsonObject schema()
{
    QFile file(QStringLiteral(TCPW_SOURCE_DIR "/resources/templates/schema.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// The definition of a field's value by the table, as the schema writes it.
QJsonObject wantedProperty(const Field& field)
{
    const auto definition = [](const char* name) {
        return QJsonObject{
            {QStringLiteral("$ref"), QString(QStringLiteral("#/$defs/") + QLatin1String(name))}};
    };
    switch (field.kind) {
    case FieldKind::number: {
        QJsonObject number{
            {QStringLiteral("type"), QStringLiteral("integer")}, {QStringLiteral("minimum"), 0}};
        if (field.bitWidth > 0)
            number.insert(QStringLiteral("maximum"), double((1ull << field.bitWidth) - 1));
        QJsonArray choices{number};
        if (field.computed)
            choices.append(definition("automatic"));
        if (placeholderFits(Placeholder::newPort, field))
            choices.append(definition("newPort"));
        if (placeholderFits(Placeholder::newSequence, field))
            choices.append(definition("newSequence"));
        return choices.size() == 1 ? number : QJsonObject{{QStringLiteral("anyOf"), choices}};
    }
    case FieldKind::hexNumber:
        return definition("hexNumber");
    case FieldKind::flag:
        return {{QStringLiteral("type"), QStringLiteral("boolean")}};
    case FieldKind::controlBits:
        return definition("controlBits");
    case FieldKind::mac:
        return definition("mac");
    case FieldKind::ipv4:
        return definition("ipv4");
    case FieldKind::ipv6:
        return definition("ipv6");
    case FieldKind::bytes:
        return definition("bytes");
    case FieldKind::tcpOptions:
        return definition("tcpOptions");
    case FieldKind::ipv4Options:
        return definition("ipv4Options");
    case FieldKind::text:
        return {{QStringLiteral("type"), QStringLiteral("string")}};
    }
    return {};
}

/// The schema of a layer by the table.
QJsonObject wantedLayer(const LayerType& type)
{
    QJsonObject properties{{QStringLiteral("layer"),
        QJsonObject{{QStringLiteral("const"), QLatin1String(type.name)}}}};
    for (const Field& field : type.fields) {
        QJsonObject property = wantedProperty(field);
        property.insert(QStringLiteral("description"), QString::fromUtf8(field.label));
        properties.insert(QLatin1String(field.name), property);
    }
    return {{QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("title"), QString::fromUtf8(type.label)},
        {QStringLiteral("properties"), properties},
        {QStringLiteral("required"), QJsonArray{QStringLiteral("layer")}},
        {QStringLiteral("additionalProperties"), false}};
}

} // namespace

/// The schema and the table of fields say the same.
class SchemaTest : public QObject
{
    Q_OBJECT
private slots:
    void describesEveryLayer_data();
    void describesEveryLayer();
    void listsTheLayersInTheOrderOfTheTable();
    void namesTheMembersThatAreRead();
    void definitionsAreAllThere();
};

void SchemaTest::describesEveryLayer_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < layerTypes().size(); ++i)
        QTest::newRow(layerTypes()[i].name) << int(i);
}

void SchemaTest::describesEveryLayer()
{
    QFETCH(int, index);
    const LayerType& type = layerTypes()[static_cast<std::size_t>(index)];
    const QJsonObject definitions = schema().value(QStringLiteral("$defs")).toObject();
    const QJsonObject layer = definitions.value(QLatin1String(type.name)).toObject();
    const QJsonObject wanted = wantedLayer(type);
    if (layer != wanted)
        qInfo("wanted: %s", QJsonDocument(wanted).toJson().constData());
    QVERIFY(layer == wanted);
}

void SchemaTest::listsTheLayersInTheOrderOfTheTable()
{
    QJsonArray wanted;
    for (const LayerType& type : layerTypes())
        wanted.append(QJsonObject{{QStringLiteral("$ref"),
            QString(QStringLiteral("#/$defs/") + QLatin1String(type.name))}});
    const QJsonObject packet
        = schema()[QStringLiteral("properties")][QStringLiteral("packet")].toObject();
    QVERIFY(packet[QStringLiteral("items")][QStringLiteral("anyOf")].toArray() == wanted);
}

void SchemaTest::namesTheMembersThatAreRead()
{
    const QJsonObject properties = schema().value(QStringLiteral("properties")).toObject();
    QCOMPARE(properties.keys().join(QLatin1Char(' ')),
        QStringLiteral("before expects format group linkType name packet shows"));
}

void SchemaTest::definitionsAreAllThere()
{
    const QByteArray all = QJsonDocument(schema()).toJson();
    const QJsonObject definitions = schema().value(QStringLiteral("$defs")).toObject();
    QVERIFY(!definitions.isEmpty());
    for (const QString& name : definitions.keys())
        QVERIFY2(all.contains(QByteArray("\"#/$defs/" + name.toUtf8() + "\"")), qPrintable(name));
    QRegularExpression reference(QStringLiteral("\"#/\\$defs/([A-Za-z0-9]+)\""));
    auto matches = reference.globalMatch(QString::fromUtf8(all));
    QVERIFY(matches.hasNext());
    while (matches.hasNext())
        QVERIFY(definitions.contains(matches.next().captured(1)));
}

TCPW_TEST(SchemaTest);

} // namespace tcpw

#include "tst_schema.moc"
