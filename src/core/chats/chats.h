// Operations on chats, as dialects call them: the list of a channel's conversations, and reading.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/accounts/directory.h"
#include "core/channels/channel_port.h"
#include "core/contacts/contact_store.h"
#include "core/messages/message.h"
#include "core/store.h"

namespace parley::core {

// A row of the list: the chat with its newest message, which may be gone from the store.
struct ChatInList {
  Chat chat;
  std::optional<Message> newest;
};

struct ChatListPage {
  std::vector<ChatInList> rows;
  std::optional<ChatPlace> next;  // where the next page goes on; none: this was the last
};

// Thread: its store's scheduler.
class Chats {
 public:
  Chats(Store& store, ChannelPort& port) : store_(store), port_(port) {}

  // Those in which was written last come first; between two pages, to a minute. Without
  // `with_history`, those in which nobody has written since the channel was paired are left out.
  // With `of`, people have no names that stand in the address books of other channels alone (as
  // with ContactStore::ContactPage).
  base::Task<base::Result<std::vector<ChatInList>>> List(ChannelPtr channel,
                                                         std::optional<ChannelRow> of,
                                                         bool with_history, int offset, int limit);
  // The same from a place on and with a search: for whoever looks through many of them.
  base::Task<base::Result<ChatListPage>> ListPage(ChannelPtr channel, std::optional<ChannelRow> of,
                                                  ContactStore::ChatPage page);
  // kNotFound when nobody has written in it, or not since it was deleted on the phone.
  base::Task<base::Result<ChatInList>> Find(ChannelPtr channel, std::optional<ChannelRow> of,
                                            Address with);
  // Tells the senders that their messages were read, and with them all that came before; with
  // `typing` those of the last chat also that an answer is being written. kNotFound when the caller
  // does not see one of them in this channel; kInvalidState when one is the channel's own. Errors:
  // those of Ask.
  base::Task<base::Result<void>> MarkRead(CallerPtr caller, ChannelPtr channel,
                                          std::vector<MessageId> messages, bool typing = false);
  // Everything in the chat. kNotFound when there is none.
  base::Task<base::Result<void>> Read(ChannelPtr channel, Address with);

 private:
  Store& store_;
  ChannelPort& port_;
};

}  // namespace parley::core
