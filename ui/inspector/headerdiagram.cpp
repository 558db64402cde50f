// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "ui/inspector/headerdiagram.h"

#include "ui/fields/plaintext.h"
#include "ui/fields/theme.h"

#include <QBuffer>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QSvgGenerator>
#include <QToolTip>

namespace tcpw {

namespace {

constexpr int margin = 8; // pixels around the drawing
constexpr int paperWidth = 560; // of a picture

std::uint16_t controlBitsOf(const PacketDetails& details, std::size_t layer)
{
    const auto* tcp = layer < details.packet.layers.size()
        ? std::get_if<TcpHeader>(&details.packet.layers[layer])
        : nullptr;
    return tcp ? tcp->controlBits.value : std::uint16_t{0};
}

/// The layer that is most often looked at: TCP, else the innermost header.
std::size_t usualLayer(const Packet& packet)
{
    for (std::size_t at = 0; at < packet.layers.size(); ++at)
        if (std::holds_alternative<TcpHeader>(packet.layers[at]))
            return at;
    return packet.layers.empty() ? 0 : packet.layers.size() - 1;
}

} // namespace

HeaderDiagram::HeaderDiagram(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    setAccessibleName(tr("Header diagram"));
}

void HeaderDiagram::setDetails(const PacketDetails& details)
{
    const bool sameLayer = m_details && m_layer < m_details->packet.layers.size()
        && m_layer < details.packet.layers.size();
    m_details = &details;
    if (!sameLayer)
        m_layer = usualLayer(details.packet);
    if (m_currentRow >= int(details.rows.size()))
        m_currentRow = -1;
    layOut();
}

void HeaderDiagram::setLayer(std::size_t layer)
{
    if (layer == m_layer)
        return;
    m_layer = layer;
    layOut();
}

void HeaderDiagram::setCurrentRow(int detailsRow)
{
    if (!m_details || detailsRow >= int(m_details->rows.size()))
        return;
    m_currentRow = detailsRow;
    if (detailsRow >= 0 && m_details->rows[std::size_t(detailsRow)].path.layer != m_layer) {
        m_layer = m_details->rows[std::size_t(detailsRow)].path.layer;
        layOut();
    }
    if (const int cell = currentCell(); cell >= 0) {
        const DiagramCell& current = diagram().cells()[std::size_t(cell)];
        setAccessibleDescription(current.label + QLatin1Char(' ') + current.value);
        const QRect rect = cellRect(cell);
        if (rect.bottom() > viewport()->height())
            verticalScrollBar()->setValue(
                verticalScrollBar()->value() + rect.bottom() - viewport()->height() + margin);
        else if (rect.top() < 0)
            verticalScrollBar()->setValue(verticalScrollBar()->value() + rect.top() - margin);
    }
    viewport()->update();
}

void HeaderDiagram::layOut()
{
    if (!m_details)
        return;
    m_painter = DiagramPainter(DiagramLayout(*m_details, m_layer),
        controlBitsOf(*m_details, m_layer), font(), viewport()->width() - 2 * margin);
    const QSize size = m_painter.size() + QSize(2 * margin, 2 * margin);
    horizontalScrollBar()->setRange(0, std::max(0, size.width() - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    verticalScrollBar()->setRange(0, std::max(0, size.height() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(fontMetrics().height());
    viewport()->update();
}

QPoint HeaderDiagram::origin() const
{
    return {margin - horizontalScrollBar()->value(), margin - verticalScrollBar()->value()};
}

QRect HeaderDiagram::cellRect(int cell) const
{
    return m_painter.rectOf(diagram().cells()[std::size_t(cell)].main).translated(origin());
}

int HeaderDiagram::cellAt(QPoint place) const
{
    return m_painter.cellAt(place - origin());
}

/// Padding can be stepped on, but it is no field.
void HeaderDiagram::choose(int cell)
{
    if (cell < 0 || cell >= int(diagram().cells().size()))
        return;
    const int row = diagram().cells()[std::size_t(cell)].row;
    if (row < 0)
        return;
    setCurrentRow(row);
    emit rowChosen(row);
}

void HeaderDiagram::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.translate(origin());
    m_painter.paint(painter, palette(), currentCell());
}

void HeaderDiagram::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void HeaderDiagram::mousePressEvent(QMouseEvent* event)
{
    choose(cellAt(event->position().toPoint()));
}

void HeaderDiagram::mouseDoubleClickEvent(QMouseEvent* event)
{
    choose(cellAt(event->position().toPoint()));
    if (m_currentRow >= 0)
        emit rowActivated(m_currentRow);
}

void HeaderDiagram::keyPressEvent(QKeyEvent* event)
{
    const int cell = currentCell();
    switch (event->key()) {
    case Qt::Key_Left:
        return choose(diagram().previous(cell));
    case Qt::Key_Right:
        return choose(diagram().next(cell));
    case Qt::Key_Up:
        return choose(diagram().above(cell));
    case Qt::Key_Down:
        return choose(diagram().below(cell));
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2:
        if (m_currentRow >= 0)
            emit rowActivated(m_currentRow);
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void HeaderDiagram::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        layOut();
}

/// What the cell under the mouse is, in full.
bool HeaderDiagram::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    auto* help = static_cast<QHelpEvent*>(event);
    const int cell = cellAt(help->pos());
    const int row = cell < 0 ? -1 : diagram().cells()[std::size_t(cell)].row;
    if (row < 0) {
        QToolTip::hideText();
        return true;
    }
    const DetailsRow& shown = m_details->rows[std::size_t(row)];
    QStringList lines{shown.label + QStringLiteral(": ") + shown.value};
    for (const QString& more : {shown.meaning, shown.problem})
        if (!more.isEmpty())
            lines << more;
    if (shown.path.field)
        lines << fromUtf8(shown.path.field->help) << fromUtf8(shown.path.field->reference);
    QToolTip::showText(help->globalPos(), plainToolTip(lines.join(QLatin1Char('\n'))), viewport());
    return true;
}

QByteArray HeaderDiagram::svg() const
{
    const DiagramPainter painter(diagram(), controlBitsOf(*m_details, m_layer), font(), paperWidth);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(painter.size());
    generator.setViewBox(QRect({}, painter.size()));
    generator.setTitle(tr("Header"));
    QPainter drawing(&generator);
    painter.paint(drawing, Theme::palette(false), -1);
    drawing.end();
    return buffer.data();
}

QImage HeaderDiagram::image() const
{
    const DiagramPainter painter(diagram(), controlBitsOf(*m_details, m_layer), font(), paperWidth);
    QImage image(painter.size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    image.fill(Qt::white);
    QPainter drawing(&image);
    painter.paint(drawing, Theme::palette(false), -1);
    return image;
}

QString HeaderDiagram::text() const
{
    QString text;
    for (const DiagramCell& cell : diagram().cells())
        text += cell.label + QStringLiteral(": ") + cell.value + QLatin1Char('\n');
    return text;
}

} // namespace tcpw
