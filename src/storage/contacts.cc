#include "storage/contacts.h"

#include "storage/peer.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define PERSON_COLUMNS                                                        \
  "p.row, p.id, p.account, p.phone, p.lid, p.username, p.name, p.push_name, " \
  "p.verified_name, p.is_business, p.created_at"
constexpr Sql kFindByAddress{"SELECT " PERSON_COLUMNS
                             " FROM person_addresses a JOIN persons p ON p.row = a.person "
                             "WHERE a.account=? AND a.kind=? AND a.value=?"};
constexpr Sql kFindById{"SELECT " PERSON_COLUMNS
                        " FROM persons f JOIN persons p ON p.row = coalesce(f.merged_into, f.row) "
                        "WHERE f.id=? AND f.account=?"};
constexpr Sql kInsertPerson{
    "INSERT INTO persons (id, account, phone, lid, username, name, push_name, verified_name, "
    "is_business, created_at) VALUES (?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kUpdatePerson{
    "UPDATE persons SET phone=?, lid=?, username=?, name=?, push_name=?, verified_name=?, "
    "is_business=? WHERE row=?"};
constexpr Sql kPutAddress{
    "INSERT INTO person_addresses (account, kind, value, person) VALUES (?,?,?,?) "
    "ON CONFLICT (account, kind, value) DO UPDATE SET person = excluded.person"};
constexpr Sql kAddressesOf{"SELECT kind, value FROM person_addresses WHERE person=?"};
constexpr Sql kMoveAddresses{"UPDATE person_addresses SET person=? WHERE person=?"};
// Redirects that led to the dropped one lead to the kept one, so that one step is always enough.
constexpr Sql kMoveRedirects{"UPDATE persons SET merged_into=? WHERE merged_into=?"};
constexpr Sql kMoveReactions{"UPDATE OR REPLACE reactions SET person=? WHERE person=?"};
constexpr Sql kMoveVotes{"UPDATE OR REPLACE votes SET person=? WHERE person=?"};
constexpr Sql kRedirect{"UPDATE persons SET merged_into=? WHERE row=?"};

// A search is a part of the names or of the number, in any case of A to Z.
constexpr Sql kListContacts{
    "SELECT " PERSON_COLUMNS
    " FROM persons p WHERE p.account = ?1 AND p.row > ?2 AND p.name <> '' AND "
    "p.merged_into IS NULL AND (?3 = '' OR p.name LIKE ?4 ESCAPE '\\' OR p.push_name LIKE ?4 "
    "ESCAPE '\\' OR p.phone LIKE ?4 ESCAPE '\\') AND (?7 IS NULL OR EXISTS (SELECT 1 FROM "
    "book_entries b WHERE b.channel = ?7 AND b.person = p.row) OR NOT EXISTS (SELECT 1 FROM "
    "book_entries b WHERE b.person = p.row)) ORDER BY p.row LIMIT ?5 OFFSET ?6"};
constexpr Sql kEnterBook{"INSERT OR IGNORE INTO book_entries (channel, person) VALUES (?,?)"};
constexpr Sql kLeaveBook{"DELETE FROM book_entries WHERE channel=? AND person=?"};
constexpr Sql kLeaveBooks{"DELETE FROM book_entries WHERE person=?"};
// No channel has row 0: one entry a person stands there for all the books that are gone.
constexpr Sql kCloseBook{
    "UPDATE OR REPLACE book_entries SET channel=0 WHERE channel=?1 AND person IN (SELECT person "
    "FROM book_entries WHERE channel=?1 ORDER BY person LIMIT ?2)"};
constexpr Sql kIsInBooks{"SELECT 1 FROM book_entries WHERE person=? AND channel<>0 LIMIT 1"};
constexpr Sql kMoveBooks{"UPDATE OR REPLACE book_entries SET person=? WHERE person=?"};
// 1: others have the person in their books, and the channel has not.
constexpr Sql kIsNameOfOthers{
    "SELECT 1 FROM book_entries WHERE person=?2 AND NOT EXISTS (SELECT 1 FROM book_entries "
    "WHERE channel=?1 AND person=?2) LIMIT 1"};
constexpr Sql kBlock{"INSERT OR IGNORE INTO blocks (channel, person) VALUES (?,?)"};
constexpr Sql kUnblock{"DELETE FROM blocks WHERE channel=? AND person=?"};
constexpr Sql kIsBlocked{"SELECT 1 FROM blocks WHERE channel=? AND person=?"};
constexpr Sql kMoveBlocks{"UPDATE OR REPLACE blocks SET person=? WHERE person=?"};

