// SPDX-FileCopyrightText: TCP Workbench contributors
// SPDX-License-Identifier: GPL-2.0-or-later

#pragma once

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace tcpw {

using TestFactory = std::function<std::unique_ptr<QObject>()>;

/// The test classes of this executable.
inline std::vector<TestFactory>& testFactories()
{
    static std::vector<TestFactory> factories;
    return factories;
}

template <typename T> struct TestRegistration
{
    TestRegistration()
    {
        testFactories().push_back([] { return std::make_unique<T>(); });
    }
};

} // namespace tcpw

/// Makes the executable run this Qt Test class; stands after the class, before the .moc include.
#define TCPW_TEST(Class) static const tcpw::TestRegistration<Class> registration##Class
