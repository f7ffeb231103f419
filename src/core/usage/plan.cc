#include "core/usage/plan.h"

#include <fmt/format.h>

#include "core/accounts/account_store.h"
#include "core/usage/usage_store.h"

namespace parley::core {
namespace {

constexpr std::size_t kMaxKeptLimits = 50'000;

}  // namespace

base::Result<void> CheckPlan(const Transaction& tx, AccountRow account, std::int64_t per_month,
                             base::Time now) {
  const Month month = MonthOf(now);
  PARLEY_TRY(used, tx.usage().Accepted(account, month));
  if (used < per_month) return {};
  base::Error error(
      base::ErrorCode::kRateLimited,
      fmt::format("The {} messages of the plan for this month are used up", per_month));
  error.retry_after = std::chrono::ceil<std::chrono::seconds>(EndOf(month) - now);
  return error;
}

base::Result<void> TakeFromPlan(Transaction& tx, AccountRow account, std::int64_t per_month,
                                base::Time now) {
  PARLEY_CHECK(CheckPlan(tx, account, per_month, now));
  return tx.usage().CountAccepted(account, MonthOf(now));
}

base::Task<base::Result<std::int64_t>> Plans::MessagesPerMonth(AccountRow account) {
  const std::uint64_t generation = store_.backend().directory_generation();
  if (generation != generation_ || limits_.size() >= kMaxKeptLimits) limits_.clear();
  generation_ = generation;
  if (const auto kept = limits_.find(account.value); kept != limits_.end()) co_return kept->second;
  auto read = [account](const Transaction& tx) { return tx.accounts().Find(account); };
  PARLEY_CO_TRY(found, co_await store_.Read(std::move(read)));
  const std::int64_t limit = found ? found->messages_per_month : 0;
  if (generation == generation_ && generation == store_.backend().directory_generation())
    limits_[account.value] = limit;
  co_return limit;
}

}  // namespace parley::core
