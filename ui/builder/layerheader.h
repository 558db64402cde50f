// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QAbstractButton>

#include <map>

namespace tcpw {

/// The head of a layer's card: an arrow, the layer's name, and one line about it, which goes below
/// where both do not fit. Space or a click opens and closes; Left closes, Right opens.
class LayerHeader : public QAbstractButton
{
    Q_OBJECT
public:
    LayerHeader(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setSummary(const QString& summary);
    const QString& summary() const { return m_summary; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void moveRequested(int steps);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    /// Where the parts stand in a header of some width.
    struct Places
    {
        QRect arrow;
        QRect title;
        QRect summary;
        int height = 0;
    };
    const Places& places(int width) const;
    Places measure(int width) const;
    int wrapping(int width) const;
    void describe();

    QString m_summary;
    mutable std::map<int, Places> m_places; ///< by width, while texts and font are the same
};

} // namespace tcpw
