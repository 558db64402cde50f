// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/peerexpectation.h"
#include "link/device.h"
#include "templates/draft.h"

#include <QWidget>

#include <functional>
#include <memory>

class QAction;

namespace tcpw {

class FieldEdit;

/// Where a packet is written: its layers as cards, and at the foot where it goes, what is wrong on
/// purpose, what answer to expect, Check and Send. Does no I/O: it takes values and tells by
/// signals what is wanted. Every edit goes to the draft first and is shown from there.
class BuilderPane : public QWidget
{
    Q_OBJECT
public:
    explicit BuilderPane(QWidget* parent = nullptr);
    ~BuilderPane() override;

    /// Shows another draft, drops text that could not be read, and takes the draft as what
    /// Ctrl+Backspace leads back to. Does not emit draftChanged().
    void setDraft(const Draft& draft);
    const Draft& draft() const;

    /// What Send would send now (SendService::preview()); may have computed fields empty. Set it
    /// again after each draftChanged(), best in the slot itself. A packet with other layers than
    /// the draft's is passed over.
    void setPreview(const Packet& resolved);
    /// Why it is not known yet what Send would send; shown at the foot. "" when it is known.
    void setPreviewProblem(const QString& sentence);

    /// Where it goes; null: nowhere yet, and Send is off.
    void setDevice(const Device* device);
    /// A quiet remark beside Send; "" for none. Own remarks (lo, Wi-Fi, size above the MTU,
    /// multicast, foreign source) are made by the pane itself.
    void setHint(const QString& text);
    /// What answer to expect, as the template says; shown until the draft is edited. "": the pane
    /// says what RFC 9293 lets expect of this packet.
    void setExpectation(const QString& text);
    /// Tells what is known of the peer that a packet goes to, before it is sent; asked whenever the
    /// foot is refreshed. Where something is known, it goes before the template's words.
    using PeerSource = std::function<std::optional<PeerView>(const Packet& sent)>;
    void setPeerSource(PeerSource source);
    /// Asks the source again: the peer may be in another state now.
    void updateExpectation();
    /// What is expected of the peer when this draft is sent now.
    PeerExpectation expectation() const;
    /// Whether the peer did what was expected of the last packet; "" hides it.
    void setOutcome(const QString& text);
    /// What Check found out; "" hides it.
    void setCheckResult(const QString& words, bool reached);
    /// While true, Send is off.
    void setSending(bool sending);

    /// True when every text in the form can be read; else Send is off and the reason is shown.
    bool valid() const;
    /// True when Send would do something: valid, a device that can send, not sending.
    bool canSend() const;

    /// "Send", Ctrl+Return, and "Check", Ctrl+K: for menus too. They emit the signals below.
    QAction* sendAction() const;
    QAction* checkAction() const;
    QAction* swapEndsAction() const;

    /// "Undo: Window", Ctrl+Z, and "Redo: Window": every edit, and every draft that was set.
    QAction* undoAction() const;
    QAction* redoAction() const;

    /// Opens the field's card and gives its editor the focus.
    void focusField(const QString& path);
    /// Opens the field's card and marks its row, without taking the focus.
    void showField(const QString& path);
    /// The path of the field that has the focus or had it last; "" before.
    QString currentField() const;

    /// The row of a field, its card opened; null where the draft has no such field. What is typed
    /// there, by ValueEditor::type() too, is an edit of the draft.
    FieldEdit* row(const QString& path);
    /// Types over the packet: these bytes are to be sent (overwritten()). `name` is the edit's for
    /// undo; edits with the same `step`, one after the other, are one, but not where it is "".
    void typeBytes(ByteView bytes, const QString& name, const QString& step = {});

signals:
    void draftChanged(); ///< by an edit of the user's, or by undoing one
    void validChanged(bool valid);
    void sendRequested();
    void checkRequested(const tcpw::IpAddress& destination);
    void fieldActivated(const QString& path); ///< got the focus

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace tcpw
