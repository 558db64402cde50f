// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/conversations.h"
#include "ui/ladder/ladderpane.h"
#include "ui/looks.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/states/statespane.h"

#include <QFile>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;

namespace {

/// A connection that live/connection made with a real TCP, and words that its panes must have.
struct Made
{
    const char* name; ///< the test function that made it
    const char* ladder;
    const char* states;
    const char* list;
};

constexpr Made made[] = {
    {"opensTalksAndClosesInOrder", "FIN", "both directions ended in order", "closes"},
    {"isHalfClosedByTheFarEnd", "FIN,ACK", "The responder closed first", "closes"},
    {"opensFromBothEndsAtOnce", "SYN", "Both ends sent a SYN at once", "both ends open at once"},
    {"isRefusedByAClosedPort", "RST", "refused", "nothing listens on port"},
    {"isAbortedByTheFarEnd", "RST", "The responder reset it", "gives the connection up"},
    {"repeatsTheSynAckWithADoublingTimer", "again", "SYN,ACK 3 times", "its timer doubled"},
    {"closesItsWindow", "win 0", "ESTABLISHED", "window"},
    {"answersAKeepAlive", "ACK", "ESTABLISHED", "eep-alive"},
    {"reportsAGapBySack", "SACK", "ESTABLISHED", "uplicate"},
    {"challengesWhatDoesNotFit", "ACK", "ESTABLISHED", "Challenge ACK"},
};

} // namespace

/// How ladder, states and list show connections that were made with the far end's kernel.
class LiveConnectionLooksTest : public QObject
{
    Q_OBJECT
private slots:
    void showsIt_data();
    void showsIt();

private:
    QString listText(const PacketStore& store, PacketListPane& pane);

    std::unique_ptr<ConnectionService> m_connections;
};

void LiveConnectionLooksTest::showsIt_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<bool>("dark");
    for (int at = 0; at < int(std::size(made)); ++at)
        for (const bool dark : {false, true})
            QTest::addRow("%s%s", made[at].name, dark ? "-dark" : "-light") << at << dark;
}

/// The Info column, a line a row.
QString LiveConnectionLooksTest::listText(const PacketStore& store, PacketListPane& pane)
{
    m_connections = std::make_unique<ConnectionService>();
    m_connections->setStore(&store);
    if (!QTest::qWaitFor([&] { return m_connections->trackedCount() == qsizetype(store.size()); }))
        return QStringLiteral("not tracked in time");
    pane.setStore(&store);
    pane.model()->setConnections(m_connections.get());
    pane.model()->setEndNames({{labAddress::near4}, {labAddress::far4}, false});
    QString text;
    for (int row = 0; row < pane.model()->rowCount(); ++row)
        text += pane.model()->index(row, int(PacketListColumn::info)).data().toString()
            + QLatin1Char('\n');
    return text;
}

void LiveConnectionLooksTest::showsIt()
{
    QFETCH(int, at);
    QFETCH(bool, dark);
    const Made& one = made[at];
    const QString path
        = QStringLiteral(TCPW_BINARY_DIR "/conversations/%1.pcapng").arg(QLatin1String(one.name));
    if (!QFile::exists(path))
        QSKIP("live/connection has not captured it here.");
    const auto store = PacketStore::open(path.toStdString());
    QVERIFY(store);
    const Scheme scheme(dark);
    const QString suffix = QStringLiteral("-%1-%2").arg(
        QLatin1String(one.name), dark ? QStringLiteral("dark") : QStringLiteral("light"));
    const FollowedConnection story = told(**store);

    LadderPane ladder;
    ladder.setStory(&story);
    takePicture(ladder, QStringLiteral("live-ladder") + suffix, {340, 620});
    QVERIFY2(ladder.text().contains(QLatin1String(one.ladder)), qPrintable(ladder.text()));
    QCOMPARE(cutTexts(ladder), QStringList());

    StatesPane states;
    states.setStory(&story);
    takePicture(states, QStringLiteral("live-states") + suffix, {340, 740});
    QVERIFY2(states.text().contains(QLatin1String(one.states)), qPrintable(states.text()));
    QCOMPARE(cutTexts(states), QStringList());

    PacketListPane list;
    const QString text = listText(**store, list);
    list.resize(1100, 360);
    list.show();
    QTest::qWait(150); // the columns are measured after a moment
    takePicture(list, QStringLiteral("live-list") + suffix, {1100, 360});
    QVERIFY2(text.contains(QLatin1String(one.list)), qPrintable(text));
    QCOMPARE(cutTexts(list), QStringList());
    list.model()->setConnections(nullptr);
}

TCPW_TEST(LiveConnectionLooksTest);

#include "tst_liveconnectionlooks.moc"
