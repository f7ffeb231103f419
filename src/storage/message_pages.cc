// SqlMessageStore: pages of a chat or a channel, and what is too old.
#include <algorithm>
#include <limits>

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

constexpr Sql kAcceptedAt{"SELECT accepted_at FROM messages WHERE row=?"};

constexpr Sql kAcceptedFrom{"SELECT accepted_at FROM messages WHERE row>=? ORDER BY row LIMIT 1"};
constexpr Sql kAcceptedUpTo{
    "SELECT accepted_at FROM messages WHERE row<=? ORDER BY row DESC LIMIT 1"};
constexpr Sql kLate{"SELECT late FROM chats WHERE row=?"};

constexpr std::int64_t kFewKeys = 16, kManyKeys = 4096;  // read at once, at first and at last

}  // namespace

// Keys may outlive their row for a while, come before it in a reader's eyes, and a row may have
// moved to another chat: the row decides. So a page's offset counts rows, not keys.
//
// `oldest`: rows accepted longer before it hold nothing that is wanted, nor do those behind them.
template <class Wanted>
base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Gather(
    KeyRange range, const Page& page, const Wanted& wanted,
    std::optional<base::Time> oldest) const {
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
    if (oldest && !wanted(keys.back())) {
      PARLEY_TRY(accepted_at, AcceptedAt(keys.back().row()));
      if (accepted_at && *accepted_at < *oldest) return messages;
    }
    if (range.descending)
      range.until = keys.back().Previous();
    else
      range.from = keys.back().Next();
    range.limit = std::min(range.limit * 2, kManyKeys);
  }
}

// The keys of a chat stand in the order of time, which is that of the rows but for what came late.
// How late that was at most is known, so a page ends when no key to come can be of one of its rows:
// a row is accepted after its time, and by no more than that.
template <class Wanted>
base::Result<std::vector<core::MessageInChat>> SqlMessageStore::GatherByRow(
    KeyRange range, const Page& page, const Wanted& wanted) const {
  PARLEY_TRY(lateness, LatenessOf(*page.chat));
  PARLEY_CHECK(Narrow(range, page, lateness));
  std::size_t needed = page.limit > 0 ? static_cast<std::size_t>(page.offset + page.limit)
                                      : std::numeric_limits<std::size_t>::max();
  range.limit =
      page.limit > 0 ? std::clamp<std::int64_t>(page.limit, kFewKeys, kManyKeys) : kManyKeys;
  const auto comes_before = [&page](std::int64_t a, std::int64_t b) {
    return page.newest_first ? a > b : a < b;
  };
  std::vector<std::int64_t> rows;
  while (true) {
    PARLEY_TRY(keys, keys_.Find(range));
    const auto known = static_cast<std::ptrdiff_t>(rows.size());
    for (const IndexKey& key : keys)
      if (wanted(key)) rows.push_back(key.row());
    std::sort(rows.begin() + known, rows.end(), comes_before);
    std::inplace_merge(rows.begin(), rows.begin() + known, rows.end(), comes_before);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    const bool is_end = static_cast<std::int64_t>(keys.size()) < range.limit;
    bool is_settled = is_end;
    while (!is_settled && rows.size() >= needed) {
      PARLEY_TRY(accepted_at, AcceptedAt(rows[needed - 1]));
      if (!accepted_at) {
        ++needed;  // pruned, and its key is still there
        continue;
      }
      const base::Time reached = base::FromUnixMs(keys.back().Number(1));
      is_settled = page.newest_first ? *accepted_at > reached + lateness + slack_
                                     : *accepted_at < reached - slack_;
      break;
    }
    if (is_settled) {
      PARLEY_TRY(messages, Pick(rows, page));
      if (is_end || static_cast<int>(messages.size()) == page.limit) return std::move(messages);
      needed += static_cast<std::size_t>(page.limit);  // some are gone, or of another chat now
    }
    if (range.descending)
      range.until = keys.back().Previous();
    else
      range.from = keys.back().Next();
    range.limit = std::min(range.limit * 2, kManyKeys);
  }
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Pick(
    const std::vector<std::int64_t>& rows, const Page& page) const {
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

base::Result<base::Duration> SqlMessageStore::LatenessOf(core::ChatRow chat) const {
  PARLEY_TRY(late, ReadInteger(db_.Query(kLate, {chat})));
  return std::max(base::Duration(late), usual_lateness_);
}

base::Result<void> SqlMessageStore::Narrow(KeyRange& range, const Page& page,
                                           base::Duration lateness) const {
  const auto read = [](const Rows& rows) -> base::Result<base::Time> { return rows.Time(0); };
  if (page.before.value > 0) {
    PARLEY_TRY(next, ReadOne(db_.Query(kAcceptedFrom, {page.before}), read));
    if (next) range.until = std::min(range.until, ChatKey(*page.chat, *next + slack_, INT64_MAX));
  }
  if (page.after.value > 0) {
    PARLEY_TRY(last, ReadOne(db_.Query(kAcceptedUpTo, {page.after}), read));
    if (last) range.from = std::max(range.from, ChatKey(*page.chat, *last - slack_ - lateness, 0));
  }
  return {};
}

base::Result<std::optional<base::Time>> SqlMessageStore::AcceptedAt(std::int64_t row) const {
  const auto read = [](const Rows& rows) -> base::Result<base::Time> { return rows.Time(0); };
  return ReadOne(db_.Query(kAcceptedAt, {row}), read);
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChat(const Page& page) const {
  KeyRange range;
  range.from = ChatKey(*page.chat, page.from.value_or(base::FromUnixMs(0)), 0);
  range.until = ChatKey(*page.chat, page.until.value_or(base::FromUnixMs(INT64_MAX)), INT64_MAX);
  if (page.below)
    range.until = std::min(range.until,
                           ChatKey(*page.chat, page.below->at, page.below->row.value).Previous());
  range.descending = page.newest_first;
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  const auto wanted = [&](const IndexKey& key) {
    return key.row() > page.after.value && key.row() < before;
  };
  return page.by_row ? GatherByRow(range, page, wanted) : Gather(range, page, wanted, std::nullopt);
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChannel(
    const Page& page) const {
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  KeyRange range;
  range.from = ChannelKey(page.channel, page.after.value + 1, base::FromUnixMs(0));
  range.until = ChannelKey(page.channel, before - 1, base::FromUnixMs(INT64_MAX));
  range.descending = page.newest_first;
  const auto wanted = [&](const IndexKey& key) {
    const base::Time at = base::FromUnixMs(key.Number(2));
    return (!page.from || at >= *page.from) && (!page.until || at <= *page.until);
  };
  // A message's time is never after that at which it was accepted, and rows are accepted one after
  // the other, as far as the clock goes forward.
  std::optional<base::Time> oldest;
  if (page.newest_first && page.from) oldest = *page.from - slack_;
  return Gather(range, page, wanted, oldest);
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
