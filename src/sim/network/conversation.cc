#include "sim/network/conversation.h"

#include <algorithm>

namespace parley::sim::network {
namespace {

// The name of the message's chat for the person.
base::Result<std::string> ChatNameOf(Ledger& ledger, PersonRow person, Serial message) {
  const State& state = ledger.state();
  const MessageEntry& entry = state.messages.at(message);
  if (entry.chat == ChatKind::kPerson)
    return state.people.at(entry.from == person ? entry.to : entry.from).person.number;
  PARLEY_TRY(record, ledger.Message(message));
  return record->message.to;
}

void KeepEachOnce(std::vector<Serial>& messages) {
  std::sort(messages.begin(), messages.end());
  messages.erase(std::unique(messages.begin(), messages.end()), messages.end());
}

}  // namespace

base::Result<Conversations> ConversationsOf(Ledger& ledger, PersonRow person) {
  const State& state = ledger.state();
  Conversations conversations;
  const auto add = [&](Serial message) -> base::Result<Conversation*> {
    if (state.messages.at(message).chat == ChatKind::kStatus)
      return static_cast<Conversation*>(nullptr);  // it is in no chat
    PARLEY_TRY(name, ChatNameOf(ledger, person, message));
    const ChatState* chat = state.chats.Find(person, name);
    if (chat != nullptr && message <= chat->deleted_up_to)
      return static_cast<Conversation*>(nullptr);
    Conversation& conversation = conversations[std::move(name)];
    conversation.messages.push_back(message);
    return &conversation;
  };
  const PersonState& owner = state.people.at(person);
  for (const Serial message : owner.outbox) PARLEY_CHECK(add(message));
  for (std::size_t i = 0; i < owner.inbox.size(); ++i) {
    PARLEY_TRY(conversation, add(owner.inbox[i].message));
    if (conversation != nullptr) conversation->inbox_rows.push_back(i + 1);
  }
  for (auto& [name, conversation] : conversations) KeepEachOnce(conversation.messages);
  return conversations;
}

base::Result<std::vector<Serial>> HistoryOf(Ledger& ledger, PersonRow person, std::size_t per_chat,
                                            std::size_t limit) {
  std::vector<Serial> history;
  if (per_chat == 0 || limit == 0) return history;
  PARLEY_TRY(conversations, ConversationsOf(ledger, person));
  for (const auto& [name, conversation] : conversations) {
    const std::size_t count = std::min(per_chat, conversation.messages.size());
    history.insert(history.end(), conversation.messages.end() - static_cast<std::ptrdiff_t>(count),
                   conversation.messages.end());
  }
  KeepEachOnce(history);
  if (history.size() > limit)
    history.erase(history.begin(), history.end() - static_cast<std::ptrdiff_t>(limit));
  return history;
}

}  // namespace parley::sim::network
