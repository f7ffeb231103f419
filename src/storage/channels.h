// Channels in SQL. Found channels are kept decoded for the life of the connection's owner, because
// every message needs its channel; whoever rolls back or sees foreign commits calls Forget.
#pragma once

#include <unordered_map>

#include "core/channels/channel_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlChannelStore final : public core::ChannelStore {
 public:
  // `changed` is set by every write.
  SqlChannelStore(Connection& db, bool& changed) : db_(db), changed_(changed) {}
  base::Result<core::ChannelRow> Insert(const core::Channel& channel) override;
  base::Result<void> Update(const core::Channel& channel) override;
  base::Result<core::ChannelPtr> Find(core::AccountRow account,
                                      core::ChannelRow row) const override;
  base::Result<core::ChannelPtr> FindById(core::AccountRow account,
                                          core::ChannelId id) const override;
  base::Result<core::ChannelPtr> FindByPhone(core::AccountRow account,
                                             std::string_view phone) const override;
  base::Result<core::ChannelPtr> FindByCode(core::AccountRow account,
                                            std::string_view code) const override;
  base::Result<std::vector<core::Channel>> List(core::AccountRow account,
                                                const Filter& filter) const override;
  base::Result<std::vector<core::Channel>> ListNewest(core::ChannelRow before,
                                                      int limit) const override;
  base::Result<std::optional<core::ChannelRow>> RowOf(core::ChannelId id) const override;
  base::Result<std::vector<core::Channel>> ListAll(core::ChannelRow after,
                                                   int limit) const override;
  base::Result<StateCounts> CountByState() const override;

  void Forget() { known_.clear(); }

 private:
  Connection& db_;
  bool& changed_;
  mutable std::unordered_map<core::ChannelRow, core::ChannelPtr> known_;
};

}  // namespace parley::storage
