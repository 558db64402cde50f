// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/builder/builderpane.h"
#include "ui/builder/wordsarea.h"
#include "ui/window/windowfixture.h"

#include <QLabel>
#include <QScrollBar>
#include <QTest>

using namespace tcpw;
using namespace tcpw::test;
using namespace Qt::Literals::StringLiterals;

/// What the builder says of the packet that was sent last.
class SendOutcomeTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fixture.reset(); }

    void saysWhatCame();
    void saysThatNothingCameYet();
    void saysThatNothingIsToCome();
    void keepsItsLineWhileTheNextIsSent();
    void scrollsNothingThatHasRoom();

private:
    QString outcome() const;
    void sendWith(const char* field, const char* value);

    std::unique_ptr<WindowFixture> m_fixture;
};

void SendOutcomeTest::init()
{
    m_fixture = std::make_unique<WindowFixture>();
    m_fixture->show(true);
    if (!m_fixture->awaitLab())
        QSKIP(qPrintable(m_fixture->labProblem()));
}

/// The line as it is seen; "" when it is not.
QString SendOutcomeTest::outcome() const
{
    const auto* label = m_fixture->child<QLabel>("sendOutcome");
    return label->isVisible() ? label->text() : QString();
}

void SendOutcomeTest::sendWith(const char* field, const char* value)
{
    Draft draft = m_fixture->builder()->draft();
    QVERIFY(setDraftField(draft, field, value));
    m_fixture->builder()->setDraft(draft);
    m_fixture->clickSend();
}

void SendOutcomeTest::saysWhatCame()
{
    QVERIFY(outcome().isEmpty());
    m_fixture->clickSend();
    QTRY_COMPARE(outcome(), u"Last sent: As expected: SYN,ACK came."_s);
}

/// The answer to a source address that is nobody's comes to nobody.
void SendOutcomeTest::saysThatNothingCameYet()
{
    sendWith("ipv4.source", "192.168.56.77");
    QTRY_COMPARE(outcome(), u"Last sent: No answer yet."_s);
    QTRY_VERIFY(outcome().contains(u"Not as expected"_s));
}

void SendOutcomeTest::saysThatNothingIsToCome()
{
    sendWith("tcp.controlBits", "RST");
    QTRY_COMPARE(outcome(), u"Last sent: No answer so far, as expected."_s);
    QTRY_COMPARE(outcome(), u"Last sent: As expected: no answer came."_s);
}

/// A line that comes and goes would move the form above it.
void SendOutcomeTest::keepsItsLineWhileTheNextIsSent()
{
    m_fixture->clickSend();
    QTRY_VERIFY(outcome().contains(u"As expected"_s));
    const int before = m_fixture->rows();
    m_fixture->clickSend();
    for (int turn = 0; m_fixture->rows() < before + 3; ++turn) {
        QVERIFY(!outcome().isEmpty());
        QVERIFY(turn < 5000);
        QTest::qWait(1);
    }
    QTRY_VERIFY(outcome().contains(u"As expected"_s));
}

void SendOutcomeTest::scrollsNothingThatHasRoom()
{
    m_fixture->window->resize(1440, 900);
    const auto* words = m_fixture->builder()->findChild<WordsArea*>();
    QVERIFY(!words->verticalScrollBar()->isVisible());
    m_fixture->clickSend();
    QTRY_VERIFY(outcome().contains(u"As expected"_s));
    QTRY_VERIFY(!words->verticalScrollBar()->isVisible());
    QVERIFY(words->widget()->height() <= words->viewport()->height());
}

TCPW_TEST(SendOutcomeTest);
#include "tst_sendoutcome.moc"
