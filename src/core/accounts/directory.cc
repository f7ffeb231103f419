#include "core/accounts/directory.h"

#include <fmt/format.h>

#include "core/accounts/account_store.h"
#include "core/accounts/trial.h"
#include "core/contacts/spelling.h"

namespace parley::core {
namespace {

constexpr std::size_t kMaxKeptKeys = 50000;

// A key longer than this is not one of ours; it is refused before it is hashed.
constexpr std::size_t kMaxKeyLength = 512;

std::optional<base::Error> Refusal(const Account& account, base::Time now) {
  if (account.blocked)
    return base::Error(base::ErrorCode::kAccountBlocked,
                       account.block_reason.empty() ? "" : account.block_reason);
  if (account.expires_at && *account.expires_at <= now)
    return base::Error(base::ErrorCode::kPaymentRequired);
  return std::nullopt;
}

}  // namespace

base::Error ErrorOf(const RateStatus& rate) {
  base::Error error(base::ErrorCode::kRateLimited);
  error.retry_after = std::chrono::ceil<std::chrono::seconds>(rate.until_next);
  return error;
}

void Directory::Refresh() {
  const std::uint64_t now = store_.backend().directory_generation();
  if (now == generation_ && callers_.size() < kMaxKeptKeys && channels_.size() < kMaxKeptKeys)
    return;
  generation_ = now;
  callers_.clear();
  channels_.clear();
}

base::Task<Admission> Directory::Admit(Dialect dialect, std::string key, RateScope scope) {
  Admission admission;
  if (key.empty() || key.size() > kMaxKeyLength) {
    admission.error = base::ErrorCode::kUnauthenticated;
    co_return admission;
  }
  auto caller = co_await FindCaller(base::Sha256(key));
  if (!caller) {
    admission.error = caller.error();
  } else if (!*caller || (*caller)->credential.dialect != dialect) {
    admission.error = base::ErrorCode::kUnauthenticated;
  } else {
    const Account& account = (*caller)->account;
    admission.error = Refusal(account, store_.scheduler().Now());
    const bool is_blocked =
        admission.error && admission.error->code == base::ErrorCode::kAccountBlocked;
    const std::int64_t limit = RateLimitOf(account, dialect);
    if (limit > 0 && (!admission.error || is_blocked)) {
      // Buckets of accounts and of credentials are told apart by sign.
      const std::int64_t bucket =
          scope == RateScope::kAccount ? account.row.value : -(*caller)->credential.row.value;
      admission.rate = limiter_.Take(bucket, limit, account.burst, store_.scheduler().Monotonic());
      // That an account is blocked stays the first thing to say.
      if (!admission.rate->allowed && !is_blocked) admission.error = ErrorOf(*admission.rate);
    }
    if (!admission.error || is_blocked) admission.caller = *caller;
  }
  co_return admission;
}

base::Task<base::Result<CallerPtr>> Directory::FindCaller(base::Digest digest) {
  Refresh();
  const std::string name(base::AsText(digest));
  if (const auto kept = callers_.find(name); kept != callers_.end()) co_return kept->second;

  const std::uint64_t generation = generation_;
  auto read = [digest](const Transaction& tx) -> base::Result<CallerPtr> {
    PARLEY_TRY(credential, tx.credentials().FindByDigest(digest));
    // The index finds by prefix comparison, which tells nothing about a digest; the whole is
    // compared once more in constant time.
    if (!credential ||
        !base::EqualInConstantTime(base::AsText(credential->digest), base::AsText(digest)))
      return CallerPtr();
    auto caller = std::make_shared<Caller>();
    caller->credential = *credential;
    if (credential->account.value != 0) {
      PARLEY_TRY(account, tx.accounts().Find(credential->account));
      if (!account) return CallerPtr();
      caller->account = *account;
    }
    return CallerPtr(std::move(caller));
  };
  auto found = co_await store_.Read(std::move(read));
  // Unknown keys are not kept: whoever tries keys must not fill the memory.
  if (found && *found && generation == store_.backend().directory_generation() &&
      generation == generation_)
    callers_[name] = *found;
  co_return found;
}

template <class Find>
base::Task<base::Result<ChannelPtr>> Directory::Channel(CallerPtr caller, std::string name,
                                                        Find find) {
  Refresh();
  name = fmt::format("{}/{}", caller->account.row.value, name);
  ChannelPtr channel;
  if (const auto kept = channels_.find(name); kept != channels_.end()) {
    channel = kept->second;
  } else {
    const std::uint64_t generation = generation_;
    auto found = co_await store_.Read(std::move(find));
    if (!found) co_return found.error();
    channel = *found;
    if (channel && generation == store_.backend().directory_generation() &&
        generation == generation_)
      channels_[name] = channel;
  }
  if (!channel || channel->state == ChannelState::kDeleted || !caller->Sees(channel->row))
    co_return base::ErrorCode::kNotFound;
  co_return channel;
}

base::Task<base::Result<ChannelPtr>> Directory::ChannelById(CallerPtr caller, ChannelId id) {
  auto find = [account = caller->account.row, id](const Transaction& tx) {
    return tx.channels().FindById(account, id);
  };
  std::string name(id.value.AsBytes());
  return Channel(std::move(caller), std::move(name), find);
}

base::Task<base::Result<ChannelPtr>> Directory::ChannelByPhone(CallerPtr caller,
                                                               std::string phone) {
  std::string name = "+" + phone;
  auto find = [account = caller->account.row,
               phone = std::move(phone)](const Transaction& tx) -> base::Result<ChannelPtr> {
    PARLEY_TRY(found, tx.channels().FindByPhone(account, phone));
    const std::string other = OtherSpelling(phone);
    if (found || other.empty()) return std::move(found);
    return tx.channels().FindByPhone(account, other);
  };
  return Channel(std::move(caller), std::move(name), std::move(find));
}

base::Task<base::Result<ChannelPtr>> Directory::ChannelByCode(CallerPtr caller, std::string code) {
  std::string name = "#" + code;
  auto find = [account = caller->account.row, code = std::move(code)](const Transaction& tx) {
    return tx.channels().FindByCode(account, code);
  };
  return Channel(std::move(caller), std::move(name), std::move(find));
}

base::Task<base::Result<ChannelPtr>> Directory::BoundChannel(CallerPtr caller) {
  const ChannelRow row = caller->credential.channel.value_or(ChannelRow());
  auto find = [account = caller->account.row, row](const Transaction& tx) {
    return tx.channels().Find(account, row);
  };
  std::string name = fmt::format("@{}", row.value);
  return Channel(std::move(caller), std::move(name), find);
}

}  // namespace parley::core
