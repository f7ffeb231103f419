#include "storage/accounts.h"

#include <cstring>

#include "base/fields.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define ACCOUNT_COLUMNS                                                                     \
  "row, id, name, plan, on_trial, expires_at, blocked, block_reason, requests_per_minute, " \
  "burst, messages_per_month, settings, transcription_key, created_at"
constexpr Sql kInsertAccount{
    "INSERT INTO accounts (id, name, plan, on_trial, expires_at, blocked, block_reason, "
    "requests_per_minute, burst, messages_per_month, settings, transcription_key, created_at) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kUpdateAccount{
    "UPDATE accounts SET name=?, plan=?, on_trial=?, expires_at=?, blocked=?, block_reason=?, "
    "requests_per_minute=?, burst=?, messages_per_month=?, settings=?, transcription_key=? "
    "WHERE row=?"};
constexpr Sql kFindAccount{"SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE row=?"};
constexpr Sql kFindAccountById{"SELECT " ACCOUNT_COLUMNS " FROM accounts WHERE id=?"};
constexpr Sql kListAccounts{"SELECT " ACCOUNT_COLUMNS
                            " FROM accounts WHERE row>? ORDER BY row LIMIT ?"};

#define CREDENTIAL_COLUMNS \
  "row, account, dialect, channel, digest, fingerprint, previous_fingerprint, label, created_at"
constexpr Sql kInsertCredential{
    "INSERT INTO credentials (account, dialect, channel, digest, fingerprint, "
    "previous_fingerprint, label, created_at) VALUES (?,?,?,?,?,?,?,?)"};
constexpr Sql kFindCredential{"SELECT " CREDENTIAL_COLUMNS " FROM credentials WHERE digest=?"};
constexpr Sql kListCredentials{"SELECT " CREDENTIAL_COLUMNS
                               " FROM credentials WHERE account=? ORDER BY row"};
constexpr Sql kListOfChannel{"SELECT " CREDENTIAL_COLUMNS
                             " FROM credentials WHERE channel=? ORDER BY row"};
constexpr Sql kDeleteCredential{"DELETE FROM credentials WHERE row=?"};

base::Result<core::Account> ReadAccount(const Rows& rows) {
  core::Account account;
  account.row = rows.RowNumber<core::AccountRow>(0);
  account.id = rows.Uuid<core::AccountId>(1);
  account.name = rows.Text(2);
  account.plan = rows.Text(3);
  account.on_trial = rows.Bool(4);
  account.expires_at = rows.OptionalTime(5);
  account.blocked = rows.Bool(6);
  account.block_reason = rows.Text(7);
  account.requests_per_minute = rows.Integer(8);
  account.burst = rows.Integer(9);
  account.messages_per_month = rows.Integer(10);
  PARLEY_TRY(settings, base::DecodeText<core::AccountSettings>(rows.View(11)));
  account.settings = settings;
  account.sealed_transcription_key = rows.Text(12);
  account.created_at = rows.Time(13);
  return account;
}

base::Result<core::Credential> ReadCredential(const Rows& rows) {
  core::Credential credential;
  credential.row = rows.RowNumber<core::CredentialRow>(0);
  credential.account = rows.RowNumber<core::AccountRow>(1);
  credential.dialect = rows.Enum<core::Dialect>(2);
  credential.channel = rows.OptionalRow<core::ChannelRow>(3);
  std::memcpy(credential.digest.data(), rows.View(4).data(), credential.digest.size());
  credential.fingerprint = rows.Text(5);
  credential.previous_fingerprint = rows.Text(6);
  credential.label = rows.Text(7);
  credential.created_at = rows.Time(8);
  return credential;
}

}  // namespace

base::Result<core::AccountRow> SqlAccountStore::Insert(const core::Account& account) {
  changed_ = true;
  const std::string settings = base::EncodeText(account.settings);
  PARLEY_CHECK(db_.Execute(
      kInsertAccount, {account.id, account.name, account.plan, account.on_trial, account.expires_at,
                       account.blocked, account.block_reason, account.requests_per_minute,
                       account.burst, account.messages_per_month, settings,
                       Value::Blob(account.sealed_transcription_key), account.created_at}));
  return core::AccountRow(db_.last_insert_row());
}

base::Result<void> SqlAccountStore::Update(const core::Account& account) {
  changed_ = true;
  const std::string settings = base::EncodeText(account.settings);
  PARLEY_CHECK(db_.Execute(
      kUpdateAccount,
      {account.name, account.plan, account.on_trial, account.expires_at, account.blocked,
       account.block_reason, account.requests_per_minute, account.burst, account.messages_per_month,
       settings, Value::Blob(account.sealed_transcription_key), account.row}));
  return {};
}

base::Result<std::optional<core::Account>> SqlAccountStore::Find(core::AccountRow row) const {
  return ReadOne(db_.Query(kFindAccount, {row}), ReadAccount);
}

base::Result<std::optional<core::Account>> SqlAccountStore::FindById(core::AccountId id) const {
  return ReadOne(db_.Query(kFindAccountById, {id}), ReadAccount);
}

base::Result<std::vector<core::Account>> SqlAccountStore::List(core::AccountRow after,
                                                               int limit) const {
  return ReadAll(db_.Query(kListAccounts, {after, limit}), ReadAccount);
}

base::Result<core::CredentialRow> SqlCredentialStore::Insert(const core::Credential& credential) {
  changed_ = true;
  PARLEY_CHECK(
      db_.Execute(kInsertCredential,
                  {credential.account, credential.dialect, credential.channel,
                   Value::Blob(base::AsText(credential.digest)), credential.fingerprint,
                   credential.previous_fingerprint, credential.label, credential.created_at}));
  return core::CredentialRow(db_.last_insert_row());
}

base::Result<std::optional<core::Credential>> SqlCredentialStore::FindByDigest(
    const base::Digest& digest) const {
  return ReadOne(db_.Query(kFindCredential, {Value::Blob(base::AsText(digest))}), ReadCredential);
}

base::Result<std::vector<core::Credential>> SqlCredentialStore::List(
    core::AccountRow account) const {
  return ReadAll(db_.Query(kListCredentials, {account}), ReadCredential);
}

base::Result<std::vector<core::Credential>> SqlCredentialStore::ListOfChannel(
    core::ChannelRow channel) const {
  return ReadAll(db_.Query(kListOfChannel, {channel}), ReadCredential);
}

base::Result<void> SqlCredentialStore::Delete(core::CredentialRow row) {
  changed_ = true;
  PARLEY_CHECK(db_.Execute(kDeleteCredential, {row}));
  return {};
}

}  // namespace parley::storage
