#include "storage/channels.h"

#include <algorithm>

#include "base/fields.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

constexpr std::size_t kMaxKnown = 10000;

#define CHANNEL_COLUMNS                                                                       \
  "row, id, account, link, link_profile, state, state_reason, phone, label, code, settings, " \
  "profile, created_at, updated_at, connected_at, enabled"
constexpr Sql kInsert{
    "INSERT INTO channels (id, account, link, link_profile, state, state_reason, phone, label, "
    "code, settings, profile, created_at, updated_at, connected_at, enabled) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kUpdate{
    "UPDATE channels SET link=?, link_profile=?, state=?, state_reason=?, phone=?, label=?, "
    "settings=?, profile=?, updated_at=?, connected_at=?, enabled=? WHERE row=?"};
constexpr Sql kFind{"SELECT " CHANNEL_COLUMNS " FROM channels WHERE row=?"};
constexpr Sql kFindById{"SELECT " CHANNEL_COLUMNS " FROM channels WHERE id=? AND account=?"};
// 8 is kDeleted: the number of a deleted channel may be used again.
constexpr Sql kFindByPhone{"SELECT " CHANNEL_COLUMNS
                           " FROM channels WHERE account=? AND phone=? AND state<>8 "
                           "ORDER BY row DESC LIMIT 1"};
constexpr Sql kFindByCode{"SELECT " CHANNEL_COLUMNS
                          " FROM channels WHERE code=? AND account=? AND state<>8"};
constexpr Sql kList{"SELECT " CHANNEL_COLUMNS
                    " FROM channels WHERE account=? AND row<? ORDER BY row DESC"};
constexpr Sql kListAll{"SELECT " CHANNEL_COLUMNS
                       " FROM channels WHERE row>? AND state<>8 ORDER BY row LIMIT ?"};
constexpr Sql kListNewest{"SELECT " CHANNEL_COLUMNS
                          " FROM channels WHERE row<? AND state<>8 ORDER BY row DESC LIMIT ?"};
constexpr Sql kRowOf{"SELECT row FROM channels WHERE id=?"};
constexpr Sql kCountByState{"SELECT state, count(*) FROM channels GROUP BY state ORDER BY state"};

base::Result<core::Channel> Read(const Rows& rows) {
  core::Channel channel;
  channel.row = rows.RowNumber<core::ChannelRow>(0);
  channel.id = rows.Uuid<core::ChannelId>(1);
  channel.account = rows.RowNumber<core::AccountRow>(2);
  channel.link = rows.Enum<core::LinkKind>(3);
  channel.link_profile = rows.Text(4);
  channel.state = rows.Enum<core::ChannelState>(5);
  channel.state_reason = rows.Text(6);
  channel.phone = rows.Text(7);
  channel.label = rows.Text(8);
  channel.code = rows.Text(9);
  PARLEY_TRY(settings, base::DecodeText<core::ChannelSettings>(rows.View(10)));
  channel.settings = settings;
  PARLEY_TRY(profile, base::DecodeText<core::ChannelProfile>(rows.View(11)));
  channel.profile = std::move(profile);
  channel.created_at = rows.Time(12);
  channel.updated_at = rows.Time(13);
  channel.connected_at = rows.OptionalTime(14);
  channel.enabled = rows.Bool(15);
  return channel;
}

base::Result<core::ChannelPtr> ReadShared(base::Result<Rows> rows) {
  PARLEY_TRY(found, ReadOne(std::move(rows), Read));
  return found ? std::make_shared<const core::Channel>(std::move(*found)) : core::ChannelPtr();
}

bool Matches(const core::Channel& channel, const std::vector<core::ChannelState>& states) {
  if (states.empty()) return channel.state != core::ChannelState::kDeleted;
  return std::find(states.begin(), states.end(), channel.state) != states.end();
}

}  // namespace

