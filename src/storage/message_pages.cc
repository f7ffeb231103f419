// SqlMessageStore: pages of a chat or a channel, and what is too old.
#include <algorithm>

#include "storage/message_keys.h"
#include "storage/messages.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

// The newest row always stays: SQLite gives the next number after the highest there is, and a
// messageNumber must never be given twice. Keys of pruned rows end with their runs.
constexpr Sql kAges{
    "SELECT row, accepted_at, status FROM messages WHERE row>? AND row < (SELECT max(row) FROM "
    "messages) ORDER BY row LIMIT ?"};
constexpr Sql kDelete{"DELETE FROM messages WHERE row=?"};

constexpr Sql kForgetReactions{"DELETE FROM reactions WHERE message=?"};
constexpr Sql kForgetVotes{"DELETE FROM votes WHERE message=?"};
constexpr Sql kForgetReceipts{"DELETE FROM receipts WHERE message=?"};

constexpr std::int64_t kFewKeys = 16, kManyKeys = 4096;  // read at once, at first and at last

}  // namespace

// Keys may outlive their row for a while, come before it in a reader's eyes, and a row may have
// moved to another chat: the row decides. So a page's offset counts rows, not keys.
template <class Wanted>
base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Gather(KeyRange range,
                                                                       const Page& page,
                                                                       const Wanted& wanted) const {
  std::vector<core::MessageInChat> messages;
  int skip = page.offset;
  range.limit =
      page.limit > 0 ? std::clamp<std::int64_t>(page.limit, kFewKeys, kManyKeys) : kManyKeys;
  while (true) {
    PARLEY_TRY(keys, keys_.Find(range));
    for (const IndexKey& key : keys) {
      if (!wanted(key)) continue;
      if (skip > 0) {
        PARLEY_TRY(exists, Exists(key.row(), page.chat));
        skip -= exists;
        continue;
      }
      PARLEY_TRY(found, FindByRow(key.row()));
      if (!found || (page.chat && found->message.chat != *page.chat)) continue;
      messages.push_back(std::move(*found));
      if (static_cast<int>(messages.size()) == page.limit) return messages;
    }
    if (static_cast<std::int64_t>(keys.size()) < range.limit) return messages;
    if (range.descending)
      range.until = keys.back().Previous();
    else
      range.from = keys.back().Next();
    range.limit = std::min(range.limit * 2, kManyKeys);
  }
}

// The keys of a chat stand in the order of time, nearly that of the rows: those of the page are
// picked from all of them. Reads keys only, no rows that are not of the page.
template <class Wanted>
base::Result<std::vector<core::MessageInChat>> SqlMessageStore::GatherByRow(
    KeyRange range, const Page& page, const Wanted& wanted) const {
  range.descending = false;
  range.limit = kManyKeys;
  std::vector<std::int64_t> rows;
  while (true) {
    PARLEY_TRY(keys, keys_.Find(range));
    for (const IndexKey& key : keys)
      if (wanted(key)) rows.push_back(key.row());
    if (static_cast<std::int64_t>(keys.size()) < range.limit) break;
    range.from = keys.back().Next();
  }
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  if (page.newest_first) std::reverse(rows.begin(), rows.end());
  std::vector<core::MessageInChat> messages;
  int skip = page.offset;
  for (const std::int64_t row : rows) {
    PARLEY_TRY(found, FindByRow(row));
    if (!found || found->message.chat != *page.chat || skip-- > 0) continue;
    messages.push_back(std::move(*found));
    if (static_cast<int>(messages.size()) == page.limit) break;
  }
  return messages;
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChat(const Page& page) const {
  KeyRange range;
  range.from = ChatKey(*page.chat, page.from.value_or(base::FromUnixMs(0)), 0);
  range.until = ChatKey(*page.chat, page.until.value_or(base::FromUnixMs(INT64_MAX)), INT64_MAX);
  range.descending = page.newest_first;
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  const auto wanted = [&](const IndexKey& key) {
    return key.row() > page.after.value && key.row() < before;
  };
  return page.by_row ? GatherByRow(range, page, wanted) : Gather(range, page, wanted);
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChannel(
    const Page& page) const {
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  KeyRange range;
  range.from = ChannelKey(page.channel, page.after.value + 1, base::FromUnixMs(0));
  range.until = ChannelKey(page.channel, before - 1, base::FromUnixMs(INT64_MAX));
  range.descending = page.newest_first;
  return Gather(range, page, [&](const IndexKey& key) {
    const base::Time at = base::FromUnixMs(key.Number(2));
    return (!page.from || at >= *page.from) && (!page.until || at <= *page.until);
  });
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::List(core::AccountRow account,
                                                                     const Page& page) const {
  PARLEY_TRY(messages, page.chat ? ListChat(page) : ListChannel(page));
  std::erase_if(messages,
                [&](const core::MessageInChat& found) { return found.message.account != account; });
  return std::move(messages);
}

base::Result<core::MessageStore::Pruned> SqlMessageStore::Prune(base::Time until,
                                                                core::MessageRow after, int limit) {
  struct Age {
    std::int64_t row;
    base::Time accepted_at;
    core::MessageStatus status;
  };
  const auto read = [](const Rows& rows) -> base::Result<Age> {
    return Age{rows.Integer(0), rows.Time(1), rows.Enum<core::MessageStatus>(2)};
  };
  PARLEY_TRY(ages, ReadAll(db_.Query(kAges, {after, limit}), read));
  Pruned pruned;
  if (static_cast<int>(ages.size()) == limit) pruned.next = core::MessageRow(ages.back().row);
  latest_.clear();
  for (const Age& age : ages) {
    if (age.accepted_at >= until) {
      pruned.next.reset();  // what comes after it is not older
      break;
    }
    if (age.status == core::MessageStatus::kQueued) {
      PARLEY_TRY(queued, FindByRow(age.row));
      if (queued) pruned.queued.push_back(std::move(*queued));
      continue;
    }
    PARLEY_CHECK(db_.Execute(kDelete, {age.row}));
    PARLEY_CHECK(db_.Execute(kForgetReactions, {age.row}));
    PARLEY_CHECK(db_.Execute(kForgetVotes, {age.row}));
    PARLEY_CHECK(db_.Execute(kForgetReceipts, {age.row}));
    ++pruned.deleted;
  }
  return pruned;
}

}  // namespace parley::storage
