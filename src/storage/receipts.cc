#include "storage/receipts.h"

#include "storage/peer.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr Sql kFind{
    "SELECT person, delivered_at, read_at, played_at FROM receipts WHERE message=? AND person=?"};
constexpr Sql kUpdate{
    "UPDATE receipts SET delivered_at=?, read_at=?, played_at=? WHERE message=? AND person=?"};
constexpr Sql kInsert{
    "INSERT INTO receipts (message, person, delivered_at, read_at, played_at) "
    "SELECT ?1, ?2, ?3, ?4, ?5 WHERE (SELECT count(*) FROM receipts WHERE message=?1) < ?6"};

// No index finds the rows of a person, so a merge leaves them and reads follow the redirect. Two of
// them may be one person, so who counts them exactly looks at each person: only when there are
// enough rows. Every row has some step.
#define OF_MESSAGE " FROM receipts r WHERE r.message=?"
#define PEOPLE_OF_MESSAGE                                                \
  "SELECT count(DISTINCT coalesce(p.merged_into, p.row)) FROM receipts " \
  "r JOIN persons p ON p.row = r.person WHERE r.message=?"
#define HAS_READ " AND (r.read_at IS NOT NULL OR r.played_at IS NOT NULL)"
#define HAS_PLAYED " AND r.played_at IS NOT NULL"
constexpr Sql kRowsDelivered{"SELECT count(*)" OF_MESSAGE};
constexpr Sql kRowsRead{"SELECT count(*)" OF_MESSAGE HAS_READ};
constexpr Sql kRowsPlayed{"SELECT count(*)" OF_MESSAGE HAS_PLAYED};
constexpr Sql kPeopleDelivered{PEOPLE_OF_MESSAGE};
constexpr Sql kPeopleRead{PEOPLE_OF_MESSAGE HAS_READ};
constexpr Sql kPeoplePlayed{PEOPLE_OF_MESSAGE HAS_PLAYED};

struct Counts {
  core::MessageStatus step;
  const Sql &rows, &people;
};
constexpr Counts kCounts[] = {
    {core::MessageStatus::kDelivered, kRowsDelivered, kPeopleDelivered},
    {core::MessageStatus::kRead, kRowsRead, kPeopleRead},
    {core::MessageStatus::kPlayed, kRowsPlayed, kPeoplePlayed},
};

constexpr Sql kList{
    "SELECT p.row, min(r.delivered_at), min(r.read_at), min(r.played_at), " PEER_COLUMNS
    " FROM receipts r JOIN persons f ON f.row = r.person "
    "JOIN persons p ON p.row = coalesce(f.merged_into, f.row) "
    "WHERE r.message=? GROUP BY p.row ORDER BY p.row"};

base::Result<core::Receipt> Read(const Rows& rows) {
  core::Receipt receipt;
  receipt.person = rows.RowNumber<core::PersonRow>(0);
  receipt.delivered_at = rows.OptionalTime(1);
  receipt.read_at = rows.OptionalTime(2);
  receipt.played_at = rows.OptionalTime(3);
  return receipt;
}

}  // namespace

base::Result<std::optional<core::Receipt>> SqlReceiptStore::Find(core::MessageRow message,
                                                                 core::PersonRow person) const {
  return ReadOne(db_.Query(kFind, {message, person}), Read);
}

base::Result<bool> SqlReceiptStore::Put(core::MessageRow message, const core::Receipt& receipt) {
  PARLEY_TRY(updated, db_.Execute(kUpdate, {receipt.delivered_at, receipt.read_at,
                                            receipt.played_at, message, receipt.person}));
  if (updated > 0) return true;
  PARLEY_TRY(inserted,
             db_.Execute(kInsert, {message, receipt.person, receipt.delivered_at, receipt.read_at,
                                   receipt.played_at, core::kMaxReceipts}));
  return inserted > 0;
}

base::Result<bool> SqlReceiptStore::Reached(core::MessageRow message, core::MessageStatus step,
                                            int people) const {
  for (const Counts& counts : kCounts) {
    if (counts.step != step) continue;
    PARLEY_TRY(rows, ReadInteger(db_.Query(counts.rows, {message})));
    if (rows < people) return false;
    PARLEY_TRY(exactly, ReadInteger(db_.Query(counts.people, {message})));
    return exactly >= people;
  }
  return false;
}

base::Result<std::vector<core::Receipt>> SqlReceiptStore::List(core::MessageRow message) const {
  return ReadAll(db_.Query(kList, {message}), [](const Rows& rows) -> base::Result<core::Receipt> {
    PARLEY_TRY(receipt, Read(rows));
    receipt.peer = ReadPeer(rows, 4);
    return receipt;
  });
}

}  // namespace parley::storage
