// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/fields/fieldedit.h"

#include <QWidget>

class QVBoxLayout;

namespace tcpw {

class LayerHeader;

/// One layer of the draft: its header and, while it is open, a row for each field. The rows are
/// made when it is opened first.
class LayerCard : public QWidget
{
    Q_OBJECT
public:
    /// `title` is the layer's label, with a number where there are several of the kind.
    LayerCard(const LayerType& type, const QString& title, QWidget* parent = nullptr);

    LayerHeader* header() const { return m_header; }
    void setTitle(const QString& title);
    const LayerType& type() const { return m_type; }
    bool isOpen() const;
    void setOpen(bool open);

    /// Shows how this layer's fields stand.
    void show(const DraftView& view, std::size_t layer);
    using QWidget::show;

    const QList<FieldEdit*>& rows() const { return m_rows; }
    FieldEdit* row(const Field* field) const;

signals:
    void opened(bool open);
    void edited(tcpw::FieldEdit* row, const QString& text);
    void resetRequested(tcpw::FieldEdit* row);
    void finished();
    void problemChanged();
    void partsChanged(); ///< a row has other widgets that are come to by Tab
    void focused(tcpw::FieldEdit* row);
    /// Leave `from` (null: the header) for the next thing up or down.
    void moveRequested(tcpw::FieldEdit* from, int steps);
    void removeRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeRows();
    void alignLabels();

    const LayerType& m_type;
    LayerHeader* m_header;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_layout;
    QList<FieldEdit*> m_rows;
};

} // namespace tcpw
