// Messages and the one table of their status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/contacts/person.h"
#include "core/ids.h"
#include "core/messages/content.h"
#include "core/speech/transcription.h"
#include "core/usage/conversation.h"

namespace parley::core {

enum class Direction : std::uint8_t {  // stored; never renumber
  kIn = 1,
  kOut = 2,
};
inline constexpr base::EnumNames<Direction, 2> kDirectionNames({
    {Direction::kIn, "in"},
    {Direction::kOut, "out"},
});
PARLEY_ENUM_NAMES(Direction, kDirectionNames)

// Who wrote it.
enum class Origin : std::uint8_t {  // stored; never renumber
  kPerson = 1,                      // the other side
  kApi = 2,                         // a program, through a dialect
  kPhone = 3,                       // the owner, on the channel's own phone
};
inline constexpr base::EnumNames<Origin, 3> kOriginNames({
    {Origin::kPerson, "person"},
    {Origin::kApi, "api"},
    {Origin::kPhone, "phone"},
});
PARLEY_ENUM_NAMES(Origin, kOriginNames)

enum class MessageStatus : std::uint8_t {  // stored; never renumber
  kQueued = 1,                             // accepted and durable, not yet handed to the network
  kSent = 2,                               // the network has it (one tick)
  kDelivered = 3,                          // the recipient's device has it (two ticks)
  kRead = 4,                               // read
  kPlayed = 5,                             // voice message played
  kFailed = 6,                             // will never arrive; the failure says why
  kUnconfirmed = 7,  // handed over, but no answer told whether it arrived there
  kReceived = 8,     // incoming
  kEdited = 9,       // in the history only: the text was replaced
  kDeleted = 10,     // revoked
};
inline constexpr base::EnumNames<MessageStatus, 10> kMessageStatusNames({
    {MessageStatus::kQueued, "queued"},
    {MessageStatus::kSent, "sent"},
    {MessageStatus::kDelivered, "delivered"},
    {MessageStatus::kRead, "read"},
    {MessageStatus::kPlayed, "played"},
    {MessageStatus::kFailed, "failed"},
    {MessageStatus::kUnconfirmed, "unconfirmed"},
    {MessageStatus::kReceived, "received"},
    {MessageStatus::kEdited, "edited"},
    {MessageStatus::kDeleted, "deleted"},
});
PARLEY_ENUM_NAMES(MessageStatus, kMessageStatusNames)

// What a report of `reported` does to a message that stands at `current` (messages/status.cc).
enum class StatusStep {
  kAdvance,  // becomes the status; an event says so
  kRecord,   // late or repeated news: kept in the history if new, no event
  kRefuse,   // makes no sense; ignored and counted
};
StatusStep StepFor(MessageStatus current, MessageStatus reported);

// Whether a step means that the network has taken the message: from waiting to sent, or further
// when a receipt overtook the acknowledgement. Happens once per message.
bool IsSending(MessageStatus previous, MessageStatus now);

struct HistoryEntry {
  MessageStatus status = MessageStatus::kQueued;
  base::Time at;
};

// Why a message failed, in the network's words.
struct Failure {
  std::string code;  // the link's code, "131047" or "not-on-network"; may be empty
  std::string text;  // a sentence for people

  static constexpr auto Fields() {
    return base::FieldList(base::Optional("code", &Failure::code),
                           base::Optional("text", &Failure::text));
  }
  bool operator==(const Failure&) const = default;
};

// What people said to a message or chose in a poll. No person: the channel itself.
struct Reaction {
  std::optional<PersonRow> person;
  Peer peer;  // filled in by reads
  std::string emoji;
  base::Time at;
};
struct Vote {
  std::optional<PersonRow> person;
  Peer peer;
  std::vector<std::string> options;
  base::Time at;
};

// How far a message to a group has come with one of those who get it: the network's times, of the
// steps that it told of.
struct Receipt {
  PersonRow person;
  Peer peer;  // filled in by reads
  std::optional<base::Time> delivered_at, read_at, played_at;

  MessageStatus status() const;  // kSent when there is no step
  // Notes the step (kDelivered, kRead or kPlayed); false when it is no news.
  bool Note(MessageStatus step, base::Time at);
};

// As many as a group has participants.
inline constexpr int kMaxReceipts = 1024;

struct Message {
  MessageRow row;  // arrival order; also 1MSG's messageNumber, which grows per channel
  MessageId id;
  AccountRow account;
  ChannelRow channel;
  ChatRow chat;
  Direction direction = Direction::kOut;
  Origin origin = Origin::kApi;
  std::optional<PersonRow> sender;  // incoming in groups; else the chat's person
  Peer sender_peer;                 // with `sender`
  Content content;
  std::optional<MessageId> quoted;
  MessageStatus status = MessageStatus::kQueued;
  std::optional<Failure> failure;
  // Of one sent to a group: how many people get it. The status is then the least that all of them
  // reached. 0: nobody knows, and the status is the furthest that somebody reached.
  int recipients = 0;
  // The network's own id: for links that let us choose it derived from `id` and not stored, else
  // what the network said.
  std::string link_id;
  std::optional<Conversation> conversation;  // what the network bills it under, if it says so
  // Of a voice message that came in while its account wanted transcriptions.
  std::optional<Transcription> transcription;
  base::Time at;                      // the network's time, clamped to our clock
  base::Time accepted_at;             // when Parley stored it
  std::vector<HistoryEntry> history;  // steps taken after it was stored, in order of arrival

  std::optional<base::Time> FirstAt(MessageStatus status) const;
};

// A message with the chat it stands in: what a read answers with.
struct MessageInChat {
  Message message;
  Chat chat;
};

}  // namespace parley::core
