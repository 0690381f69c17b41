#include "ui/icon.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

#include <memory>

// Outside every namespace, as Q_INIT_RESOURCE wants it; needed because the library is static.
static void initialiseResources()
{
    Q_INIT_RESOURCE(pyrena);
}

namespace pyrena {

namespace {

// Paints an SVG whose strokes and fills are #000000 in one colour, sharp at every size and pixel ratio.
class SvgIconEngine : public QIconEngine
{
public:
    SvgIconEngine(QByteArray svg, const QColor &normal, const QColor &disabled)
        : m_svg(std::move(svg)), m_normal(normal), m_disabled(disabled) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray coloured = m_svg;
        coloured.replace("#000000", (mode == QIcon::Disabled ? m_disabled : m_normal).name().toLatin1());
        QSvgRenderer renderer(coloured);
        renderer.render(painter, rect);
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    QByteArray m_svg;
    QColor m_normal, m_disabled;
};

QByteArray svgOf(const QString &name)
{
    initialiseResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QIcon themedIcon(const QString &name, const Theme &theme, IconGround ground)
{
    const QColor normal = ground == IconGround::Accent ? theme.readableOn(theme.accent) : theme.ink;
    return QIcon(new SvgIconEngine(svgOf(name), normal, theme.faint));
}

QIcon applicationIcon()
{
    return QIcon(new SvgIconEngine(svgOf(QStringLiteral("pyrena")), QColor(0xD5, 0x5E, 0x00), QColor(0xD5, 0x5E, 0x00)));
}

} // namespace pyrena