// `person` is the row of a group when the kind says so.
#define CHAT_COLUMNS                                                                    \
  "c.row, c.channel, c.kind, c.person, c.window_until, c.unread, c.muted, c.archived, " \
  "c.muted_until"
constexpr Sql kFindChat{"SELECT " CHAT_COLUMNS
                        " FROM chats c WHERE c.channel=? AND c.kind=1 AND c.person=?"};
constexpr Sql kFindChatByRow{
    "SELECT " CHAT_COLUMNS
    ", p.phone, p.lid, p.username, p.name, p.push_name, p.verified_name, p.is_business "
    "FROM chats c JOIN persons p ON p.row = c.person WHERE c.row=? AND c.kind=1 AND p.account=?"};
constexpr Sql kListChats{
    "SELECT " CHAT_COLUMNS
    ", p.phone, p.lid, p.username, p.name, p.push_name, p.verified_name, p.is_business, "
    "g.id, g.address, g.subject FROM chats c "
    "LEFT JOIN persons p ON c.kind = 1 AND p.row = c.person "
    "LEFT JOIN groups g ON c.kind <> 1 AND g.row = c.person WHERE c.channel=?1 AND c.has_news>=?2 "
    "AND (?3 IS NULL OR (coalesce(c.active_at, 0), c.row) < (?3, ?4)) AND (?5 = '' OR "
    "p.name LIKE ?6 ESCAPE '\\' OR p.push_name LIKE ?6 ESCAPE '\\' OR p.phone LIKE ?6 ESCAPE '\\' "
    "OR g.subject LIKE ?6 ESCAPE '\\') "
    "ORDER BY coalesce(c.active_at, 0) DESC, c.row DESC LIMIT ?7 OFFSET ?8"};
constexpr Sql kUpdateChat{
    "UPDATE chats SET unread=?, muted=?, archived=?, muted_until=? WHERE row=?"};
// has_news: 1 since the channel was paired, 0 before that only, -1 deleted since.
constexpr Sql kNoteActivity{
    "UPDATE chats SET active_at = max(coalesce(active_at, 0), ?), "
    "has_news = CASE WHEN ? THEN 1 ELSE has_news END WHERE row=?"};
constexpr Sql kActivityOf{"SELECT active_at, has_news < 0 FROM chats WHERE row=?"};
constexpr Sql kHideChat{"UPDATE chats SET has_news=-1 WHERE row=?"};
constexpr Sql kLimitUnread{"UPDATE chats SET unread = min(unread, ?) WHERE row=?"};
constexpr Sql kCountUnread{"UPDATE chats SET unread = unread + 1 WHERE row=?"};
constexpr Sql kInsertChat{
    "INSERT INTO chats (channel, kind, person, window_until) VALUES (?,?,?,?)"};
// A late message does not shorten the window.
constexpr Sql kSetWindow{
    "UPDATE chats SET window_until = max(coalesce(window_until, 0), ?) WHERE row=?"};
constexpr Sql kChatsOfPerson{
    "SELECT d.row, k.row FROM chats d LEFT JOIN chats k "
    "ON k.channel = d.channel AND k.kind = 1 AND k.person = ? WHERE d.kind = 1 AND d.person = ?"};
constexpr Sql kPointChat{"UPDATE chats SET person=? WHERE row=?"};
constexpr Sql kWiderWindow{
    "UPDATE chats SET window_until = (SELECT max(coalesce(window_until, 0)) FROM chats "
    "WHERE row IN (?1, ?2)) WHERE row = ?1 AND (SELECT window_until FROM chats WHERE row = ?2) "
    "IS NOT NULL"};
constexpr Sql kTakeMarks{
    "UPDATE chats SET has_news = max(chats.has_news, d.has_news), active_at = "
    "nullif(max(coalesce(chats.active_at, 0), coalesce(d.active_at, 0)), 0), "
    "unread = chats.unread + d.unread, "
    "muted = max(chats.muted, d.muted), muted_until = coalesce(chats.muted_until, d.muted_until), "
    "archived = min(chats.archived, d.archived) FROM chats d WHERE chats.row=?1 AND d.row=?2"};
constexpr Sql kDeleteChat{"DELETE FROM chats WHERE row=?"};
constexpr Sql kMoveConversations{"UPDATE OR IGNORE conversations SET chat=? WHERE chat=?"};
constexpr Sql kDeleteConversations{"DELETE FROM conversations WHERE chat=?"};

