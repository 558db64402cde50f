// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "ui/inspector/detailsmodel.h"

#include <QPointer>
#include <QWidget>

#include <functional>

class QStackedWidget;
class QTabBar;
class QTreeView;

namespace tcpw {

class BytesView;
class CellEditor;
class FieldEdit;
class HeaderDiagram;

/// A packet's details and its bytes, linked: a chosen field marks its bytes, a chosen byte its
/// field. The details are a tree of all fields, or one layer as its RFC draws it.
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
    HeaderDiagram* diagram() const { return m_diagram; }
    QTabBar* views() const { return m_views; }

    /// Shows the layer that is most often looked at as a diagram, or the tree.
    void showDiagram(bool shown);

    /// Makes the packet one that is edited: the diagram's cells by the form's rows that `rows`
    /// gives by path (null: there is none), the bytes by typing over them.
    using FieldRows = std::function<FieldEdit*(const QString& path)>;
    void setFieldRows(FieldRows rows);

    /// Chooses the field with this path, if the packet has it.
    void selectField(const QString& path);
    /// The path of the chosen field; "" when none is, or a whole layer.
    QString currentField() const;

signals:
    void fieldActivated(
        const QString& path); ///< double click or Return, but where a cell is edited
    void fieldChosen(const QString& path); ///< the user went to it
    void byteTyped(int byte, quint8 value);
    void pasteRequested();
    void failed(const QString& message); ///< a picture was not saved

protected:
    void changeEvent(QEvent* event) override;

private:
    void connectViews();
    void addDiagramActions();
    void nameViews();
    void showView(int view);
    void showBytes();
    void openLayers();
    void choose(int detailsRow);
    void tellChosen();
    void editCell();
    void saveDiagram(const QString& suffix);

    DetailsModel* m_model;
    QTabBar* m_views; ///< the tree, then each layer
    QStackedWidget* m_pages;
    QTreeView* m_tree;
    HeaderDiagram* m_diagram;
    BytesView* m_bytes;
    FieldRows m_rows;
    QPointer<CellEditor> m_editor;
};

} // namespace tcpw
