// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "store/capturefile.h"
#include "support/testcase.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;

/// The command line whose output nobody takes: it ends at once, with an exit code and not by a
/// signal.
class ClosedOutputTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void endsByItself_data();
    void endsByItself();

private:
    QTemporaryDir m_folder;
};

/// 20,000 packets: more than a pipe holds, whatever the format.
void ClosedOutputTest::initTestCase()
{
    auto store = PacketStore::create(m_folder.path().toStdString());
    QVERIFY(store);
    PacketBatch batch;
    for (int i = 0; i < 20000; ++i)
        batch.append(PacketRecord(), Bytes(60));
    QVERIFY((*store)->append(batch));
    QVERIFY(saveCapture(**store, {}, m_folder.filePath(QStringLiteral("file")).toStdString(),
        CaptureFormat::pcapng));
}

void ClosedOutputTest::endsByItself_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<int>("expected");
    // The shell says the program's exit code on its standard error.
    const QString pipe = QStringLiteral("{ \"$0\" read file --format %1; echo $? >&2; } | %2");
    for (const auto& format :
        {QStringLiteral("table"), QStringLiteral("tsv"), QStringLiteral("json")}) {
        QTest::addRow("head, %s", qPrintable(format))
            << pipe.arg(format, QStringLiteral("head -c 10")) << 1;
        QTest::addRow("nothing read, %s", qPrintable(format))
            << pipe.arg(format, QStringLiteral("true")) << 1;
        QTest::addRow("all read, %s", qPrintable(format))
            << pipe.arg(format, QStringLiteral("cat > all")) << 0;
    }
    QTest::newRow("named pipe") << QStringLiteral(
        "mkfifo fifo; head -c 10 fifo & \"$0\" read file > fifo; echo $? >&2; wait")
                                << 1;
    QTest::newRow("full disk") << QStringLiteral("\"$0\" read file > /dev/full; echo $? >&2") << 1;
    QTest::newRow("limit for files")
        << QStringLiteral("(ulimit -f 8; \"$0\" read file > limited; echo $? >&2)") << 1;
    QTest::newRow("closed") << QStringLiteral("\"$0\" read file >&-; echo $? >&2") << 1;
}

void ClosedOutputTest::endsByItself()
{
    QFETCH(QString, command);
    QFETCH(int, expected);
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    QElapsedTimer timer;
    timer.start();
    shell.start(QStringLiteral("sh"),
        {QStringLiteral("-c"), command, QStringLiteral(TCPW_BINARY_DIR "/app/tcpw")});
    QVERIFY(shell.waitForFinished(20000));
    const QByteArray said = shell.readAllStandardError().trimmed();
    QCOMPARE(said.split('\n').last().toInt(), expected);
    if (command.contains(QLatin1String("read file > /dev/full")))
        QVERIFY2(said.contains("disk is full"), said.constData());
    QVERIFY2(!said.isEmpty() && timer.elapsed() < 10000, said.constData());
}

TCPW_TEST(ClosedOutputTest);
#include "tst_closedoutput.moc"
