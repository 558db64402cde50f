// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "helper/childprocess.h"
#include "helper/descriptor.h"
#include "helper/messagereader.h"
#include "helper/packetring.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <poll.h>
#include <random>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace tcpw;

namespace {

constexpr char helper[] = TCPW_BINARY_DIR "/app/tcpw-helper";

/// A helper with a lab, and the other end of its stream, on which anything can be said.
class RawHelper
{
public:
    RawHelper()
    {
        int ends[2] = {-1, -1};
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        m_stream = Descriptor(ends[0]);
        const Descriptor theirs(ends[1]);
        const auto ring = PacketRing::create();
        m_child = startChild(
            {{helper, "--lab"},
                {{theirs.get(), helperStream}, {ring ? ring->descriptor() : -1, helperMemory}}})
                      .value_or(0);
    }
    ~RawHelper()
    {
        if (m_child > 0 && !m_ended) {
            kill(m_child, SIGKILL);
            waitForChild(m_child, 1000);
        }
    }

    pid_t child() const { return m_child; }
    void close() { m_stream.reset(); }

    /// Says it all, or as much as is taken within a second; gives how many bytes were taken.
    std::size_t say(ByteView bytes)
    {
        std::size_t said = 0;
        pollfd waited{m_stream.get(), POLLOUT, 0};
        while (said < bytes.size() && poll(&waited, 1, 1000) > 0) {
            const auto count = send(m_stream.get(), bytes.data() + said, bytes.size() - said,
                MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count <= 0)
                break;
            said += std::size_t(count);
        }
        return said;
    }

    /// The next message, its fields in `m_reader`; nothing when the stream ended or after 3 s.
    std::optional<ReceivedMessage> hear()
    {
        while (true) {
            if (const auto message = m_reader.next(); !message || *message)
                return message ? *message : std::nullopt;
            pollfd waited{m_stream.get(), POLLIN, 0};
            const auto space = m_reader.space();
            const auto count = poll(&waited, 1, 3000) > 0
                ? recv(m_stream.get(), space.data(), space.size(), 0)
                : 0;
            if (count <= 0)
                return std::nullopt;
            m_reader.filled(std::size_t(count));
        }
    }

    /// Its exit code within a second; -1 when it goes on, -2 when a signal ended it.
    int exitCode()
    {
        const auto status = waitForChild(m_child, 1000);
        m_ended = status.has_value();
        if (!status)
            return -1;
        return WIFEXITED(*status) ? WEXITSTATUS(*status) : -2;
    }

    /// Greets as a program of ours, and hears the greeting; false with the problem otherwise.
    bool greet(std::string& problem)
    {
        say(encodeMessage(ourGreeting(), 0));
        const auto message = hear();
        const auto greeting
            = message ? decodeMessage<Greeting>(message->fields) : std::optional<Greeting>();
        problem = greeting ? greeting->problem : "no greeting";
        return problem.empty();
    }

private:
    Descriptor m_stream;
    MessageReader m_reader;
    pid_t m_child = 0;
    bool m_ended = false;
};

Bytes together(std::initializer_list<Bytes> parts)
{
    Bytes all;
    for (const Bytes& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes randomBytes(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    Bytes bytes(count);
    for (auto& byte : bytes)
        byte = std::uint8_t(random());
    return bytes;
}

std::size_t residentPages(pid_t process)
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(process));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toULongLong() : 0;
}

/// Runs the helper by hand, with these arguments.
int runByHand(const QStringList& arguments, QString& words)
{
    QProcess process;
    process.start(QString::fromLatin1(helper), arguments);
    process.waitForFinished(5000);
    words = QString::fromUtf8(process.readAllStandardError() + process.readAllStandardOutput());
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

} // namespace

class HelperAbuseTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void dropsAPeerThatSpeaksRubbish_data();
    void dropsAPeerThatSpeaksRubbish();
    void endsWithAHalfMessage();
    void answersWithASentenceWhatCannotBeDone();
    void boundsItsMemoryWhileNobodyReadsItsReplies();
    void answersItsParentOnly();
    void saysWhatItIsWhenStartedByHand();
    void refusesToRunSetuid();
    void keepsNoDescriptorAndNoEnvironment();
    void goesOnThroughInterruptAndHangUp();
};

void HelperAbuseTest::initTestCase()
{
    RawHelper raw;
    std::string problem;
    if (!raw.greet(problem))
        QSKIP(problem.c_str());
}

