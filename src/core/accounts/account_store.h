// Where accounts and credentials are kept. Thread: inside a transaction only.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/accounts/account.h"
#include "core/accounts/credential.h"

namespace parley::core {

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  virtual base::Result<AccountRow> Insert(const Account& account) = 0;
  virtual base::Result<void> Update(const Account& account) = 0;
  virtual base::Result<std::optional<Account>> Find(AccountRow row) const = 0;
  virtual base::Result<std::optional<Account>> FindById(AccountId id) const = 0;
  virtual base::Result<std::vector<Account>> List(AccountRow after, int limit) const = 0;
};

class CredentialStore {
 public:
  virtual ~CredentialStore() = default;

  // kAlreadyExists when a key with this digest is there.
  virtual base::Result<CredentialRow> Insert(const Credential& credential) = 0;
  virtual base::Result<std::optional<Credential>> FindByDigest(
      const base::Digest& digest) const = 0;
  virtual base::Result<std::vector<Credential>> List(AccountRow account) const = 0;
  // The credentials bound to one channel.
  virtual base::Result<std::vector<Credential>> ListOfChannel(ChannelRow channel) const = 0;
  virtual base::Result<void> Delete(CredentialRow row) = 0;
};

}  // namespace parley::core
