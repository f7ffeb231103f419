// Calls that a channel's number gets or makes. Parley does not answer them: it tells of them, and
// can reject one that rings.
#pragma once

#include <cstdint>
#include <string>

#include "base/fields.h"
#include "base/names.h"
#include "core/contacts/person.h"

namespace parley::core {

enum class CallStatus : std::uint8_t {  // stored in events; never renumber
  kRinging = 1,
  kAccepted = 2,  // on the phone
  kRejected = 3,
  kMissed = 4,  // nobody answered, or the caller hung up before
  kEnded = 5,   // after it was accepted
};
inline constexpr base::EnumNames<CallStatus, 5> kCallStatusNames({
    {CallStatus::kRinging, "ringing"},
    {CallStatus::kAccepted, "accepted"},
    {CallStatus::kRejected, "rejected"},
    {CallStatus::kMissed, "missed"},
    {CallStatus::kEnded, "ended"},
});
PARLEY_ENUM_NAMES(CallStatus, kCallStatusNames)

struct Call {
  std::string id;        // the network's
  bool from_me = false;  // made on the channel's own phone
  bool video = false;
  std::string group;  // the id of the group it was made in; empty: none
  CallStatus status = CallStatus::kRinging;
  base::Time at;          // when it was made
  base::Time changed_at;  // when the status became what it is

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("id", &Call::id), Optional("from_me", &Call::from_me),
                           Optional("video", &Call::video), Optional("group", &Call::group),
                           Required("status", &Call::status), Required("at", &Call::at),
                           Required("changed_at", &Call::changed_at));
  }
};

}  // namespace parley::core
