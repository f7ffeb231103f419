// Accounts and credentials in SQL.
#pragma once

#include "core/accounts/account_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlAccountStore final : public core::AccountStore {
 public:
  // `changed` is set by every write.
  SqlAccountStore(Connection& db, bool& changed) : db_(db), changed_(changed) {}
  base::Result<core::AccountRow> Insert(const core::Account& account) override;
  base::Result<void> Update(const core::Account& account) override;
  base::Result<std::optional<core::Account>> Find(core::AccountRow row) const override;
  base::Result<std::optional<core::Account>> FindById(core::AccountId id) const override;
  base::Result<std::vector<core::Account>> List(core::AccountRow after, int limit) const override;

 private:
  Connection& db_;
  bool& changed_;
};

class SqlCredentialStore final : public core::CredentialStore {
 public:
  // `changed` is set by every write.
  SqlCredentialStore(Connection& db, bool& changed) : db_(db), changed_(changed) {}
  base::Result<core::CredentialRow> Insert(const core::Credential& credential) override;
  base::Result<std::optional<core::Credential>> FindByDigest(
      const base::Digest& digest) const override;
  base::Result<std::vector<core::Credential>> List(core::AccountRow account) const override;
  base::Result<std::vector<core::Credential>> ListOfChannel(
      core::ChannelRow channel) const override;
  base::Result<void> Delete(core::CredentialRow row) override;

 private:
  Connection& db_;
  bool& changed_;
};

}  // namespace parley::storage
