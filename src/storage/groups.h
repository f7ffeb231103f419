// Groups and newsletters in SQL.
#pragma once

#include "core/groups/group_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlGroupStore final : public core::GroupStore {
 public:
  explicit SqlGroupStore(Connection& db) : db_(db) {}
  base::Result<std::optional<core::Group>> Find(core::ChannelRow channel,
                                                const core::Address& address) const override;
  base::Result<std::optional<core::Group>> FindById(core::AccountRow account,
                                                    core::GroupId id) const override;
  base::Result<core::GroupRow> Insert(const core::Group& group) override;
  base::Result<void> Update(const core::Group& group) override;
  base::Result<void> Describe(core::GroupRow group,
                              const std::optional<std::string>& info) override;
  base::Result<void> ForgetInfos(core::ChannelRow channel, base::Time until) override;
  base::Result<std::optional<core::KnownGroup>> FindKnown(
      core::ChannelRow channel, const core::Address& address) const override;
  base::Result<std::vector<core::KnownGroup>> ListKnown(core::ChannelRow channel) const override;
  base::Result<std::optional<core::Chat>> FindChat(const core::Group& group) const override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
