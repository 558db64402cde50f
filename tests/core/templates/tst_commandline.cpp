// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "core/packet/randompacket.h"
#include "support/testcase.h"
#include "templates/commandline.h"

#include <QFile>
#include <QTest>

#include <cstdio>

namespace tcpw {

/// A packet as the command that sends it.
class CommandLineTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhatDiffers();
    void givesTheSameBytes();
    void survivesAShell();
    void saysWhereItCannot();

private:
    static Packet plain();
};

Packet CommandLineTest::plain()
{
    Draft draft = applyTemplate(*findBuiltin("syn"), {});
    return resolve(draft, {}).value_or(draft.packet);
}

void CommandLineTest::saysWhatDiffers()
{
    Packet packet = plain();
    packet.find<TcpHeader>()->window = 1000;
    packet.layers.emplace_back(Payload{{'i', 't', '\'', 's'}});
    const auto command = sendCommand(packet, "lab0");
    QVERIFY(command);
    QVERIFY2(command->starts_with("tcpw send syn --device lab0 --set "), command->c_str());
    QVERIFY2(command->find(" --set tcp.window=1000") != std::string::npos, command->c_str());
    QVERIFY2(command->find("it'\\''s") != std::string::npos, command->c_str());
    QVERIFY2(command->find("timeToLive") == std::string::npos, command->c_str());
}

/// Of every packet that a built-in template has the layers of, whatever its fields.
void CommandLineTest::givesTheSameBytes()
{
    samples::RandomPacket random(5);
    int held = 0;
    for (int i = 0; i < 2000; ++i) {
        const Packet packet = random.nextTcp(LinkType::ethernet);
        const auto recipe = recipeFor(packet);
        if (!recipe)
            continue;
        Draft made = applyTemplate(*findBuiltin(recipe->builtin), {});
        for (const std::string& setting : recipe->settings) {
            const auto equals = setting.find('=');
            const auto set
                = setDraftField(made, setting.substr(0, equals), setting.substr(equals + 1));
            QVERIFY2(set, setting.c_str());
        }
        QVERIFY(made.placeholders.empty());
        QCOMPARE(encode(made.packet), encode(packet));
        ++held;
    }
    QVERIFY(held > 500);
}

void CommandLineTest::survivesAShell()
{
    Packet packet = plain();
    packet.layers.emplace_back(Payload{{'$', '(', '`', '"', '\'', '\\', '\n', '*', ' ', 0xff}});
    const auto recipe = recipeFor(packet);
    const auto command = sendCommand(packet, "a b");
    QVERIFY(recipe && command);
    // By popen, not QProcess, whose way to fork ends ThreadSanitizer.
    const std::string script = "tcpw() { printf '%s\\0' \"$@\"; }; " + *command;
    FILE* shell = popen(script.c_str(), "r");
    QFile output;
    QVERIFY(shell && output.open(shell, QFile::ReadOnly));
    QByteArrayList words = output.readAll().split('\0');
    QCOMPARE(pclose(shell), 0);
    QCOMPARE(words.takeLast(), QByteArray());
    QByteArrayList expected{"send", "syn", "--device", "a b"};
    for (const std::string& setting : recipe->settings)
        expected << "--set" << QByteArray::fromStdString(setting);
    QCOMPARE(words, expected);
}

void CommandLineTest::saysWhereItCannot()
{
    Packet packet;
    packet.layers = {Payload{{1}}};
    const auto command = sendCommand(packet, "lab0");
    QVERIFY(!command);
    QVERIFY(command.error().message.find("template of your own") != std::string::npos);
}

TCPW_TEST(CommandLineTest);

} // namespace tcpw

#include "tst_commandline.moc"
