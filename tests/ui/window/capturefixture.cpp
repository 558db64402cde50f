// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/window/capturefixture.h"

#include "store/capturefile.h"
#include "ui/mainwindow.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::Literals::StringLiterals;

namespace tcpw::test {

void CaptureFixture::makeCapture()
{
    TestStore packets;
    packets.add({Origin::me, ControlBits::syn, 1000, 0});
    packets.add({Origin::peer, ControlBits::syn | ControlBits::ack, 5000, 1001});
    packets.add({Origin::me, ControlBits::ack, 1001, 5001});
    const Bytes request{'G', 'E', 'T', ' ', '/'};
    const std::uint16_t push = ControlBits::psh | ControlBits::ack;
    packets.add({Origin::me, push, 1001, 5001, 40000, 8081, request});
    packets.wait(1'000'000'000);
    packets.add({Origin::me, push, 1001, 5001, 40000, 8081, request});
    packets.add({Origin::peer, ControlBits::ack, 5001, 1006});
    Packet wrong = segmentPacket({Origin::peer, push, 5001, 1006, 40000, 8081, request});
    wrong.find<TcpHeader>()->checksum = std::uint16_t(0x1234);
    packets.add(wrong, Origin::peer);
    packets.addRefusedHandshake(40001);
    QVERIFY(packets.store().setComments(4, {"<b>lost</b> on the way"}));
    m_capture = path("story.pcapng");
    QVERIFY(saveCapture(packets.store(), {}, m_capture.toStdString(), CaptureFormat::pcapng));
}

void CaptureFixture::begin()
{
    m_all = std::make_unique<WindowFixture>();
    m_all->window->resize(1440, 900);
    m_all->show(false);
}

void CaptureFixture::open(const QString& path, int rows)
{
    m_all->window->openFile(path);
    QTRY_COMPARE(m_all->session.store().path(), path.toStdString());
    QTRY_COMPARE(m_all->rows(), rows);
}

QAction* CaptureFixture::action(const QString& text) const
{
    for (const QAction* menu : m_all->window->menuBar()->actions())
        for (QAction* one : menu->menu()->actions())
            if (one->text().remove(u'&') == text)
                return one;
    qFatal("There is no action \"%s\".", qPrintable(text));
    return nullptr;
}

void CaptureFixture::saveBy(const QString& text, const QString& path)
{
    QSignalSpy saved(&m_all->session, &LiveSession::saved);
    action(text)->trigger();
    auto* dialog = m_all->window->findChild<QFileDialog*>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit*>()->setText(path);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(saved.size(), 1);
    QTRY_VERIFY(!m_all->window->findChild<QFileDialog*>());
}

qsizetype CaptureFixture::packetsIn(const QString& path) const
{
    const auto store = PacketStore::open(path.toStdString());
    return store ? qsizetype((*store)->size()) : -1;
}

/// As if these came in.
void CaptureFixture::capture(int count)
{
    PacketStore& store = m_all->session.store();
    const auto before = qsizetype(store.size());
    const Bytes bytes = encode(segmentPacket({Origin::peer, ControlBits::ack, 5, 6}));
    PacketRecord record;
    record.originalLength = std::uint32_t(bytes.size());
    record.origin = Origin::peer;
    PacketBatch batch;
    for (int i = 0; i < count; ++i)
        batch.append(record, bytes);
    QVERIFY(store.append(batch));
    emit m_all->session.packetsAppended(before, count);
}

/// As a limit does.
void CaptureFixture::dropBefore(int packet)
{
    QVERIFY(m_all->session.store().dropBefore(std::size_t(packet)));
    emit m_all->session.packetsDropped(packet);
}

} // namespace tcpw::test
