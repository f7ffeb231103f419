// Channels of every account, for whoever looks after the whole gateway.
#include <map>

#include "base/text.h"
#include "core/accounts/account_store.h"
#include "core/channels/channels.h"

namespace parley::core {
namespace {

constexpr int kListedAtOnce = 200;  // channels of one query

bool Matches(const Channel& channel, const Channels::Search& search) {
  if (search.state && channel.state != *search.state) return false;
  if (search.text.empty()) return true;
  return base::HoldsInAnyCase(channel.label, search.text) ||
         base::HoldsInAnyCase(channel.phone, search.text) ||
         base::HoldsInAnyCase(channel.code, search.text);
}

class Lister {
 public:
  Lister(const Transaction& tx, const Channels::Search& search) : tx_(tx), search_(search) {}

  base::Result<Channels::Listed> List() {
    ChannelRow before;
    if (search_.after) {
      PARLEY_TRY(row, tx_.channels().RowOf(*search_.after));
      if (!row) return base::FieldError("after", "Unknown channel");
      before = *row;
    }
    while (true) {
      PARLEY_TRY(channels, tx_.channels().ListNewest(before, kListedAtOnce));
      for (Channel& channel : channels) {
        before = channel.row;
        if (!Matches(channel, search_)) continue;
        if (static_cast<int>(listed_.channels.size()) == search_.limit) {
          listed_.more = true;
          return std::move(listed_);
        }
        PARLEY_TRY(account, AccountOf(channel));
        listed_.channels.emplace_back(std::move(channel), account);
      }
      if (channels.size() < kListedAtOnce) return std::move(listed_);
    }
  }

 private:
  base::Result<AccountId> AccountOf(const Channel& channel) {
    if (const auto id = accounts_.find(channel.account); id != accounts_.end()) return id->second;
    PARLEY_TRY(account, tx_.accounts().Find(channel.account));
    return accounts_[channel.account] = account ? account->id : AccountId();
  }

  const Transaction& tx_;
  const Channels::Search& search_;
  Channels::Listed listed_;
  std::map<AccountRow, AccountId> accounts_;
};

}  // namespace

base::Task<base::Result<Channels::Listed>> Channels::ListAll(Search search) {
  auto read = [search = std::move(search)](const Transaction& tx) {
    return Lister(tx, search).List();
  };
  co_return co_await store_.Read(std::move(read));
}

}  // namespace parley::core
