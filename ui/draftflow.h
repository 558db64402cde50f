// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "connection/answer.h"
#include "connection/answersuggestions.h"
#include "session/sendservice.h"
#include "templates/template.h"

#include <QObject>
#include <QTimer>

namespace tcpw {

class BuilderPane;
class InspectorPane;
class TemplateActions;
class TemplatesPane;

/// The way of a draft: from a template, an answer or a captured packet into the builder, from there
/// into preview and inspector, and to the wire.
class DraftFlow : public QObject
{
    Q_OBJECT
public:
    struct Panes
    {
        BuilderPane& builder;
        InspectorPane& inspector;
        TemplateActions& actions;
        TemplatesPane& templates;
    };

    DraftFlow(LiveSession& session, SendService& sender, Panes panes, QObject* parent);

    /// Loads a template over what is in the builder; `path` is its file, "" for a built-in.
    void load(const Template& from, const QString& path);
    /// Puts the answer to a packet of the list into the builder, ready to be sent; with the numbers
    /// that its connection has by now, where that is known.
    void answer(qsizetype number, const Packet& received, AnswerKind kind,
        const std::optional<ConnectionInfo>& connection = {});
    /// Puts a packet into the builder as it is; the hint says beside Send what it is.
    void edit(const Packet& packet, const QString& hint);

signals:
    void sendStarted();
    void failed(const QString& message);

private:
    void connectSender();
    void connectBuilder();
    void setDraft(const Draft& draft, const QString& name, const QString& hint);
    void draftChanged();
    void showPreview();
    void showTemplate();
    void showReachability(const Reachability& result);
    void updateSending();
    void showSending();

    LiveSession& m_session;
    SendService& m_sender;
    Panes m_panes;
    QTimer m_sendingShown; ///< Send is greyed only when it takes long enough to be noticed
};

/// What the builder's foot says of a filled-in answer: what it answers, why that makes sense, and
/// where its numbers come from. `context` is that of the answer.
QString answerHint(qsizetype number, const Packet& received, AnswerKind kind,
    const std::optional<ConnectionInfo>& connection, const AnswerContext& context);

} // namespace tcpw
