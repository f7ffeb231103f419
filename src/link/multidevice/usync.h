// usync: what the network tells of people: which devices they have, their other address, whether a
// number is on the network, and what somebody looks like. Queries and answers; pure.
// docs/protocol/addresses.md, "Asking".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "link/multidevice/addresses.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

// What one question is about at most; what one answer may tell of one person.
inline constexpr std::size_t kMaxAsked = 256;
inline constexpr std::size_t kMaxDevices = 64;

// <iq> that asks for devices and LIDs. `sid` is any id.
wire::binary::Node AskForDevices(const std::vector<Jid>& people, const std::string& sid);
// <iq> that asks which numbers (digits) are on the network.
wire::binary::Node AskForNumbers(const std::vector<std::string>& numbers, const std::string& sid);

// <iq> that asks for the line below somebody's name, and whether there is a picture.
wire::binary::Node AskForLooks(const Jid& person, const std::string& sid);

struct UsyncDevice {
  std::uint16_t device = 0;
  std::uint32_t key_index = 0;  // 0: none; the phone has none
  bool hosted = false;          // its keys are Meta's

  bool operator==(const UsyncDevice&) const = default;
};
struct UsyncUser {
  Jid jid;  // without device
  Who who;  // both addresses, as far as they were told
  // Absent: the answer did not tell. Without those that have no key index although they are no
  // phone: nobody signed them.
  std::optional<std::vector<UsyncDevice>> devices;
  std::string contact;      // what was asked, as the answer repeats it
  bool on_network = false;  // of a number that was asked for
  // Of somebody whose looks were asked for, as far as they show them.
  std::string about;  // any bytes
  bool has_picture = false;
};
// Of any question, in the order of the answer. People of whom nothing can be read are left out.
// kInternal with the network's words for an error; kMalformedBody when it is no answer at all.
base::Result<std::vector<UsyncUser>> ReadUsync(const wire::binary::Node& answer);

}  // namespace parley::link::multidevice
