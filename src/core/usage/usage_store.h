// What channels did, counted month by month. The figures stand on their own: they stay when the
// messages that were counted are deleted. Thread: inside a transaction only.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "core/ids.h"
#include "core/messages/message.h"

namespace parley::core {

// A calendar month, UTC.
struct Month {
  int year = 1970;
  int month = 1;  // 1 to 12
  auto operator<=>(const Month&) const = default;
};
Month MonthOf(base::Time at);
base::Time EndOf(Month month);  // the first moment of the next one

// What is counted together.
struct UsageKey {
  Month month;
  Direction direction = Direction::kOut;
  ContentKind kind = ContentKind::kText;
  std::optional<ConversationCategory> category;  // none: the network named no conversation
  auto operator<=>(const UsageKey&) const = default;
};

struct UsageCount {
  std::int64_t messages = 0;       // sent or received
  std::int64_t conversations = 0;  // that began with one of them
  std::int64_t billable = 0;       // conversations of these that cost something
  bool operator==(const UsageCount&) const = default;
};

struct UsageRow {
  UsageKey key;
  UsageCount count;
};

class UsageStore {
 public:
  virtual ~UsageStore() = default;

  virtual base::Result<void> Add(ChannelRow channel, const UsageKey& key,
                                 const UsageCount& count) = 0;
  // In the order of the keys; of one month only when it is given.
  virtual base::Result<std::vector<UsageRow>> List(ChannelRow channel,
                                                   std::optional<Month> month) const = 0;

  // What programs of the account had accepted in that month while its plan had a limit: one more;
  // and how many there are.
  virtual base::Result<void> CountAccepted(AccountRow account, Month month) = 0;
  virtual base::Result<std::int64_t> Accepted(AccountRow account, Month month) const = 0;

  // Keeps that the chat is in this conversation now; true when it was not, in that category.
  virtual base::Result<bool> Enter(ChatRow chat, const Conversation& conversation) = 0;
};

}  // namespace parley::core
