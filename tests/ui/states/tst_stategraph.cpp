// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/states/stategraph.h"

#include <QApplication>
#include <QTest>

using namespace tcpw;

class StateGraphTest : public QObject
{
    Q_OBJECT
private slots:
    void hasEveryEdgeOfTheRfc_data();
    void hasEveryEdgeOfTheRfc();
    void keepsItsBoxesApart_data();
    void keepsItsBoxesApart();
    void leadsFromBoxToBox();
};

void StateGraphTest::hasEveryEdgeOfTheRfc_data()
{
    using enum TcpState;
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const std::pair<TcpState, TcpState> edges[] = {{closed, listen}, {listen, closed},
        {closed, synSent}, {synSent, closed}, {synReceived, listen}, {listen, synReceived},
        {listen, synSent}, {synSent, synReceived}, {synReceived, established},
        {synSent, established}, {synReceived, finWait1}, {established, finWait1},
        {established, closeWait}, {finWait1, finWait2}, {finWait1, closing}, {closeWait, lastAck},
        {finWait2, timeWait}, {closing, timeWait}, {timeWait, closed}, {lastAck, closed}};
    for (const auto& [from, to] : edges)
        QTest::addRow("%s to %s", tcpStateName(from), tcpStateName(to)) << int(from) << int(to);
}

void StateGraphTest::hasEveryEdgeOfTheRfc()
{
    QFETCH(int, from);
    QFETCH(int, to);
    QVERIFY(StateGraph::edgeBetween(TcpState(from), TcpState(to)) >= 0);
    QVERIFY(StateGraph::edgeBetween(TcpState(from), TcpState::unknown) < 0);
}

void StateGraphTest::keepsItsBoxesApart_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {284, 340, 460, 700})
        QTest::addRow("%d", width) << width;
}

void StateGraphTest::keepsItsBoxesApart()
{
    QFETCH(int, width);
    const QFontMetrics metrics(QApplication::font());
    QVERIFY(StateGraph::leastWidth(metrics) <= 284);
    const StateGraph graph(metrics, width);
    for (int one = 0; one < StateGraph::nodeCount; ++one) {
        QVERIFY(QRectF(0, 0, width, graph.height()).contains(graph.box(one)));
        for (int other = one + 1; other < StateGraph::nodeCount; ++other)
            QVERIFY(!graph.box(one).adjusted(-4, -4, 4, 4).intersects(graph.box(other)));
    }
}

void StateGraphTest::leadsFromBoxToBox()
{
    const StateGraph graph(QFontMetrics(QApplication::font()), 300);
    for (int edge = 0; edge < StateGraph::edgeCount; ++edge) {
        const QPolygonF path = graph.path(edge);
        const auto touches = [&](QPointF point, int node) {
            return graph.box(node).adjusted(-1, -1, 1, 1).contains(point);
        };
        QVERIFY(touches(path.first(), StateGraph::edge(edge).from));
        QVERIFY(touches(path.last(), StateGraph::edge(edge).to));
        for (int node = 0; node < StateGraph::nodeCount; ++node)
            for (qsizetype i = 1; i < path.size(); ++i)
                for (double share = 0.05; share < 1; share += 0.05)
                    QVERIFY2(!graph.box(node).contains(QLineF(path[i - 1], path[i]).pointAt(share)),
                        qPrintable(QStringLiteral("edge %1, box %2").arg(edge).arg(node)));
    }
}

TCPW_TEST(StateGraphTest);

#include "tst_stategraph.moc"
