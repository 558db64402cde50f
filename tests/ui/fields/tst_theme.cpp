// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/fields/theme.h"

#include <QTest>

using namespace tcpw;

class ThemeTest : public QObject
{
    Q_OBJECT
private slots:
    void isChosenByThePalette();
    void measuresContrastAsWcagDoes();
    void isReadableEverywhere_data();
    void isReadableEverywhere();
    void tellsOriginsApart_data() { isReadableEverywhere_data(); }
    void tellsOriginsApart();
};

namespace {

struct Named
{
    const char* name;
    QColor color;
};

QList<Named> texts(const Theme& theme, const QPalette& palette)
{
    return {{"text", palette.color(QPalette::Text)},
        {"window text", palette.color(QPalette::WindowText)},
        {"button text", palette.color(QPalette::ButtonText)}, {"accent", theme.accent},
        {"good", theme.good}, {"warning", theme.warning}, {"wrong", theme.wrong},
        {"muted", theme.muted}, {"me", theme.me}, {"kernel", theme.kernel}, {"peer", theme.peer},
        {"link", theme.linkLayer}, {"network", theme.networkLayer},
        {"transport", theme.transportLayer}, {"data", theme.dataLayer}};
}

QList<Named> grounds(const Theme& theme, const QPalette& palette)
{
    return {{"window", palette.color(QPalette::Window)}, {"base", palette.color(QPalette::Base)},
        {"alternate base", palette.color(QPalette::AlternateBase)},
        {"accent fill", theme.accentFill}, {"good fill", theme.goodFill},
        {"warning fill", theme.warningFill}, {"wrong fill", theme.wrongFill},
        {"muted fill", theme.mutedFill}, {"me fill", theme.meFill},
        {"kernel fill", theme.kernelFill}, {"peer fill", theme.peerFill}};
}

} // namespace

void ThemeTest::isChosenByThePalette()
{
    QVERIFY(!Theme::of(Theme::palette(false)).dark);
    QVERIFY(Theme::of(Theme::palette(true)).dark);
    QVERIFY(!Theme::of(QPalette(Qt::white)).dark);
    QVERIFY(Theme::of(QPalette(Qt::black)).dark);
}

void ThemeTest::measuresContrastAsWcagDoes()
{
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
    QCOMPARE(contrast(Qt::red, Qt::red), 1.0);
    QVERIFY(qAbs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void ThemeTest::isReadableEverywhere_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::isReadableEverywhere()
{
    QFETCH(bool, dark);
    const QPalette palette = Theme::palette(dark);
    const Theme& theme = Theme::of(palette);
    for (const Named& ground : grounds(theme, palette))
        for (const Named& text : texts(theme, palette))
            QVERIFY2(contrast(text.color, ground.color) >= 4.5,
                qPrintable(QStringLiteral("%1 on %2: %3")
                               .arg(QLatin1String(text.name), QLatin1String(ground.name))
                               .arg(contrast(text.color, ground.color))));
    QVERIFY(contrast(theme.solidText, theme.solid) >= 4.5);
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
        QVERIFY(contrast(palette.color(group, QPalette::HighlightedText),
                    palette.color(group, QPalette::Highlight))
            >= 4.5);
        QVERIFY(contrast(palette.color(group, QPalette::ButtonText),
                    palette.color(group, QPalette::Button))
            >= 4.5);
        QVERIFY(contrast(palette.color(group, QPalette::PlaceholderText),
                    palette.color(group, QPalette::Base))
            >= 4.5);
        QVERIFY(contrast(palette.color(group, QPalette::ToolTipText),
                    palette.color(group, QPalette::ToolTipBase))
            >= 4.5);
    }
}

void ThemeTest::tellsOriginsApart()
{
    QFETCH(bool, dark);
    const Theme& theme = Theme::of(Theme::palette(dark));
    QVERIFY(theme.me != theme.kernel && theme.kernel != theme.peer && theme.peer != theme.me);
    QVERIFY(theme.meFill != theme.kernelFill && theme.kernelFill != theme.peerFill
        && theme.peerFill != theme.meFill);
}

TCPW_TEST(ThemeTest);

#include "tst_theme.moc"
