// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#include "support/testcase.h"
#include "ui/windowsettings.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tcpw;
using namespace Qt::Literals::StringLiterals;

class WindowSettingsTest : public QObject
{
    Q_OBJECT
private slots:
    void init();

    void rememberFromOneStartToTheNext();
    void haveDefaultsWithoutAFile();
    void passOverWhatMakesNoSense_data();
    void passOverWhatMakesNoSense();
    void putAFileOfAnotherKindAside();
    void surviveRandomBytes();

private:
    void write(const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void WindowSettingsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"window.ini"_s);
}

void WindowSettingsTest::write(const QByteArray& content) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void WindowSettingsTest::rememberFromOneStartToTheNext()
{
    {
        WindowSettings settings(m_path);
        settings.setGeometry("geometry");
        settings.setSizes(u"top"_s, {300, 500});
        settings.setScale(1.5);
        settings.setFlag(u"lab"_s, false);
        settings.setFolder(u"captures"_s, m_folder->path());
    }
    const WindowSettings settings(m_path);
    QCOMPARE(settings.geometry(), QByteArray("geometry"));
    QCOMPARE(settings.sizes(u"top"_s, 2), QList<int>({300, 500}));
    QCOMPARE(settings.scale(), 1.5);
    QCOMPARE(settings.flag(u"lab"_s, true), false);
    QCOMPARE(settings.folder(u"captures"_s), m_folder->path());
}

void WindowSettingsTest::haveDefaultsWithoutAFile()
{
    const WindowSettings settings(m_path);
    QVERIFY(settings.geometry().isEmpty());
    QVERIFY(settings.sizes(u"top"_s, 2).isEmpty());
    QCOMPARE(settings.scale(), 1.0);
    QVERIFY(settings.flag(u"lab"_s, true));
    QVERIFY(settings.folder(u"captures"_s).isEmpty());
}

void WindowSettingsTest::passOverWhatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("no numbers") << QByteArray("scale=wide\n[sizes]\ntop=a, b\n[flags]\nlab=7\n");
    QTest::newRow("out of range") << QByteArray("scale=1000\n[sizes]\ntop=-1, 99999999\n");
    QTest::newRow("not finite") << QByteArray("scale=nan\n[sizes]\ntop=0, 0\n");
    QTest::newRow("other count") << QByteArray("scale=0\n[sizes]\ntop=1, 2, 3\n");
    QTest::newRow("gone folder") << QByteArray("[folders]\ncaptures=/nonexistent/folder\n");
}

void WindowSettingsTest::passOverWhatMakesNoSense()
{
    QFETCH(QByteArray, content);
    write(content);
    const WindowSettings settings(m_path);
    QCOMPARE(settings.scale(), 1.0);
    QVERIFY(settings.sizes(u"top"_s, 2).isEmpty());
    QVERIFY(settings.flag(u"lab"_s, true));
    QVERIFY(settings.folder(u"captures"_s).isEmpty());
}

void WindowSettingsTest::putAFileOfAnotherKindAside()
{
    write(QByteArray("\x7f"
                     "ELF\0\0\0",
        7));
    {
        WindowSettings settings(m_path);
        settings.setScale(2);
    }
    QVERIFY(QFile::exists(m_path + u".bad"_s));
    QCOMPARE(WindowSettings(m_path).scale(), 2.0);
}

void WindowSettingsTest::surviveRandomBytes()
{
    std::uint32_t state = 1;
    for (int round = 0; round < 50; ++round) {
        QByteArray content;
        for (int i = 0; i < 300; ++i)
            content += char((state = state * 1664525u + 1013904223u) >> 24);
        write(content);
        const WindowSettings settings(m_path);
        QVERIFY(settings.scale() >= WindowSettings::smallestScale);
        QVERIFY(settings.scale() <= WindowSettings::largestScale);
    }
}

TCPW_TEST(WindowSettingsTest);
#include "tst_windowsettings.moc"
