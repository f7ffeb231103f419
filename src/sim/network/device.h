// Devices: companions that are linked to a person's phone, and what they exchange with the network.
#pragma once

#include <absl/functional/any_invocable.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/fields.h"
#include "base/names.h"
#include "sim/network/billing.h"
#include "sim/network/message.h"
#include "sim/network/notice.h"

namespace parley::sim::network {

// What a device may do.
enum class Profile : std::uint8_t {
  kPhone = 1,     // like a WhatsApp Web companion: any message at any time, shown on the phone, too
  kBusiness = 2,  // like the Cloud API: only within 24 hours after the other side's last message
};
inline constexpr base::EnumNames<Profile, 2> kProfileNames({
    {Profile::kPhone, "phone"},
    {Profile::kBusiness, "business"},
});
PARLEY_ENUM_NAMES(Profile, kProfileNames)

// Whether devices of the profile may send the kind (rules.cc has the table). A person on the phone
// may send what a phone device may.
bool CanSend(Profile profile, MessageKind kind);

struct DeviceInfo {
  std::string id;      // "<number>:<n>", n counting from 1; never used again
  std::string number;  // the person's
  Profile profile = Profile::kPhone;
  base::Time linked_at;
  bool connected = false;
  std::int64_t queued = 0;  // items not acknowledged yet
};

enum class ReceiptStatus : std::uint8_t { kDelivered = 1, kRead = 2, kPlayed = 3, kFailed = 4 };
inline constexpr base::EnumNames<ReceiptStatus, 4> kReceiptStatusNames({
    {ReceiptStatus::kDelivered, "delivered"},
    {ReceiptStatus::kRead, "read"},
    {ReceiptStatus::kPlayed, "played"},
    {ReceiptStatus::kFailed, "failed"},
});
PARLEY_ENUM_NAMES(ReceiptStatus, kReceiptStatusNames)

// --------------------------------------------------------------------- from the network to a
// device

struct IncomingMessage {
  Message message;
  bool from_me = false;  // by the device's own person: on the phone, or on another linked device
  bool history = false;  // from before the device was linked
};

// What became of a message that the device's person sent.
struct Receipt {
  std::string message_id;
  std::string number;  // who the message was for; empty when it failed for all of a group
  std::string group;   // the group's address when it went to one
  ReceiptStatus status = ReceiptStatus::kDelivered;
  base::Time at;     // when it happened, not when the receipt came
  std::string code;  // kFailed: why, in the network's words
  std::string text;
  std::optional<BilledConversation> conversation;  // of a message by a device of profile business
};

// One item of a device's queue. Items are kept, also over restarts, until they are acknowledged.
struct Item {
  std::uint64_t seq = 0;  // from 1, growing by one per item of the device
  std::variant<IncomingMessage, Receipt, Notice> content;
};

// Why a connection ended.
enum class CloseReason : std::uint8_t {
  kLoggedOut,       // the phone unlinked the device; connecting again is refused
  kReplaced,        // the device connected once more
  kConnectionLost,  // a fault rule or a one-shot cut
  kInternalError,   // the network could not read its file
};
inline constexpr base::EnumNames<CloseReason, 4> kCloseReasonNames({
    {CloseReason::kLoggedOut, "logged_out"},
    {CloseReason::kReplaced, "replaced"},
    {CloseReason::kConnectionLost, "connection_lost"},
    {CloseReason::kInternalError, "internal_error"},
});
PARLEY_ENUM_NAMES(CloseReason, kCloseReasonNames)

// The device's side of a connection. It must live as long as its Connection. Nothing here is called
// from inside a call into the network, and nothing after the Connection is destroyed; destroying it
// inside these calls is fine.
class DeviceListener {
 public:
  virtual ~DeviceListener() = default;
  // One or more items in order of seq. On each connection everything unacknowledged comes again.
  // At most NetworkOptions::max_in_flight are out before some are acknowledged.
  virtual void OnItems(std::span<const Item> items) = 0;
  // The last call.
  virtual void OnClosed(CloseReason reason) = 0;
};

// --------------------------------------------------------------------- from a device to the
// network

struct Accepted {
  base::Time at;
  std::size_t recipients = 0;  // of a message to a group: how many people get it
  std::optional<BilledConversation> conversation;  // for a device of profile business
};
struct Refused {
  std::string code;  // "not-on-network", "131047", ... or what a fault rule says
  std::string text;
  bool retryable = false;
};
using SendResult = std::variant<Accepted, Refused>;
using SendCallback = absl::AnyInvocable<void(SendResult)>;

// A live connection. Destroying it disconnects; it may also outlive the network, whose calls then
// do nothing.
class Connection {
 public:
  virtual ~Connection() = default;

  // `callback` gets the network's answer once the message is in its file (or refused). It is
  // destroyed without being called when the connection ends first or a fault swallows the answer;
  // wait for it with a deadline. Then it is open whether the message was carried, and sending it
  // once more may make the recipient see it twice.
  virtual void Send(DeviceMessage message, SendCallback callback) = 0;

  // Everything up to `seq` needs not come again.
  virtual void Acknowledge(std::uint64_t seq) = 0;

  // The device's person read (or played) a message that came in; all copies with that id. The
  // sender gets receipts. Nothing happens for an id that is not in the inbox of the phone.
  virtual void MarkRead(std::string_view message_id, bool played) = 0;
};

}  // namespace parley::sim::network
