// Usage in SQL.
#pragma once

#include "core/usage/usage_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlUsageStore final : public core::UsageStore {
 public:
  explicit SqlUsageStore(Connection& db) : db_(db) {}
  base::Result<void> Add(core::ChannelRow channel, const core::UsageKey& key,
                         const core::UsageCount& count) override;
  base::Result<std::vector<core::UsageRow>> List(core::ChannelRow channel,
                                                 std::optional<core::Month> month) const override;
  base::Result<void> CountAccepted(core::AccountRow account, core::Month month) override;
  base::Result<std::int64_t> Accepted(core::AccountRow account, core::Month month) const override;
  base::Result<bool> Enter(core::ChatRow chat, const core::Conversation& conversation) override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
