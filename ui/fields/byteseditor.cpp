// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/fields/byteseditor.h"

#include "packet/bytestext.h"
#include "ui/fields/bytestext.h"
#include "ui/fields/growingedit.h"
#include "ui/fields/plaintext.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QToolButton>

namespace tcpw {

namespace {

constexpr int longestPayload = 65'535; ///< bytes; no IP packet holds more

const Bytes& bytesOf(const FieldState& state)
{
    static const Bytes none;
    const Bytes* bytes = std::get_if<Bytes>(&state.value);
    return bytes ? *bytes : none;
}

} // namespace

BytesEditor::BytesEditor(bool payload, QWidget* parent)
    : ValueEditor(parent)
    , m_edit(new GrowingEdit(this))
    , m_mode(new QComboBox(this))
    , m_payload(payload)
{
    m_mode->addItems({tr("Text"), tr("Hex")});
    m_mode->setCurrentIndex(1);
    m_mode->setFocusPolicy(Qt::StrongFocus);
    m_edit->setMaximumLines(payload ? 12 : 6);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_mode, 0, Qt::AlignTop);
    if (payload) {
        m_fill = new QToolButton(this);
        m_fill->setText(tr("Fill"));
        m_fill->setMenu(makeFillMenu());
        m_fill->setPopupMode(QToolButton::InstantPopup);
        m_fill->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(m_fill, 0, Qt::AlignTop);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_edit, &GrowingEdit::typed, this, &BytesEditor::typed);
    passOn(m_edit);
    connect(m_mode, &QComboBox::activated, this, &BytesEditor::switchMode);
    showBytes();
}

void BytesEditor::setNames(const QString& name, const QString& help)
{
    m_edit->setAccessibleName(name);
    m_edit->setToolTip(help);
    m_mode->setAccessibleName(tr("%1, typed as").arg(name));
    m_mode->setToolTip(tr("Type the bytes as text or as hexadecimal digits."));
    if (m_fill) {
        m_fill->setAccessibleName(tr("%1, fill").arg(name));
        m_fill->setToolTip(tr("Fills it with a pattern or with the bytes of a file."));
    }
}

QMenu* BytesEditor::makeFillMenu()
{
    auto* menu = new QMenu(m_fill);
    menu->addAction(tr("With a &pattern..."), this, &BytesEditor::askPattern);
    menu->addAction(tr("With the bytes of a &file..."), this, &BytesEditor::askFile);
    return menu;
}

void BytesEditor::askPattern()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setWindowTitle(tr("Fill with a pattern"));
    dialog->setLabelText(tr("Letters a to z, over and over. Bytes:"));
    dialog->setIntRange(0, longestPayload);
    dialog->setIntValue(bytesOf(m_state).empty() ? 1000 : int(bytesOf(m_state).size()));
    connect(dialog, &QInputDialog::intValueSelected, this,
        [this](int length) { take(patternBytes(std::size_t(length))); });
    dialog->open();
}

void BytesEditor::askFile()
{
    auto* dialog = new QFileDialog(this, tr("Fill with the bytes of a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        if (const Result<void> filled = fillFromFile(path); !filled)
            showProblem(fromUtf8(filled.error().message));
    });
    dialog->open();
}

/// The field stays as it was, so it is no problem of the field's.
void BytesEditor::showProblem(const QString& sentence)
{
    auto* box = new QMessageBox(
        QMessageBox::Warning, tr("Fill with the bytes of a file"), sentence, QMessageBox::Ok, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

Result<void> BytesEditor::fillFromFile(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return failure(toUtf8(tr("%1 cannot be read.").arg(path)));
    const QByteArray content = file.read(longestPayload + 1);
    if (content.size() > longestPayload)
        return failure(toUtf8(tr("%1 has more than %2 bytes, and no IP packet holds more.")
                                  .arg(path)
                                  .arg(longestPayload)));
    take(Bytes(content.begin(), content.end()));
    return {};
}

/// As if all of it had been typed.
void BytesEditor::take(const Bytes& bytes)
{
    m_chosen = false; // text where it can be read as such
    type(QLatin1String("hex:") + fromUtf8(toHex(bytes)));
}

void BytesEditor::type(const QString& text)
{
    m_typing = false;
    emit edited(text);
}

void BytesEditor::setAsText(bool text)
{
    m_asText = text;
    m_mode->setCurrentIndex(text ? 0 : 1);
    m_edit->setPlaceholderText(
        text ? tr("text; \\r, \\xNN for what has no key") : tr("hex digits: 48 65 6c 6c 6f"));
    m_edit->setLineBreaks(text && m_payload);
}

void BytesEditor::showState(const FieldState& state)
{
    const bool other = bytesOf(state) != bytesOf(m_state);
    m_state = state;
    m_edit->setGrey(state.kind == FieldState::Kind::automatic);
    if (m_typing)
        return;
    if (other && !m_chosen)
        setAsText(m_payload && isPrintable(bytesOf(m_state)));
    showBytes();
}

void BytesEditor::showBytes()
{
    setAsText(m_chosen || !m_payload ? asText() : isPrintable(bytesOf(m_state)));
    m_edit->show(asText() ? textFromBytes(bytesOf(m_state)) : hexFromBytes(bytesOf(m_state)));
}

void BytesEditor::setMark(Mark mark)
{
    m_edit->setMark(mark);
}

void BytesEditor::dropTyping()
{
    m_typing = false;
    showBytes();
    emit dropped();
}

QWidget* BytesEditor::keyWidget()
{
    return m_edit;
}

Result<Bytes> BytesEditor::read() const
{
    return asText() ? bytesFromText(m_edit->toPlainText()) : fromHex(toUtf8(m_edit->toPlainText()));
}

void BytesEditor::typed()
{
    m_typing = true;
    m_chosen = true; // what is being typed must not turn from text to hex by itself
    if (const Result<Bytes> bytes = read())
        emit edited(QLatin1String("hex:") + fromUtf8(toHex(*bytes)));
    else
        emit unreadable(fromUtf8(bytes.error().message));
}

/// Shows the same bytes in the other form; what cannot be read stays as it was typed and is read
/// in the new form.
void BytesEditor::switchMode(int index)
{
    const bool text = index == 0;
    if (text == m_asText)
        return;
    const Result<Bytes> bytes = read();
    m_chosen = true;
    setAsText(text);
    if (bytes)
        m_edit->show(text ? textFromBytes(*bytes) : hexFromBytes(*bytes));
    typed();
}

} // namespace tcpw
