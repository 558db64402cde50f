// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/capturefiles.h"

#include "session/livesession.h"
#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistpane.h"
#include "ui/windowsettings.h"

#include <QAction>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

namespace tcpw {

namespace {

constexpr char recording[] = ":/tcp-workbench/handshake.pcapng";
constexpr int settlingTime = 100; // ms

} // namespace

CaptureFiles::CaptureFiles(
    LiveSession& session, WindowSettings& settings, const PacketListPane& list, QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window)
    , m_list(list)
    , m_recent(settings, this)
    , m_open(new QAction(tr("&Open capture …"), this))
    , m_save(new QAction(tr("&Save capture …"), this))
    , m_saveShown(new QAction(tr("Save sho&wn packets …"), this))
    , m_saveSelected(new QAction(tr("Save se&lected packets …"), this))
    , m_showLive(new QAction(tr("&Back to the live capture"), this))
    , m_recording(new QAction(tr("Open a &recorded handshake"), this))
{
    makeActions();
    connect(m_open, &QAction::triggered, this, &CaptureFiles::openDialog);
    connect(m_save, &QAction::triggered, this,
        [this] { saveDialog(tr("Save capture"), [] { return std::vector<std::size_t>(); }); });
    connect(m_saveShown, &QAction::triggered, this,
        [this] { saveDialog(tr("Save shown packets"), [this] { return shownPackets(); }); });
    connect(m_saveSelected, &QAction::triggered, this,
        [this] { saveDialog(tr("Save selected packets"), [this] { return selectedPackets(); }); });
    connect(m_showLive, &QAction::triggered, this, &CaptureFiles::showLive);
    connect(m_recording, &QAction::triggered, this, &CaptureFiles::openRecording);
    connect(&m_recent, &RecentFiles::chosen, this, &CaptureFiles::openFile);
    connect(&session, &LiveSession::saved, &m_recent, &RecentFiles::add);
    connect(&session, &LiveSession::storeReplaced, this, [this] {
        m_showLive->setEnabled(m_session.showsFile());
        // Not at once: a file is being shown, and the settings are written to the disk.
        QTimer::singleShot(settlingTime, this, &CaptureFiles::rememberFile);
    });
    m_showLive->setEnabled(session.showsFile());
}

void CaptureFiles::makeActions()
{
    m_open->setShortcut(QKeySequence::Open);
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_open->setToolTip(
        plainToolTip(tr("Shows a capture file (pcap, pcapng, also as .gz). Nothing is sent.")));
    m_save->setToolTip(plainToolTip(
        tr("Saves all packets: as classic pcap when the name ends in .pcap, else as pcapng, which "
           "also keeps who sent what, and comments.")));
    m_saveShown->setToolTip(
        plainToolTip(tr("Saves the packets that have a row now, by the display filter.")));
    m_saveSelected->setToolTip(plainToolTip(tr("Saves the packets of the selected rows.")));
    m_showLive->setToolTip(
        plainToolTip(tr("Closes the file and shows what was captured before it was opened.")));
}

std::optional<std::vector<std::size_t>> CaptureFiles::shownPackets() const
{
    const auto shown = m_list.model()->shownPackets();
    if (shown.empty())
        return {};
    return std::vector<std::size_t>(shown.begin(), shown.end());
}

std::optional<std::vector<std::size_t>> CaptureFiles::selectedPackets() const
{
    auto selected = m_list.selectedPackets();
    if (selected.empty())
        return {};
    return selected;
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

void CaptureFiles::saveDialog(const QString& title, const Choice& choice)
{
    if (!choice())
        return failNothingToSave();
    QFileDialog* chooser = dialog(title);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(QStringLiteral("pcapng"));
    // Chosen anew: while the dialog was open packets came, and some were dropped.
    connect(chooser, &QFileDialog::fileSelected, this, [this, choice](const QString& path) {
        if (auto packets = choice())
            m_session.saveFile(path, std::move(*packets));
        else
            failNothingToSave();
    });
    chooser->open();
}

void CaptureFiles::failNothingToSave()
{
    emit failed(tr("No packet is shown or selected, so there is nothing to save."));
}

bool CaptureFiles::mayLeaveFile()
{
    if (!m_session.hasUnsavedFileComments())
        return true;
    QMessageBox question(QMessageBox::Question, tr("TCP Workbench"),
        tr("Comments on packets of this file were changed and not saved."), QMessageBox::NoButton,
        m_window);
    const QPushButton* leave
        = question.addButton(tr("Leave it &without saving"), QMessageBox::DestructiveRole);
    QPushButton* stay = question.addButton(tr("&Stay with this file"), QMessageBox::RejectRole);
    question.setDefaultButton(stay);
    question.setEscapeButton(stay);
    question.exec();
    return question.clickedButton() == leave;
}

void CaptureFiles::showLive()
{
    if (mayLeaveFile())
        m_session.showLive();
}

void CaptureFiles::openFile(const QString& path)
{
    if (!mayLeaveFile())
        return;
    m_opened = path;
    m_session.openFile(path);
}

/// One that cannot be opened is not offered again, nor what was not opened by its name: the
/// recording, and what an earlier run left.
void CaptureFiles::rememberFile()
{
    if (m_session.showsFile() && QFile::decodeName(m_session.store().path().c_str()) == m_opened)
        m_recent.add(m_opened);
}

void CaptureFiles::openRecording()
{
    if (!mayLeaveFile())
        return;
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
