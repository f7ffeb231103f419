// Network: the list of chats, and what is done to one.
#include <algorithm>

#include "sim/network/conversation.h"
#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {

base::Result<void> Network::ChangeChat(const Actor& by, const ChatChange& change) {
  PARLEY_TRY(owner, parts_->ActorOf(by));
  if (!parts_->ledger.state().HasChat(change.chat))
    return base::Error(base::ErrorCode::kNotFound, "There is no such chat");
  if (change.muted_until && (change.action != ChatAction::kMute || *change.muted_until <= Now() ||
                             base::ToUnixMs(*change.muted_until) > kMaxTimeMs))
    return base::FieldError("muted_until", "Must be a time to come, and goes with mute");
  const State& state = parts_->ledger.state();
  if (change.action == ChatAction::kRead) {
    PARLEY_TRY(conversations, ConversationsOf(parts_->ledger, owner));
    const auto found = conversations.find(change.chat);
    if (found != conversations.end())
      for (const std::size_t row : found->second.inbox_rows)
        if (!state.people.at(owner).inbox[row - 1].read)
          PARLEY_CHECK(parts_->carrier.MarkRead(owner, row, ReceiptStatus::kRead));
  }
  ChatChanged changed;
  changed.owner = by.number;
  changed.chat = change.chat;
  changed.action = change.action;
  changed.muted_until = change.muted_until;
  return parts_->Announce(std::move(changed), {by.number}, by);
}

base::Result<bool> Network::IsMuted(std::string_view number, std::string_view chat) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  const ChatState* kept = parts_->ledger.state().chats.Find(owner, chat);
  return kept != nullptr && kept->IsMuted(Now());
}

base::Result<std::vector<ChatSummary>> Network::ListChats(std::string_view number) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  const State& state = parts_->ledger.state();
  std::vector<ChatSummary> chats;
  PARLEY_TRY(conversations, ConversationsOf(parts_->ledger, owner));
  for (const auto& [name, conversation] : conversations) {
    PARLEY_TRY(newest, parts_->ledger.Message(conversation.messages.back()));
    ChatSummary& chat = chats.emplace_back();
    chat.chat = name;
    chat.last_at = newest->message.at;
    for (const std::size_t row : conversation.inbox_rows)
      chat.unread += state.people.at(owner).inbox[row - 1].read ? 0 : 1;
    const ChatState* kept = state.chats.Find(owner, name);
    if (kept == nullptr) continue;
    chat.archived = kept->archived;
    chat.muted = kept->IsMuted(Now());
    if (chat.muted) chat.muted_until = kept->muted_until;
  }
  const auto is_newer = [](const ChatSummary& one, const ChatSummary& other) {
    return one.last_at > other.last_at;
  };
  std::stable_sort(chats.begin(), chats.end(), is_newer);
  return chats;
}

}  // namespace parley::sim::network
