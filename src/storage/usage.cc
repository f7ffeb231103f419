#include "storage/usage.h"

#include "storage/read.h"

namespace parley::storage {
namespace {

// So small a table that its pages are always in memory: counting costs no seek.
constexpr Sql kAdd{
    "INSERT INTO usage (channel, month, direction, kind, category, messages, conversations, "
    "billable) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (channel, month, direction, kind, category) "
    "DO UPDATE SET messages = messages + excluded.messages, conversations = conversations + "
    "excluded.conversations, billable = billable + excluded.billable"};
#define USAGE_COLUMNS "month, direction, kind, category, messages, conversations, billable"
constexpr Sql kList{"SELECT " USAGE_COLUMNS
                    " FROM usage WHERE channel=? ORDER BY month, direction, kind, category"};
constexpr Sql kListMonth{
    "SELECT " USAGE_COLUMNS
    " FROM usage WHERE channel=? AND month=? ORDER BY month, direction, kind, category"};
constexpr Sql kEnter{
    "INSERT INTO conversations (chat, category, id) VALUES (?,?,?) ON CONFLICT (chat, category) "
    "DO UPDATE SET id = excluded.id WHERE id <> excluded.id"};

constexpr Sql kCountAccepted{
    "INSERT INTO plan_messages (account, month, messages) VALUES (?,?,1) ON CONFLICT (account, "
    "month) DO UPDATE SET messages = messages + 1"};
constexpr Sql kAccepted{"SELECT messages FROM plan_messages WHERE account=? AND month=?"};

std::int64_t NumberOf(const core::Month& month) { return month.year * 100 + month.month; }

// 0: none.
std::int64_t NumberOf(std::optional<core::ConversationCategory> category) {
  return category ? static_cast<std::int64_t>(*category) : 0;
}

base::Result<core::UsageRow> Read(const Rows& rows) {
  core::UsageRow row;
  const auto month = static_cast<int>(rows.Integer(0));
  row.key.month = core::Month{month / 100, month % 100};
  row.key.direction = rows.Enum<core::Direction>(1);
  row.key.kind = rows.Enum<core::ContentKind>(2);
  if (rows.Integer(3) != 0) row.key.category = rows.Enum<core::ConversationCategory>(3);
  row.count.messages = rows.Integer(4);
  row.count.conversations = rows.Integer(5);
  row.count.billable = rows.Integer(6);
  return row;
}

}  // namespace

base::Result<void> SqlUsageStore::Add(core::ChannelRow channel, const core::UsageKey& key,
                                      const core::UsageCount& count) {
  PARLEY_CHECK(db_.Execute(
      kAdd, {channel, NumberOf(key.month), key.direction, key.kind, NumberOf(key.category),
             count.messages, count.conversations, count.billable}));
  return {};
}

base::Result<std::vector<core::UsageRow>> SqlUsageStore::List(
    core::ChannelRow channel, std::optional<core::Month> month) const {
  if (month) return ReadAll(db_.Query(kListMonth, {channel, NumberOf(*month)}), Read);
  return ReadAll(db_.Query(kList, {channel}), Read);
}

base::Result<void> SqlUsageStore::CountAccepted(core::AccountRow account, core::Month month) {
  PARLEY_CHECK(db_.Execute(kCountAccepted, {account, NumberOf(month)}));
  return {};
}

base::Result<std::int64_t> SqlUsageStore::Accepted(core::AccountRow account,
                                                   core::Month month) const {
  const auto read = [](const Rows& rows) -> base::Result<std::int64_t> { return rows.Integer(0); };
  PARLEY_TRY(counted, ReadOne(db_.Query(kAccepted, {account, NumberOf(month)}), read));
  return counted.value_or(0);
}

base::Result<bool> SqlUsageStore::Enter(core::ChatRow chat,
                                        const core::Conversation& conversation) {
  PARLEY_TRY(changed, db_.Execute(kEnter, {chat, conversation.category, conversation.id}));
  return changed > 0;
}

}  // namespace parley::storage
