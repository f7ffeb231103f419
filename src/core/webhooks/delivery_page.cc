#include <algorithm>
#include <limits>

#include "core/webhooks/webhooks.h"

namespace parley::core {
namespace {

// Up to filter.limit rows in any of the states.
base::Result<std::vector<Delivery>> ListInStates(const Transaction& tx, AccountRow account,
                                                 DeliveryStore::Filter filter,
                                                 const std::vector<DeliveryState>& states) {
  if (states.empty()) return tx.deliveries().List(account, filter);
  std::vector<Delivery> rows;
  for (const DeliveryState state : states) {
    filter.state = state;
    PARLEY_TRY(found, tx.deliveries().List(account, filter));
    std::move(found.begin(), found.end(), std::back_inserter(rows));
  }
  std::sort(rows.begin(), rows.end(), [](const Delivery& a, const Delivery& b) {
    return a.event != b.event ? a.event > b.event : a.name > b.name;
  });
  if (rows.size() > static_cast<std::size_t>(filter.limit))
    rows.resize(static_cast<std::size_t>(filter.limit));
  return rows;
}

}  // namespace

base::Task<base::Result<DeliveryPage>> Webhooks::PageOfDeliveries(
    AccountRow account, DeliveryStore::Filter filter, std::vector<DeliveryState> states) {
  for (++filter.limit;; filter.limit *= 2) {
    auto read = [account, filter, states](const Transaction& tx) {
      return ListInStates(tx, account, filter, states);
    };
    PARLEY_CO_TRY(rows, co_await store_.Read(std::move(read)));
    DeliveryPage page;
    page.more = rows.size() == static_cast<std::size_t>(filter.limit);
    if (page.more) {
      const EventPosition cut = rows.back().event;
      while (!rows.empty() && rows.back().event == cut) rows.pop_back();
    }
    if (page.more && rows.empty() && filter.limit < std::numeric_limits<int>::max() / 2) continue;
    page.rows = std::move(rows);
    co_return page;
  }
}

}  // namespace parley::core
