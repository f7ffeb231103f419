// Named places where a crash test may kill the process. They do nothing unless Arm was called,
// which only the server's hidden crash-test option does.
#pragma once

#include <string_view>

namespace parley::base {

// `spec` is "name:count": the process kills itself with SIGKILL when the point is reached for the
// count-th time. Not thread-safe: call it before threads start.
void ArmCrashPoint(std::string_view spec);

void ReachCrashPointSlow(std::string_view name);
extern bool g_crash_point_armed;
inline void ReachCrashPoint(std::string_view name) {
  if (g_crash_point_armed) [[unlikely]]
    ReachCrashPointSlow(name);
}

}  // namespace parley::base
