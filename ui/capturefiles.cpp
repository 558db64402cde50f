// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/capturefiles.h"

#include "session/livesession.h"
#include "ui/fields/plaintext.h"
#include "ui/windowsettings.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

namespace tcpw {

namespace {

constexpr char recording[] = ":/tcp-workbench/handshake.pcapng";

} // namespace

CaptureFiles::CaptureFiles(LiveSession& session, WindowSettings& settings, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window)
    , m_open(new QAction(tr("&Open capture …"), this))
    , m_save(new QAction(tr("&Save capture …"), this))
    , m_recording(new QAction(tr("Open a &recorded handshake"), this))
{
    m_open->setShortcut(QKeySequence::Open);
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_open->setToolTip(plainToolTip(tr("Shows a capture file (pcap, pcapng). Nothing is sent.")));
    m_save->setToolTip(plainToolTip(
        tr("Saves all packets: as classic pcap when the name ends in .pcap, else as pcapng, which "
           "also keeps who sent what.")));
    connect(m_open, &QAction::triggered, this, &CaptureFiles::openDialog);
    connect(m_save, &QAction::triggered, this, &CaptureFiles::saveDialog);
    connect(m_recording, &QAction::triggered, this, &CaptureFiles::openRecording);
}

QFileDialog* CaptureFiles::dialog(const QString& title)
{
    auto* made = new QFileDialog(m_window, title, m_settings.folder(QStringLiteral("captures")));
    made->setAttribute(Qt::WA_DeleteOnClose);
    made->setNameFilters(
        {tr("Captures (*.pcapng *.pcap *.cap *.pcapng.gz *.pcap.gz)"), tr("All files (*)")});
    connect(made, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_settings.setFolder(QStringLiteral("captures"), QFileInfo(path).absolutePath());
    });
    return made;
}

void CaptureFiles::openDialog()
{
    QFileDialog* chooser = dialog(tr("Open capture"));
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, &CaptureFiles::openFile);
    chooser->open();
}

void CaptureFiles::saveDialog()
{
    QFileDialog* chooser = dialog(tr("Save capture"));
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("pcapng"));
    connect(chooser, &QFileDialog::fileSelected, &m_session, &LiveSession::saveFile);
    chooser->open();
}

void CaptureFiles::openFile(const QString& path)
{
    m_session.openFile(path);
}

void CaptureFiles::openRecording()
{
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    const QString path = m_folder->filePath(tr("recorded handshake") % QStringLiteral(".pcapng"));
    if (!QFile::exists(path) && !QFile::copy(QString::fromLatin1(recording), path)) {
        emit failed(tr("The recorded handshake cannot be put into a temporary folder. Make room "
                       "there or set TMPDIR to another one."));
        return;
    }
    m_session.openFile(path);
}

} // namespace tcpw