void HelperAbuseTest::dropsAPeerThatSpeaksRubbish_data()
{
    QTest::addColumn<Bytes>("bytes");
    const Bytes hello = encodeMessage(ourGreeting(), 0);
    Greeting other = ourGreeting();
    ++other.protocolVersion;
    Bytes longer = encodeMessage(StopCapture{1}, 1);
    longer[3] += 1;
    longer.push_back(0);
    QTest::newRow("random bytes") << randomBytes(10'000, 1);
    QTest::newRow("zeros") << Bytes(1000, 0);
    QTest::newRow("huge length") << Bytes{0xff, 0xff, 0xff, 0xff, 16, 0, 0, 0, 1};
    QTest::newRow("length above the cap") << Bytes{0, 0x40, 0, 1, 16, 0, 0, 0, 1};
    QTest::newRow("no greeting first") << encodeMessage(ListDevices{}, 1);
    QTest::newRow("other version") << encodeMessage(other, 0);
    QTest::newRow("greeting twice") << together({hello, hello});
    QTest::newRow("random after greeting") << together({hello, randomBytes(10'000, 2)});
    QTest::newRow("unknown number") << together({hello, {0, 0, 0, 5, 99, 0, 0, 0, 1}});
    QTest::newRow("a reply") << together({hello, encodeMessage(FarReply{}, 1)});
    QTest::newRow("packets") << together({hello, encodeMessage(Packets{}, 0)});
    QTest::newRow("request number 0") << together({hello, encodeMessage(ListDevices{}, 0)});
    QTest::newRow("longer than its fields") << together({hello, longer});
    QTest::newRow("count without bytes")
        << together({hello, {0, 0, 0, 11, 25, 0, 0, 0, 1, 0, 0, 0, 0, 0xff, 0xff}});
}

void HelperAbuseTest::dropsAPeerThatSpeaksRubbish()
{
    QFETCH(Bytes, bytes);
    RawHelper raw;
    raw.say(bytes);
    QCOMPARE(raw.exitCode(), 4);
}

void HelperAbuseTest::endsWithAHalfMessage()
{
    RawHelper raw;
    Bytes half = together({encodeMessage(ourGreeting(), 0), encodeMessage(Failed{"abc"}, 1)});
    half.pop_back();
    raw.say(half);
    raw.close();
    QCOMPARE(raw.exitCode(), 0);
}

void HelperAbuseTest::answersWithASentenceWhatCannotBeDone()
{
    RawHelper raw;
    std::string problem;
    QVERIFY(raw.greet(problem));
    CaptureOptions path;
    path.device = {1, "../../etc/passwd", 0};
    CaptureOptions longFilter;
    longFilter.device = {1, "lo", 0};
    longFilter.filter = std::string(60'000, '(');
    CaptureOptions bigBuffer = longFilter;
    bigBuffer.filter.clear();
    bigBuffer.bufferSize = 0xffffffff;
    FarRequest noSocket;
    noSocket.verb = FarVerb::close;
    noSocket.socket = 4'000'000'000u;
    const Bytes requests[] = {encodeMessage(StartCapture{path}, 7),
        encodeMessage(StartCapture{longFilter}, 7), encodeMessage(StartCapture{bigBuffer}, 7),
        encodeMessage(SendFrames{{4'000'000'000u, std::string(60'000, 'x'), 0}, {{}}}, 7),
        encodeMessage(StopCapture{200}, 7), encodeMessage(AskFar{noSocket}, 7)};
    for (const Bytes& request : requests) {
        raw.say(request);
        const auto reply = raw.hear();
        QVERIFY(reply);
        QCOMPARE(QLatin1String(messageName(reply->number)), QLatin1String("Failed"));
        QCOMPARE(reply->request, 7u);
        const auto failed = decodeMessage<Failed>(reply->fields);
        QVERIFY(failed && failed->message.ends_with('.'));
    }
    raw.close();
    QCOMPARE(raw.exitCode(), 0);
}

void HelperAbuseTest::boundsItsMemoryWhileNobodyReadsItsReplies()
{
    RawHelper raw;
    std::string problem;
    QVERIFY(raw.greet(problem));
    const auto before = residentPages(raw.child());
    Bytes many;
    for (std::uint32_t i = 1; i <= 20'000; ++i) {
        const Bytes one = encodeMessage(AskFar{}, i); // its replies are long
        many.insert(many.end(), one.begin(), one.end());
    }
    for (int round = 0; round < 5; ++round)
        if (raw.say(many) < many.size())
            break; // it takes no more requests before its replies are taken
    const auto grown = (residentPages(raw.child()) - before) * std::size_t(sysconf(_SC_PAGESIZE));
#ifndef TCPW_SANITIZED
    QVERIFY2(grown < 40u << 20, qPrintable(QString::number(grown)));
#else
    Q_UNUSED(grown);
#endif
    raw.close();
    QCOMPARE(raw.exitCode(), 0);
}

void HelperAbuseTest::answersItsParentOnly()
{
    // The shell stands between: it is the parent, but not the one at the other end.
    int ends[2] = {-1, -1};
    QVERIFY(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    const Descriptor ours(ends[0]), theirs(ends[1]);
    const std::string command = std::string(helper) + " --lab 2>/dev/null; exit $?";
    const auto shell = startChild({{"/bin/sh", "-c", command}, {{theirs.get(), 3}}});
    QVERIFY(shell);
    const auto status = waitForChild(*shell, 5000);
    QVERIFY(status && WIFEXITED(*status));
    QCOMPARE(WEXITSTATUS(*status), 2);
}

void HelperAbuseTest::saysWhatItIsWhenStartedByHand()
{
    QString words;
    for (const QStringList& arguments : {QStringList(), {QStringLiteral("--lab")},
             {QStringLiteral("--host")}, {QStringLiteral("--nonsense")}}) {
        QCOMPARE(runByHand(arguments, words), 2);
        QVERIFY(words.contains(QStringLiteral("the part of TCP Workbench")));
    }
    QCOMPARE(runByHand({QStringLiteral("--version")}, words), 0);
    QCOMPARE(words, QStringLiteral("tcpw-helper " TCPW_VERSION "\n"));
    QCOMPARE(runByHand({QStringLiteral("--check-filter"), QStringLiteral("one")}, words), 2);
}

void HelperAbuseTest::refusesToRunSetuid()
{
    if (getuid() != 0)
        QSKIP("only root can make a setuid copy and be somebody else then");
    QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("tcpw-helper"));
    QVERIFY(QFile::copy(QString::fromLatin1(helper), copy));
    QVERIFY(chmod(folder.path().toLocal8Bit(), 0755) == 0);
    QVERIFY(chmod(copy.toLocal8Bit(), 04755) == 0);
    QProcess process;
    process.start(QStringLiteral("setpriv"),
        {QStringLiteral("--reuid=65534"), QStringLiteral("--regid=65534"),
            QStringLiteral("--clear-groups"), copy, QStringLiteral("--version")});
    QVERIFY(process.waitForFinished(5000));
    const auto words = process.readAllStandardError();
    if (process.exitCode() == 0)
        QSKIP("setuid programs do not change their user here (a nosuid mount)");
    QCOMPARE(process.exitCode(), 2);
    QVERIFY(words.contains("must not be installed setuid"));
}

void HelperAbuseTest::keepsNoDescriptorAndNoEnvironment()
{
    const Descriptor open(dup(STDERR_FILENO)); // would be inherited: no CLOEXEC
    RawHelper raw;
    std::string problem;
    QVERIFY(raw.greet(problem));
    const QString folder = QStringLiteral("/proc/%1/").arg(raw.child());
    for (const QFileInfo& file :
        QDir(folder + QStringLiteral("fd")).entryInfoList(QDir::Files | QDir::System)) {
        const QString target = file.symLinkTarget();
        const bool standard = file.fileName().toInt() <= 2;
        QVERIFY2(standard || !target.contains(QStringLiteral("/dev/")), qPrintable(target));
    }
    QFile status(folder + QStringLiteral("status"));
    QVERIFY(status.open(QIODevice::ReadOnly));
    const auto lines = status.readAll();
    QVERIFY(lines.contains("NoNewPrivs:\t1"));
    QVERIFY(lines.contains("CapEff:\t0000000000003400")); // net_bind_service, net_admin, net_raw
}

void HelperAbuseTest::goesOnThroughInterruptAndHangUp()
{
    RawHelper raw;
    std::string problem;
    QVERIFY(raw.greet(problem));
    kill(raw.child(), SIGINT); // these are for its parent to act on
    kill(raw.child(), SIGHUP);
    raw.say(encodeMessage(NewPort{}, 1));
    const auto reply = raw.hear();
    QVERIFY(reply);
    QCOMPARE(QLatin1String(messageName(reply->number)), QLatin1String("PortFound"));
}

TCPW_TEST(HelperAbuseTest);

#include "tst_helperabuse.moc"
