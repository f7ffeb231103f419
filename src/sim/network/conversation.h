// Conversations: which messages of a phone belong to which chat.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/network/ledger.h"

namespace parley::sim::network {

// A chat of a person's phone: the rows of its inbox, and all its messages by serial, each once.
struct Conversation {
  std::vector<std::size_t> inbox_rows;  // from 1
  std::vector<Serial> messages;
};

// By the name of the chat. Messages that went with a chat that was deleted are left out.
using Conversations = std::map<std::string, Conversation>;
base::Result<Conversations> ConversationsOf(Ledger& ledger, PersonRow person);

// The newest messages of every chat, at most `per_chat` of each and the newest `limit` of these,
// oldest first: what a newly linked device is given.
base::Result<std::vector<Serial>> HistoryOf(Ledger& ledger, PersonRow person, std::size_t per_chat,
                                            std::size_t limit);

}  // namespace parley::sim::network
