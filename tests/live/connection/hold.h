// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include "live/connection/livetalk.h"

#include <QTest>

/// Both ends are as inferred, and the far end's kernel says the same of itself.
#define HOLD(talk, expected)                                                                       \
    do {                                                                                           \
        QTRY_COMPARE((talk).states(), QStringLiteral(expected));                                   \
        QTRY_COMPARE((talk).kernelsState(), (talk).inferredState());                               \
        QVERIFY2((talk).problem().isEmpty(), qPrintable((talk).problem()));                        \
    } while (false)
