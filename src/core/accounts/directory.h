// Directory: callers and channels by the names that requests use, kept in memory until something in
// the store changes. Every request asks it, so it answers without a store access as a rule.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/result.h"
#include "core/accounts/account.h"
#include "core/accounts/credential.h"
#include "core/accounts/rate_limiter.h"
#include "core/channels/channel_store.h"
#include "core/store.h"

namespace parley::core {

// Who is calling.
struct Caller {
  Account account;  // empty for the admin token
  Credential credential;

  // Whether this key may touch the channel: keys bound to one channel see no other.
  bool Sees(ChannelRow channel) const {
    return !credential.channel || *credential.channel == channel;
  }
};
using CallerPtr = std::shared_ptr<const Caller>;

enum class RateScope { kCredential, kAccount };

// The outcome of showing a key.
struct Admission {
  CallerPtr caller;                  // null when refused, but for a blocked account's
  std::optional<base::Error> error;  // why
  std::optional<RateStatus> rate;    // when the account has a limit and the key was good
};

// What a request is told that the rate does not allow.
base::Error ErrorOf(const RateStatus& rate);

// Thread: its store's scheduler.
class Directory {
 public:
  explicit Directory(Store& store) : store_(store) {}

  // Checks key, dialect, block, expiry and rate, in this order. Errors: kUnauthenticated,
  // kAccountBlocked (text = reason), kPaymentRequired, kRateLimited (with retry_after).
  base::Task<Admission> Admit(Dialect dialect, std::string key, RateScope scope);

  // kNotFound when the account has none, or the caller does not see it. Numbers in either spelling.
  base::Task<base::Result<ChannelPtr>> ChannelById(CallerPtr caller, ChannelId id);
  base::Task<base::Result<ChannelPtr>> ChannelByPhone(CallerPtr caller, std::string phone);
  base::Task<base::Result<ChannelPtr>> ChannelByCode(CallerPtr caller, std::string code);
  // The channel that the caller's key is bound to.
  base::Task<base::Result<ChannelPtr>> BoundChannel(CallerPtr caller);

 private:
  template <class Find>
  base::Task<base::Result<ChannelPtr>> Channel(CallerPtr caller, std::string name, Find find);
  base::Task<base::Result<CallerPtr>> FindCaller(base::Digest digest);
  // Drops everything when the store's directory has changed.
  void Refresh();

  Store& store_;
  RateLimiter limiter_;
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, CallerPtr> callers_;    // by digest
  std::unordered_map<std::string, ChannelPtr> channels_;  // by account and name
};

}  // namespace parley::core
