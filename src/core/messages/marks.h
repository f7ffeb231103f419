// A message as a conversation shows it: with what people said to it, and what it answers to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/messages/message.h"
#include "core/store.h"

namespace parley::core {

struct MarkedMessage {
  MessageInChat found;
  std::vector<Reaction> reactions;      // the channel's own first
  std::vector<Vote> votes;              // of a poll; the channel's own first
  std::optional<MessageInChat> quoted;  // as it is now; none when Parley does not have it
  std::string thumbnail;                // of its media: a small JPEG; empty: none
};

// Reads them for a message that was read in the same transaction.
base::Result<MarkedMessage> WithMarks(const Transaction& tx, MessageInChat found);

}  // namespace parley::core
