// The messages of a plan: how many an account's programs may send in a calendar month (UTC). They
// are counted when they are accepted, because what is accepted will be sent; changes of a message
// are none of their own. Counting begins when the limit is set.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "base/result.h"
#include "base/task.h"
#include "core/ids.h"
#include "core/store.h"

namespace parley::core {

// kRateLimited, with the end of the month as retry_after, when all of them are used.
base::Result<void> CheckPlan(const Transaction& tx, AccountRow account, std::int64_t per_month,
                             base::Time now);
// The same, and one is used.
base::Result<void> TakeFromPlan(Transaction& tx, AccountRow account, std::int64_t per_month,
                                base::Time now);

// The limits of accounts, kept in memory until one changes. Thread: its store's scheduler.
class Plans {
 public:
  explicit Plans(Store& store) : store_(store) {}

  // 0: unlimited.
  base::Task<base::Result<std::int64_t>> MessagesPerMonth(AccountRow account);

 private:
  Store& store_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::int64_t, std::int64_t> limits_;  // by account
};

}  // namespace parley::core
