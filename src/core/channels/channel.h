// Channels: WhatsApp numbers connected to the gateway. A channel reaches the network over one link.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/fields.h"
#include "base/names.h"
#include "core/ids.h"

namespace parley::core {

enum class LinkKind : std::uint8_t {  // stored; never renumber
  kSimulated = 1,                     // a phone on the simulated network
  kMultiDevice = 2,                   // the native multi-device protocol
  kCloud = 3,                         // Meta's Cloud API
};
inline constexpr base::EnumNames<LinkKind, 3> kLinkKindNames({
    {LinkKind::kSimulated, "simulated"},
    {LinkKind::kMultiDevice, "multidevice"},
    {LinkKind::kCloud, "cloud"},
});
PARLEY_ENUM_NAMES(LinkKind, kLinkKindNames)

enum class ChannelState : std::uint8_t {  // stored; never renumber
  kPending = 1,                           // made, never connected
  kPairing = 2,                           // a QR or pairing code is on offer
  kConnecting = 3,                        // paired, connection being made
  kConnected = 4,
  kDisconnected = 5,  // paired, off by wish or waiting to reconnect
  kLoggedOut = 6,     // was connected once, but the pairing is over; may be paired again
  kDeleting = 7,      // deletion accepted, clean-up not finished
  kDeleted = 8,
};
inline constexpr base::EnumNames<ChannelState, 8> kChannelStateNames({
    {ChannelState::kPending, "pending"},
    {ChannelState::kPairing, "pairing"},
    {ChannelState::kConnecting, "connecting"},
    {ChannelState::kConnected, "connected"},
    {ChannelState::kDisconnected, "disconnected"},
    {ChannelState::kLoggedOut, "logged_out"},
    {ChannelState::kDeleting, "deleting"},
    {ChannelState::kDeleted, "deleted"},
});
PARLEY_ENUM_NAMES(ChannelState, kChannelStateNames)

// Whether a channel may go from one state to another (channels/state.cc holds the table). A step to
// the same state is never a transition.
bool MayChange(ChannelState from, ChannelState to);

// What a channel's owner may switch. Stored as JSON.
struct ChannelSettings {
  bool account_protection = false;
  bool read_incoming = false;
  bool auto_reject_calls = false;
  bool always_online = false;
  bool ignore_groups = false;
  bool ignore_broadcasts = false;
  bool ignore_channels = false;
  bool typing = false;
  bool history_enabled = false;   // 1MSG's GET /messages answers from the store
  bool ack_notifications = true;  // 1MSG ack callbacks
  bool raw_hooks = false;         // 1MSG: callbacks have the Cloud API's own body
  bool guaranteed_hooks = true;   // shown; deliveries are always durable here

  static constexpr auto Fields() {
    using base::Optional;
    using S = ChannelSettings;
    return base::FieldList(
        Optional("account_protection", &S::account_protection),
        Optional("read_incoming", &S::read_incoming),
        Optional("auto_reject_calls", &S::auto_reject_calls),
        Optional("always_online", &S::always_online), Optional("ignore_groups", &S::ignore_groups),
        Optional("ignore_broadcasts", &S::ignore_broadcasts),
        Optional("ignore_channels", &S::ignore_channels), Optional("typing", &S::typing),
        Optional("history_enabled", &S::history_enabled),
        Optional("ack_notifications", &S::ack_notifications), Optional("raw_hooks", &S::raw_hooks),
        Optional("guaranteed_hooks", &S::guaranteed_hooks));
  }
};

// What the network told about the number once it was paired.
struct ChannelProfile {
  std::string push_name;
  std::string platform;  // "android", "iphone" or empty
  std::string lid;       // digits, empty while unknown
  bool is_business = false;

  static constexpr auto Fields() {
    using base::Optional;
    using P = ChannelProfile;
    return base::FieldList(Optional("push_name", &P::push_name), Optional("platform", &P::platform),
                           Optional("lid", &P::lid), Optional("is_business", &P::is_business));
  }
};

// A channel belongs to one number from its first connection on: its chats and messages are that
// number's, and what is queued would reach people from a stranger. After a log-out it is paired
// again with the same number and keeps everything; another number is refused ("other_number") and
// needs a channel of its own.
struct Channel {
  ChannelRow row;
  ChannelId id;
  AccountRow account;
  LinkKind link = LinkKind::kSimulated;
  std::string link_profile;  // which capability profile of that link: "phone" or "business"
  ChannelState state = ChannelState::kPending;
  std::string state_reason;  // snake_case, empty when there is nothing to say
  std::string phone;         // E.164 digits, empty until paired
  std::string label;
  std::string code;     // 1MSG's channel id (three letters and digits), unique in the gateway
  bool enabled = true;  // its owner wants it connected
  ChannelSettings settings;
  ChannelProfile profile;
  base::Time created_at;
  base::Time updated_at;
  std::optional<base::Time> connected_at;  // first time it was connected
};

// Where a channel stands that has no pairing and none on offer.
ChannelState UnpairedState(const Channel& channel);

using ChannelPtr = std::shared_ptr<const Channel>;

}  // namespace parley::core
