#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace parley::cli {
namespace {

constexpr std::string_view kColors[] = {"red", "blue"};
constexpr ArgumentSpec kSpecs[] = {
    {"NAME", "", true},
    {"--count", "", false, ArgumentKind::kNumber},
    {"--wait", "", false, ArgumentKind::kDuration},
    {"--until", "", false, ArgumentKind::kTime},
    {"--color", "", false, ArgumentKind::kText, kColors},
    {"--tag", "", false, ArgumentKind::kList},
};

struct Case {
  const char* name;
  const char* value;
  const char* fault;  // null: it is fine
};
constexpr Case kCases[] = {
    {"NAME", "x", nullptr},
    {"NAME", "", "NAME is '': it must not be empty"},
    {"--count", "0", nullptr},
    {"--count", "-1", "--count is '-1': give a whole number, 0 or more"},
    {"--count", "1x", "--count is '1x': give a whole number, 0 or more"},
    {"--count", "99999999999999999999",
     "--count is '99999999999999999999': give a whole number, 0 or more"},
    {"--wait", "3m", nullptr},
    {"--wait", "long", "--wait is 'long': give a time as in 30s, 5m or 2h"},
    {"--until", "2026-12-31", nullptr},
    {"--until", "2026-12-31T10:00:00Z", nullptr},
    {"--until", "31.12.2026",
     "--until is '31.12.2026': give a time in UTC, as in 2026-12-31T10:00:00Z"},
    {"--color", "red", nullptr},
    {"--color", "green", "--color is 'green': choose one of red, blue"},
    {"--tag", "", nullptr},
};

TEST(ArgumentsTest, AreOfTheirKind) {
  for (const Case& one : kCases) {
    Arguments arguments;
    arguments.Add(one.name, one.value);
    const auto checked = CheckArguments(kSpecs, arguments);
    EXPECT_EQ(checked.has_value(), one.fault == nullptr) << one.name << " " << one.value;
    if (one.fault != nullptr && !checked) {
      EXPECT_EQ(checked.error().text, one.fault);
    }
  }
}

TEST(ArgumentsTest, ADayBeginsAtMidnight) {
  EXPECT_EQ(ParseTimeArgument("2026-12-31"), "2026-12-31T00:00:00.000Z");
  EXPECT_EQ(ParseTimeArgument("2026-12-31T10:00:00Z"), "2026-12-31T10:00:00.000Z");
  EXPECT_EQ(ParseTimeArgument("2026-13-31"), std::nullopt);
}

}  // namespace
}  // namespace parley::cli