base::Result<core::Person> ReadPerson(const Rows& rows) {
  core::Person person;
  person.row = rows.RowNumber<core::PersonRow>(0);
  person.id = rows.Uuid<core::PersonId>(1);
  person.account = rows.RowNumber<core::AccountRow>(2);
  person.peer = ReadPeer(rows, 3);
  person.created_at = rows.Time(10);
  return person;
}

base::Result<core::Chat> ReadChat(const Rows& rows) {
  core::Chat chat;
  chat.row = rows.RowNumber<core::ChatRow>(0);
  chat.channel = rows.RowNumber<core::ChannelRow>(1);
  chat.kind = rows.Enum<core::ChatKind>(2);
  chat.person = rows.RowNumber<core::PersonRow>(3);
  chat.window_until = rows.OptionalTime(4);
  chat.unread = rows.Integer(5);
  chat.muted = rows.Integer(6) != 0;
  chat.archived = rows.Integer(7) != 0;
  chat.muted_until = rows.OptionalTime(8);
  return chat;
}

base::Result<core::Chat> ReadChatWithPeer(const Rows& rows) {
  PARLEY_TRY(chat, ReadChat(rows));
  chat.peer = ReadPeer(rows, 9);
  return std::move(chat);
}

base::Result<core::Chat> ReadListedChat(const Rows& rows) {
  PARLEY_TRY(chat, ReadChat(rows));
  if (chat.kind == core::ChatKind::kPerson) {
    chat.peer = ReadPeer(rows, 9);
  } else {
    chat.group_row = rows.RowNumber<core::GroupRow>(3);
    chat.group = core::GroupName{rows.Uuid<core::GroupId>(16), rows.Text(17), rows.Text(18)};
  }
  return std::move(chat);
}

constexpr std::size_t kMaxKept = 50000;

// The pattern of LIKE for a part of a text.
std::string LikeOf(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

struct ChatPair {
  core::ChatRow dropped;
  std::optional<core::ChatRow> kept;
};
base::Result<ChatPair> ReadPair(const Rows& rows) {
  return ChatPair{rows.RowNumber<core::ChatRow>(0), rows.OptionalRow<core::ChatRow>(1)};
}

}  // namespace

base::Result<std::optional<core::Person>> SqlContactStore::FindPerson(
    core::AccountRow account, const core::Address& address) const {
  AddressKey key = KeyOf(account, address);
  if (const auto kept = persons_.find(key); kept != persons_.end())
    return std::optional(kept->second);
  PARLEY_TRY(found, ReadOne(db_.Query(kFindByAddress, {account, address.kind, address.value}),
                            ReadPerson));
  if (persons_.size() >= kMaxKept) persons_.clear();
  if (found) persons_.emplace(std::move(key), *found);
  return std::move(found);
}

void SqlContactStore::Forget() {
  persons_.clear();
  chats_.clear();
  noted_.clear();
}

base::Result<std::optional<core::Person>> SqlContactStore::FindPersonById(core::AccountRow account,
                                                                          core::PersonId id) const {
  return ReadOne(db_.Query(kFindById, {id, account}), ReadPerson);
}

base::Result<core::PersonRow> SqlContactStore::InsertPerson(const core::Person& person) {
  const core::Peer& peer = person.peer;
  PARLEY_CHECK(db_.Execute(
      kInsertPerson, {person.id, person.account, peer.phone, peer.lid, peer.username, peer.name,
                      peer.push_name, peer.verified_name, peer.is_business, person.created_at}));
  core::Person stored = person;
  stored.row = core::PersonRow(db_.last_insert_row());
  PARLEY_CHECK(PutAddresses(stored));
  return stored.row;
}

base::Result<void> SqlContactStore::UpdatePerson(const core::Person& person) {
  PARLEY_CHECK(ForgetPerson(person));
  const core::Peer& peer = person.peer;
  PARLEY_CHECK(
      db_.Execute(kUpdatePerson, {peer.phone, peer.lid, peer.username, peer.name, peer.push_name,
                                  peer.verified_name, peer.is_business, person.row}));
  return PutAddresses(person);
}

// Drops what is kept under any address that leads to the person, or will.
base::Result<void> SqlContactStore::ForgetPerson(const core::Person& person) {
  const auto read = [](const Rows& rows) -> base::Result<core::Address> {
    return core::Address{rows.Enum<core::AddressKind>(0), rows.Text(1)};
  };
  PARLEY_TRY(addresses, ReadAll(db_.Query(kAddressesOf, {person.row}), read));
  addresses.push_back({core::AddressKind::kPhone, person.peer.phone});
  addresses.push_back({core::AddressKind::kLid, person.peer.lid});
  addresses.push_back({core::AddressKind::kUsername, person.peer.username});
  for (const core::Address& address : addresses) persons_.erase(KeyOf(person.account, address));
  return {};
}

