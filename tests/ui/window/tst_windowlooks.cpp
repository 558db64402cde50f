// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/sendbutton.h"
#include "ui/fields/theme.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/testpackets.h"
#include "ui/window/windowfixture.h"
#include "ui/window/windowlooks.h"

#include <QApplication>
#include <QRadioButton>
#include <QTabBar>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// How the whole window looks, by what can be computed, and pictures of it for the eye.
class WindowLooksTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_all.reset(); }

    void looksRight_data();
    void looksRight();
    void isReachedByKeysAlone();
    void staysWholeWhenTheTextIsTwiceAsLarge();

private:
    void playHandshake();
    void showPackets();
    void check(const QString& name);

    std::unique_ptr<WindowFixture> m_all;
};

void WindowLooksTest::initTestCase()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(true);
    if (m_all->awaitLab())
        playHandshake();
    else
        showPackets(); // the same rows, only that nobody sent them
}

/// Up to a SYN,ACK that is repeated because nobody acknowledges it.
void WindowLooksTest::playHandshake()
{
    m_all->clickSend();
    QTRY_VERIFY(m_all->notice().contains(u"it has no socket"_s));
    m_all->click(m_all->child<QRadioButton>("kernelSilent"));
    m_all->clickSend();
    const auto seen = [this]() -> QString {
        return m_all->notice() + u", rows: "_s + QString::number(m_all->rows());
    };
    QTRY_VERIFY2_WITH_TIMEOUT(
        m_all->notice().contains(u"repeats its SYN,ACK"_s), qPrintable(seen()), 5000);
}

void WindowLooksTest::showPackets()
{
    TestStore packets;
    packets.addRefusedHandshake();
    packets.add({Origin::me, ControlBits::syn, 9000, 0, 40001});
    packets.add({Origin::peer, ControlBits::syn | ControlBits::ack, 77, 9001, 40001});
    PacketBatch batch;
    for (std::size_t at = 0; at < packets.store().size(); ++at)
        batch.append(packets.store().record(at), *packets.store().bytes(at));
    QVERIFY(m_all->session.store().append(batch));
    emit m_all->session.packetsAppended(0, qsizetype(batch.size()));
}

void WindowLooksTest::looksRight_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    const bool twofold = m_all->window->devicePixelRatioF() > 1.5;
    const QList<QSize> sizes = twofold ? QList<QSize>{{720, 450}, {800, 600}, {1440, 900}}
                                       : QList<QSize>{{800, 600}, {1366, 768}, {1440, 900}};
    for (const QSize& size : sizes)
        for (const bool dark : {false, true}) {
            const QByteArray name = u"%1x%2%3%4"_s.arg(size.width())
                                        .arg(size.height())
                                        .arg(twofold ? u"-twofold"_s : QString())
                                        .arg(dark ? u"-dark"_s : u"-light"_s)
                                        .toLatin1();
            QTest::newRow(name.constData()) << size << dark;
        }
}

void WindowLooksTest::looksRight()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QApplication::setPalette(Theme::palette(dark));
    m_all->window->resize(size);
    QCOMPARE(m_all->window->size(), size);
    m_all->packets()->setCurrentPacket(-1);
    const QString name = u"window-"_s + QString::fromLatin1(QTest::currentDataTag());
    check(name);
    m_all->clickRow(1);
    check(name + u"-packet"_s);
}

void WindowLooksTest::check(const QString& name)
{
    takePicture(m_all->window.get(), name);
    const QWidget& window = *m_all->window;
    const auto none = [](const QStringList& problems) {
        return problems.join(u"\n"_s);
    };
    QCOMPARE(none(cutTexts(window)), QString());
    QCOMPARE(none(unnamedControls(window)), QString());
    QCOMPARE(none(faintTexts(window)), QString());

    const auto* send = window.findChild<SendButton*>();
    QCOMPARE(send->visibleRegion().boundingRect(), send->rect());
    const auto* view = m_all->packets()->view();
    // The first row may be scrolled out in part: the peer goes on sending.
    const int whole = view->rowAt(view->rowHeight());
    const QRect info = view->visualRect(view->model()->index(whole, int(PacketListColumn::info)));
    QVERIFY(view->viewport()->rect().contains(info.center()));
    QVERIFY(info.right() <= view->viewport()->width());
    QVERIFY(info.width() >= 100);
    QVERIFY(view->viewport()->height() >= 2 * info.height());
}

void WindowLooksTest::isReachedByKeysAlone()
{
    QApplication::setPalette(Theme::palette(false));
    for (const QSize& size : {QSize(1440, 900), QSize(800, 600)}) {
        m_all->window->resize(size);
        m_all->window->activateWindow();
        for (QTabBar* bar : m_all->window->findChildren<QTabBar*>())
            for (int tab = 0; bar->isVisible() && tab < bar->count(); ++tab) {
                bar->setCurrentIndex(tab);
                bar->setFocus();
                QCOMPARE(controlsBesideTab(*m_all->window).join(u"\n"_s), QString());
            }
    }
}

void WindowLooksTest::staysWholeWhenTheTextIsTwiceAsLarge()
{
    m_all->window->resize(1440, 900);
    m_all->packets()->setCurrentPacket(1);
    for (int step = 0; step < 6; ++step)
        QTest::keyClick(m_all->window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(QApplication::font().pointSizeF() > 1.8 * 9);
    QCOMPARE(m_all->window->size(), QSize(1440, 900));
    QTRY_VERIFY(m_all->packets()->view()->fontMetrics().height() > 25);
    check(u"window-large-text"_s);
    QTest::keyClick(m_all->window.get(), Qt::Key_0, Qt::ControlModifier);
}

TCPW_TEST(WindowLooksTest);
#include "tst_windowlooks.moc"
