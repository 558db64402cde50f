// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "session/followedconnection.h"

#include <QPlainTextEdit>

namespace tcpw {

/// The bytes that both ends of a connection said, in order and in their colours, as text or as
/// hexadecimal digits. Grows at its end.
class StreamView : public QPlainTextEdit
{
    Q_OBJECT
public:
    enum class Form
    {
        text,
        hexadecimal
    };
    /// Whose bytes.
    enum class Side
    {
        both,
        left,
        right
    };

    static constexpr std::size_t mostBytes = 1u << 20; ///< that are shown

    explicit StreamView(QWidget* parent = nullptr);

    /// Shows another connection, or none; it must stay where it is until the next is set.
    void setStory(const FollowedConnection* story);
    /// It has more chunks.
    void extendStory();
    void setForm(Form form);
    void setSide(Side side);

    Side side() const { return m_side; }
    /// Whether the chunk is of the side that is shown.
    bool shows(const StreamChunk& chunk) const;
    /// Whether there is more than is shown.
    bool isCut() const { return m_isCut; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void showAll();
    void append(const StreamChunk& chunk);
    void beginTurn(QTextCursor& cursor, const StreamChunk& chunk);
    QTextCharFormat formatOf(bool fromLeft) const;
    std::size_t bytesALine() const;

    const FollowedConnection* m_story = nullptr;
    Form m_form = Form::text;
    Side m_side = Side::both;
    std::size_t m_shownChunks = 0;
    std::size_t m_shownBytes = 0;
    std::size_t m_width = 16; ///< bytes in a line of hexadecimal digits
    std::optional<bool> m_turn; ///< whether the initiator spoke last
    bool m_isCut = false;
    bool m_isInLine = false; ///< text ended without an end of line
};

} // namespace tcpw
