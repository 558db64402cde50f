// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/optionseditor.h"

#include "packet/tcpoptions.h"
#include "ui/fields/growingedit.h"
#include "ui/fields/lineeditor.h"
#include "ui/fields/optionrow.h"
#include "ui/fields/optionrows.h"
#include "ui/fields/plaintext.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace tcpw {

namespace {

struct OptionExample
{
    const char* caption;
    const char* notation;
};

const OptionExample tcpExamples[] = {
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Maximum segment size (RFC 9293)"), "mss=1460"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&SACK permitted (RFC 2018)"), "sack-permitted"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Timestamps (RFC 7323)"), "timestamps=1:0"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&No-operation (RFC 9293)"), "nop"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Window scale (RFC 7323)"), "window-scale=7"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "SACK &blocks (RFC 2018)"), "sack=1-1461"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&User timeout (RFC 5482)"), "user-timeout=30s"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Fast Open cookie (RFC 7413)"),
        "fast-open=0102030405060708"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "MD&5 signature (RFC 2385)"),
        "md5=00000000000000000000000000000000"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Authentication, TCP-AO (RFC 5925)"),
        "ao=1:1:000000000000000000000000"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Experiment, kind 253 (RFC 6994)"), "kind-253=0000"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "MSS of a wrong &length, 3"), "mss/3=05"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "End &of list (RFC 9293)"), "end"},
};

const OptionExample ipv4Examples[] = {
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Router alert (RFC 2113)"), "kind-148=0000"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&No-operation (RFC 791)"), "nop"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "R&ecord route, three hops (RFC 791)"),
        "kind-7=04000000000000000000000000"},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "End &of list (RFC 791)"), "end"},
};

/// All options of a SYN as a system sends them, and where that is written down.
struct OptionPreset
{
    const char* caption;
    const char* notation;
    const char* source;
};

const OptionPreset presets[] = {
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Linux"),
        "mss=1460,sack-permitted,timestamps=1000:0,nop,window-scale=7",
        QT_TRANSLATE_NOOP(
            "tcpw::OptionsEditor", "tcp_syn_options() in the kernel's net/ipv4/tcp_output.c")},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&Windows 10 and 11"),
        "mss=1460,nop,window-scale=8,nop,nop,sack-permitted",
        QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "signatures of Windows in p0f 3's list")},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&macOS and iOS"),
        "mss=1460,nop,window-scale=6,nop,nop,timestamps=1000:0,sack-permitted,end",
        QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "signatures of Mac OS X in p0f 3's list")},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&FreeBSD"),
        "mss=1460,nop,window-scale=6,sack-permitted,timestamps=1000:0",
        QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "signatures of FreeBSD in p0f 3's list")},
    {QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "&OpenBSD"),
        "mss=1460,nop,nop,sack-permitted,nop,window-scale=6,nop,nop,timestamps=1000:0",
        QT_TRANSLATE_NOOP("tcpw::OptionsEditor", "signatures of OpenBSD in p0f 3's list")},
};

std::span<const OptionExample> examples(bool tcp)
{
    return tcp ? std::span<const OptionExample>(tcpExamples)
               : std::span<const OptionExample>(ipv4Examples);
}

} // namespace

