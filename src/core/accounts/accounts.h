// Operations on accounts and their keys.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/accounts/account.h"
#include "core/accounts/keys.h"
#include "core/secrets.h"
#include "core/store.h"

namespace parley::core {

// What an operator changes; absent = as it is.
struct AccountChange {
  std::optional<std::string> name, plan;
  std::optional<bool> on_trial, blocked;
  std::optional<std::optional<base::Time>> expires_at;
  std::optional<std::string> block_reason;
  std::optional<std::int64_t> requests_per_minute, burst, messages_per_month;
  // Is given the settings as they stand when the change is written, so that of two changes at once
  // neither is lost. May run more than once.
  std::function<void(AccountSettings&)> settings;
  // Of the endpoint that transcribes; empty takes it away. It is sealed before it is stored.
  std::optional<std::string> transcription_key;

  // A reason without a block is dropped. Leaves out the key.
  void ApplyTo(Account& account) const;
};

// Thread: its store's scheduler.
class Accounts {
 public:
  Accounts(Store& store, base::Random& random, Secrets& secrets)
      : store_(store), random_(random), secrets_(secrets) {}

  // `account` needs name and limits; row, id and time are given here. These three check the
  // settings against each other: kInvalidFields.
  base::Task<base::Result<Account>> Create(Account account);
  base::Task<base::Result<Account>> CreateWithKey(Account account, std::string transcription_key);
  // Stores everything but row, id and created_at.
  base::Task<base::Result<Account>> Update(Account account);
  base::Task<base::Result<Account>> Change(AccountId id, AccountChange change);
  base::Task<base::Result<Account>> Get(AccountId id);
  // How many messages of its plan are used this month; counted while there is a limit.
  base::Task<base::Result<std::int64_t>> MessagesThisMonth(AccountRow account);
  base::Task<base::Result<std::vector<Account>>> List(AccountRow after, int limit);

  base::Task<base::Result<std::vector<Credential>>> Keys(AccountRow account);
  // A new key of the whole account.
  base::Task<base::Result<IssuedKey>> IssueKey(AccountRow account, Dialect dialect,
                                               std::string label);
  // A new key in place of the one with this fingerprint, which stops working in the same commit.
  base::Task<base::Result<IssuedKey>> RenewKey(AccountRow account, std::string fingerprint);
  base::Task<base::Result<void>> RevokeKey(AccountRow account, std::string fingerprint);

 private:
  std::string Sealed(AccountId account, const std::string& transcription_key);

  Store& store_;
  base::Random& random_;
  Secrets& secrets_;
};

}  // namespace parley::core
