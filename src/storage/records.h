// The small stores in SQL: operations, idempotency records, link state.
#pragma once

#include "core/idempotency.h"
#include "core/link_state.h"
#include "core/operations.h"
#include "storage/connection.h"
#include "storage/key_index.h"

namespace parley::storage {

class SqlOperationStore final : public core::OperationStore {
 public:
  explicit SqlOperationStore(Connection& db) : db_(db) {}
  base::Result<void> Insert(const core::Operation& operation) override;
  base::Result<void> Update(const core::Operation& operation) override;
  base::Result<std::optional<core::Operation>> Find(core::AccountRow account,
                                                    core::OperationId id) const override;
  base::Result<std::vector<core::Operation>> Unfinished() const override;

 private:
  Connection& db_;
};

class SqlIdempotencyStore final : public core::IdempotencyStore {
 public:
  SqlIdempotencyStore(Connection& db, KeyIndex& keys) : db_(db), keys_(keys) {}
  base::Result<std::optional<core::IdempotencyRecord>> Find(const base::Digest& scope,
                                                            base::Time now) const override;
  base::Result<void> Insert(const base::Digest& scope,
                            const core::IdempotencyRecord& record) override;
  base::Result<int> Prune(base::Time now, int limit) override;

 private:
  Connection& db_;
  KeyIndex& keys_;
};

class SqlLinkStateStore final : public core::LinkStateStore {
 public:
  explicit SqlLinkStateStore(Connection& db) : db_(db) {}
  base::Result<std::optional<std::string>> Get(core::ChannelRow channel, std::string_view space,
                                               std::string_view key) const override;
  base::Result<std::vector<core::LinkWrite>> List(core::ChannelRow channel,
                                                  std::string_view space) const override;
  base::Result<void> Apply(core::ChannelRow channel, const core::LinkWrites& writes) override;
  base::Result<void> DeleteAll(core::ChannelRow channel) override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
