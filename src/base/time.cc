#include "base/time.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

namespace parley::base {
namespace {

// Reads exactly `count` digits at `at`; nullopt when one of them is not a digit.
std::optional<int> Digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

struct DurationUnit {
  std::string_view name;
  std::int64_t milliseconds;
};
constexpr auto kUnits = std::to_array<DurationUnit>({
    {"ms", 1},
    {"s", 1000},
    {"", 1000},
    {"m", 60 * 1000},
    {"h", 3600 * 1000},
    {"d", 86400 * 1000},
});

}  // namespace

std::string FormatTime(Time time, TimeStyle style) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const char separator = style == TimeStyle::kBlank ? ' ' : 'T';
  std::string text =
      fmt::format("{:04}-{:02}-{:02}{}{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), separator,
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (style == TimeStyle::kIsoMillisZ) text += fmt::format(".{:03}", clock.subseconds().count());
  if (style == TimeStyle::kIsoZ || style == TimeStyle::kIsoMillisZ) text += 'Z';
  return text;
}

std::optional<Time> ParseTime(std::string_view text) {
  const auto year = Digits(text, 0, 4), month = Digits(text, 5, 2), day = Digits(text, 8, 2);
  const auto hour = Digits(text, 11, 2), minute = Digits(text, 14, 2), second = Digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  int millis = 0;
  std::string_view rest = text.substr(19);
  if (!rest.empty() && rest[0] == '.') {
    const auto fraction = Digits(rest, 1, 3);
    if (!fraction) return std::nullopt;
    millis = *fraction;
    rest.remove_prefix(4);
  }
  if (!rest.empty() && rest != "Z") return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(*day)};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(*hour) +
         std::chrono::minutes(*minute) + std::chrono::seconds(*second) + Duration(millis);
}

std::optional<Duration> ParseDuration(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view unit(end, text.data() + text.size() - end);
  for (const DurationUnit& candidate : kUnits) {
    if (candidate.name != unit) continue;
    if (number > std::numeric_limits<std::int64_t>::max() / candidate.milliseconds)
      return std::nullopt;
    return Duration(number * candidate.milliseconds);
  }
  return std::nullopt;
}

}  // namespace parley::base
