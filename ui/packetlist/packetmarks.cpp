// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/packetlist/packetmarks.h"

#include "ui/fields/plaintext.h"
#include "ui/packetlist/packetlistpane.h"

#include <QAction>
#include <QInputDialog>
#include <QItemSelectionModel>

#include <algorithm>

namespace tcpw {

namespace {

QAction* makeAction(
    const QString& text, const QKeySequence& keys, const QString& help, QObject* parent)
{
    auto* action = new QAction(text, parent);
    action->setShortcut(keys);
    action->setToolTip(plainToolTip(help));
    return action;
}

} // namespace

PacketMarks::PacketMarks(PacketListPane& pane)
    : QObject(&pane)
    , m_pane(pane)
    , m_mark(makeAction(tr("&Mark the packet"), QKeySequence(Qt::CTRL | Qt::Key_M),
          tr("Marks the selected rows with a dot, or takes their marks away (Ctrl+M)."), this))
    , m_next(makeAction(tr("Next mar&k"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Down),
          tr("The next marked row."), this))
    , m_previous(makeAction(tr("Previo&us mark"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up),
          tr("The marked row before."), this))
    , m_removeAll(makeAction(tr("Remove all marks"), {}, tr("No row is marked any more."), this))
    , m_comment(
          makeAction(tr("C&omment on the packet …"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_C),
              tr("Your words on the current packet; pcapng files keep them."), this))
{
    connect(m_mark, &QAction::triggered, this, &PacketMarks::toggle);
    connect(m_next, &QAction::triggered, this, [this] { goTo(true); });
    connect(m_previous, &QAction::triggered, this, [this] { goTo(false); });
    connect(m_removeAll, &QAction::triggered, this, &PacketMarks::removeAll);
    connect(m_comment, &QAction::triggered, this, &PacketMarks::editComment);
    update();
}

QList<QAction*> PacketMarks::actions() const
{
    return {m_mark, m_next, m_previous, m_removeAll, nullptr, m_comment};
}

void PacketMarks::update()
{
    const bool any = m_pane.currentPacket() >= 0;
    m_mark->setEnabled(any);
    m_comment->setEnabled(any);
    for (QAction* action : {m_next, m_previous, m_removeAll})
        action->setEnabled(!m_pane.model()->marks().empty());
}

/// All selected rows get what the current one has not.
void PacketMarks::toggle()
{
    PacketListModel& model = *m_pane.model();
    const qsizetype current = m_pane.currentPacket();
    std::vector<qsizetype> packets{current};
    const QModelIndexList rows = m_pane.view()->selectionModel()->selectedRows();
    for (const QModelIndex& row : rows)
        packets.push_back(model.packetOf(row.row()));
    model.setMarked(packets, !model.isMarked(current));
    update();
}

void PacketMarks::goTo(bool forward)
{
    const PacketListModel& model = *m_pane.model();
    const int current = model.rowOf(m_pane.currentPacket());
    QList<int> rows;
    for (const qsizetype packet : model.marks())
        if (const int row = model.rowOf(packet); row >= 0)
            rows << row;
    if (rows.isEmpty())
        return;
    std::ranges::sort(rows);
    const auto after = std::ranges::upper_bound(rows, current);
    const auto from = std::ranges::lower_bound(rows, current);
    const int row = forward ? (after == rows.end() ? rows.first() : *after)
                            : (from == rows.begin() ? rows.last() : *(from - 1));
    m_pane.setCurrentPacket(model.packetOf(row));
}

void PacketMarks::removeAll()
{
    const auto& marks = m_pane.model()->marks();
    m_pane.model()->setMarked({marks.begin(), marks.end()}, false);
    update();
}

void PacketMarks::editComment()
{
    const qsizetype packet = m_pane.currentPacket();
    QStringList comments;
    for (const std::string& comment : m_pane.model()->source().store->comments(std::size_t(packet)))
        comments << fromUtf8(comment);
    auto* dialog = new QInputDialog(m_pane.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
    dialog->setWindowTitle(tr("Comment on packet No. %1").arg(packet + 1));
    dialog->setLabelText(tr("Saved with the capture as pcapng:"));
    dialog->setTextValue(comments.join(QLatin1Char('\n')));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, packet](const QString& text) { emit commentEdited(packet, text.trimmed()); });
    dialog->open();
}

} // namespace tcpw
