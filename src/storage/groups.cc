#include "storage/groups.h"

#include "storage/read.h"

namespace parley::storage {
namespace {

#define GROUP_COLUMNS \
  "g.row, g.id, g.channel, g.kind, g.address, g.subject, g.known_at, g.updated_at"
constexpr Sql kFind{"SELECT " GROUP_COLUMNS
                    " FROM groups g WHERE g.channel=? AND g.kind=? AND g.address=?"};
constexpr Sql kFindById{"SELECT " GROUP_COLUMNS
                        " FROM groups g JOIN channels c ON c.row = g.channel "
                        "WHERE g.id=? AND c.account=?"};
constexpr Sql kInsert{
    "INSERT INTO groups (id, channel, kind, address, subject, known_at, updated_at) "
    "VALUES (?,?,?,?,?,?,?)"};
constexpr Sql kUpdate{"UPDATE groups SET subject=?, updated_at=? WHERE row=?"};
constexpr Sql kDescribe{"UPDATE groups SET info=? WHERE row=?"};
constexpr Sql kForgetInfos{
    "UPDATE groups SET info=NULL WHERE channel=? AND updated_at<? AND info IS NOT NULL"};
constexpr Sql kListKnown{"SELECT " GROUP_COLUMNS
                         ", g.info FROM groups g WHERE g.channel=? AND g.info IS NOT NULL "
                         "ORDER BY g.row"};
constexpr Sql kFindKnown{"SELECT " GROUP_COLUMNS
                         ", g.info FROM groups g WHERE g.channel=? AND g.kind=? AND g.address=? "
                         "AND g.info IS NOT NULL"};
constexpr Sql kFindChat{
    "SELECT row, unread, muted, archived, muted_until FROM chats "
    "WHERE channel=? AND kind=? AND person=?"};

core::ChatKind KindOf(const core::Address& address) {
  return address.kind == core::AddressKind::kGroup ? core::ChatKind::kGroup
                                                   : core::ChatKind::kNewsletter;
}

base::Result<core::Group> Read(const Rows& rows) {
  core::Group group;
  group.row = rows.RowNumber<core::GroupRow>(0);
  group.id = rows.Uuid<core::GroupId>(1);
  group.channel = rows.RowNumber<core::ChannelRow>(2);
  group.kind = rows.Enum<core::ChatKind>(3);
  group.address = rows.Text(4);
  group.subject = rows.Text(5);
  group.known_at = rows.Time(6);
  group.updated_at = rows.Time(7);
  return group;
}

base::Result<core::KnownGroup> ReadKnown(const Rows& rows) {
  core::KnownGroup known;
  PARLEY_TRY(group, Read(rows));
  PARLEY_TRY(info, base::DecodeText<core::GroupInfo>(rows.View(8)));
  known.group = std::move(group);
  known.info = std::move(info);
  return known;
}

}  // namespace

base::Result<std::optional<core::Group>> SqlGroupStore::Find(core::ChannelRow channel,
                                                             const core::Address& address) const {
  return ReadOne(db_.Query(kFind, {channel, KindOf(address), address.value}), Read);
}

base::Result<std::optional<core::Group>> SqlGroupStore::FindById(core::AccountRow account,
                                                                 core::GroupId id) const {
  return ReadOne(db_.Query(kFindById, {id, account}), Read);
}

base::Result<core::GroupRow> SqlGroupStore::Insert(const core::Group& group) {
  PARLEY_CHECK(db_.Execute(kInsert, {group.id, group.channel, group.kind, group.address,
                                     group.subject, group.known_at, group.updated_at}));
  return core::GroupRow(db_.last_insert_row());
}

base::Result<void> SqlGroupStore::Update(const core::Group& group) {
  PARLEY_CHECK(db_.Execute(kUpdate, {group.subject, group.updated_at, group.row}));
  return {};
}

base::Result<void> SqlGroupStore::Describe(core::GroupRow group,
                                           const std::optional<std::string>& info) {
  PARLEY_CHECK(db_.Execute(kDescribe, {info, group}));
  return {};
}

base::Result<void> SqlGroupStore::ForgetInfos(core::ChannelRow channel, base::Time until) {
  PARLEY_CHECK(db_.Execute(kForgetInfos, {channel, until}));
  return {};
}

base::Result<std::optional<core::KnownGroup>> SqlGroupStore::FindKnown(
    core::ChannelRow channel, const core::Address& address) const {
  return ReadOne(db_.Query(kFindKnown, {channel, KindOf(address), address.value}), ReadKnown);
}

base::Result<std::vector<core::KnownGroup>> SqlGroupStore::ListKnown(
    core::ChannelRow channel) const {
  return ReadAll(db_.Query(kListKnown, {channel}), ReadKnown);
}

base::Result<std::optional<core::Chat>> SqlGroupStore::FindChat(const core::Group& group) const {
  return ReadOne(db_.Query(kFindChat, {group.channel, group.kind, group.row}),
                 [&group](const Rows& rows) -> base::Result<core::Chat> {
                   core::Chat chat;
                   chat.row = rows.RowNumber<core::ChatRow>(0);
                   chat.unread = rows.Integer(1);
                   chat.muted = rows.Integer(2) != 0;
                   chat.archived = rows.Integer(3) != 0;
                   chat.muted_until = rows.OptionalTime(4);
                   chat.channel = group.channel;
                   chat.kind = group.kind;
                   chat.group_row = group.row;
                   chat.group = core::GroupName{group.id, group.address, group.subject};
                   return chat;
                 });
}

}  // namespace parley::storage