base::Result<void> SqlContactStore::PutAddresses(const core::Person& person) {
  const std::pair<core::AddressKind, const std::string*> addresses[] = {
      {core::AddressKind::kPhone, &person.peer.phone},
      {core::AddressKind::kLid, &person.peer.lid},
      {core::AddressKind::kUsername, &person.peer.username}};
  for (const auto& [kind, value] : addresses)
    if (!value->empty())
      PARLEY_CHECK(db_.Execute(kPutAddress, {person.account, kind, *value, person.row}));
  return {};
}

base::Result<std::vector<core::Person>> SqlContactStore::ListContacts(
    core::AccountRow account, const ContactPage& page) const {
  return ReadAll(db_.Query(kListContacts, {account, page.after, page.search, LikeOf(page.search),
                                           page.limit, page.offset, page.of}),
                 ReadPerson);
}

base::Result<void> SqlContactStore::SetInBook(core::ChannelRow channel, core::PersonRow person,
                                              bool is_in) {
  PARLEY_CHECK(db_.Execute(is_in ? kEnterBook : kLeaveBook, {channel, person}));
  return {};
}

base::Result<void> SqlContactStore::LeaveBooks(core::PersonRow person) {
  PARLEY_CHECK(db_.Execute(kLeaveBooks, {person}));
  return {};
}

base::Result<std::int64_t> SqlContactStore::CloseBook(core::ChannelRow channel, int limit) {
  return db_.Execute(kCloseBook, {channel, limit});
}

base::Result<bool> SqlContactStore::IsInBooks(core::PersonRow person) const {
  const auto read = [](const Rows&) -> base::Result<bool> { return true; };
  PARLEY_TRY(found, ReadOne(db_.Query(kIsInBooks, {person}), read));
  return found.has_value();
}

base::Result<bool> SqlContactStore::IsNameOfOthers(core::ChannelRow channel,
                                                   core::PersonRow person) const {
  const auto read = [](const Rows&) -> base::Result<bool> { return true; };
  PARLEY_TRY(found, ReadOne(db_.Query(kIsNameOfOthers, {channel, person}), read));
  return found.has_value();
}

base::Result<void> SqlContactStore::SetBlocked(core::ChannelRow channel, core::PersonRow person,
                                               bool blocked) {
  PARLEY_CHECK(db_.Execute(blocked ? kBlock : kUnblock, {channel, person}));
  return {};
}

base::Result<bool> SqlContactStore::IsBlocked(core::ChannelRow channel,
                                              core::PersonRow person) const {
  const auto read = [](const Rows&) -> base::Result<bool> { return true; };
  PARLEY_TRY(found, ReadOne(db_.Query(kIsBlocked, {channel, person}), read));
  return found.has_value();
}

base::Result<void> SqlContactStore::MergePersons(core::PersonRow kept, core::PersonRow dropped) {
  Forget();
  PARLEY_CHECK(MoveChats(kept, dropped));
  PARLEY_CHECK(db_.Execute(kMoveAddresses, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kMoveRedirects, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kMoveReactions, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kMoveVotes, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kMoveBlocks, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kMoveBooks, {kept, dropped}));
  PARLEY_CHECK(db_.Execute(kRedirect, {kept, dropped}));
  return {};
}

base::Result<void> SqlContactStore::MoveChats(core::PersonRow kept, core::PersonRow dropped) {
  PARLEY_TRY(pairs, ReadAll(db_.Query(kChatsOfPerson, {kept, dropped}), ReadPair));
  for (const ChatPair& pair : pairs) {
    if (!pair.kept) {
      PARLEY_CHECK(db_.Execute(kPointChat, {kept, pair.dropped}));
      continue;
    }
    PARLEY_CHECK(messages_.MoveChat(pair.dropped, *pair.kept));
    PARLEY_CHECK(db_.Execute(kWiderWindow, {*pair.kept, pair.dropped}));
    PARLEY_CHECK(db_.Execute(kMoveConversations, {*pair.kept, pair.dropped}));
    PARLEY_CHECK(db_.Execute(kDeleteConversations, {pair.dropped}));  // the number comes again
    PARLEY_CHECK(db_.Execute(kTakeMarks, {*pair.kept, pair.dropped}));
    PARLEY_CHECK(db_.Execute(kDeleteChat, {pair.dropped}));
  }
  return {};
}

