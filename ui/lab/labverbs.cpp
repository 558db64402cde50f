// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/lab/labverbs.h"

#include "lab/lab.h"
#include "ui/fields/byteseditor.h"
#include "ui/fields/bytestext.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/textlabel.h"
#include "ui/fields/wraplayout.h"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace tcpw {

namespace {

QSpinBox* makePort(int value, const QString& name, QWidget* parent)
{
    auto* port = new QSpinBox(parent);
    port->setLocale(QLocale::c());
    port->setRange(1, 65535);
    port->setValue(value);
    port->setAccessibleName(name);
    port->setToolTip(name);
    return port;
}

struct VerbButton
{
    FarVerb verb;
    const char* caption;
    const char* help;
};

const VerbButton socketVerbs[] = {
    {FarVerb::shutdown, QT_TRANSLATE_NOOP("tcpw::LabVerbs", "Sh&utdown"),
        QT_TRANSLATE_NOOP("tcpw::LabVerbs",
            "The far end sends no more: FIN; it still reads (RFC 9293, section 3.6).")},
    {FarVerb::close, QT_TRANSLATE_NOOP("tcpw::LabVerbs", "Close"),
        QT_TRANSLATE_NOOP("tcpw::LabVerbs",
            "The far end closes: FIN, or RST when there is unread data (RFC 9293, section "
            "3.10.4).")},
    {FarVerb::abort, QT_TRANSLATE_NOOP("tcpw::LabVerbs", "Abo&rt"),
        QT_TRANSLATE_NOOP("tcpw::LabVerbs", "The far end aborts: RST (RFC 9293, section 3.10.5).")},
    {FarVerb::stopReading, QT_TRANSLATE_NOOP("tcpw::LabVerbs", "Stop readin&g"),
        QT_TRANSLATE_NOOP("tcpw::LabVerbs",
            "The program there reads no more: its window closes as data comes (RFC 9293, section "
            "3.8.6).")},
    {FarVerb::resumeReading, QT_TRANSLATE_NOOP("tcpw::LabVerbs", "Resu&me reading"),
        QT_TRANSLATE_NOOP("tcpw::LabVerbs", "The program there reads again: its window opens.")},
};

} // namespace

LabVerbs::LabVerbs(QWidget* parent)
    : QWidget(parent)
    , m_connectPort(makePort(40000, tr("Port here that the far end connects to"), this))
    , m_family(new QComboBox(this))
    , m_listenPort(makePort(9000, tr("Port that the far end listens on"), this))
    , m_data(new BytesEditor(true, this))
    , m_which(new TextLabel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(makeConnect());
    column->addWidget(makeListen());
    column->addWidget(m_which);
    column->addWidget(m_data);
    column->addWidget(makeSocketButtons());
    column->addWidget(makeTimers());
    m_which->setTint(TextLabel::Tint::muted);
    setSocket(0, QString());
    connectData();
}

QWidget* LabVerbs::makeRow(std::initializer_list<QWidget*> parts)
{
    auto* row = new QWidget(this);
    auto* layout = new WrapLayout(row);
    for (QWidget* part : parts)
        layout->addWidget(part);
    return row;
}

QWidget* LabVerbs::makeConnect()
{
    m_family->addItems({QStringLiteral("IPv4"), QStringLiteral("IPv6")});
    m_family->setAccessibleName(tr("Address family of the connection"));
    m_family->setToolTip(tr("Which of your addresses the far end connects to."));
    auto* button = new QPushButton(tr("Co&nnect"), this);
    button->setToolTip(
        tr("The far end sends a SYN to you (RFC 9293, section 3.5); answer it with SYN,ACK."));
    connect(button, &QPushButton::clicked, this, &LabVerbs::askConnect);
    auto* words = new TextLabel(tr("To my port"), this);
    words->setBuddy(m_connectPort);
    return makeRow({words, m_connectPort, m_family, button});
}

