// What can change in the network, for those who look on: long polls and the live view.
#pragma once

#include <cstdint>
#include <string>

#include "base/names.h"

namespace parley::sim::network {

enum class ChangeKind : std::uint8_t {
  kPerson = 1,   // was added, or is different now
  kDevices = 2,  // one was linked, unlinked, connected or disconnected
  kInbox = 3,    // a row more, or rows read
  kOutbox = 4,   // a row more, or news of a message this person sent, by phone or device
  kFaults = 5,   // rules; belongs to no person
  kGroups = 6,   // a notice of a group or newsletter
  kCalls = 7,    // one was made to or by this person, or went on
  kPresence = 8,
};
inline constexpr base::EnumNames<ChangeKind, 8> kChangeKindNames({
    {ChangeKind::kPerson, "person"},
    {ChangeKind::kDevices, "devices"},
    {ChangeKind::kInbox, "inbox"},
    {ChangeKind::kOutbox, "outbox"},
    {ChangeKind::kFaults, "faults"},
    {ChangeKind::kGroups, "groups"},
    {ChangeKind::kCalls, "calls"},
    {ChangeKind::kPresence, "presence"},
});
PARLEY_ENUM_NAMES(ChangeKind, kChangeKindNames)

struct Change {
  ChangeKind kind = ChangeKind::kPerson;
  std::string number;  // whose; empty for kFaults
};

}  // namespace parley::sim::network