OptionsEditor::OptionsEditor(bool tcp, QWidget* parent)
    : ValueEditor(parent)
    , m_edit(new GrowingEdit(this))
    , m_add(new QToolButton(this))
    , m_rows(new OptionRows(this))
    , m_tcp(tcp)
{
    m_edit->setPlaceholderText(tr("none"));
    auto* menu = new QMenu(m_add);
    for (const OptionExample& example : examples(tcp)) {
        const QString notation = QString::fromLatin1(example.notation);
        menu->addAction(tr(example.caption), this, [this, notation] { add(notation); });
    }
    menu->setToolTipsVisible(true);
    if (tcp)
        addPresets(menu);
    addPadding(menu);
    m_add->setText(tr("Add"));
    m_add->setMenu(menu);
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_add->setFocusPolicy(Qt::StrongFocus);
    auto* line = new QHBoxLayout;
    line->addWidget(m_edit, 1);
    line->addWidget(m_add, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addLayout(line);
    layout->addWidget(m_rows);
    m_rows->hide();
    connectRows();
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // as high as its rows, wrapped
    connect(m_edit, &GrowingEdit::typed, this, &OptionsEditor::typed);
    passOn(m_edit);
}

void OptionsEditor::addPresets(QMenu* menu)
{
    QMenu* all = menu->addMenu(tr("All of a SYN, &as sent by"));
    all->setToolTipsVisible(true);
    for (const OptionPreset& preset : presets) {
        const QString notation = QString::fromLatin1(preset.notation);
        QAction* action = all->addAction(tr(preset.caption), this, [this, notation] {
            type(notation);
            m_typing = false;
            m_edit->setFocus(Qt::OtherFocusReason);
        });
        action->setToolTip(plainToolTip(notation % QLatin1Char('\n') % tr(preset.source)));
    }
}

/// By hand, where the automatic zeros at the end are not what is wanted.
void OptionsEditor::addPadding(QMenu* menu)
{
    QMenu* padding = menu->addMenu(tr("Paddin&g"));
    padding->addAction(tr("&Align with no-operations"), this, [this] {
        const std::string text = toUtf8(m_edit->toPlainText().trimmed());
        const Result<Options> read = m_tcp ? parseTcpOptions(text) : parseIpv4Options(text);
        if (!read)
            return;
        std::size_t size = 0;
        for (const Option& option : read->list)
            size += encodedSize(option);
        QStringList options;
        for (; size % 4 != 0; ++size)
            options << QStringLiteral("nop");
        if (!options.isEmpty())
            add(options.join(QLatin1Char(',')));
    });
    padding->addAction(tr("Bytes of one's &own"), this, [this] { add(QStringLiteral("tail=00")); });
}

void OptionsEditor::connectRows()
{
    connect(m_rows, &OptionRows::rowMade, this, &OptionsEditor::joinRow);
    connect(m_rows, &OptionRows::rowsChanged, this, &ValueEditor::partsChanged);
    connect(m_rows, &OptionRows::typed, this, [this](const QString& notation) {
        m_typing = true;
        m_typingRow = true;
        m_edit->show(notation);
        emit edited(notation);
    });
    connect(m_rows, &OptionRows::arranged, this, [this](const QString& notation) {
        m_typing = false;
        m_edit->show(notation);
        emit edited(notation);
    });
}

/// The keys of a row's values do what those of the text do.
void OptionsEditor::joinRow(OptionRow* row)
{
    for (FieldLineEdit* line : row->lines())
        passOn(line);
    for (GrowingEdit* text : row->texts())
        passOn(text);
}

void OptionsEditor::setNames(const QString& name, const QString& help)
{
    m_edit->setAccessibleName(name);
    m_edit->setToolTip(help);
    m_rows->setFieldName(name);
    m_add->setAccessibleName(tr("%1, add one").arg(name));
    m_add->setToolTip(tr("Adds an option behind those that are there."));
}

void OptionsEditor::showState(const FieldState& state)
{
    m_state = state;
    if (!m_typing || m_typingRow)
        m_edit->show(state.text);
    if (!m_typing || !m_typingRow)
        m_rows->show(state.text);
}

void OptionsEditor::setMark(Mark mark)
{
    m_edit->setMark(mark);
}

void OptionsEditor::dropTyping()
{
    m_typing = false;
    m_edit->show(m_state.text);
    m_rows->show(m_state.text);
    emit dropped();
}

QWidget* OptionsEditor::keyWidget()
{
    return m_edit;
}

void OptionsEditor::type(const QString& text)
{
    m_edit->show(text);
    typed(text);
}

void OptionsEditor::typed(const QString& text)
{
    m_typing = true;
    m_typingRow = false;
    emit edited(text.trimmed());
}

void OptionsEditor::add(const QString& option)
{
    const QString before = m_edit->toPlainText().trimmed();
    m_edit->setPlainText(before.isEmpty() ? option : before + QLatin1Char(',') + option);
    m_typing = false;
    m_edit->moveCursor(QTextCursor::End);
    m_edit->setFocus(Qt::OtherFocusReason);
}

} // namespace tcpw
