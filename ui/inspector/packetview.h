// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/detailsmodel.h"

#include <QWidget>

class QTreeView;

namespace tcpw {

class BytesView;

/// A packet's details and its bytes, linked: a chosen field marks its bytes, a chosen byte its
/// field.
class PacketView : public QWidget
{
    Q_OBJECT
public:
    explicit PacketView(QWidget* parent = nullptr);

    void setDetails(PacketDetails details);
    const PacketDetails& details() const { return m_model->details(); }

    DetailsModel* model() const { return m_model; }
    QTreeView* tree() const { return m_tree; }
    BytesView* bytes() const { return m_bytes; }

    /// Chooses the field with this path, if the packet has it.
    void selectField(const QString& path);
    /// The path of the chosen field; "" when none is, or a whole layer.
    QString currentField() const;

signals:
    void fieldActivated(const QString& path); ///< double click or Return

protected:
    void changeEvent(QEvent* event) override;

private:
    void showBytes();
    void openLayers();
    void choose(int detailsRow);

    DetailsModel* m_model;
    QTreeView* m_tree;
    BytesView* m_bytes;
};

} // namespace tcpw