base::Result<core::ChannelRow> SqlChannelStore::Insert(const core::Channel& channel) {
  changed_ = true;
  const std::string settings = base::EncodeText(channel.settings);
  const std::string profile = base::EncodeText(channel.profile);
  PARLEY_CHECK(db_.Execute(
      kInsert, {channel.id, channel.account, channel.link, channel.link_profile, channel.state,
                channel.state_reason, channel.phone, channel.label, channel.code, settings, profile,
                channel.created_at, channel.updated_at, channel.connected_at, channel.enabled}));
  return core::ChannelRow(db_.last_insert_row());
}

base::Result<void> SqlChannelStore::Update(const core::Channel& channel) {
  changed_ = true;
  known_.erase(channel.row);
  const std::string settings = base::EncodeText(channel.settings);
  const std::string profile = base::EncodeText(channel.profile);
  PARLEY_CHECK(
      db_.Execute(kUpdate, {channel.link, channel.link_profile, channel.state, channel.state_reason,
                            channel.phone, channel.label, settings, profile, channel.updated_at,
                            channel.connected_at, channel.enabled, channel.row}));
  return {};
}

base::Result<core::ChannelPtr> SqlChannelStore::Find(core::AccountRow account,
                                                     core::ChannelRow row) const {
  core::ChannelPtr& known = known_[row];
  if (!known) {
    if (known_.size() > kMaxKnown) {
      known_.clear();
      return Find(account, row);
    }
    PARLEY_TRY(found, ReadShared(db_.Query(kFind, {row})));
    known = found;
  }
  if (!known || known->account != account) return core::ChannelPtr();
  return known;
}

base::Result<core::ChannelPtr> SqlChannelStore::FindById(core::AccountRow account,
                                                         core::ChannelId id) const {
  return ReadShared(db_.Query(kFindById, {id, account}));
}

base::Result<core::ChannelPtr> SqlChannelStore::FindByPhone(core::AccountRow account,
                                                            std::string_view phone) const {
  return ReadShared(db_.Query(kFindByPhone, {account, phone}));
}

base::Result<core::ChannelPtr> SqlChannelStore::FindByCode(core::AccountRow account,
                                                           std::string_view code) const {
  return ReadShared(db_.Query(kFindByCode, {code, account}));
}

base::Result<std::vector<core::Channel>> SqlChannelStore::List(core::AccountRow account,
                                                               const Filter& filter) const {
  const std::int64_t before = filter.before.value > 0 ? filter.before.value : INT64_MAX;
  PARLEY_TRY(rows, db_.Query(kList, {account, before}));
  std::vector<core::Channel> channels;
  while (static_cast<int>(channels.size()) < filter.limit) {
    PARLEY_TRY(found, rows.Next());
    if (!found) break;
    PARLEY_TRY(channel, Read(rows));
    if (Matches(channel, filter.states)) channels.push_back(std::move(channel));
  }
  return channels;
}

base::Result<std::vector<core::Channel>> SqlChannelStore::ListAll(core::ChannelRow after,
                                                                  int limit) const {
  return ReadAll(db_.Query(kListAll, {after, limit}), Read);
}

base::Result<std::vector<core::Channel>> SqlChannelStore::ListNewest(core::ChannelRow before,
                                                                     int limit) const {
  const std::int64_t below = before.value > 0 ? before.value : INT64_MAX;
  return ReadAll(db_.Query(kListNewest, {below, limit}), Read);
}

base::Result<std::optional<core::ChannelRow>> SqlChannelStore::RowOf(core::ChannelId id) const {
  const auto read = [](const Rows& rows) -> base::Result<core::ChannelRow> {
    return rows.RowNumber<core::ChannelRow>(0);
  };
  return ReadOne(db_.Query(kRowOf, {id}), read);
}

base::Result<core::ChannelStore::StateCounts> SqlChannelStore::CountByState() const {
  const auto read = [](const Rows& rows) -> base::Result<StateCounts::value_type> {
    return StateCounts::value_type(rows.Enum<core::ChannelState>(0), rows.Integer(1));
  };
  return ReadAll(db_.Query(kCountByState, {}), read);
}

}  // namespace parley::storage
