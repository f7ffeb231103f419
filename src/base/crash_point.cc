#include "base/crash_point.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <csignal>
#include <iterator>
#include <string>

namespace parley::base {

bool g_crash_point_armed = false;

namespace {
std::string g_name;
std::atomic<int> g_left{0};
}  // namespace

bool ArmCrashPoint(std::string_view spec) {
  const std::size_t colon = spec.find(':');
  const std::string_view name = spec.substr(0, colon);
  if (std::find(std::begin(kCrashPoints), std::end(kCrashPoints), name) == std::end(kCrashPoints))
    return false;
  int count = 1;
  if (colon != std::string_view::npos) {
    const char* end = spec.data() + spec.size();
    const auto parsed = std::from_chars(spec.data() + colon + 1, end, count);
    if (parsed.ec != std::errc() || parsed.ptr != end || count < 1) return false;
  }
  g_name = name;
  g_left = count;
  g_crash_point_armed = true;
  return true;
}

void ReachCrashPointSlow(std::string_view name) {
  if (name == g_name && g_left.fetch_sub(1) == 1) std::raise(SIGKILL);
}

}  // namespace parley::base
