#include "storage/records.h"

#include <cstring>

#include "storage/read.h"

namespace parley::storage {
namespace {

#define OPERATION_COLUMNS \
  "id, account, channel, type, state, error, enqueued_at, started_at, finished_at"
constexpr Sql kInsertOperation{"INSERT INTO operations (" OPERATION_COLUMNS
                               ") VALUES (?,?,?,?,?,?,?,?,?)"};
constexpr Sql kUpdateOperation{
    "UPDATE operations SET state=?, error=?, started_at=?, finished_at=? WHERE id=?"};
constexpr Sql kFindOperation{"SELECT " OPERATION_COLUMNS
                             " FROM operations WHERE id=? AND account=?"};
// The states are written out so that the partial index operations_unfinished serves it.
constexpr Sql kUnfinished{"SELECT " OPERATION_COLUMNS
                          " FROM operations WHERE state IN (1, 2) ORDER BY id"};

constexpr Sql kFindRecord{
    "SELECT command, result, expires_at FROM idempotency WHERE row=? AND scope=? AND expires_at>?"};
constexpr Sql kInsertRecord{
    "INSERT INTO idempotency (scope, command, result, expires_at) VALUES (?,?,?,?)"};
// Rows stand in the order they expire. The last one stays, because its number must not be given
// again.
constexpr Sql kExpiries{
    "SELECT row, expires_at FROM idempotency WHERE row < (SELECT max(row) FROM idempotency) "
    "ORDER BY row LIMIT ?"};
constexpr Sql kDeleteUpTo{"DELETE FROM idempotency WHERE row<=?"};

constexpr Sql kGetState{"SELECT value FROM link_state WHERE channel=? AND space=? AND key=?"};
constexpr Sql kListState{
    "SELECT space, key, value FROM link_state WHERE channel=? AND space=? ORDER BY key"};
constexpr Sql kPutState{
    "INSERT INTO link_state (channel, space, key, value) VALUES (?,?,?,?) "
    "ON CONFLICT (channel, space, key) DO UPDATE SET value = excluded.value"};
constexpr Sql kDeleteState{"DELETE FROM link_state WHERE channel=? AND space=? AND key=?"};
constexpr Sql kDeleteAllState{"DELETE FROM link_state WHERE channel=?"};

base::Result<core::Operation> ReadOperation(const Rows& rows) {
  core::Operation operation;
  operation.id = rows.Uuid<core::OperationId>(0);
  operation.account = rows.RowNumber<core::AccountRow>(1);
  operation.channel = rows.OptionalRow<core::ChannelRow>(2);
  operation.type = rows.Text(3);
  operation.state = rows.Enum<core::OperationState>(4);
  operation.error = rows.Text(5);
  operation.enqueued_at = rows.Time(6);
  operation.started_at = rows.OptionalTime(7);
  operation.finished_at = rows.OptionalTime(8);
  return operation;
}

base::Result<core::IdempotencyRecord> ReadRecord(const Rows& rows) {
  core::IdempotencyRecord record;
  std::memcpy(record.command.data(), rows.View(0).data(), record.command.size());
  record.result = rows.Text(1);
  record.expires_at = rows.Time(2);
  return record;
}

base::Result<core::LinkWrite> ReadState(const Rows& rows) {
  return core::LinkWrite{rows.Text(0), rows.Text(1), rows.Text(2)};
}

// Half of the digest names the record: 128 bits do not collide by chance.
std::string_view ScopeKey(const base::Digest& scope) { return base::AsText(scope).substr(0, 16); }

}  // namespace

base::Result<void> SqlOperationStore::Insert(const core::Operation& operation) {
  PARLEY_CHECK(db_.Execute(
      kInsertOperation,
      {operation.id, operation.account, operation.channel, operation.type, operation.state,
       operation.error, operation.enqueued_at, operation.started_at, operation.finished_at}));
  return {};
}

base::Result<void> SqlOperationStore::Update(const core::Operation& operation) {
  PARLEY_CHECK(
      db_.Execute(kUpdateOperation, {operation.state, operation.error, operation.started_at,
                                     operation.finished_at, operation.id}));
  return {};
}

base::Result<std::optional<core::Operation>> SqlOperationStore::Find(core::AccountRow account,
                                                                     core::OperationId id) const {
  return ReadOne(db_.Query(kFindOperation, {id, account}), ReadOperation);
}

base::Result<std::vector<core::Operation>> SqlOperationStore::Unfinished() const {
  return ReadAll(db_.Query(kUnfinished, {}), ReadOperation);
}

base::Result<std::optional<core::IdempotencyRecord>> SqlIdempotencyStore::Find(
    const base::Digest& scope, base::Time now) const {
  KeyRange range;
  range.from = IndexKey::Of(KeySpace::kIdempotency, ScopeKey(scope), 0);
  range.until = IndexKey::Of(KeySpace::kIdempotency, ScopeKey(scope), INT64_MAX);
  range.descending = true;
  range.limit = 1;
  PARLEY_TRY(keys, keys_.Find(range));
  if (keys.empty()) return std::optional<core::IdempotencyRecord>();
  return ReadOne(
      db_.Query(kFindRecord, {keys.front().Number(2), Value::Blob(ScopeKey(scope)), now}),
      ReadRecord);
}

base::Result<void> SqlIdempotencyStore::Insert(const base::Digest& scope,
                                               const core::IdempotencyRecord& record) {
  PARLEY_CHECK(db_.Execute(kInsertRecord,
                           {Value::Blob(ScopeKey(scope)), Value::Blob(base::AsText(record.command)),
                            Value::Blob(record.result), record.expires_at}));
  const std::int64_t row = db_.last_insert_row();
  keys_.Add(IndexKey::Of(KeySpace::kIdempotency, ScopeKey(scope), row));
  return {};
}

base::Result<int> SqlIdempotencyStore::Prune(base::Time now, int limit) {
  std::int64_t last = 0;
  {
    PARLEY_TRY(rows, db_.Query(kExpiries, {limit}));
    while (true) {
      PARLEY_TRY(found, rows.Next());
      if (!found || rows.Time(1) > now) break;
      last = rows.Integer(0);
    }
  }
  if (last == 0) return 0;
  PARLEY_TRY(pruned, db_.Execute(kDeleteUpTo, {last}));
  return static_cast<int>(pruned);
}

base::Result<std::optional<std::string>> SqlLinkStateStore::Get(core::ChannelRow channel,
                                                                std::string_view space,
                                                                std::string_view key) const {
  const auto read = [](const Rows& rows) -> base::Result<std::string> { return rows.Text(0); };
  return ReadOne(db_.Query(kGetState, {channel, space, key}), read);
}

base::Result<std::vector<core::LinkWrite>> SqlLinkStateStore::List(core::ChannelRow channel,
                                                                   std::string_view space) const {
  return ReadAll(db_.Query(kListState, {channel, space}), ReadState);
}

base::Result<void> SqlLinkStateStore::Apply(core::ChannelRow channel,
                                            const core::LinkWrites& writes) {
  for (const core::LinkWrite& write : writes) {
    if (write.value)
      PARLEY_CHECK(
          db_.Execute(kPutState, {channel, write.space, write.key, Value::Blob(*write.value)}));
    else
      PARLEY_CHECK(db_.Execute(kDeleteState, {channel, write.space, write.key}));
  }
  return {};
}

base::Result<void> SqlLinkStateStore::DeleteAll(core::ChannelRow channel) {
  PARLEY_CHECK(db_.Execute(kDeleteAllState, {channel}));
  return {};
}

}  // namespace parley::storage
