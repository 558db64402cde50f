// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "lab/far.h"

#include <QWidget>

#include <initializer_list>

class QComboBox;
class QPushButton;
class QSpinBox;

namespace tcpw {

class BytesEditor;
class TextLabel;

/// What the far end can be told to do: connect, listen, and with a socket send, shut down, close,
/// abort, stop and resume reading; and whose timers it has.
class LabVerbs : public QWidget
{
    Q_OBJECT
public:
    explicit LabVerbs(QWidget* parent = nullptr);

    /// The socket that is meant; 0: the newest open one that fits.
    void setSocket(std::uint32_t socket, const QString& service);

signals:
    void asked(const tcpw::FarRequest& request);

private:
    QWidget* makeRow(std::initializer_list<QWidget*> parts);
    QWidget* makeConnect();
    QWidget* makeListen();
    void connectData();
    void setSendProblem(const QString& why); ///< "" when the bytes can be read
    QWidget* makeSocketButtons();
    QWidget* makeTimers();
    void ask(FarVerb verb);
    void askConnect();
    void askListen();
    void askSend();

    std::uint32_t m_socket = 0;
    QSpinBox* m_connectPort;
    QComboBox* m_family;
    QSpinBox* m_listenPort;
    BytesEditor* m_data;
    QPushButton* m_send = nullptr;
    Bytes m_bytes;
    TextLabel* m_which;
};

} // namespace tcpw
