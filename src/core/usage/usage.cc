#include "core/usage/usage.h"

#include <chrono>

namespace parley::core {

Month MonthOf(base::Time at) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(at));
  return Month{static_cast<int>(date.year()),
               static_cast<int>(static_cast<unsigned>(date.month()))};
}

base::Time EndOf(Month month) {
  const std::chrono::year_month next =
      std::chrono::year_month(std::chrono::year(month.year),
                              std::chrono::month(static_cast<unsigned>(month.month))) +
      std::chrono::months(1);
  return std::chrono::time_point_cast<base::Duration>(std::chrono::sys_days(next / 1));
}

base::Result<void> CountMessage(Transaction& tx, const Message& message, base::Time at) {
  UsageKey key;
  key.month = MonthOf(at);
  key.direction = message.direction;
  key.kind = KindOf(message.content);
  UsageCount count;
  count.messages = 1;
  if (message.conversation) {
    key.category = message.conversation->category;
    PARLEY_TRY(begins, tx.usage().Enter(message.chat, *message.conversation));
    count.conversations = begins;
    count.billable = begins && message.conversation->billable;
  }
  return tx.usage().Add(message.channel, key, count);
}

base::Result<void> CountConversation(Transaction& tx, const Message& message) {
  UsageKey key;
  key.month = MonthOf(message.FirstAt(MessageStatus::kSent).value_or(message.accepted_at));
  key.direction = message.direction;
  key.kind = KindOf(message.content);
  UsageCount moved;
  moved.messages = -1;
  PARLEY_CHECK(tx.usage().Add(message.channel, key, moved));
  return CountMessage(tx, message,
                      message.FirstAt(MessageStatus::kSent).value_or(message.accepted_at));
}

base::Task<base::Result<std::vector<UsageRow>>> Usage::List(ChannelPtr channel,
                                                            std::optional<Month> month) {
  const auto read = [row = channel->row, month](const Transaction& tx) {
    return tx.usage().List(row, month);
  };
  co_return co_await store_.Read(read);
}

}  // namespace parley::core
