#include "storage/messages.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "base/digest.h"
#include "base/fields.h"
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
    "status, failure, link_id, link_key, at, accepted_at, history) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kSetStatus{
    "UPDATE messages SET status=?, failure=?, history = CAST(history || ? AS BLOB) WHERE row=?"};
// Apart from kSetStatus, because naming the column makes SQLite rewrite its index entry.
constexpr Sql kSetLinkId{
    "UPDATE messages SET link_id=?, link_key=? WHERE row=? AND link_id IS NOT ?1"};
constexpr Sql kFindById{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.id=? AND m.account=?"};
constexpr Sql kFindByLinkKey{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                             "WHERE m.link_key=? AND m.chat=? AND m.direction=? AND m.link_id=?"};
// 1 is kQueued; written out so that the partial index messages_queued serves it.
constexpr Sql kQueued{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                      "WHERE m.status=1 AND m.channel=? AND m.row>? ORDER BY m.row LIMIT ?"};
constexpr Sql kLatestAt{"SELECT at FROM messages WHERE chat=? ORDER BY at DESC LIMIT 1"};
constexpr Sql kPrune{
    "DELETE FROM messages WHERE row IN (SELECT row FROM messages WHERE row < (SELECT max(row) FROM "
    "messages) AND accepted_at < ? AND status <> 1 ORDER BY row LIMIT ?)"};

// Pages: by chat or by channel, in either direction. The bounds are always bound; open ones are at
// the ends of the number line.
#define PAGE_BOUNDS "AND m.account=? AND m.row>? AND m.row<? AND m.at>=? AND m.at<=? "
constexpr auto kPages = std::to_array<Sql>({
    {"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.channel=? " PAGE_BOUNDS
     "ORDER BY m.row LIMIT ? OFFSET ?"},
    {"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.channel=? " PAGE_BOUNDS
     "ORDER BY m.row DESC LIMIT ? OFFSET ?"},
    {"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.chat=? " PAGE_BOUNDS
     "ORDER BY m.at, m.row LIMIT ? OFFSET ?"},
    {"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.chat=? " PAGE_BOUNDS
     "ORDER BY m.at DESC, m.row DESC LIMIT ? OFFSET ?"},
});

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

std::int64_t LinkKey(core::ChatRow chat, core::Direction direction, std::string_view link_id) {
  const base::Digest digest = base::Sha256(
      fmt::format("{}/{}/{}", chat.value, static_cast<int>(direction), link_id));
  std::int64_t key;
  std::memcpy(&key, digest.data(), sizeof key);
  return key;
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
  std::optional<std::int64_t> link_key;
  std::optional<std::string_view> link_id;
  if (!message.link_id.empty()) {
    link_id = message.link_id;
    link_key = LinkKey(message.chat, message.direction, message.link_id);
  }
  PARLEY_CHECK(db_.Execute(
      kInsert, {message.id, message.account, message.channel, message.chat, message.direction,
                message.origin, message.sender, content, message.quoted, message.status, failure,
                link_id, link_key, message.at, message.accepted_at, Value::Blob("")}));
  return core::MessageRow(db_.last_insert_row());
}

base::Result<void> SqlMessageStore::SetStatus(const core::Message& message,
                                              const core::HistoryEntry& entry) {
  const std::optional<std::string> failure = EncodeFailure(message);
  const std::string step = EncodeStep(entry);
  PARLEY_CHECK(
      db_.Execute(kSetStatus, {message.status, failure, Value::Blob(step), message.row}));
  if (message.link_id.empty()) return {};
  PARLEY_CHECK(db_.Execute(
      kSetLinkId, {message.link_id, LinkKey(message.chat, message.direction, message.link_id),
                   message.row}));
  return {};
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindById(
    core::AccountRow account, core::MessageId id) const {
  return ReadOne(db_.Query(kFindById, {id, account}), Read);
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindByLinkId(
    core::ChatRow chat, core::Direction direction, std::string_view link_id) const {
  return ReadOne(db_.Query(kFindByLinkKey,
                           {LinkKey(chat, direction, link_id), chat, direction, link_id}),
                 Read);
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::Queued(core::ChannelRow channel,
                                                                       core::MessageRow after,
                                                                       int limit) const {
  return ReadAll(db_.Query(kQueued, {channel, after, limit}), Read);
}

base::Result<std::optional<base::Time>> SqlMessageStore::LatestAt(core::ChatRow chat) const {
  const auto read = [](const Rows& rows) -> base::Result<base::Time> { return rows.Time(0); };
  return ReadOne(db_.Query(kLatestAt, {chat}), read);
}

base::Result<std::vector<core::MessageInChat>> SqlMessageStore::List(core::AccountRow account,
                                                                     const Page& page) const {
  const Sql& sql = kPages[(page.chat ? 2 : 0) + (page.newest_first ? 1 : 0)];
  const std::int64_t before = page.before.value > 0 ? page.before.value : INT64_MAX;
  const std::int64_t until = page.until ? base::ToUnixMs(*page.until) : INT64_MAX;
  const std::int64_t from = page.from ? base::ToUnixMs(*page.from) : INT64_MIN;
  const int limit = page.limit > 0 ? page.limit : -1;
  return ReadAll(db_.Query(sql, {page.chat ? page.chat->value : page.channel.value, account,
                                 page.after, before, from, until, limit, page.offset}),
                 Read);
}

base::Result<int> SqlMessageStore::Prune(base::Time until, int limit) {
  PARLEY_TRY(pruned, db_.Execute(kPrune, {until, limit}));
  return static_cast<int>(pruned);
}

}  // namespace parley::storage
