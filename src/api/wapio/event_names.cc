// The names of Wapio's webhook events, and the words that stand in them.
#include <algorithm>
#include <array>

#include "api/wapio/events.h"

namespace parley::api::wapio {
namespace {

// Every name that can be subscribed to.
constexpr auto kEventNames = std::to_array<EventName>({
    {"call",
     "Somebody calls, and each step of the call: offer, accept, reject, timeout, terminate"},
    {"chats.delete", "A chat was deleted on the phone"},
    {"chats.update", "A chat was muted, archived or read on the phone"},
    {"chats.upsert", "A chat with a person began"},
    {"contacts.update",
     "A contact has another name, is blocked or not any more, or looks different"},
    {"contacts.upsert", "A person was given a name, here or on the phone"},
    {"group-participants.update", "People came into a group, went, or have another role"},
    {"groups.update", "A group has another subject, description, picture or setting"},
    {"groups.upsert", "A group was created, or the session came into it"},
    {"message-receipt.update",
     "A recipient has a message, read it or played it; in a group, each of them"},
    {"message.sent", "WhatsApp has a message that a program sent. Also by the name `message_sent`"},
    {"messages-group.received", "A message came in a group"},
    {"messages-newsletter.received", "A message came in a newsletter, or was posted on the phone"},
    {"messages-personal.received", "A message came from a person"},
    {"messages.delete", "A message was deleted for everybody, by either side"},
    {"messages.reaction", "Somebody reacted to a message; an empty `text` takes it back"},
    {"messages.received", "A message came, in whatever chat. Also by the name `message_received`"},
    {"messages.update", "A message that was sent took a step, or a message was edited"},
    {"messages.upsert", "A message came or was sent"},
    {"poll.results", "Somebody voted in a poll: all of its votes as they stand now"},
    {"qrcode.updated", "There is a QR code to scan. Also by the name `qrcode_updated`"},
    {"session.status", "A session has another status"},
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

std::span<const EventName> EventNames() { return kEventNames; }

bool IsEventName(std::string_view name) {
  return std::any_of(kEventNames.begin(), kEventNames.end(),
                     [name](const EventName& row) { return row.name == name; }) ||
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
