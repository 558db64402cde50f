// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/builder/builderpane.h"
#include "ui/builder/drafthistory.h"
#include "ui/builder/layeroperations.h"
#include "ui/fields/fieldedit.h"

#include <QPointer>

#include <optional>

class QScrollArea;
class QToolButton;

namespace tcpw {

class CardStack;
class SendFoot;

/// What the builder is made of, and the one way of its data: an edit changes the draft, the draft
/// is shown.
class BuilderPane::Private
{
public:
    explicit Private(BuilderPane* pane);

    void build();
    void connectCards();
    void connectActions();

    void take(Draft next);
    void edit(std::size_t layer, FieldEdit* row, const QString& text);
    void reset(std::size_t layer, FieldEdit* row);
    void activate(std::size_t layer, FieldEdit* row);
    void mark(FieldEdit* row);
    void typeBytes(ByteView bytes, const QString& name, const QString& step);
    void operate(LayerOperation operation);
    void remove(std::size_t layer);
    QString layerName(std::size_t layer) const;
    void changed();
    void goTo(const DraftHistory::State& state, const QString& field);
    DraftHistory::State state() const { return {draft, base}; }

    void refresh();
    void refreshFoot();
    void forgetOldCheck();
    void refreshActions();
    void fixTabOrder();
    QString problem() const;
    bool hasPreview() const;
    std::optional<PeerView> peer() const;
    QString expectedWords() const;

    BuilderPane* q;
    Draft draft;
    Draft base; ///< as it was loaded
    DraftHistory history;
    std::optional<Packet> preview;
    Packet sent; ///< what Send would send, every computed field filled in
    QString previewProblem;
    std::optional<Device> device;
    QString hint;
    QString expectation;
    QString outcome;
    BuilderPane::PeerSource peerSource;
    std::optional<IpAddress> checkedDestination; ///< whose Check is told at the foot
    bool sending = false;
    bool wasValid = true;
    QString currentField;
    QPointer<FieldEdit> currentRow;

    QScrollArea* scroll = nullptr;
    CardStack* cards = nullptr;
    QToolButton* layers = nullptr;
    SendFoot* foot = nullptr;
    QAction* send = nullptr;
    QAction* check = nullptr;
    QAction* swap = nullptr;
};

} // namespace tcpw