base::Result<std::optional<core::Chat>> SqlContactStore::FindChat(core::ChannelRow channel,
                                                                  core::PersonRow person) const {
  const ChatKey key = KeyOf(channel, person);
  if (const auto kept = chats_.find(key); kept != chats_.end()) return std::optional(kept->second);
  PARLEY_TRY(found, ReadOne(db_.Query(kFindChat, {channel, person}), ReadChat));
  if (chats_.size() >= kMaxKept) chats_.clear();
  if (found) chats_.emplace(key, *found);
  return std::move(found);
}

base::Result<std::optional<core::Chat>> SqlContactStore::FindChatByRow(core::AccountRow account,
                                                                       core::ChatRow row) const {
  return ReadOne(db_.Query(kFindChatByRow, {row, account}), ReadChatWithPeer);
}

base::Result<core::ChatRow> SqlContactStore::InsertChat(const core::Chat& chat) {
  const bool is_person = chat.kind == core::ChatKind::kPerson;
  const std::int64_t with = is_person ? chat.person.value : chat.group_row.value;
  PARLEY_CHECK(db_.Execute(kInsertChat, {chat.channel, chat.kind, with, chat.window_until}));
  const core::ChatRow row(db_.last_insert_row());
  noted_.erase(row.value);  // a number may be given again
  return row;
}

base::Result<std::vector<core::Chat>> SqlContactStore::ListChats(core::ChannelRow channel,
                                                                 const ChatPage& page) const {
  const int news = page.with_history ? 0 : 1;
  std::optional<base::Time> at;
  core::ChatRow row;
  if (page.after) {
    at = page.after->at;
    row = page.after->row;
  }
  return ReadAll(db_.Query(kListChats, {channel, news, at, row, page.search, LikeOf(page.search),
                                        page.limit, page.offset}),
                 ReadListedChat);
}

base::Result<void> SqlContactStore::NoteActivity(core::ChatRow chat, base::Time at, bool is_news) {
  const auto noted = noted_.find(chat.value);
  if (noted != noted_.end() && (noted->second.has_news || !is_news) &&
      at < noted->second.at + core::kActivityStep)
    return {};
  PARLEY_CHECK(db_.Execute(kNoteActivity, {at, is_news, chat}));
  if (noted != noted_.end()) {
    noted->second = Noted{std::max(at, noted->second.at), is_news || noted->second.has_news};
    return {};
  }
  if (noted_.size() >= kMaxKept) noted_.clear();
  noted_.emplace(chat.value, Noted{at, is_news});
  return {};
}

base::Result<core::ChatActivity> SqlContactStore::ActivityOf(core::ChatRow chat) const {
  const auto read = [](const Rows& rows) -> base::Result<core::ChatActivity> {
    return core::ChatActivity{rows.OptionalTime(0), rows.Integer(1) != 0};
  };
  PARLEY_TRY(found, ReadOne(db_.Query(kActivityOf, {chat}), read));
  return found.value_or(core::ChatActivity());
}

base::Result<void> SqlContactStore::HideChat(core::ChatRow chat) {
  noted_.erase(chat.value);
  PARLEY_CHECK(db_.Execute(kHideChat, {chat}));
  return {};
}

base::Result<void> SqlContactStore::UpdateChat(const core::Chat& chat) {
  chats_.erase(KeyOf(chat.channel, chat.person));
  PARLEY_CHECK(db_.Execute(kUpdateChat,
                           {chat.unread, chat.muted, chat.archived, chat.muted_until, chat.row}));
  return {};
}

base::Result<void> SqlContactStore::CountUnread(const core::Chat& chat) {
  chats_.erase(KeyOf(chat.channel, chat.person));
  PARLEY_CHECK(db_.Execute(kCountUnread, {chat.row}));
  return {};
}

base::Result<void> SqlContactStore::LimitUnread(const core::Chat& chat, std::int64_t left) {
  chats_.erase(KeyOf(chat.channel, chat.person));
  PARLEY_CHECK(db_.Execute(kLimitUnread, {left, chat.row}));
  return {};
}

base::Result<void> SqlContactStore::WidenWindow(const core::Chat& chat, base::Time until) {
  chats_.erase(KeyOf(chat.channel, chat.person));
  PARLEY_CHECK(db_.Execute(kSetWindow, {until, chat.row}));
  return {};
}

}  // namespace parley::storage
