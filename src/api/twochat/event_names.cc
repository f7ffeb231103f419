#include "api/twochat/event_names.h"

#include <array>

#include "api/twochat/events.h"
#include "api/twochat/schema.h"

namespace parley::api::twochat {
namespace {

// Every name that can be subscribed to: the collection's list, and what the vendor's page about
// orders adds.
constexpr auto kEventNames = std::to_array<EventName>({
    {"whatsapp.audio.transcribed",
     "What was said in a voice message is written down; only when the account transcribes"},
    {"whatsapp.call.received", "Somebody called, and nobody answered"},
    {"whatsapp.conversation.new",
     "Somebody writes for the first time ever, or, with a `time_period`, after that long without "
     "messages"},
    {"whatsapp.group.join", "People came into a group: added, or by its link"},
    {"whatsapp.group.leave", "Somebody left a group by themselves"},
    {"whatsapp.group.message.reaction",
     "Somebody reacted to a message in a group; an empty `text` takes it back"},
    {"whatsapp.group.message.received", "A message came in a group"},
    {"whatsapp.group.remove", "Somebody was removed from a group"},
    {"whatsapp.message.edited",
     "A message has another text now; with `to_group_uuid`, in that group alone"},
    {"whatsapp.message.new", "A message came or was sent: what the events of each of the two tell"},
    {"whatsapp.message.reaction",
     "Somebody reacted to a message of a chat with one person; an empty `text` takes it back"},
    {"whatsapp.message.receipt.not-sent", "A message failed; `reason` says why"},
    {"whatsapp.message.receipt.read", "A message was read, or a recording played"},
    {"whatsapp.message.receipt.received", "A message is on the phone of its recipient"},
    {"whatsapp.message.receipt.sent", "WhatsApp has a message that was sent"},
    {"whatsapp.message.received", "A message came from a person"},
    {"whatsapp.message.sent",
     "A message was sent: by a program (`sent_by` is api) or on the phone (agent)"},
    {"whatsapp.number.status", "A number was connected or disconnected, or has a QR code to scan"},
    {"whatsapp.order.received", "Somebody ordered from the catalog; only of Cloud API numbers"},
});

// Of how long nobody must have written for a message to start a conversation.
struct Period {
  std::string_view name;
  std::chrono::hours silence;  // 0: the person must never have written before
};
constexpr auto kPeriods = std::to_array<Period>({
    {"all-time", std::chrono::hours(0)},
    {"hour", std::chrono::hours(1)},
    {"day", std::chrono::hours(24)},
    {"week", std::chrono::hours(24 * 7)},
    {"month", std::chrono::hours(24 * 30)},
    {"year", std::chrono::hours(24 * 365)},
});
static_assert([] {
  for (std::size_t i = 0; i < kPeriods.size(); ++i)
    if (kPeriods[i].name != kTimePeriods[i]) return false;
  return kPeriods.size() == std::size(kTimePeriods);
}());

const Period& FindPeriod(std::string_view name) {
  for (const Period& period : kPeriods)
    if (period.name == name) return period;
  return kPeriods.front();
}

}  // namespace

std::span<const EventName> EventNames() { return kEventNames; }

bool IsEventName(std::string_view name) {
  for (const EventName& known : kEventNames)
    if (known.name == name) return true;
  return false;
}

std::string_view PeriodOf(std::string_view time_period) { return FindPeriod(time_period).name; }

bool StartsConversation(const core::MessageReceived& received, std::string_view time_period) {
  if (received.message.direction != core::Direction::kIn) return false;
  const Period& period = FindPeriod(time_period);
  if (period.silence.count() == 0) return received.is_first;
  return !received.previous_at || received.message.at - *received.previous_at >= period.silence;
}

std::string_view ReceiptOf(const core::MessageStatusChanged& changed) {
  constexpr std::string_view kRead = "whatsapp.message.receipt.read";
  if (changed.message.direction != core::Direction::kOut) return "";
  switch (changed.message.status) {
    case core::MessageStatus::kSent:
      return "whatsapp.message.receipt.sent";
    case core::MessageStatus::kDelivered:
      return "whatsapp.message.receipt.received";
    case core::MessageStatus::kRead:
      return kRead;
    case core::MessageStatus::kPlayed:  // may overtake the reading, which is no news then
      return changed.previous == core::MessageStatus::kRead ? "" : kRead;
    case core::MessageStatus::kFailed:
      return "whatsapp.message.receipt.not-sent";
    case core::MessageStatus::kQueued:
    case core::MessageStatus::kUnconfirmed:
    case core::MessageStatus::kReceived:
    case core::MessageStatus::kEdited:
    case core::MessageStatus::kDeleted:
      break;
  }
  return "";
}

std::string_view EventOf(core::ParticipantAction action) {
  switch (action) {
    case core::ParticipantAction::kAdd:
    case core::ParticipantAction::kJoin:
      return "whatsapp.group.join";
    case core::ParticipantAction::kLeave:
      return "whatsapp.group.leave";
    case core::ParticipantAction::kRemove:
      return "whatsapp.group.remove";
    case core::ParticipantAction::kPromote:
    case core::ParticipantAction::kDemote:
      break;
  }
  return "";
}

}  // namespace parley::api::twochat
