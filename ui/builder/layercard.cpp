// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/builder/layercard.h"

#include "ui/builder/layerheader.h"
#include "ui/builder/layersummary.h"
#include "ui/fields/plaintext.h"
#include "ui/fields/valueeditor.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace tcpw {

namespace {

constexpr int mostLabelCharacters = 17; ///< longer labels wrap

} // namespace

LayerCard::LayerCard(const LayerType& type, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_type(type)
    , m_header(new LayerHeader(title, this))
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_header);
    m_header->installEventFilter(this);
    connect(m_header, &QAbstractButton::toggled, this, [this](bool open) {
        if (open)
            makeRows();
        if (m_body)
            m_body->setVisible(open);
        emit opened(open);
    });
    connect(m_header, &LayerHeader::moveRequested, this,
        [this](int steps) { emit moveRequested(nullptr, steps); });
}

void LayerCard::setTitle(const QString& title)
{
    m_header->setTitle(title);
}

bool LayerCard::isOpen() const
{
    return m_header->isChecked();
}

void LayerCard::setOpen(bool open)
{
    m_header->setChecked(open);
}

void LayerCard::makeRows()
{
    if (m_body)
        return;
    m_body = new QWidget(this);
    auto* layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(10, 5, 4, 6);
    layout->setSpacing(3);
    const bool payload = std::string_view(m_type.name) == "payload";
    for (const Field& field : m_type.fields) {
        auto* row = new FieldEdit(m_header->text(), field, payload, m_body);
        layout->addWidget(row);
        m_rows << row;
        connect(row, &FieldEdit::edited, this,
            [this, row](const QString& text) { emit edited(row, text); });
        connect(row, &FieldEdit::resetRequested, this, [this, row] { emit resetRequested(row); });
        connect(row, &FieldEdit::moveRequested, this,
            [this, row](int steps) { emit moveRequested(row, steps); });
        connect(row, &FieldEdit::focused, this, [this, row] { emit focused(row); });
        connect(row, &FieldEdit::finished, this, &LayerCard::finished);
        connect(row, &FieldEdit::problemChanged, this, &LayerCard::problemChanged);
        connect(row->editor(), &ValueEditor::partsChanged, this, &LayerCard::partsChanged);
    }
    alignLabels();
    m_layout->addWidget(m_body);
}

/// One column for all labels: wide enough for the longest, but longer ones than usual wrap.
void LayerCard::alignLabels()
{
    const int most = fontMetrics().averageCharWidth() * mostLabelCharacters;
    int column = 0;
    for (const FieldEdit* row : std::as_const(m_rows))
        column = std::max({column, std::min(row->labelWidth(), most), row->leastLabelWidth()});
    for (FieldEdit* row : std::as_const(m_rows))
        row->setLabelWidth(column);
}

void LayerCard::show(const DraftView& view, std::size_t layer)
{
    m_header->setSummary(layerSummary(view, layer));
    if (!isOpen())
        return;
    for (FieldEdit* row : std::as_const(m_rows))
        if (const FieldState state = fieldState(view, {layer, &row->field()});
            state != row->state())
            row->setState(state);
}

FieldEdit* LayerCard::row(const Field* field) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
        [field](const FieldEdit* row) { return &row->field() == field; });
    return found == m_rows.end() ? nullptr : *found;
}

void LayerCard::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        alignLabels();
}

bool LayerCard::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_header && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        emit removeRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace tcpw
