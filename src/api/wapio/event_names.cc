// The names of Wapio's webhook events, and the words that stand in them.
#include <algorithm>
#include <array>

#include "api/wapio/events.h"

namespace parley::api::wapio {
namespace {

// Every name that can be subscribed to.
constexpr auto kEventNames = std::to_array<std::string_view>({
    "call",
    "chats.delete",
    "chats.update",
    "chats.upsert",
    "contacts.update",
    "contacts.upsert",
    "group-participants.update",
    "groups.update",
    "groups.upsert",
    "message-receipt.update",
    "message.sent",
    "messages-group.received",
    "messages-newsletter.received",
    "messages-personal.received",
    "messages.delete",
    "messages.reaction",
    "messages.received",
    "messages.update",
    "messages.upsert",
    "poll.results",
    "qrcode.updated",
    "session.status",
});

// The names of the generation before. Whoever subscribed by one finds it in event_type.
struct OldName {
  std::string_view old, name;
};
constexpr OldName kOldNames[] = {
    {"message_received", "messages.received"},
    {"message_sent", "message.sent"},
    {"qrcode_updated", "qrcode.updated"},
};

}  // namespace

bool IsEventName(std::string_view name) {
  return std::find(kEventNames.begin(), kEventNames.end(), name) != kEventNames.end() ||
         std::any_of(std::begin(kOldNames), std::end(kOldNames),
                     [name](const OldName& row) { return row.old == name; });
}

std::string_view NameAsSubscribed(std::string_view name, const core::Subscription& subscription) {
  if (subscription.Wants(name)) return name;
  for (const OldName& row : kOldNames)
    if (row.name == name && subscription.Wants(row.old)) return row.old;
  return "";
}

std::string_view ReceivedIn(core::ChatKind kind) {
  switch (kind) {
    case core::ChatKind::kPerson:
      break;
    case core::ChatKind::kGroup:
      return "messages-group.received";
    case core::ChatKind::kNewsletter:
      return "messages-newsletter.received";
  }
  return "messages-personal.received";
}

// Whoever comes is added, whoever goes is removed.
std::string_view ActionWord(core::ParticipantAction action) {
  if (action == core::ParticipantAction::kJoin) return "add";
  if (action == core::ParticipantAction::kLeave) return "remove";
  return NameOf(action);
}

std::string_view CallWord(core::CallStatus status) {
  switch (status) {
    case core::CallStatus::kRinging:
      return "offer";
    case core::CallStatus::kAccepted:
      return "accept";
    case core::CallStatus::kRejected:
      return "reject";
    case core::CallStatus::kMissed:
      return "timeout";
    case core::CallStatus::kEnded:
      return "terminate";
  }
  return "";
}

std::string_view UpdateWord(core::MessageStatus status) {
  if (status == core::MessageStatus::kFailed) return "error";
  if (status == core::MessageStatus::kQueued || status == core::MessageStatus::kUnconfirmed)
    return "pending";
  return NameOf(status);
}

}  // namespace parley::api::wapio
