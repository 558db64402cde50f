// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/inspector/bytesview.h"

#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

namespace {

Bytes counting(std::size_t count)
{
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = std::uint8_t(0x41 + i % 26);
    return bytes;
}

/// The characters of a line that stand on the mark's ground.
QString markedText(const BytesView& view, int line)
{
    const QTextBlock block = view.document()->findBlockByNumber(line);
    QString marked;
    for (const QTextLayout::FormatRange& range : block.layout()->formats())
        if (range.format.background().style() != Qt::NoBrush)
            marked += block.text().mid(range.start, range.length).trimmed() + u' ';
    return marked.trimmed();
}

} // namespace

class BytesViewTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_view.reset(); }

    void writesOffsetDigitsAndAscii();
    void writesEightBytesALineWhereSixteenDoNotFit();
    void findsTheByteAtEachPlace();
    void marksTheBytesThatBitsTouch();
    void marksAcrossLines();
    void tellsTheByteThatTheUserGoesTo();
    void tellsNothingWhenItIsMarked();
    void isEmptyForNoBytes();

private:
    std::unique_ptr<BytesView> m_view;
};

void BytesViewTest::init()
{
    m_view = std::make_unique<BytesView>();
    m_view->resize(900, 200);
    m_view->show();
    m_view->setBytes(counting(40), {});
}

void BytesViewTest::writesOffsetDigitsAndAscii()
{
    QCOMPARE(m_view->bytesPerLine(), 16);
    const QStringList lines = m_view->toPlainText().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(
        lines[0], u"0000  41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50  ABCDEFGHIJKLMNOP"_s);
    QVERIFY(lines[2].startsWith(u"0020  47 48 49 4a 4b 4c 4d 4e    "_s));
    m_view->setBytes({0x00, 0x7f, 0x80, 0x20}, {});
    QVERIFY(m_view->toPlainText().endsWith(u"... "_s));
}

void BytesViewTest::writesEightBytesALineWhereSixteenDoNotFit()
{
    m_view->resize(350, 200);
    QCOMPARE(m_view->bytesPerLine(), 8);
    QCOMPARE(m_view->toPlainText().split(u'\n').size(), 5);
}

void BytesViewTest::findsTheByteAtEachPlace()
{
    for (int byte = 0; byte < 40; ++byte) {
        const int line = byte / 16;
        QCOMPARE(m_view->byteAt(line, m_view->hexColumn(byte)), byte);
        QCOMPARE(m_view->byteAt(line, m_view->hexColumn(byte) + 1), byte);
        QCOMPARE(m_view->byteAt(line, 6 + 48 + 1 + byte % 16), byte);
    }
    QCOMPARE(m_view->byteAt(0, 2), -1);
    QCOMPARE(m_view->byteAt(2, m_view->hexColumn(39) + 3), -1);
}

void BytesViewTest::marksTheBytesThatBitsTouch()
{
    m_view->mark({8 * 4 + 4, 8});
    QCOMPARE(markedText(*m_view, 0), u"45 46 EF"_s);
    m_view->mark({});
    QCOMPARE(markedText(*m_view, 0), QString());
}

void BytesViewTest::marksAcrossLines()
{
    m_view->mark({8 * 15, 16});
    QCOMPARE(markedText(*m_view, 0), u"50 P"_s);
    QCOMPARE(markedText(*m_view, 1), u"51 Q"_s);
}

void BytesViewTest::tellsTheByteThatTheUserGoesTo()
{
    QSignalSpy chosen(m_view.get(), &BytesView::byteChosen);
    m_view->setFocus();
    m_view->moveCursor(QTextCursor::Start);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(m_view.get(), Qt::Key_Right);
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last()[0].toInt(), 17);
}

void BytesViewTest::tellsNothingWhenItIsMarked()
{
    QSignalSpy chosen(m_view.get(), &BytesView::byteChosen);
    m_view->mark({8 * 30, 16});
    m_view->setBytes(counting(20), {});
    QCOMPARE(chosen.size(), 0);
}

void BytesViewTest::isEmptyForNoBytes()
{
    m_view->setBytes({}, {});
    m_view->mark({});
    QVERIFY(m_view->toPlainText().isEmpty());
    QCOMPARE(m_view->byteAt(0, 7), -1);
}

TCPW_TEST(BytesViewTest);
#include "tst_bytesview.moc"
