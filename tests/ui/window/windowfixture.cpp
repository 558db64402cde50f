// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/window/windowfixture.h"

#include "helper/helperpaths.h"
#include "ui/builder/builderpane.h"
#include "ui/builder/sendbutton.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/packetlist/packetlistpane.h"

#include <QApplication>
#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QStyleFactory>
#include <QTest>

namespace tcpw::test {

namespace {

/// Nothing of the user's own is read or written.
void prepare(const QString& folder, const QString& spoolFolder)
{
    for (const char* variable : {"XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"})
        qputenv(variable, folder.toLocal8Bit());
    if (!spoolFolder.isEmpty()) // its last part is the program's name
        qputenv("XDG_STATE_HOME", QFileInfo(spoolFolder).path().toLocal8Bit());
    setHelperPath(TCPW_BINARY_DIR "/app/tcpw-helper");
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
}

} // namespace

WindowFixture::WindowFixture(const QString& spoolFolder)
    : session((prepare(m_folder.path(), spoolFolder), nullptr))
    , sender(session)
    , lab(session)
    , settings(m_folder.filePath(QStringLiteral("window.ini")))
    , window(std::make_unique<MainWindow>(session, sender, lab, settings))
{
}

WindowFixture::~WindowFixture()
{
    window.reset();
}

void WindowFixture::show(bool withLab)
{
    window->begin();
    window->show();
    QApplication::setActiveWindow(window.get());
    if (withLab)
        session.begin();
}

bool WindowFixture::awaitLab()
{
    const bool decided = QTest::qWaitFor(
        [this] { return session.capturing() || !session.labObstacle().cause.empty(); }, 10000);
    return decided && session.capturing();
}

QString WindowFixture::labProblem() const
{
    return QString::fromStdString(session.labObstacle().cause);
}

void WindowFixture::click(QWidget* widget)
{
    if (!widget || !widget->isVisible() || !widget->isEnabled()) {
        const QString name = widget ? widget->objectName() : QStringLiteral("nothing");
        qFatal("%s cannot be clicked", qPrintable(name));
    }
    QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, QPoint(8, widget->height() / 2));
}

/// A click while the packet before is on its way would do nothing: people are slower than tests.
void WindowFixture::clickSend()
{
    if (!QTest::qWaitFor([this] { return !sender.sending(); }, 5000))
        qFatal("the packet before is still being sent");
    click(builder()->findChild<SendButton*>());
}

void WindowFixture::clickRow(int row)
{
    const auto* view = packets()->view();
    const QRect cell = view->visualRect(view->model()->index(row, int(PacketListColumn::info)));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, Qt::NoModifier, cell.center());
}

QString WindowFixture::cell(int row, int column) const
{
    return packets()->model()->index(row, column).data().toString();
}

int WindowFixture::rows() const
{
    return packets()->model()->rowCount();
}

QString WindowFixture::notice() const
{
    return packets()->notices()->current().text;
}

BuilderPane* WindowFixture::builder() const
{
    return window->findChild<BuilderPane*>();
}

InspectorPane* WindowFixture::inspector() const
{
    return window->findChild<InspectorPane*>();
}

PacketListPane* WindowFixture::packets() const
{
    return window->findChild<PacketListPane*>();
}

void takePicture(QWidget* widget, const QString& name)
{
    QCoreApplication::processEvents(QEventLoop::AllEvents, 200);
    const QDir folder(QStringLiteral(TCPW_BINARY_DIR "/screenshots"));
    if (!folder.mkpath(QStringLiteral("."))
        || !widget->grab().save(folder.filePath(name + QStringLiteral(".png"))))
        qFatal("no picture can be saved in %s", qPrintable(folder.path()));
}

} // namespace tcpw::test
