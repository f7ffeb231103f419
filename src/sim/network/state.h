// State: everything the network's file says, in memory. Records are applied one by one, in the
// order of the file, when they are written and again when the file is read; nothing else changes a
// State.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/network/billing.h"
#include "sim/network/calls.h"
#include "sim/network/change.h"
#include "sim/network/chats.h"
#include "sim/network/commerce.h"
#include "sim/network/contacts.h"
#include "sim/network/group.h"
#include "sim/network/linked_devices.h"
#include "sim/network/message_index.h"
#include "sim/network/newsletter.h"
#include "sim/network/people.h"
#include "sim/network/records.h"
#include "sim/network/rows.h"
#include "sim/network/templates.h"

namespace parley::sim::network {

// One copy of a message on its way to the recipient.
struct CopyKey {
  Serial message;
  std::uint32_t copy = 0;
  auto operator<=>(const CopyKey&) const = default;
};
struct PendingCopy {
  base::Time due;
  bool devices_have_it = false;  // and the phone does not, because it is offline
};

// One receipt on its way to the sender's devices. `row` is the place in the recipient's inbox.
struct ReceiptKey {
  Serial message;
  std::uint32_t row = 0;
  ReceiptStatus status = ReceiptStatus::kDelivered;
  auto operator<=>(const ReceiptKey&) const = default;
};
struct PendingReceipt {
  base::Time due;
  base::Time at;  // when it happened
};

// A modifier whose effect is still to come: it takes effect when it first arrives.
// Serials here are the first ones of messages that have several.
struct Modifier {
  Serial target;
  MessageKind kind = MessageKind::kReaction;
};

// What modifiers did to one message. Of several of a kind the one sent last stands, also when it
// arrives before another. Their contents are in their own records.
struct MarkSerials {
  Serial edit, deletion;
  std::map<PersonRow, Serial> reactions, votes;
};

// Who has to hear of a record that was applied.
struct Touched {
  std::vector<DeviceRow> devices;  // their queue changed, or they were unlinked
  std::vector<std::pair<PersonRow, ChangeKind>> people;
  bool faults = false;

  void Clear();
};

class State {
 public:
  // An error says why the record does not fit what came before; the state is then no longer of use.
  base::Result<void> Apply(std::uint64_t offset, const Record& record, Touched& touched);

  People people;
  LinkedDevices devices;
  MessageIndex messages;
  std::map<CopyKey, PendingCopy> copies;
  std::map<ReceiptKey, PendingReceipt> receipts;
  std::map<std::string, GroupState, std::less<>> groups;            // by id
  std::map<std::string, NewsletterState, std::less<>> newsletters;  // by id
  // The address of the group or newsletter that has this invite code.
  std::map<std::string, std::string, std::less<>> invites;
  std::map<Serial, Modifier> modifiers;  // under way
  std::map<Serial, MarkSerials> marks;   // by the message they changed
  Contacts contacts;
  Calls calls;
  Chats chats;
  Templates templates;
  Billing billing;
  std::map<PersonRow, Commerce> commerce;  // of those who have set it
  std::map<std::int64_t, Fault> faults;
  std::int64_t last_fault = 0;

  // Whether that is somebody's number, or the address of a group or newsletter that there is.
  bool HasChat(std::string_view address) const;
  // When a message from `from` to `to` alone last arrived; nullopt: never.
  std::optional<base::Time> LastArrival(PersonRow from, PersonRow to) const;

 private:
  struct Step;
  absl::flat_hash_map<std::uint64_t, base::Time> last_arrivals_;
};

std::string MakeDeviceId(std::string_view number, std::uint32_t n);

}  // namespace parley::sim::network
