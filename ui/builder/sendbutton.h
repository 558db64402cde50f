// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QPushButton>

namespace tcpw {

/// The button that sends. Space and a click press it; Return alone never does.
class SendButton : public QPushButton
{
    Q_OBJECT
public:
    explicit SendButton(QWidget* parent = nullptr);

    /// The keys beside the caption: "Ctrl+Return".
    void setKeys(const QString& keys);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

} // namespace tcpw
