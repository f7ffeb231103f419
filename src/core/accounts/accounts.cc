#include "core/accounts/accounts.h"

#include "core/accounts/account_store.h"
#include "core/speech/transcribe.h"
#include "core/speech/transcription_queue.h"
#include "core/stamp.h"
#include "core/usage/usage_store.h"

namespace parley::core {
namespace {

base::Result<Credential> FindByFingerprint(const Transaction& tx, AccountRow account,
                                           const std::string& fingerprint) {
  PARLEY_TRY(credentials, tx.credentials().List(account));
  for (Credential& credential : credentials)
    if (credential.fingerprint == fingerprint) return std::move(credential);
  return base::ErrorCode::kNotFound;
}

}  // namespace

void AccountChange::ApplyTo(Account& account) const {
  const auto set = [](const auto& from, auto& to) {
    if (from) to = *from;
  };
  set(name, account.name);
  set(plan, account.plan);
  set(on_trial, account.on_trial);
  set(blocked, account.blocked);
  set(expires_at, account.expires_at);
  set(block_reason, account.block_reason);
  set(requests_per_minute, account.requests_per_minute);
  set(burst, account.burst);
  set(messages_per_month, account.messages_per_month);
  if (settings) settings(account.settings);
  if (!account.blocked) account.block_reason.clear();  // it was that block's
}

base::Task<base::Result<Account>> Accounts::Create(Account account) {
  return CreateWithKey(std::move(account), "");
}

base::Task<base::Result<Account>> Accounts::CreateWithKey(Account account,
                                                          std::string transcription_key) {
  PARLEY_CO_CHECK(CheckTranscriptionSettings(account.settings));
  Stamp stamp(store_.scheduler().Now(), random_);
  account.id = stamp.Next<AccountId>();
  account.created_at = stamp.now();
  account.sealed_transcription_key = Sealed(account.id, transcription_key);
  auto write = [account](Transaction& tx) -> base::Result<Account> {
    Account stored = account;
    PARLEY_TRY(row, tx.accounts().Insert(stored));
    stored.row = row;
    return stored;
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<Account>> Accounts::Update(Account account) {
  PARLEY_CO_CHECK(CheckTranscriptionSettings(account.settings));
  auto write = [account](Transaction& tx) -> base::Result<Account> {
    PARLEY_CHECK(tx.accounts().Update(account));
    return account;
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<Account>> Accounts::Change(AccountId id, AccountChange change) {
  std::optional<std::string> key;
  if (change.transcription_key) key = Sealed(id, *change.transcription_key);
  auto write = [id, change, key](Transaction& tx) -> base::Result<Account> {
    PARLEY_TRY(account, tx.accounts().FindById(id));
    if (!account) return base::ErrorCode::kNotFound;
    change.ApplyTo(*account);
    PARLEY_CHECK(CheckTranscriptionSettings(account->settings));
    if (key) account->sealed_transcription_key = *key;
    PARLEY_CHECK(tx.accounts().Update(*account));
    return std::move(*account);
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<Account>> Accounts::Get(AccountId id) {
  auto read = [id](const Transaction& tx) -> base::Result<Account> {
    PARLEY_TRY(account, tx.accounts().FindById(id));
    if (!account) return base::ErrorCode::kNotFound;
    return std::move(*account);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::int64_t>> Accounts::MessagesThisMonth(AccountRow account) {
  auto read = [account, month = MonthOf(store_.scheduler().Now())](const Transaction& tx) {
    return tx.usage().Accepted(account, month);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<Account>>> Accounts::List(AccountRow after, int limit) {
  auto read = [after, limit](const Transaction& tx) { return tx.accounts().List(after, limit); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<std::vector<Credential>>> Accounts::Keys(AccountRow account) {
  auto read = [account](const Transaction& tx) { return tx.credentials().List(account); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<IssuedKey>> Accounts::IssueKey(AccountRow account, Dialect dialect,
                                                       std::string label) {
  IssuedKey issued =
      DrawKey(account, dialect, std::nullopt, std::move(label), store_.scheduler().Now(), random_);
  auto write = [issued](Transaction& tx) -> base::Result<IssuedKey> {
    IssuedKey stored = issued;
    PARLEY_TRY(row, tx.credentials().Insert(stored.credential));
    stored.credential.row = row;
    return stored;
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<IssuedKey>> Accounts::RenewKey(AccountRow account,
                                                       std::string fingerprint) {
  auto find = [account, fingerprint](const Transaction& tx) {
    return FindByFingerprint(tx, account, fingerprint);
  };
  auto old = co_await store_.Read(std::move(find));
  if (!old) co_return old.error();
  IssuedKey issued =
      DrawKey(account, old->dialect, old->channel, old->label, store_.scheduler().Now(), random_);
  issued.credential.previous_fingerprint = fingerprint;
  auto write = [account, fingerprint, issued](Transaction& tx) -> base::Result<IssuedKey> {
    PARLEY_TRY(current, FindByFingerprint(tx, account, fingerprint));
    PARLEY_CHECK(tx.credentials().Delete(current.row));
    IssuedKey stored = issued;
    PARLEY_TRY(row, tx.credentials().Insert(stored.credential));
    stored.credential.row = row;
    return stored;
  };
  co_return co_await store_.Write(std::move(write));
}

base::Task<base::Result<void>> Accounts::RevokeKey(AccountRow account, std::string fingerprint) {
  auto write = [account, fingerprint](Transaction& tx) -> base::Result<void> {
    PARLEY_TRY(credential, FindByFingerprint(tx, account, fingerprint));
    return tx.credentials().Delete(credential.row);
  };
  co_return co_await store_.Write(std::move(write));
}

std::string Accounts::Sealed(AccountId account, const std::string& transcription_key) {
  if (transcription_key.empty()) return "";
  return secrets_.Seal(TranscriptionKeyPurpose(account), transcription_key);
}

}  // namespace parley::core
