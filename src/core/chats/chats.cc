#include "core/chats/chats.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/channels/ask.h"
#include "core/contacts/resolve.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"

namespace parley::core {
namespace {

base::Result<ChatInList> InList(const Transaction& tx, const Channel& channel,
                                std::optional<ChannelRow> of, Chat chat) {
  MessageStore::Page page;
  page.channel = channel.row;
  page.chat = chat.row;
  page.limit = 1;
  PARLEY_TRY(newest, tx.messages().List(channel.account, page));
  if (of && chat.kind == ChatKind::kPerson) {
    PARLEY_TRY(is_of_others, tx.contacts().IsNameOfOthers(*of, chat.person));
    if (is_of_others) chat.peer.name.clear();
  }
  ChatInList row;
  row.chat = std::move(chat);
  if (!newest.empty()) row.newest = std::move(newest.front().message);
  return row;
}

// The store orders chats to a minute.
base::Result<void> SortByNewest(const Transaction& tx, std::vector<ChatInList>& rows) {
  std::map<ChatRow, base::Time> at;
  for (const ChatInList& row : rows) {
    if (row.newest) {
      at[row.chat.row] = row.newest->at;
      continue;
    }
    PARLEY_TRY(activity, tx.contacts().ActivityOf(row.chat.row));
    at[row.chat.row] = activity.at.value_or(base::Time());
  }
  std::stable_sort(rows.begin(), rows.end(), [&at](const ChatInList& a, const ChatInList& b) {
    return at[a.chat.row] > at[b.chat.row];
  });
  return {};
}

base::Result<Chat> ChatAt(const Transaction& tx, const Channel& channel, const Address& with) {
  PARLEY_TRY(chat, FindChatWith(tx, channel, with));
  if (!chat) return base::ErrorCode::kNotFound;
  PARLEY_TRY(activity, tx.contacts().ActivityOf(chat->row));
  if (activity.is_deleted) return base::ErrorCode::kNotFound;
  return std::move(*chat);
}

// Where a message stands in its chat.
std::pair<base::Time, MessageRow> PlaceOf(const MessageInChat& message) {
  return {message.message.at, message.message.row};
}

// More than that are not counted: a count so high is never exact.
constexpr int kMostUnread = 1000;

// How many came in after the message, which is read.
base::Result<std::int64_t> UnreadAfter(const Transaction& tx, const Channel& channel,
                                       const Message& read) {
  MessageStore::Page page;
  page.channel = channel.row;
  page.chat = read.chat;
  page.from = read.at;
  page.limit = kMostUnread;
  PARLEY_TRY(newer, tx.messages().List(channel.account, page));
  return std::count_if(newer.begin(), newer.end(), [&read](const MessageInChat& found) {
    const Message& message = found.message;
    return message.direction == Direction::kIn &&
           (message.at > read.at || (message.at == read.at && message.row > read.row));
  });
}

}  // namespace

base::Task<base::Result<std::vector<ChatInList>>> Chats::List(ChannelPtr channel,
                                                              std::optional<ChannelRow> of,
                                                              bool with_history, int offset,
                                                              int limit) {
  ContactStore::ChatPage page;
  page.with_history = with_history;
  page.offset = offset;
  page.limit = limit;
  PARLEY_CO_TRY(listed, co_await ListPage(std::move(channel), of, std::move(page)));
  co_return std::move(listed.rows);
}

base::Task<base::Result<ChatListPage>> Chats::ListPage(ChannelPtr channel,
                                                       std::optional<ChannelRow> of,
                                                       ContactStore::ChatPage page) {
  auto read = [channel, of,
               page = std::move(page)](const Transaction& tx) -> base::Result<ChatListPage> {
    PARLEY_TRY(chats, tx.contacts().ListChats(channel->row, page));
    ChatListPage list;
    if (page.limit > 0 && static_cast<int>(chats.size()) == page.limit) {
      PARLEY_TRY(activity, tx.contacts().ActivityOf(chats.back().row));
      list.next = ChatPlace{activity.at.value_or(base::Time()), chats.back().row};
    }
    for (Chat& chat : chats) {
      PARLEY_TRY(row, InList(tx, *channel, of, std::move(chat)));
      list.rows.push_back(std::move(row));
    }
    PARLEY_CHECK(SortByNewest(tx, list.rows));
    return list;
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<ChatInList>> Chats::Find(ChannelPtr channel, std::optional<ChannelRow> of,
                                                 Address with) {
  auto read = [channel, of,
               with = std::move(with)](const Transaction& tx) -> base::Result<ChatInList> {
    PARLEY_TRY(chat, ChatAt(tx, *channel, with));
    return InList(tx, *channel, of, std::move(chat));
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<void>> Chats::MarkRead(CallerPtr caller, ChannelPtr channel,
                                               std::vector<MessageId> messages, bool typing) {
  auto read = [account = caller->account.row, row = channel->row,
               messages](const Transaction& tx) -> base::Result<std::vector<MessageInChat>> {
    std::vector<MessageInChat> found;
    for (const MessageId id : messages) {
      PARLEY_TRY(message, tx.messages().FindById(account, id));
      if (!message || message->message.channel != row)
        return base::Error(base::ErrorCode::kNotFound, "Unknown message");
      if (message->message.direction == Direction::kOut)
        return base::Error(base::ErrorCode::kInvalidState, "Only received messages can be read");
      found.push_back(std::move(*message));
    }
    return found;
  };
  PARLEY_CO_TRY(found, co_await store_.Read(std::move(read)));
  core::MarkRead request;
  for (const MessageInChat& message : found) request.link_ids.push_back(message.message.link_id);
  request.typing = typing && channel->link == LinkKind::kCloud;
  const bool typing_apart = typing && !request.typing && !found.empty();
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  if (typing_apart) {
    ShowPresence typing_now;
    typing_now.kind = PresenceKind::kComposing;
    typing_now.chat = found.back().chat.address();
    PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(typing_now)));
  }
  auto write = [channel, found = std::move(found)](Transaction& tx) -> base::Result<void> {
    // What came before the newest of a chat is read with it.
    std::map<ChatRow, const MessageInChat*> newest;
    for (const MessageInChat& message : found) {
      const MessageInChat*& kept = newest[message.chat.row];
      if (kept == nullptr || PlaceOf(*kept) < PlaceOf(message)) kept = &message;
    }
    for (const auto& [row, message] : newest) {
      PARLEY_TRY(left, UnreadAfter(tx, *channel, message->message));
      PARLEY_CHECK(tx.contacts().LimitUnread(message->chat, left));
    }
    return {};
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<void>> Chats::Read(ChannelPtr channel, Address with) {
  PARLEY_CO_TRY(row, co_await Find(channel, channel->row, with));
  ReadChat request;
  request.chat = row.chat.address();
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  auto write = [chat = std::move(row.chat)](Transaction& tx) {
    return tx.contacts().LimitUnread(chat, 0);
  };
  co_return co_await store_.Write(std::move(write));
}

}  // namespace parley::core
