// Calls: who rang whom, and what became of it.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

enum class CallStatus : std::uint8_t {
  kRinging = 1,    // devices are told of it as an offer
  kAccepted = 2,   // on the phone
  kRejected = 3,   // on the phone or a device
  kMissed = 4,     // nobody answered in time, or the caller hung up before
  kEnded = 5,      // after it was accepted
  kUnreached = 6,  // rang in vain, and the called side does not know of it yet: its phone is off
};
inline constexpr base::EnumNames<CallStatus, 6> kCallStatusNames({
    {CallStatus::kRinging, "ringing"},
    {CallStatus::kAccepted, "accepted"},
    {CallStatus::kRejected, "rejected"},
    {CallStatus::kMissed, "missed"},
    {CallStatus::kEnded, "ended"},
    {CallStatus::kUnreached, "unreached"},
});
PARLEY_ENUM_NAMES(CallStatus, kCallStatusNames)

// What may come after what.
bool CanBecome(CallStatus from, CallStatus to);

inline constexpr base::Range kCallTimes(0, 253'402'300'799'999);  // up to the year 9999

struct Call {
  std::string id;
  std::string from, to;  // numbers
  std::string group;     // the group it was made in; empty: none
  bool video = false;
  base::Time at;          // when it was made
  base::Time changed_at;  // when the status became what it is
  CallStatus status = CallStatus::kRinging;

  static constexpr auto Fields() {
    using base::Required;
    return base::FieldList(Required("id", &Call::id), Required("from", &Call::from),
                           Required("to", &Call::to), base::Optional("group", &Call::group),
                           Required("video", &Call::video), Required("at", &Call::at, kCallTimes),
                           Required("changed_at", &Call::changed_at, kCallTimes),
                           Required("status", &Call::status));
  }
  bool operator==(const Call&) const = default;
};

// Notice: a call was made, or has from now on this status.
struct CallChanged {
  Call call;
  std::optional<base::Time> rings_until;  // of a new call
  bool blocked = false;                   // a new call that the called side never hears of

  static constexpr std::string_view kName = "call";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("call", &CallChanged::call),
                           base::Optional("rings_until", &CallChanged::rings_until, kCallTimes),
                           base::Optional("blocked", &CallChanged::blocked));
  }
  bool operator==(const CallChanged&) const = default;
};

// A call that somebody is about to make.
struct CallDraft {
  std::string to;
  std::string group;
  bool video = false;
};

struct CallState {
  Call call;
  PersonRow from, to;
  base::Time rings_until;
  bool blocked = false;  // by the called side, which never hears of it
};

class Calls {
 public:
  const CallState* Find(std::string_view id) const;
  CallState* Find(std::string_view id);
  // False when the id was used before.
  bool Add(CallState call);
  // Those the person made or got, in the order of making.
  std::vector<const CallState*> Of(PersonRow person) const;
  const std::deque<CallState>& all() const { return calls_; }

 private:
  std::deque<CallState> calls_;
  absl::flat_hash_map<std::string, std::uint32_t> by_id_;
  std::map<PersonRow, std::vector<std::uint32_t>> by_person_;
};

}  // namespace parley::sim::network
