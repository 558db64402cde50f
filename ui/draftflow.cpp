// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/draftflow.h"

#include "ui/builder/builderpane.h"
#include "ui/builder/sendbutton.h"
#include "ui/fields/plaintext.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/templates/templateactions.h"
#include "ui/templates/templatespane.h"

#include <QAction>
#include <QRandomGenerator>

#include <algorithm>

namespace tcpw {

namespace {

constexpr char answerData[] = "hello\n"; ///< what Answer with data carries at first

} // namespace

QString answerHint(qsizetype number, const Packet& received, AnswerKind kind,
    const std::optional<ConnectionInfo>& connection, const AnswerContext& context)
{
    QString text = DraftFlow::tr("Answers No. %1 with %2, ends swapped.")
                       .arg(number + 1)
                       .arg(fromUtf8(answerKindName(kind)));
    const auto suggestions = suggestAnswers(received, connection);
    const auto suggested = std::ranges::find(suggestions, kind, &AnswerSuggestion::kind);
    if (suggested != suggestions.end())
        text += QLatin1Char(' ') % fromUtf8(suggested->why);
    return text % QLatin1Char(' ') % fromUtf8(answerNumbersText(received, kind, context));
}

DraftFlow::DraftFlow(LiveSession& session, SendService& sender, Panes panes, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_sender(sender)
    , m_panes(panes)
{
    m_sendingShown.setSingleShot(true);
    m_sendingShown.setInterval(250);
    connect(&m_sendingShown, &QTimer::timeout, this, &DraftFlow::showSending);
    connectBuilder();
    connectSender();
}

void DraftFlow::connectBuilder()
{
    BuilderPane* builder = &m_panes.builder;
    connect(builder, &BuilderPane::draftChanged, this, [this] {
        m_panes.builder.setHint({});
        draftChanged();
    });
    connect(builder, &BuilderPane::sendRequested, this, [this] {
        emit sendStarted();
        m_sender.send(m_panes.builder.draft());
        updateSending();
    });
    connect(builder, &BuilderPane::checkRequested, &m_sender, &SendService::check);
    connect(builder, &BuilderPane::fieldActivated, &m_panes.inspector,
        &InspectorPane::selectDraftField);
    connect(
        &m_panes.inspector, &InspectorPane::draftFieldActivated, builder, &BuilderPane::focusField);
    connect(&m_panes.inspector, &InspectorPane::editAgainRequested, this,
        [this](const Packet& packet, bool isCompleted) {
            edit(packet,
                isCompleted
                    ? tr("This is the captured packet, but for its checksum: the network card was "
                         "to compute that, so it is automatic now.")
                    : tr("This is the captured packet as it was."));
        });
    connect(&m_panes.actions, &TemplateActions::templateOpened, this, &DraftFlow::load);
    connect(&m_panes.actions, &TemplateActions::modifiedChanged, this, &DraftFlow::showTemplate);
    connect(&m_panes.actions, &TemplateActions::saved, this, &DraftFlow::showTemplate);
    connect(&m_panes.templates, &TemplatesPane::templateChosen, this, &DraftFlow::load);
}

void DraftFlow::connectSender()
{
    connect(&m_sender, &SendService::previewChanged, this, &DraftFlow::showPreview);
    connect(&m_sender, &SendService::checked, this, &DraftFlow::showReachability);
    connect(&m_sender, &SendService::sent, this, &DraftFlow::updateSending);
    // Why sending failed is told before it counts as ended.
    connect(&m_sender, &SendService::failed, this, &DraftFlow::updateSending, Qt::QueuedConnection);
    connect(
        &m_session, &LiveSession::failed, this, &DraftFlow::updateSending, Qt::QueuedConnection);
    connect(&m_session, &LiveSession::captureChanged, this, &DraftFlow::updateSending,
        Qt::QueuedConnection);
    const auto deviceChanged = [this] {
        m_panes.builder.setDevice(m_session.device());
        showPreview();
    };
    connect(&m_session, &LiveSession::deviceChosen, this, deviceChanged);
    connect(&m_session, &LiveSession::devicesChanged, this, deviceChanged);
}

/// A button that is greyed for a blink would lose the focus; a second click does nothing anyway
/// while the first one's packet is on its way.
void DraftFlow::updateSending()
{
    if (m_sender.sending())
        m_sendingShown.start();
    else
        showSending();
}

void DraftFlow::showSending()
{
    m_sendingShown.stop();
    m_panes.builder.setSending(m_sender.sending());
}

void DraftFlow::load(const Template& from, const QString& path)
{
    const Draft draft = applyTemplate(from, m_panes.builder.draft());
    m_panes.builder.setDraft(draft);
    m_panes.builder.setHint({});
    m_panes.builder.setExpectation(fromUtf8(from.expects));
    m_panes.actions.setCurrent(from, path, draft);
    draftChanged();
    showTemplate();
    m_panes.inspector.showDraftTab();
}

void DraftFlow::setDraft(const Draft& draft, const QString& name, const QString& hint)
{
    Template from;
    from.name = toUtf8(name);
    from.draft = draft;
    m_panes.builder.setDraft(draft);
    m_panes.builder.setHint(hint);
    m_panes.actions.setCurrent(from, {}, draft);
    draftChanged();
    showTemplate();
    m_panes.inspector.showDraftTab();
    if (auto* send = m_panes.builder.findChild<SendButton*>())
        send->setFocus(Qt::OtherFocusReason);
}

void DraftFlow::answer(qsizetype number, const Packet& received, AnswerKind kind,
    const std::optional<ConnectionInfo>& connection)
{
    Bytes data;
    if (kind == AnswerKind::data)
        data.assign(std::begin(answerData), std::end(answerData) - 1);
    const quint32 initial = QRandomGenerator::global()->generate();
    const AnswerContext context
        = connection ? answerContext(received, *connection, initial) : AnswerContext{initial};
    const auto made = tcpw::answer(received, kind, data, context);
    if (!made) {
        emit failed(fromUtf8(made.error().message));
        return;
    }
    Draft draft;
    draft.packet = *made;
    setDraft(draft, tr("Answer to No. %1").arg(number + 1),
        answerHint(number, received, kind, connection, context));
}

void DraftFlow::edit(const Packet& packet, const QString& hint)
{
    Draft draft;
    draft.packet = packet;
    setDraft(draft, tr("Captured packet"), hint);
}

void DraftFlow::draftChanged()
{
    m_panes.actions.setDraft(m_panes.builder.draft());
    showPreview();
}

void DraftFlow::showPreview()
{
    const auto packet = m_sender.preview(m_panes.builder.draft());
    if (packet)
        m_panes.builder.setPreview(*packet);
    m_panes.builder.setPreviewProblem(packet ? QString() : fromUtf8(packet.error().message));
    m_panes.inspector.setDraft(packet ? *packet : m_panes.builder.draft().packet);
    m_panes.inspector.setDraftProblem(
        packet ? QString() : harmless(fromUtf8(packet.error().message)));
}

void DraftFlow::showTemplate()
{
    m_panes.templates.setCurrent(
        fromUtf8(m_panes.actions.current().id), m_panes.actions.path(), m_panes.actions.modified());
}

void DraftFlow::showReachability(const Reachability& result)
{
    m_panes.builder.setCheckResult(
        fromUtf8(result.words), result.neighbourAnswers || result.echoAnswers);
}

} // namespace tcpw
