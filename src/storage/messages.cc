#include "storage/messages.h"

#include <algorithm>

#include "base/fields.h"
#include "storage/message_keys.h"
#include "storage/peer.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define SENDER_COLUMNS \
  "s.row, s.phone, s.lid, s.username, s.name, s.push_name, s.verified_name, s.is_business"
#define MESSAGE_COLUMNS                                                                          \
  "m.row, m.id, m.account, m.channel, m.chat, m.direction, m.origin, m.sender, m.content, "      \
  "m.quoted, m.status, m.failure, m.link_id, m.at, m.accepted_at, m.history, c.kind, c.person, " \
  "c.window_until, " PEER_COLUMNS ", g.id, g.address, g.subject, " SENDER_COLUMNS                \
  ", m.recipients, m.conversation, m.transcription"
// The sender of a message in a group may have been merged into another person since.
#define MESSAGE_TABLES                                      \
  " FROM messages m JOIN chats c ON c.row = m.chat "        \
  "LEFT JOIN persons p ON c.kind = 1 AND p.row = c.person " \
  "LEFT JOIN groups g ON c.kind <> 1 AND g.row = c.person " \
  "LEFT JOIN persons f ON f.row = m.sender "                \
  "LEFT JOIN persons s ON s.row = coalesce(f.merged_into, f.row) "
constexpr Sql kInsert{
    "INSERT INTO messages (id, account, channel, chat, direction, origin, sender, content, quoted, "
    "status, failure, link_id, at, accepted_at, history, modifier) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kSetStatus{
    "UPDATE messages SET status=?, failure=?, recipients=?, history = CAST(history || ? AS BLOB), "
    "conversation = coalesce(conversation, ?) WHERE row=?"};
constexpr Sql kSetConversation{
    "UPDATE messages SET conversation=? WHERE row=? AND conversation IS NULL"};
constexpr Sql kSetLinkId{"UPDATE messages SET link_id=? WHERE row=? AND link_id IS NOT ?1"};
constexpr Sql kSetContent{
    "UPDATE messages SET content=?, history = CAST(history || ? AS BLOB) WHERE row=?"};
constexpr Sql kSetTranscription{"UPDATE messages SET transcription=? WHERE row=?"};
constexpr Sql kFindById{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.id=? AND m.account=?"};
constexpr Sql kFindByRow{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES "WHERE m.row=?"};
// 1 is kQueued; written out so that the partial index messages_queued serves it.
constexpr Sql kQueued{"SELECT " MESSAGE_COLUMNS MESSAGE_TABLES
                      "WHERE m.status=1 AND m.channel=? AND m.row>? ORDER BY m.row LIMIT ?"};
constexpr Sql kChatOf{"SELECT chat FROM messages WHERE row=?"};
constexpr Sql kMoveMessage{
    "UPDATE messages SET chat=? WHERE row=? AND chat=? RETURNING at, direction, link_id"};

constexpr Sql kNoteLate{"UPDATE chats SET late=?1 WHERE row=?2 AND late<?1"};
constexpr Sql kTakeLate{
    "UPDATE chats SET late = max(late, (SELECT late FROM chats WHERE row=?2)) WHERE row=?1"};

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
  chat.window_until = rows.OptionalTime(18);
  if (chat.kind == core::ChatKind::kPerson) {
    chat.person = rows.RowNumber<core::PersonRow>(17);
    chat.peer = ReadPeer(rows, 19);
  } else {
    chat.group_row = rows.RowNumber<core::GroupRow>(17);
    chat.group = core::GroupName{rows.Uuid<core::GroupId>(26), rows.Text(27), rows.Text(28)};
  }
  message.sender = rows.OptionalRow<core::PersonRow>(29);
  if (message.sender) message.sender_peer = ReadPeer(rows, 30);
  message.recipients = static_cast<int>(rows.Integer(37));
  if (!rows.IsNull(38)) {
    PARLEY_TRY(conversation, base::DecodeText<core::Conversation>(rows.View(38)));
    message.conversation = std::move(conversation);
  }
  if (!rows.IsNull(39)) {
    PARLEY_TRY(transcription, base::DecodeText<core::Transcription>(rows.View(39)));
    message.transcription = std::move(transcription);
  }
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
  const bool modifier = core::IsModifier(core::KindOf(message.content));
  std::optional<std::string_view> link_id;
  if (!message.link_id.empty()) link_id = message.link_id;
  PARLEY_CHECK(db_.Execute(
      kInsert, {message.id, message.account, message.channel, message.chat, message.direction,
                message.origin, message.sender, content, message.quoted, message.status, failure,
                link_id, message.at, message.accepted_at, Value::Blob(""), modifier}));
  const std::int64_t row = db_.last_insert_row();
  const base::Duration late = message.accepted_at - message.at;
  if (late > usual_lateness_) PARLEY_CHECK(db_.Execute(kNoteLate, {late.count(), message.chat}));
  if (const auto kept = latest_.find(message.chat); kept != latest_.end() && !modifier)
    kept->second = kept->second ? std::max(*kept->second, message.at) : message.at;
  if (!modifier) keys_.Add(ChatKey(message.chat, message.at, row));
  if (!modifier) keys_.Add(ChannelKey(message.channel, row, message.at));
  if (link_id) keys_.Add(LinkKey(message.chat, message.direction, *link_id, row));
  return core::MessageRow(row);
}

