#include <array>

#include "core/messages/message.h"

namespace parley::core {
namespace {

struct Rule {
  MessageStatus current, reported;
  StatusStep step;
};

using enum MessageStatus;
constexpr StatusStep kAdvance = StatusStep::kAdvance;
constexpr StatusStep kRecord = StatusStep::kRecord;

// Every pair that means something. What is not listed is refused. Receipts overtake each other on
// the network: a later one may come first, and then the earlier one is only recorded.
constexpr auto kRules = std::to_array<Rule>({
    {kQueued, kSent, kAdvance},
    {kQueued, kDelivered, kAdvance},  // the receipt overtook the server's acknowledgement
    {kQueued, kRead, kAdvance},
    {kQueued, kPlayed, kAdvance},
    {kQueued, kFailed, kAdvance},
    {kQueued, kUnconfirmed, kAdvance},
    {kUnconfirmed, kSent, kAdvance},
    {kUnconfirmed, kDelivered, kAdvance},
    {kUnconfirmed, kRead, kAdvance},
    {kUnconfirmed, kPlayed, kAdvance},
    {kUnconfirmed, kFailed, kAdvance},
    {kUnconfirmed, kUnconfirmed, kRecord},
    {kSent, kSent, kRecord},
    {kSent, kDelivered, kAdvance},
    {kSent, kRead, kAdvance},
    {kSent, kPlayed, kAdvance},
    {kSent, kFailed, kAdvance},  // the network took it and gave it back
    {kDelivered, kSent, kRecord},
    {kDelivered, kDelivered, kRecord},
    {kDelivered, kRead, kAdvance},
    {kDelivered, kPlayed, kAdvance},
    {kRead, kSent, kRecord},
    {kRead, kDelivered, kRecord},
    {kRead, kRead, kRecord},
    {kRead, kPlayed, kAdvance},
    {kPlayed, kSent, kRecord},
    {kPlayed, kDelivered, kRecord},
    {kPlayed, kRead, kRecord},
    {kPlayed, kPlayed, kRecord},
    {kFailed, kFailed, kRecord},
    {kReceived, kRead, kAdvance},  // marked as read by us
    {kReceived, kPlayed, kAdvance},
    {kReceived, kReceived, kRecord},
    {kSent, kEdited, kRecord},
    {kDelivered, kEdited, kRecord},
    {kRead, kEdited, kRecord},
    {kReceived, kEdited, kRecord},
    {kSent, kDeleted, kAdvance},
    {kDelivered, kDeleted, kAdvance},
    {kRead, kDeleted, kAdvance},
    {kPlayed, kDeleted, kAdvance},
    {kReceived, kDeleted, kAdvance},
});

}  // namespace

StatusStep StepFor(MessageStatus current, MessageStatus reported) {
  for (const Rule& rule : kRules)
    if (rule.current == current && rule.reported == reported) return rule.step;
  return StatusStep::kRefuse;
}

bool IsSending(MessageStatus previous, MessageStatus now) {
  return (previous == kQueued || previous == kUnconfirmed) &&
         (now == kSent || now == kDelivered || now == kRead || now == kPlayed);
}

MessageStatus Receipt::status() const {
  if (played_at) return MessageStatus::kPlayed;
  if (read_at) return MessageStatus::kRead;
  return delivered_at ? MessageStatus::kDelivered : MessageStatus::kSent;
}

bool Receipt::Note(MessageStatus step, base::Time at) {
  std::optional<base::Time>* noted = nullptr;
  if (step == MessageStatus::kDelivered) noted = &delivered_at;
  if (step == MessageStatus::kRead) noted = &read_at;
  if (step == MessageStatus::kPlayed) noted = &played_at;
  if (noted == nullptr || *noted) return false;
  *noted = at;
  return true;
}

std::optional<base::Time> Message::FirstAt(MessageStatus wanted) const {
  for (const HistoryEntry& entry : history)
    if (entry.status == wanted) return entry.at;
  return std::nullopt;
}

}  // namespace parley::core
