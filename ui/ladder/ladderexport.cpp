// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/ladder/ladderexport.h"

#include "ui/fields/plaintext.h"
#include "ui/ladder/laddertext.h"

#include <QBuffer>
#include <QImage>
#include <QSaveFile>
#include <QSvgGenerator>

namespace tcpw {

namespace {

constexpr int pixelRatio = 2; // of a PNG
constexpr int highestPng = 30'000; // pixels, before they are doubled: above, programs give up

/// The diagram with its head, from its top down.
class WholeLadder
{
public:
    WholeLadder(
        const FollowedConnection& story, const LadderLayout& layout, const QFont& font, int width)
        : m_painter(story, layout, font, Theme::palette(false), width)
        , m_size(width, m_painter.headHeight() + layout.height())
        , m_height(layout.height())
    {
    }

    QSize size() const { return m_size; }

    void paint(QPainter& painter) const
    {
        painter.fillRect(QRect({}, m_size), Theme::palette(false).color(QPalette::Base));
        m_painter.paintHead(painter);
        painter.translate(0, m_painter.headHeight());
        m_painter.paintRows(painter, 0, m_height, -1, {});
    }

private:
    LadderPainter m_painter;
    QSize m_size;
    int m_height;
};

Result<void> write(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.commit())
        return {};
    return failure(toUtf8(
        LadderText::tr("The diagram was not saved to %1: %2.").arg(path, file.errorString())));
}

} // namespace

Result<void> saveLadderSvg(const QString& path, const FollowedConnection& story,
    const LadderLayout& layout, const QFont& font, int width)
{
    const WholeLadder ladder(story, layout, font, width);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(ladder.size());
    generator.setViewBox(QRect({}, ladder.size()));
    generator.setTitle(LadderText::tr("TCP connection"));
    QPainter painter(&generator);
    ladder.paint(painter);
    painter.end();
    return write(path, buffer.data());
}

Result<void> saveLadderPng(const QString& path, const FollowedConnection& story,
    const LadderLayout& layout, const QFont& font, int width)
{
    const WholeLadder ladder(story, layout, font, width);
    if (ladder.size().height() > highestPng)
        return failure(toUtf8(LadderText::tr(
            "The diagram is too high for a PNG: save it as SVG, or zoom out (Ctrl+wheel) first.")));
    QImage image(ladder.size() * pixelRatio, QImage::Format_RGB32);
    image.setDevicePixelRatio(pixelRatio);
    QPainter painter(&image);
    ladder.paint(painter);
    painter.end();
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return write(path, buffer.data());
}

} // namespace tcpw
