// Time inside Parley: UTC milliseconds. Nothing here reads a clock; base/scheduler.h does.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::base {

using Duration = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Duration>;

constexpr std::int64_t ToUnixMs(Time time) { return time.time_since_epoch().count(); }
constexpr Time FromUnixMs(std::int64_t ms) { return Time(Duration(ms)); }
constexpr std::int64_t ToUnixSeconds(Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

enum class TimeStyle {
  kIsoZ,        // 2023-04-17T18:50:50Z
  kIsoMillisZ,  // 2023-04-17T18:50:50.123Z
  kIsoNoZone,   // 2023-04-17T18:50:50
  kBlank,       // 2023-04-17 18:50:50
};
std::string FormatTime(Time time, TimeStyle style);

// Reads the first three styles of TimeStyle and the fourth; nullopt for anything else.
std::optional<Time> ParseTime(std::string_view text);

// Reads "90s", "5m", "2h", "10d", "250ms" or a bare number of seconds; nullopt for anything else.
std::optional<Duration> ParseDuration(std::string_view text);

}  // namespace parley::base