QWidget* LabVerbs::makeListen()
{
    auto* button = new QPushButton(tr("L&isten"), this);
    button->setToolTip(tr("The far end accepts connections on this port and keeps them open."));
    connect(button, &QPushButton::clicked, this, &LabVerbs::askListen);
    auto* words = new TextLabel(tr("On its port"), this);
    words->setBuddy(m_listenPort);
    return makeRow({words, m_listenPort, button});
}

void LabVerbs::connectData()
{
    const std::string_view example = "hello\n";
    m_bytes.assign(example.begin(), example.end());
    FieldState state;
    state.value = m_bytes;
    m_data->showState(state);
    m_data->setNames(tr("Bytes that the far end sends"), tr("What the far end sends to you."));
    connect(m_data, &ValueEditor::edited, this, [this](const QString& text) {
        m_bytes = fromHex(toUtf8(text.mid(4))).value_or(Bytes()); // behind "hex:"
        setSendProblem(QString());
    });
    connect(m_data, &ValueEditor::unreadable, this, &LabVerbs::setSendProblem);
    connect(m_data, &ValueEditor::dropped, this, [this, example = m_bytes] {
        m_bytes = example; // what the editor shows again
        setSendProblem(QString());
    });
}

void LabVerbs::setSendProblem(const QString& why)
{
    m_data->setMark(why.isEmpty() ? ValueEditor::Mark::none : ValueEditor::Mark::unreadable);
    m_send->setEnabled(why.isEmpty());
    m_send->setToolTip(why.isEmpty() ? tr("The far end's program sends these bytes on the socket.")
                                     : plainToolTip(why));
}

QWidget* LabVerbs::makeSocketButtons()
{
    m_send = new QPushButton(tr("Sen&d bytes"), this);
    connect(m_send, &QPushButton::clicked, this, &LabVerbs::askSend);
    setSendProblem(QString());
    QWidget* row = makeRow({m_send});
    for (const VerbButton& entry : socketVerbs) {
        auto* button = new QPushButton(tr(entry.caption), row);
        button->setToolTip(tr(entry.help));
        connect(button, &QPushButton::clicked, this, [this, verb = entry.verb] { ask(verb); });
        row->layout()->addWidget(button);
    }
    return row;
}

QWidget* LabVerbs::makeTimers()
{
    auto* timers = new QComboBox(this);
    timers->addItems({tr("patient"), tr("real")});
    timers->setAccessibleName(tr("Which timers the far end has"));
    timers->setToolTip(
        tr("Patient: the far end repeats its SYN,ACK for minutes, so that your answer is "
           "in time. Real: it gives up as Linux does (RFC 6298)."));
    auto* label = new TextLabel(tr("&Which timers"), this);
    label->setBuddy(timers);
    connect(timers, &QComboBox::activated, this,
        [this](int index) { ask(index == 0 ? FarVerb::patient : FarVerb::realTimers); });
    return makeRow({label, timers});
}

void LabVerbs::setSocket(std::uint32_t socket, const QString& service)
{
    m_socket = socket;
    m_which->setText(socket == 0
            ? tr("With the newest open socket that fits; choose another below:")
            : tr("With socket %1, %2:").arg(socket).arg(harmless(service)));
}

void LabVerbs::ask(FarVerb verb)
{
    FarRequest request;
    request.verb = verb;
    if (verb != FarVerb::patient && verb != FarVerb::realTimers)
        request.socket = m_socket;
    emit asked(request);
}

void LabVerbs::askConnect()
{
    FarRequest request;
    request.verb = FarVerb::connect;
    request.port = std::uint16_t(m_connectPort->value());
    if (m_family->currentIndex() == 0)
        request.address = labAddress::near4;
    else
        request.address = labAddress::near6;
    emit asked(request);
}

void LabVerbs::askListen()
{
    FarRequest request;
    request.verb = FarVerb::listen;
    request.port = std::uint16_t(m_listenPort->value());
    emit asked(request);
}

void LabVerbs::askSend()
{
    FarRequest request;
    request.verb = FarVerb::send;
    request.socket = m_socket;
    request.data = m_bytes;
    emit asked(request);
}

} // namespace tcpw
