// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "templates/template.h"
#include "ui/fields/fieldstate.h"

#include <QTest>

using namespace tcpw;

Q_DECLARE_METATYPE(tcpw::FieldState::Kind)

class FieldStateTest : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhoSetsAField_data();
    void tellsWhoSetsAField();
    void saysWhatWouldBeRight();
    void knowsWhereToGoBackTo_data();
    void knowsWhereToGoBackTo();
    void showsNoValueBeforeItIsKnown();
};

namespace {

Draft synDraft()
{
    return findBuiltin("syn")->draft;
}

/// The draft with values for its placeholders, as Send would find them.
Packet sentOf(const Draft& draft)
{
    Draft values = draft;
    for (const auto& [path, placeholder] : draft.placeholders)
        if (placeholder == Placeholder::newPort)
            static_cast<void>(setDraftField(values, path, "40001"));
    return completed(values.packet);
}

FieldState stateOf(const Draft& draft, const char* path, bool resolved = true)
{
    const Draft base = synDraft();
    const Packet sent = sentOf(draft);
    return fieldState({draft, base, sent, resolved}, *findPath(draft.packet, path));
}

} // namespace

void FieldStateTest::tellsWhoSetsAField_data()
{
    using Kind = FieldState::Kind;
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("a value") << QByteArray("tcp.window") << QByteArray("1000") << Kind::plain;
    QTest::newRow("computed") << QByteArray("tcp.checksum") << QByteArray("auto")
                              << Kind::automatic;
    QTest::newRow("placeholder") << QByteArray("tcp.sourcePort") << QByteArray("{new.port}")
                                 << Kind::placeholder;
    QTest::newRow("in place of a placeholder")
        << QByteArray("tcp.sourcePort") << QByteArray("1234") << Kind::own;
    QTest::newRow("right, but one's own")
        << QByteArray("tcp.dataOffset") << QByteArray("5") << Kind::own;
    QTest::newRow("wrong") << QByteArray("tcp.dataOffset") << QByteArray("4") << Kind::ownWrong;
}

void FieldStateTest::tellsWhoSetsAField()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(FieldState::Kind, kind);
    Draft draft = synDraft();
    QVERIFY(setDraftField(draft, path.constData(), text.constData()).has_value());
    QCOMPARE(stateOf(draft, path.constData()).kind, kind);
}

void FieldStateTest::saysWhatWouldBeRight()
{
    Draft draft = synDraft();
    QVERIFY(setDraftField(draft, "tcp.dataOffset", "4").has_value());
    QCOMPARE(stateOf(draft, "tcp.dataOffset").right, QStringLiteral("5"));
    QCOMPARE(stateOf(draft, "tcp.dataOffset").text, QStringLiteral("4"));

    QVERIFY(setDraftField(draft, "tcp.dataOffset", "auto").has_value());
    const Packet right = sentOf(draft);
    QVERIFY(setDraftField(draft, "tcp.checksum", "0x1234").has_value());
    QCOMPARE(stateOf(draft, "tcp.checksum").right.toStdString(), *fieldText(right, "tcp.checksum"));
}

void FieldStateTest::knowsWhereToGoBackTo_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("back");
    QTest::newRow("computed") << QByteArray("tcp.checksum") << QByteArray("0x1234")
                              << QByteArray("auto");
    QTest::newRow("placeholder") << QByteArray("tcp.sourcePort") << QByteArray("1")
                                 << QByteArray("{new.port}");
    QTest::newRow("value") << QByteArray("tcp.window") << QByteArray("1") << QByteArray("64240");
    QTest::newRow("nothing") << QByteArray("tcp.window") << QByteArray("64240") << QByteArray("");
}

void FieldStateTest::knowsWhereToGoBackTo()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, back);
    const Draft base = synDraft();
    Draft draft = base;
    QVERIFY(setDraftField(draft, path.constData(), text.constData()).has_value());
    QCOMPARE(resetText(draft, base, *findPath(draft.packet, path.constData())), back.toStdString());
    QCOMPARE(stateOf(draft, path.constData()).canReset, !back.isEmpty());
}

void FieldStateTest::showsNoValueBeforeItIsKnown()
{
    const Draft draft = synDraft();
    QCOMPARE(stateOf(draft, "tcp.sourcePort").text, QStringLiteral("40001"));
    const FieldState unknown = stateOf(draft, "tcp.sourcePort", false);
    QCOMPARE(unknown.text, QString());
    QCOMPARE(unknown.words, QString::fromUtf8(placeholderWords(Placeholder::newPort)));
    // A peer's MAC address is asked for at Send: all zero is none.
    QCOMPARE(stateOf(draft, "ethernet.destination").text, QString());
}

TCPW_TEST(FieldStateTest);

#include "tst_fieldstate.moc"
