// A stored message as a link gets it to send: once, or again when somebody could not read it.
#pragma once

#include <optional>

#include "base/result.h"
#include "core/channels/link.h"
#include "core/messages/message.h"
#include "core/store.h"

namespace parley::core {

// Without what it quotes and changes.
OutgoingMessage OutgoingOf(const MessageInChat& found);

// Adds these. One that is gone is left out.
base::Result<void> AddReferences(const Transaction& tx, AccountRow account,
                                 std::optional<MessageId> quoted, std::optional<MessageId> target,
                                 OutgoingMessage& out);

// A message that this channel sends or has sent, as it was given to its link. nullopt when there is
// none, or not any more, and when it was revoked.
base::Result<std::optional<OutgoingMessage>> FindOutgoing(const Transaction& tx,
                                                          const Channel& channel, MessageId id);

}  // namespace parley::core
