// Messages in SQL.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <optional>

#include "core/messages/message_store.h"
#include "storage/connection.h"
#include "storage/key_index.h"

namespace parley::storage {

class SqlMessageStore final : public core::MessageStore {
 public:
  SqlMessageStore(Connection& db, KeyIndex& keys, const KeySizes& sizes)
      : db_(db), keys_(keys), slack_(sizes.clock_slack), usual_lateness_(sizes.usual_lateness) {}
  base::Result<core::MessageRow> Insert(const core::Message& message) override;
  base::Result<void> SetStatus(const core::Message& message,
                               const core::HistoryEntry& entry) override;
  base::Result<void> SetConversation(const core::Message& message) override;
  base::Result<void> SetContent(const core::Message& message,
                                const core::HistoryEntry& entry) override;
  base::Result<void> SetTranscription(core::MessageRow message,
                                      const core::Transcription& transcription) override;
  base::Result<void> PutReaction(core::MessageRow message, const core::Reaction& reaction) override;
  base::Result<std::vector<core::Reaction>> Reactions(core::MessageRow message) const override;
  base::Result<void> PutVote(core::MessageRow poll, const core::Vote& vote) override;
  base::Result<std::vector<core::Vote>> Votes(core::MessageRow poll) const override;
  base::Result<std::optional<core::MessageInChat>> FindById(core::AccountRow account,
                                                            core::MessageId id) const override;
  base::Result<std::optional<core::MessageInChat>> FindByRow(core::AccountRow account,
                                                             core::MessageRow row) const override;
  base::Result<std::optional<core::MessageInChat>> FindByLinkId(
      core::ChatRow chat, core::Direction direction, std::string_view link_id) const override;
  base::Result<std::vector<core::MessageInChat>> Queued(core::ChannelRow channel,
                                                        core::MessageRow after,
                                                        int limit) const override;
  base::Result<std::optional<base::Time>> LatestAt(core::ChatRow chat) const override;
  base::Result<std::vector<core::MessageInChat>> List(core::AccountRow account,
                                                      const Page& page) const override;
  base::Result<Pruned> Prune(base::Time until, core::MessageRow after, int limit) override;

  // Moves all messages of one chat to another.
  base::Result<void> MoveChat(core::ChatRow from, core::ChatRow to);

  // Drops what is kept of chats; see SqlContactStore.
  void Forget() { latest_.clear(); }

 private:
  base::Result<std::optional<core::MessageInChat>> FindByRow(std::int64_t row) const;
  // Whether the row is there, and in the chat when one is given.
  base::Result<bool> Exists(std::int64_t row, std::optional<core::ChatRow> chat) const;
  base::Result<std::optional<base::Time>> AcceptedAt(std::int64_t row) const;
  // How long after they were written messages of the chat have come, at most.
  base::Result<base::Duration> LatenessOf(core::ChatRow chat) const;
  // Leaves out the keys of a chat that cannot be of rows within the bounds of the page.
  base::Result<void> Narrow(KeyRange& range, const Page& page, base::Duration lateness) const;
  // The messages of a page whose keys are wanted, in the keys' order.
  template <class Wanted>
  base::Result<std::vector<core::MessageInChat>> Gather(KeyRange range, const Page& page,
                                                        const Wanted& wanted,
                                                        std::optional<base::Time> oldest) const;
  template <class Wanted>
  base::Result<std::vector<core::MessageInChat>> GatherByRow(KeyRange range, const Page& page,
                                                             const Wanted& wanted) const;
  // The messages of the page among these rows.
  base::Result<std::vector<core::MessageInChat>> Pick(const std::vector<std::int64_t>& rows,
                                                      const Page& page) const;
  base::Result<std::vector<core::MessageInChat>> ListChat(const Page& page) const;
  base::Result<std::vector<core::MessageInChat>> ListChannel(const Page& page) const;

  Connection& db_;
  KeyIndex& keys_;
  const base::Duration slack_, usual_lateness_;
  mutable absl::flat_hash_map<core::ChatRow, std::optional<base::Time>> latest_;
};

}  // namespace parley::storage