base::Result<void> SqlMessageStore::SetStatus(const core::Message& message,
                                              const core::HistoryEntry& entry) {
  const std::optional<std::string> failure = EncodeFailure(message);
  const std::string step = EncodeStep(entry);
  std::optional<std::string> conversation;
  if (message.conversation) conversation = base::EncodeText(*message.conversation);
  PARLEY_CHECK(db_.Execute(kSetStatus, {message.status, failure, message.recipients,
                                        Value::Blob(step), conversation, message.row}));
  if (message.link_id.empty()) return {};
  PARLEY_TRY(changed, db_.Execute(kSetLinkId, {message.link_id, message.row}));
  if (changed == 0) return {};
  return keys_.AddLate(
      LinkKey(message.chat, message.direction, message.link_id, message.row.value));
}

base::Result<void> SqlMessageStore::SetConversation(const core::Message& message) {
  const std::string conversation = base::EncodeText(*message.conversation);
  PARLEY_CHECK(db_.Execute(kSetConversation, {conversation, message.row}));
  return {};
}

base::Result<void> SqlMessageStore::SetContent(const core::Message& message,
                                               const core::HistoryEntry& entry) {
  std::string content;
  AppendJsonForm(content, message.content);
  const std::string step = EncodeStep(entry);
  PARLEY_CHECK(db_.Execute(kSetContent, {content, Value::Blob(step), message.row}));
  return {};
}

base::Result<void> SqlMessageStore::SetTranscription(core::MessageRow message,
                                                     const core::Transcription& transcription) {
  const std::string text = base::EncodeText(transcription);
  PARLEY_CHECK(db_.Execute(kSetTranscription, {text, message}));
  return {};
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindById(
    core::AccountRow account, core::MessageId id) const {
  return ReadOne(db_.Query(kFindById, {id, account}), Read);
}

base::Result<std::optional<core::MessageInChat>> SqlMessageStore::FindByRow(
    core::AccountRow account, core::MessageRow row) const {
  PARLEY_TRY(found, FindByRow(row.value));
  if (found && found->message.account != account) found.reset();
  return std::move(found);
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
  PARLEY_TRY(keys, keys_.Find(range));
  for (const IndexKey& key : keys) {
    PARLEY_TRY(found, FindByRow(key.row()));
    if (found && found->message.chat == chat && found->message.direction == direction &&
        found->message.link_id == link_id)
      return std::move(found);
  }
  return std::optional<core::MessageInChat>();
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
  std::optional<base::Time> latest;
  while (!latest) {
    PARLEY_TRY(keys, keys_.Find(range));
    if (keys.empty()) break;
    PARLEY_TRY(exists, Exists(keys.front().row(), chat));
    if (exists) latest = base::FromUnixMs(keys.front().Number(1));
    range.until = keys.front().Previous();
  }
  if (latest_.size() >= kMaxKept) latest_.clear();
  latest_[chat] = latest;
  return latest;
}

base::Result<bool> SqlMessageStore::Exists(std::int64_t row,
                                           std::optional<core::ChatRow> chat) const {
  PARLEY_TRY(rows, db_.Query(kChatOf, {row}));
  PARLEY_TRY(found, rows.Next());
  return found && (!chat || rows.RowNumber<core::ChatRow>(0) == *chat);
}

base::Result<void> SqlMessageStore::MoveChat(core::ChatRow from, core::ChatRow to) {
  Forget();
  PARLEY_CHECK(db_.Execute(kTakeLate, {to, from}));
  KeyRange range;
  range.from = ChatKey(from, base::FromUnixMs(0), 0);
  range.until = ChatKey(from, base::FromUnixMs(INT64_MAX), INT64_MAX);
  PARLEY_TRY(keys, keys_.Find(range));
  for (const IndexKey& key : keys) {
    const std::int64_t row = key.row();
    std::vector<IndexKey> now;
    {
      PARLEY_TRY(rows, db_.Query(kMoveMessage, {to, row, from}));
      PARLEY_TRY(moved, rows.Next());
      if (!moved) continue;
      now.push_back(ChatKey(to, rows.Time(0), row));
      if (!rows.IsNull(2))
        now.push_back(LinkKey(to, rows.Enum<core::Direction>(1), rows.View(2), row));
    }
    // Old keys stay; whoever follows them sees that the row is of another chat.
    for (const IndexKey& added : now) PARLEY_CHECK(keys_.AddLate(added));
  }
  return {};
}

}  // namespace parley::storage
