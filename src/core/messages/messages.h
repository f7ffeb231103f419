// Operations on messages, as dialects call them.
#pragma once

#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/accounts/directory.h"
#include "core/channels/channel_port.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/messages/marks.h"
#include "core/messages/message_store.h"
#include "core/messages/search.h"
#include "core/messages/send.h"
#include "core/store.h"
#include "core/usage/plan.h"

namespace parley::core {

// Thread: its store's scheduler.
class Messages {
 public:
  Messages(Store& store, base::Random& random, const LinkFactories& links, MediaSource& media,
           ChannelPort& channels)
      : store_(store),
        random_(random),
        links_(links),
        media_(media),
        channels_(channels),
        plans_(store) {}

  // Accepts a message: fetches its media, stores it durably, wakes its channel. Errors: those of
  // core::Send and of MediaSource, kNotSupported when the link does not carry the kind.
  base::Task<base::Result<Queued>> Send(ChannelPtr channel, SendCommand command);

  // kNotFound when the caller does not see its channel.
  base::Task<base::Result<MessageInChat>> Get(CallerPtr caller, MessageId id);
  // How far a message to a group has come with each of those who get it, as far as they told.
  base::Task<base::Result<std::vector<Receipt>>> Receipts(AccountRow account, MessageId id);
  base::Task<base::Result<std::vector<MessageInChat>>> List(AccountRow account,
                                                            MessageStore::Page page);
  // The messages of the channel with one person or in one group; empty when there is no such chat.
  base::Task<base::Result<std::vector<MessageInChat>>> ListChat(ChannelPtr channel, Address with,
                                                                MessageStore::Page page);
  // The same with what people said to them. `before`: only those that stand before this message of
  // the chat; a fault of "before" when it is none.
  base::Task<base::Result<std::vector<MarkedMessage>>> ListMarked(ChannelPtr channel, Address with,
                                                                  std::optional<MessageId> before,
                                                                  int limit);
  // kNotFound when the caller does not see its channel.
  base::Task<base::Result<MarkedMessage>> GetMarked(CallerPtr caller, MessageId id);
  // Those of a channel that say something (core/messages/search.h).
  base::Task<base::Result<SearchPage>> Search(ChannelPtr channel, SearchQuery query);

 private:
  base::Task<base::Result<std::optional<Queued>>> BeforeFetch(SendWrite write);
  // The content with the files of the command, whose rows come with it.
  base::Task<base::Result<SendWrite>> WithFiles(SendWrite write, SendCommand command,
                                                std::int64_t max_size);

  Store& store_;
  base::Random& random_;
  const LinkFactories& links_;
  MediaSource& media_;
  ChannelPort& channels_;
  Plans plans_;
};

}  // namespace parley::core
