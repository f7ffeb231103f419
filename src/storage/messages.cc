#include "storage/messages.h"

#include <algorithm>

#include "base/fields.h"
#include "storage/message_keys.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define MESSAGE_COLUMNS                                                                           \
  "m.row, m.id, m.account, m.channel, m.chat, m.direction, m.origin, m.sender, m.content, "       \
  "m.quoted, m.status, m.failure, m.link_id, m.at, m.accepted_at, m.history, c.kind, c.person, "  \
  "c.window_until, p.phone, p.lid, p.username, p.name, p.push_name, p.verified_name, "            \
  "p.is_business"
#define MESSAGE_TABLES \
  " FROM messages m JOIN chats c ON c.row = m.chat JOIN persons p ON p.row = c.person "
constexpr Sql kInsert{
    "INSERT INTO messages (id, account, channel, chat, direction, origin, sender, content, quoted, "
    "status, failure, link_id, at, accepted_at, history) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kSetStatus{
    "UPDATE messages SET status=?, failure=?, history = CAST(history || ? AS BLOB) WHERE row=?"};
constexpr Sql kSetLinkId{
    "UPDATE messages SET link_id=? WHERE row=? AND link_id IS NOT ?1"};
constexpr Sql kFindById{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.id=? AND m.account=?"};
constexpr Sql kFindByRow{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.row=?"};
// 1 is kQueued; written out so that the partial index messages_queued serves it.
constexpr Sql kQueued{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                      "WHERE m.status=1 AND m.channel=? AND m.row>? ORDER BY m.row LIMIT ?"};
// The newest row always stays: SQLite gives the next number after the highest there is, and a
// messageNumber must never be given twice. Keys of pruned rows end when runs are merged.
constexpr Sql kPrune{
    "DELETE FROM messages WHERE row IN (SELECT row FROM messages WHERE row < (SELECT max(row) FROM "
    "messages) AND accepted_at<? AND status<>1 ORDER BY row LIMIT ?)"};

constexpr std::size_t kMaxKept = 50000;
constexpr std::size_t kHistoryStep = 9;  // status, then 8 bytes of big-endian milliseconds

std::string EncodeStep(const core::HistoryEntry& entry) {
  std::string bytes(1, static_cast<char>(entry.status));
  const auto ms = static_cast<std::uint64_t>(base::ToUnixMs(entry.at));
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>(ms >> (56 - 8 * i));
  return bytes;
}

std::vector<core::HistoryEntry> DecodeHistory(std::string_view bytes) {
  std::vector<core::HistoryEntry> history;
  for (; bytes.size() >= kHistoryStep; bytes.remove_prefix(kHistoryStep)) {
    std::uint64_t ms = 0;
    for (std::size_t i = 1; i < kHistoryStep; ++i)
      ms = ms << 8 | static_cast<std::uint8_t>(bytes[i]);
    history.push_back({static_cast<core::MessageStatus>(bytes[0]),
                       base::FromUnixMs(static_cast<std::int64_t>(ms))});
  }
  return history;
}

base::Result<core::MessageInChat> Read(const Rows& rows) {
  core::MessageInChat found;
  core::Message& message = found.message;
  message.row = rows.RowNumber<core::MessageRow>(0);
  message.id = rows.Uuid<core::MessageId>(1);
  message.account = rows.RowNumber<core::AccountRow>(2);
  message.channel = rows.RowNumber<core::ChannelRow>(3);
  message.chat = rows.RowNumber<core::ChatRow>(4);
  message.direction = rows.Enum<core::Direction>(5);
  message.origin = rows.Enum<core::Origin>(6);
  message.sender = rows.OptionalRow<core::PersonRow>(7);
  PARLEY_TRY(content, base::ParseJson(rows.View(8)));
  if (!ReadJsonForm(content, message.content))
    return base::Error(base::ErrorCode::kInternal, "", "unreadable message content");
  message.quoted = rows.OptionalUuid<core::MessageId>(9);
  message.status = rows.Enum<core::MessageStatus>(10);
  if (!rows.IsNull(11)) {
    PARLEY_TRY(failure, base::DecodeText<core::Failure>(rows.View(11)));
    message.failure = std::move(failure);
  }
  message.link_id = rows.Text(12);
  message.at = rows.Time(13);
  message.accepted_at = rows.Time(14);
  message.history = DecodeHistory(rows.View(15));
  core::Chat& chat = found.chat;
  chat.row = message.chat;
  chat.channel = message.channel;
  chat.kind = rows.Enum<core::ChatKind>(16);
  chat.person = rows.RowNumber<core::PersonRow>(17);
  chat.window_until = rows.OptionalTime(18);
  chat.peer.phone = rows.Text(19);
  chat.peer.lid = rows.Text(20);
  chat.peer.username = rows.Text(21);
  chat.peer.name = rows.Text(22);
  chat.peer.push_name = rows.Text(23);
  chat.peer.verified_name = rows.Text(24);
  chat.peer.is_business = rows.Bool(25);
  return found;
}

std::optional<std::string> EncodeFailure(const core::Message& message) {
  if (!message.failure) return std::nullopt;
  return base::EncodeText(*message.failure);
}

}  // namespace

base::Result<core::MessageRow> SqlMessageStore::Insert(const core::Message& message) {
  std::string content;
  AppendJsonForm(content, message.content);
  const std::optional<std::string> failure = EncodeFailure(message);
  std::optional<std::string_view> link_id;
  if (!message.link_id.empty()) link_id = message.link_id;
  PARLEY_CHECK(db_.Execute(
      kInsert, {message.id, message.account, message.channel, message.chat, message.direction,
                message.origin, message.sender, content, message.quoted, message.status, failure,
                link_id, message.at, message.accepted_at, Value::Blob("")}));
  const std::int64_t row = db_.last_insert_row();
  if (const auto kept = latest_.find(message.chat); kept != latest_.end())
    kept->second = kept->second ? std::max(*kept->second, message.at) : message.at;
  keys_.Add(ChatKey(message.chat, message.at, row));
  keys_.Add(ChannelKey(message.channel, row, message.at));
  if (link_id) keys_.Add(LinkKey(message.chat, message.direction, *link_id, row));
  return core::MessageRow(row);
}

base::Result<void> SqlMessageStore::SetStatus(const core::Message& message,
                                              const core::HistoryEntry& entry) {
  const std::optional<std::string> failure = EncodeFailure(message);
  const std::string step = EncodeStep(entry);
  PARLEY_CHECK(
      db_.Execute(kSetStatus, {message.status, failure, Value::Blob(step), message.row}));
  if (message.link_id.empty()) return {};
  PARLEY_TRY(changed, db_.Execute(kSetLinkId, {message.link_id, message.row}));
  if (changed == 0) return {};
  return keys_.AddLate(
      LinkKey(message.chat, message.direction, message.link_id, message.row.value));
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindById(
    core::AccountRow account, core::MessageId id) const {
  return ReadOne(db_.Query(kFindById, {id, account}), Read);
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindByRow(
    std::int64_t row) const {
  return ReadOne(db_.Query(kFindByRow, {row}), Read);
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindByLinkId(
    core::ChatRow chat, core::Direction direction, std::string_view link_id) const {
  KeyRange range;
  range.from = LinkKey(chat, direction, link_id, 0);
  range.until = LinkKey(chat, direction, link_id, INT64_MAX);
  const auto same = [&](const core::Message& message) {
    return message.chat == chat && message.direction == direction && message.link_id == link_id;
  };
  PARLEY_TRY(found, Gather(range, 2, 1, same));
  if (found.empty()) return std::optional<core::MessageInChat>();
  return std::optional(std::move(found.front()));
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Queued(core::ChannelRow channel,
                                                                       core::MessageRow after,
                                                                       int limit) const {
  return ReadAll(db_.Query(kQueued, {channel, after, limit}), Read);
}

base::Result<std::optional<base::Time>> SqlMessageStore::LatestAt(core::ChatRow chat) const {
  if (const auto kept = latest_.find(chat); kept != latest_.end()) return kept->second;
  KeyRange range;
  range.from = ChatKey(chat, base::FromUnixMs(0), 0);
  range.until = ChatKey(chat, base::FromUnixMs(INT64_MAX), INT64_MAX);
  range.descending = true;
  range.limit = 1;
  PARLEY_TRY(keys, keys_.Find(range));
  std::optional<base::Time> latest;
  if (!keys.empty()) latest = base::FromUnixMs(keys.front().Number(1));
  if (latest_.size() >= kMaxKept) latest_.clear();
  latest_[chat] = latest;
  return latest;
}

// Keys may outlive their row for a while, and a row may have moved to another chat: `passes` decides
// by what the row says.
template <class Passes>
base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Gather(const KeyRange& wanted,
                                                                       int row_position, int limit,
                                                                       const Passes& passes) const {
  std::vector<core::MessageInChat> messages;
  KeyRange range = wanted;
  range.limit = limit > 0 ? limit : -1;
  while (true) {
    PARLEY_TRY(keys, keys_.Find(range));
    for (const IndexKey& key : keys) {
      PARLEY_TRY(found, FindByRow(key.Number(row_position)));
      if (!found || !passes(found->message)) continue;
      messages.push_back(std::move(*found));
      if (limit > 0 && static_cast<int>(messages.size()) == limit) return messages;
    }
    if (limit <= 0 || static_cast<int>(keys.size()) < limit) return messages;
    range.offset += static_cast<std::int64_t>(keys.size());
  }
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChat(const Page& page) const {
  KeyRange range;
  range.from = ChatKey(*page.chat, page.from.value_or(base::FromUnixMs(0)), 0);
  range.until = ChatKey(*page.chat, page.until.value_or(base::FromUnixMs(INT64_MAX)), INT64_MAX);
  range.descending = page.newest_first;
  range.offset = page.offset;
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  return Gather(range, 2, page.limit, [&](const core::Message& message) {
    return message.chat == *page.chat && message.row > page.after && message.row.value < before;
  });
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::ListChannel(
    const Page& page) const {
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  KeyRange range;
  range.from = ChannelKey(page.channel, page.after.value + 1, base::FromUnixMs(0));
  range.until = ChannelKey(page.channel, before - 1, base::FromUnixMs(INT64_MAX));
  range.descending = page.newest_first;
  range.offset = page.offset;
  return Gather(range, 1, page.limit, [&](const core::Message& message) {
    return message.channel == page.channel && (!page.from || message.at >= *page.from) &&
           (!page.until || message.at <= *page.until);
  });
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::List(core::AccountRow account,
                                                                     const Page& page) const {
  PARLEY_TRY(messages, page.chat ? ListChat(page) : ListChannel(page));
  std::erase_if(messages, [&](const core::MessageInChat& found) {
    return found.message.account != account;
  });
  return std::move(messages);
}

base::Result<int> SqlMessageStore::Prune(base::Time until, int limit) {
  PARLEY_TRY(pruned, db_.Execute(kPrune, {until, limit}));
  return static_cast<int>(pruned);
}

}  // namespace parley::storage
