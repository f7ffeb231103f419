// Named places where a crash test may kill the process (tests/crash). They do nothing unless Arm
// was called, which only the server's hidden crash-test option does.
#pragma once

#include <string_view>

namespace parley::base {

// Every point, in the order in which a message meets them.
inline constexpr std::string_view kCrashPoints[] = {
    "after_fetch_before_accept",   // media is stored, its message is not
    "before_commit",               // of any store transaction
    "after_commit_before_resume",  // nobody has heard of the commit
    "after_commit_before_reply",   // a message is accepted, its sender does not know
    "after_attempt_before_send",   // Cloud API: the attempt is noted, the request has not left
    "after_send_before_status",    // the network took a message
    "after_inbox_before_answer",   // Cloud API: a webhook is stored, Meta does not know
    "after_media_before_report",   // media of an incoming message is stored, the message is not
    "after_report_before_acknowledge",  // an incoming item is stored, the network does not know
    "after_post_before_done",           // a subscriber has answered
    "before_merge_step",                // earlier steps of the merge of key runs are committed
};

// `spec` is "name:count": the process kills itself with SIGKILL when the point is reached for the
// count-th time. false when it is not. Not thread-safe: call it before threads start.
bool ArmCrashPoint(std::string_view spec);

void ReachCrashPointSlow(std::string_view name);
extern bool g_crash_point_armed;
inline void ReachCrashPoint(std::string_view name) {
  if (g_crash_point_armed) [[unlikely]]
    ReachCrashPointSlow(name);
}

}  // namespace parley::base
