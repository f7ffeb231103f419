// Where messages are kept. Thread: inside a transaction only.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/messages/message.h"

namespace parley::core {

class MessageStore {
 public:
  virtual ~MessageStore() = default;

  // kAlreadyExists when the id is taken. No list shows a modifier, and LatestAt does not count it.
  virtual base::Result<MessageRow> Insert(const Message& message) = 0;
  // Sets status, failure, recipients, link id and (once) conversation, and appends `entry` to the
  // history.
  virtual base::Result<void> SetStatus(const Message& message, const HistoryEntry& entry) = 0;
  // Names its conversation, unless it has one.
  virtual base::Result<void> SetConversation(const Message& message) = 0;
  // Sets the content, and appends `entry` to the history.
  virtual base::Result<void> SetContent(const Message& message, const HistoryEntry& entry) = 0;
  virtual base::Result<void> SetTranscription(MessageRow message,
                                              const Transcription& transcription) = 0;

  // Replaces what its person said to the message before; an empty one takes it back.
  virtual base::Result<void> PutReaction(MessageRow message, const Reaction& reaction) = 0;
  virtual base::Result<std::vector<Reaction>> Reactions(MessageRow message) const = 0;
  virtual base::Result<void> PutVote(MessageRow poll, const Vote& vote) = 0;
  // In the order of the voters' rows; the channel's own comes first.
  virtual base::Result<std::vector<Vote>> Votes(MessageRow poll) const = 0;

  virtual base::Result<std::optional<MessageInChat>> FindById(AccountRow account,
                                                              MessageId id) const = 0;
  virtual base::Result<std::optional<MessageInChat>> FindByRow(AccountRow account,
                                                               MessageRow row) const = 0;
  // By the network's id; only for messages stored with one (Message::link_id not empty).
  virtual base::Result<std::optional<MessageInChat>> FindByLinkId(
      ChatRow chat, Direction direction, std::string_view link_id) const = 0;

  // Outgoing messages at kQueued, in accept order.
  virtual base::Result<std::vector<MessageInChat>> Queued(ChannelRow channel, MessageRow after,
                                                          int limit) const = 0;

  // The time of the newest message in the chat, if there is one.
  virtual base::Result<std::optional<base::Time>> LatestAt(ChatRow chat) const = 0;

  // Where a message stands in its chat, in the order of time.
  struct Place {
    base::Time at;
    MessageRow row;
    auto operator<=>(const Place&) const = default;
  };
  struct Page {
    ChannelRow channel;
    std::optional<ChatRow> chat;
    // Row bounds, exclusive; 0 = open.
    MessageRow after, before;
    std::optional<base::Time> from, until;  // of `at`, inclusive
    // Of a chat in the order of time: what stands before this place, for whoever goes on from
    // there.
    std::optional<Place> below;
    bool newest_first = true;
    bool by_row = false;  // pages of a chat, too: for whoever goes on from a row
    int offset = 0;
    int limit = 100;  // 0 = all
  };
  // Pages of a chat are ordered by (at, row) unless `by_row` is set; pages of a channel by row.
  virtual base::Result<std::vector<MessageInChat>> List(AccountRow account,
                                                        const Page& page) const = 0;

  struct Pruned {
    int deleted = 0;
    std::vector<MessageInChat> queued;  // old enough, but not yet sent
    std::optional<MessageRow> next;     // where to go on; nullopt: nothing else is old enough
  };
  // Looks at the `limit` messages after `after`, oldest first, and deletes those accepted before
  // `until`. What is still queued stays, and so does the newest message of all.
  virtual base::Result<Pruned> Prune(base::Time until, MessageRow after, int limit) = 0;
};

}  // namespace parley::core
