#include "base/crash_point.h"

#include <atomic>
#include <charconv>
#include <csignal>
#include <string>

namespace parley::base {

bool g_crash_point_armed = false;

namespace {
std::string g_name;
std::atomic<int> g_left{0};
}  // namespace

void ArmCrashPoint(std::string_view spec) {
  const std::size_t colon = spec.find(':');
  int count = 1;
  if (colon != std::string_view::npos)
    std::from_chars(spec.data() + colon + 1, spec.data() + spec.size(), count);
  g_name = spec.substr(0, colon);
  g_left = count;
  g_crash_point_armed = !g_name.empty();
}

void ReachCrashPointSlow(std::string_view name) {
  if (name == g_name && g_left.fetch_sub(1) == 1) std::raise(SIGKILL);
}

}  // namespace parley::base
