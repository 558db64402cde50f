// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/templates/drafts.h"
#include "packet/anomalies.h"
#include "packet/checksum.h"
#include "support/testcase.h"
#include "templates/builtins.h"
#include "templates/worksheet.h"

#include <QTest>

namespace tcpw {

namespace {

Packet sent(const char* id)
{
    return resolve(findBuiltin(id)->draft, fullSource()).value();
}

QString tcpHex(const char* id)
{
    const Packet packet = sent(id);
    const auto extents = layout(packet);
    std::size_t tcp = 0;
    while (!std::holds_alternative<TcpHeader>(packet.layers[tcp]))
        ++tcp;
    const Bytes bytes = encode(packet);
    return text(toHex(ByteView(bytes).subspan(extents[tcp].offset)));
}

} // namespace

class BuiltinsTest : public QObject
{
    Q_OBJECT
private slots:
    void allAreThereAndRead();
    void eachSaysWhatItShowsInOneSentence();
    void synIsTwentyBytes();
    void linuxOffersItsOptions();
    void areWhatTheirNamesSay_data();
    void areWhatTheirNamesSay();
    void onlyTheBrokenOnesAreBroken();
    void checksumIsWrong();
    void goToTheTutorialsPort();
    void theTutorialIsAWorkSheet();
    void numbersStepsByTheirFiles();
};

void BuiltinsTest::allAreThereAndRead()
{
    QStringList ids;
    for (const BuiltinFile& file : builtinFiles()) {
        const auto read = parseTemplate(file.json);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        ids << QLatin1String(file.id);
    }
    QCOMPARE(ids.join(QLatin1Char(' ')),
        QStringLiteral("syn syn-linux syn-windows syn-macos syn-freebsd syn-ecn syn-ipv6 "
                       "syn-ack ack fin-ack rst rst-ack data full-segment urgent "
                       "zero-window syn-data mss-small window-scale-14 fast-open "
                       "user-timeout md5 unknown-option forty-bytes wrong-checksum "
                       "wrong-ip-checksum data-offset-4 option-length-0 mss-length-3 "
                       "window-scale-15 syn-fin no-flags xmas acknowledges-nothing port-0 "
                       "reserved-bits tutorial/1-syn tutorial/2-silent-kernel "
                       "tutorial/3-answer tutorial/4-data tutorial/5-close "
                       "tutorial/6-closed-port tutorial/7-wrong-checksum"));
    QCOMPARE(builtinTemplates().size() + builtinSheets()[0].steps.size(), std::size_t(ids.size()));
    QVERIFY(!findBuiltin("tutorial/nothing"));
    QCOMPARE(findBuiltin("tutorial/2-silent-kernel")->id, std::string("tutorial/2-silent-kernel"));
    QVERIFY(!findBuiltin("nothing"));
    QCOMPARE(findBuiltin("syn")->id, std::string("syn"));
}

void BuiltinsTest::eachSaysWhatItShowsInOneSentence()
{
    for (const Template& builtin : builtinTemplates()) {
        QVERIFY2(!builtin.name.empty() && !builtin.group.empty(), builtin.id.c_str());
        for (const std::string& sentence : {builtin.shows, builtin.expects}) {
            QVERIFY2(sentence.size() > 20 && sentence.back() == '.', builtin.id.c_str());
            QVERIFY2(sentence.find(". ") == std::string::npos, builtin.id.c_str());
        }
    }
}

void BuiltinsTest::synIsTwentyBytes()
{
    // The checksum is the sum of RFC 9293, section 3.1, over these very bytes.
    QCOMPARE(tcpHex("syn").left(32),
        QStringLiteral("ee481f91123456780000000050"
                       "02faf0"));
    QCOMPARE(tcpHex("syn").size(), 40);
    QCOMPARE(encode(sent("syn")).size(), 54u);
}

void BuiltinsTest::linuxOffersItsOptions()
{
    QCOMPARE(
        tcpHex("syn-linux").mid(40), QStringLiteral("020405b40402080a000003e80000000001030307"));
}

void BuiltinsTest::areWhatTheirNamesSay_data()
{
    QTest::addColumn<QString>("controlBits");
    QTest::addColumn<int>("layers");
    QTest::newRow("syn") << "SYN" << 3;
    QTest::newRow("syn-linux") << "SYN" << 3;
    QTest::newRow("syn-ipv6") << "SYN" << 3;
    QTest::newRow("syn-ack") << "SYN,ACK" << 3;
    QTest::newRow("ack") << "ACK" << 3;
    QTest::newRow("data") << "PSH,ACK" << 4;
    QTest::newRow("fin-ack") << "FIN,ACK" << 3;
    QTest::newRow("rst") << "RST" << 3;
    QTest::newRow("wrong-checksum") << "SYN" << 3;
    QTest::newRow("data-offset-4") << "SYN" << 3;
    QTest::newRow("option-length-0") << "SYN" << 3;
    QTest::newRow("syn-fin") << "FIN,SYN" << 3;
    QTest::newRow("syn-windows") << "SYN" << 3;
    QTest::newRow("syn-macos") << "SYN" << 3;
    QTest::newRow("syn-freebsd") << "SYN" << 3;
    QTest::newRow("syn-ecn") << "SYN,ECE,CWR" << 3;
    QTest::newRow("rst-ack") << "RST,ACK" << 3;
    QTest::newRow("full-segment") << "ACK" << 4;
    QTest::newRow("urgent") << "ACK,URG" << 4;
    QTest::newRow("zero-window") << "ACK" << 3;
    QTest::newRow("syn-data") << "SYN" << 4;
    QTest::newRow("no-flags") << "" << 3;
    QTest::newRow("xmas") << "FIN,PSH,URG" << 3;
    QTest::newRow("reserved-bits") << "SYN,R1,R2,R3" << 3;
    QTest::newRow("mss-small") << "SYN" << 3;
    QTest::newRow("window-scale-14") << "SYN" << 3;
    QTest::newRow("fast-open") << "SYN" << 3;
    QTest::newRow("user-timeout") << "SYN" << 3;
    QTest::newRow("md5") << "SYN" << 3;
    QTest::newRow("unknown-option") << "SYN" << 3;
    QTest::newRow("forty-bytes") << "SYN" << 3;
    QTest::newRow("wrong-ip-checksum") << "SYN" << 3;
    QTest::newRow("mss-length-3") << "SYN" << 3;
    QTest::newRow("window-scale-15") << "SYN" << 3;
    QTest::newRow("acknowledges-nothing") << "SYN" << 3;
    QTest::newRow("port-0") << "SYN" << 3;
}

void BuiltinsTest::areWhatTheirNamesSay()
{
    const Packet packet = sent(QTest::currentDataTag());
    QTEST(text(toText(packet.find<TcpHeader>()->controlBits)), "controlBits");
    QTEST(int(packet.layers.size()), "layers");
    const bool overIpv6 = QByteArray(QTest::currentDataTag()) == "syn-ipv6";
    QCOMPARE(packet.find<Ipv6Header>() != nullptr, overIpv6);
    QCOMPARE(packet.find<Ipv4Header>() == nullptr, overIpv6);
}

void BuiltinsTest::onlyTheBrokenOnesAreBroken()
{
    for (const Template& builtin : builtinTemplates()) {
        const Bytes bytes = encode(sent(builtin.id.c_str()));
        const Packet received = decode(bytes, LinkType::ethernet);
        std::string found;
        for (const Anomaly& anomaly : anomalies(received, bytes.size()))
            found += anomaly.text + "; ";
        const bool isBroken = builtin.group == "Broken on purpose";
        QVERIFY2(found.empty() != isBroken, (builtin.id + ": " + found).c_str());
    }
}

void BuiltinsTest::checksumIsWrong()
{
    for (const Template& builtin : builtinTemplates()) {
        const Bytes bytes = encode(sent(builtin.id.c_str()));
        const ChecksumState wanted
            = builtin.id == "wrong-checksum" ? ChecksumState::bad : ChecksumState::good;
        if (builtin.id != "data-offset-4")
            QCOMPARE(checksumState(decode(bytes, LinkType::ethernet), 2, bytes.size()), wanted);
    }
}

void BuiltinsTest::goToTheTutorialsPort()
{
    for (const Template& builtin : builtinTemplates())
        QCOMPARE(fieldOf(builtin.draft, "tcp.destinationPort"), QStringLiteral("8081"));
}

void BuiltinsTest::theTutorialIsAWorkSheet()
{
    QCOMPARE(builtinSheets().size(), std::size_t(1));
    const WorkSheet& sheet = builtinSheets()[0];
    QCOMPARE(sheet.steps.size(), std::size_t(7));
    unsigned number = 0;
    for (const Template& step : sheet.steps) {
        QCOMPARE(*stepNumber(step.id.substr(step.id.find('/') + 1)), ++number);
        QCOMPARE(step.group, sheet.name);
        QVERIFY2(!step.name.empty() && step.before.size() > 40 && step.expects.size() > 40,
            step.id.c_str());
    }
    QVERIFY(!sheet.steps[0].draft.packet.layers.empty());
    QVERIFY(sheet.steps[2].draft.packet.layers.empty()); // goes on with what is there
}

void BuiltinsTest::numbersStepsByTheirFiles()
{
    QCOMPARE(stepNumber("2 answer.json"), std::optional(2u));
    QCOMPARE(stepNumber("02-answer"), std::optional(2u));
    QCOMPARE(stepNumber("1234"), std::optional(1234u));
    QCOMPARE(stepNumber("12345"), std::optional<unsigned>());
    QCOMPARE(stepNumber("answer 2"), std::optional<unsigned>());
    QCOMPARE(stepNumber(""), std::optional<unsigned>());
}

TCPW_TEST(BuiltinsTest);

} // namespace tcpw

#include "tst_builtins.moc"
