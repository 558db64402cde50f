// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QWidget>

class QSplitter;
class QTabWidget;

namespace tcpw {

class InspectorPane;
class WindowSettings;

/// The panes of the window; it owns none of them before it is made, all of them afterwards.
struct WindowPanes
{
    QWidget* toolBar = nullptr;
    QWidget* sheet = nullptr;
    QWidget* templates = nullptr;
    QWidget* builder = nullptr;
    InspectorPane* inspector = nullptr;
    QWidget* packets = nullptr;
    QWidget* ladder = nullptr;
    QWidget* states = nullptr;
    QWidget* stream = nullptr;
    QWidget* lab = nullptr;
};

/// Places the panes: the work sheet below the tool bar, templates left, builder and inspector above
/// the packets; ladder, states, stream and lab right. Where the window is too narrow for panes at
/// the side, templates become a drop-down and the others tabs of the inspector.
class WindowArea : public QWidget
{
    Q_OBJECT
public:
    explicit WindowArea(const WindowPanes& panes, QWidget* parent = nullptr);

    /// How large the text is; widths are judged by it.
    void setScale(double scale);
    /// What the user wants to see at the sides where there is room.
    void setTemplatesWanted(bool wanted);
    void setRightWanted(bool wanted);

    bool templatesAtSide() const;
    /// Brings one of the panes that can be at the right to the front, wherever it is.
    void bringToFront(QWidget* rightPane);

    void restoreSizes(const WindowSettings& settings);
    void saveSizes(WindowSettings& settings) const;

    /// That of the narrow arrangement, so that the window can always be made so narrow.
    QSize minimumSizeHint() const override;

signals:
    void templatesMoved(bool atSide);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void addRight(QTabWidget* tabs);
    void moveRight(bool toSide);

    WindowPanes m_panes;
    QSplitter* m_sides;
    QSplitter* m_middle;
    QSplitter* m_top;
    QTabWidget* m_right;
    double m_scale = 1;
    bool m_templatesWanted = true;
    bool m_rightWanted = true;
    bool m_rightAtSide = false;
};

} // namespace tcpw
