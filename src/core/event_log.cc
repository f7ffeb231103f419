#include "core/event_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/event_store.h"

namespace parley::core {
namespace {

// Events that one call looks at, so that a filter which matches nothing holds up no reader for
// long.
constexpr int kMaxLook = 2000;
constexpr int kEventsLooked = 200;

base::Result<EventBounds> BoundsOf(const Transaction& tx) {
  EventBounds bounds;
  PARLEY_TRY(oldest, tx.events().Oldest());
  PARLEY_TRY(last, tx.events().Last());
  bounds.oldest = oldest;
  bounds.last = last;
  return bounds;
}

base::Result<void> CheckIsKept(EventPosition after, const EventBounds& bounds) {
  if (after.value + 1 < bounds.oldest.value)
    return base::Error(base::ErrorCode::kCursorExpired,
                       fmt::format("Events behind {} are no longer kept; the oldest is at {}",
                                   after.value, bounds.oldest.value));
  return {};
}

// The page that Read gives, within one transaction.
class PageReader {
 public:
  PageReader(const Transaction& tx, const EventQuery& query) : tx_(tx), query_(query) {}

  base::Result<EventPage> ReadBack(EventPosition before) {
    page_.next = before;
    for (int looked = 0; looked < kMaxLook && !full() && !page_.at_end; looked += kEventsLooked) {
      PARLEY_TRY(events, tx_.events().Before(page_.next, kEventsLooked));
      for (Event& event : events) {
        if (full()) return std::move(page_);
        page_.next = event.position;
        PARLEY_CHECK(Take(std::move(event)));
      }
      page_.at_end = events.size() < kEventsLooked;
    }
    return std::move(page_);
  }

  base::Result<LoggedEvent> Find(EventPosition position) {
    PARLEY_TRY(event, tx_.events().Find(position));
    if (!event) return base::ErrorCode::kNotFound;
    PARLEY_CHECK(Take(std::move(*event)));
    return std::move(page_.events.front());
  }

  base::Result<EventPage> Read() {
    PARLEY_TRY(bounds, BoundsOf(tx_));
    PARLEY_CHECK(CheckIsKept(query_.after, bounds));
    page_.next = query_.after;
    for (int looked = 0; looked < kMaxLook && !full() && !page_.at_end; looked += kEventsLooked) {
      PARLEY_TRY(events, tx_.events().After(page_.next, kEventsLooked));
      for (Event& event : events) {
        if (full()) return std::move(page_);
        page_.next = event.position;
        PARLEY_CHECK(Take(std::move(event)));
      }
      page_.at_end = events.size() < kEventsLooked;
    }
    return std::move(page_);
  }

 private:
  bool full() const { return static_cast<int>(page_.events.size()) >= query_.limit; }

  bool IsNamed(const Event& event) const {
    return query_.names.empty() || std::find(query_.names.begin(), query_.names.end(),
                                             NameOf(event.body)) != query_.names.end();
  }

  base::Result<void> Take(Event event) {
    if (!IsNamed(event)) return {};
    LoggedEvent logged;
    PARLEY_TRY(account, AccountOf(event));
    logged.account = account;
    if (event.channel) {
      PARLEY_TRY(channel, ChannelOf(event));
      logged.channel = channel;
    }
    if (query_.account && *query_.account != logged.account) return {};
    if (query_.channel && query_.channel != logged.channel) return {};
    logged.event = std::move(event);
    page_.events.push_back(std::move(logged));
    return {};
  }

  base::Result<AccountId> AccountOf(const Event& event) {
    if (const auto id = accounts_.find(event.account); id != accounts_.end()) return id->second;
    PARLEY_TRY(account, tx_.accounts().Find(event.account));
    return accounts_[event.account] = account ? account->id : AccountId();
  }

  base::Result<ChannelId> ChannelOf(const Event& event) {
    if (const auto id = channels_.find(*event.channel); id != channels_.end()) return id->second;
    PARLEY_TRY(channel, tx_.channels().Find(event.account, *event.channel));
    return channels_[*event.channel] = channel ? channel->id : ChannelId();
  }

  const Transaction& tx_;
  const EventQuery& query_;
  EventPage page_;
  std::map<AccountRow, AccountId> accounts_;
  std::map<ChannelRow, ChannelId> channels_;
};

}  // namespace

base::Task<base::Result<EventBounds>> EventLog::Bounds() {
  auto read = [](const Transaction& tx) { return BoundsOf(tx); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<EventPosition>> EventLog::Start(std::optional<EventPosition> after) {
  PARLEY_CO_TRY(bounds, co_await Bounds());
  if (!after) co_return EventPosition(std::max<std::int64_t>(bounds.oldest.value - 1, 0));
  if (*after > bounds.last)
    co_return base::FieldError(
        "after", fmt::format("Past the end of the log, which is at {}", bounds.last.value));
  PARLEY_CO_CHECK(CheckIsKept(*after, bounds));
  co_return *after;
}

base::Task<base::Result<EventPage>> EventLog::Read(EventQuery query) {
  auto read = [query](const Transaction& tx) { return PageReader(tx, query).Read(); };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<EventPage>> EventLog::ReadBack(EventQuery query, EventPosition before) {
  auto read = [query, before](const Transaction& tx) {
    return PageReader(tx, query).ReadBack(before);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<LoggedEvent>> EventLog::Find(EventPosition position) {
  auto read = [position](const Transaction& tx) {
    const EventQuery everything;
    return PageReader(tx, everything).Find(position);
  };
  co_return co_await store_.Read(read);
}

EventLog::Follower::Follower(EventLog& log) : log_(log), signal_(log.store_.scheduler()) {
  log_.followers_.push_back(this);
  log_.bell_.Join(log_.store_.scheduler(), signal_);
}

EventLog::Follower::~Follower() {
  log_.bell_.Leave(signal_);
  std::erase(log_.followers_, this);
}

base::Result<std::unique_ptr<EventLog::Follower>> EventLog::Follow() {
  if (followers_.size() >= kMaxFollowers)
    return base::Error(base::ErrorCode::kOverloaded, "Too many are waiting for events already");
  return std::make_unique<Follower>(*this);
}

base::Task<base::Result<EventPage>> EventLog::Await(EventQuery query, base::Duration wait) {
  PARLEY_CO_TRY(follower, Follow());
  const base::Microseconds deadline = store_.scheduler().Monotonic() + wait;
  while (true) {
    auto page = co_await Read(query);
    if (!page || !page->events.empty() || !page->at_end || follower->stopped()) co_return page;
    const auto left = std::chrono::ceil<base::Duration>(deadline - store_.scheduler().Monotonic());
    if (left.count() <= 0) co_return page;
    query.after = page->next;  // what did not match need not be looked at again
    co_await follower->WaitFor(left);
  }
}

void EventLog::Stop() {
  stopped_ = true;
  for (Follower* follower : followers_) follower->Wake();
}

}  // namespace parley::core
