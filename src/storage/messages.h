// Messages in SQL.
#pragma once

#include "core/messages/message_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlMessageStore final : public core::MessageStore {
 public:
  explicit SqlMessageStore(Connection& db) : db_(db) {}
  base::Result<core::MessageRow> Insert(const core::Message& message) override;
  base::Result<void> SetStatus(const core::Message& message,
                               const core::HistoryEntry& entry) override;
  base::Result<std::optional<core::MessageInChat>> FindById(core::AccountRow account,
                                                            core::MessageId id) const override;
  base::Result<std::optional<core::MessageInChat>> FindByLinkId(
      core::ChatRow chat, core::Direction direction, std::string_view link_id) const override;
  base::Result<std::vector<core::MessageInChat>> Queued(core::ChannelRow channel,
                                                        core::MessageRow after,
                                                        int limit) const override;
  base::Result<std::optional<base::Time>> LatestAt(core::ChatRow chat) const override;
  base::Result<std::vector<core::MessageInChat>> List(core::AccountRow account,
                                                      const Page& page) const override;
  base::Result<int> Prune(base::Time until, int limit) override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
