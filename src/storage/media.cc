#include "storage/media.h"

#include "core/messages/message.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define MEDIA_COLUMNS \
  "id, account, channel, mime_type, size, sha256, file_name, created_at, facts, thumbnail"
constexpr Sql kInsert{"INSERT INTO media (" MEDIA_COLUMNS ") VALUES (?,?,?,?,?,?,?,?,?,?)"};
// What a channel may use, when the second one is given.
#define OWNED_BY "account=?2 AND (?3 IS NULL OR channel IS NULL OR channel=?3)"
constexpr Sql kFind{"SELECT " MEDIA_COLUMNS " FROM media WHERE id=?1 AND " OWNED_BY};
constexpr Sql kFindPublic{"SELECT " MEDIA_COLUMNS " FROM media WHERE id=?"};
constexpr Sql kFindSame{"SELECT " MEDIA_COLUMNS
                        " FROM media WHERE sha256=? AND account=? AND mime_type=? "
                        "AND channel IS NULL AND size>0 ORDER BY created_at DESC LIMIT 1"};
constexpr Sql kRenew{"UPDATE media SET created_at=? WHERE id=?"};
// What is the account's is used by all of its channels, and none of them may take it away.
constexpr Sql kDelete{
    "DELETE FROM media WHERE id=?1 AND account=?2 AND (?3 IS NULL OR channel=?3)"};
constexpr Sql kPrune{
    "DELETE FROM media WHERE id IN (SELECT id FROM media WHERE created_at<? ORDER BY created_at "
    "LIMIT ?)"};
constexpr Sql kSetFacts{"UPDATE media SET facts=?, thumbnail=? WHERE id=?"};
// No step of its history: the message says more of the same.
constexpr Sql kSetContentOf{"UPDATE messages SET content=? WHERE row=?"};
constexpr Sql kPutInspection{
    "INSERT OR IGNORE INTO media_inspections (account, message) VALUES (?,?)"};
constexpr Sql kDeleteInspection{"DELETE FROM media_inspections WHERE account=? AND message=?"};
constexpr Sql kCountInspections{
    "SELECT count(*) FROM (SELECT 1 FROM media_inspections WHERE account=? LIMIT ?)"};
constexpr Sql kCountAllInspections{"SELECT count(*) FROM media_inspections"};
constexpr Sql kNextInspection{
    "SELECT account, message FROM media_inspections WHERE account>? ORDER BY account, message "
    "LIMIT 1"};
constexpr Sql kStillUsed{"SELECT 1 FROM media WHERE sha256=? LIMIT 1"};

base::Result<core::Media> Read(const Rows& rows) {
  core::Media media;
  media.ref.id = rows.Uuid<core::MediaId>(0);
  media.account = rows.RowNumber<core::AccountRow>(1);
  media.channel = rows.OptionalRow<core::ChannelRow>(2);
  media.ref.mime_type = rows.Text(3);
  media.ref.size = rows.Integer(4);
  media.ref.sha256 = rows.Text(5);
  media.ref.file_name = rows.Text(6);
  media.created_at = rows.Time(7);
  if (const std::string facts(rows.Text(8)); !facts.empty())
    if (auto decoded = base::DecodeText<core::MediaFacts>(facts)) media.ref.facts = *decoded;
  media.thumbnail = rows.Text(9);
  return media;
}

std::string EncodeFacts(const core::MediaRef& ref) {
  return ref.facts ? base::EncodeText(*ref.facts) : "";
}

base::Result<core::Inspection> ReadInspection(const Rows& rows) {
  core::Inspection inspection;
  inspection.account = rows.RowNumber<core::AccountRow>(0);
  inspection.message = rows.RowNumber<core::MessageRow>(1);
  return inspection;
}

}  // namespace

base::Result<void> SqlMediaStore::Insert(const core::Media& media) {
  const std::string facts = EncodeFacts(media.ref);
  PARLEY_CHECK(
      db_.Execute(kInsert, {media.ref.id, media.account, media.channel, media.ref.mime_type,
                            media.ref.size, media.ref.sha256, media.ref.file_name, media.created_at,
                            facts, Value::Blob(media.thumbnail)}));
  return {};
}

base::Result<std::optional<core::Media>> SqlMediaStore::Find(const core::MediaOwner& owner,
                                                             core::MediaId id) const {
  return ReadOne(db_.Query(kFind, {id, owner.account, owner.channel}), Read);
}

base::Result<std::optional<core::Media>> SqlMediaStore::FindPublic(core::MediaId id) const {
  return ReadOne(db_.Query(kFindPublic, {id}), Read);
}

base::Result<std::optional<core::Media>> SqlMediaStore::FindSame(
    core::AccountRow account, const std::string& sha256, const std::string& mime_type) const {
  return ReadOne(db_.Query(kFindSame, {sha256, account, mime_type}), Read);
}

base::Result<void> SqlMediaStore::Renew(core::MediaId id, base::Time at) {
  PARLEY_CHECK(db_.Execute(kRenew, {at, id}));
  return {};
}

base::Result<bool> SqlMediaStore::Delete(const core::MediaOwner& owner, core::MediaId id) {
  PARLEY_TRY(deleted, db_.Execute(kDelete, {id, owner.account, owner.channel}));
  return deleted > 0;
}

base::Result<int> SqlMediaStore::Prune(base::Time until, int limit) {
  PARLEY_TRY(pruned, db_.Execute(kPrune, {until, limit}));
  return static_cast<int>(pruned);
}

base::Result<void> SqlMediaStore::SetFacts(const core::Media& media, const core::Message& message) {
  const std::string facts = EncodeFacts(media.ref);
  PARLEY_CHECK(db_.Execute(kSetFacts, {facts, Value::Blob(media.thumbnail), media.ref.id}));
  std::string content;
  AppendJsonForm(content, message.content);
  PARLEY_CHECK(db_.Execute(kSetContentOf, {content, message.row}));
  return {};
}

base::Result<void> SqlMediaStore::PutInspection(const core::Inspection& inspection) {
  PARLEY_CHECK(db_.Execute(kPutInspection, {inspection.account, inspection.message}));
  return {};
}

base::Result<void> SqlMediaStore::DeleteInspection(const core::Inspection& inspection) {
  PARLEY_CHECK(db_.Execute(kDeleteInspection, {inspection.account, inspection.message}));
  return {};
}

base::Result<int> SqlMediaStore::CountInspections(core::AccountRow account, int limit) const {
  PARLEY_TRY(count, ReadInteger(db_.Query(kCountInspections, {account, limit})));
  return static_cast<int>(count);
}

base::Result<std::int64_t> SqlMediaStore::CountAllInspections() const {
  return ReadInteger(db_.Query(kCountAllInspections, {}));
}

base::Result<std::optional<core::Inspection>> SqlMediaStore::NextInspection(
    core::AccountRow after) const {
  return ReadOne(db_.Query(kNextInspection, {after}), ReadInspection);
}

base::Result<std::vector<std::string>> SqlMediaStore::Unused(
    const std::vector<std::string>& digests) const {
  std::vector<std::string> unused;
  for (const std::string& digest : digests) {
    PARLEY_TRY(used, ReadInteger(db_.Query(kStillUsed, {digest})));
    if (used == 0) unused.push_back(digest);
  }
  return unused;
}

}  // namespace parley::storage
