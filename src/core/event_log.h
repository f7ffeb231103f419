// EventLog: reading the log of everything that happened, and waiting for what happens next.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/scheduler.h"
#include "core/event_bell.h"
#include "core/events.h"
#include "core/store.h"

namespace parley::core {

struct EventQuery {
  EventPosition after;  // events behind this one
  int limit = 100;
  std::optional<AccountId> account;  // of this account only
  std::optional<ChannelId> channel;  // of this channel only
  std::vector<std::string> names;    // of these kinds only; empty: all
};

// An event with the ids that the outside knows its owners by.
struct LoggedEvent {
  Event event;
  AccountId account;
  std::optional<ChannelId> channel;
};

struct EventPage {
  std::vector<LoggedEvent> events;
  EventPosition next;   // the last one looked at, whether it matched or not: where to go on
  bool at_end = false;  // nothing was behind `next`
};

// What is kept. Both 0 when nothing has happened yet.
struct EventBounds {
  EventPosition oldest, last;
};

// Thread: its store's scheduler.
class EventLog {
 public:
  // Requests and streams that may wait for events at once.
  static constexpr std::size_t kMaxFollowers = 256;

  EventLog(Store& store, EventBell& bell) : store_(store), bell_(bell) {}

  base::Task<base::Result<EventBounds>> Bounds();

  // Where a reader starts that gave this position, or none (then at the oldest that is kept).
  // kCursorExpired, naming the oldest position, when events behind it are no longer kept;
  // kInvalidFields on `after` when it is past the end.
  base::Task<base::Result<EventPosition>> Start(std::optional<EventPosition> after);

  // Up to `limit` matching events. Looks at a bounded number of events, so that a page may be empty
  // before the end is reached. kCursorExpired as above.
  base::Task<base::Result<EventPage>> Read(EventQuery query);

  // The same from the newest back: events before `before` (0 = the newest, too) instead of behind
  // `after`. `next` is the last one looked at, `at_end`: nothing older is kept.
  base::Task<base::Result<EventPage>> ReadBack(EventQuery query, EventPosition before);
  // kNotFound: there is none, or not any more.
  base::Task<base::Result<LoggedEvent>> Find(EventPosition position);

  // Somebody who waits for events; keep it over reading and waiting, so that none is missed.
  class Follower {
   public:
    explicit Follower(EventLog& log);
    ~Follower();
    Follower(const Follower&) = delete;

    // False when `limit` passed and nothing was appended. True also when `stopped`.
    base::Task<bool> WaitFor(base::Duration limit) { return signal_.WaitFor(limit); }
    // Ends a wait.
    void Wake() { signal_.Notify(); }
    bool stopped() const { return log_.stopped_; }

   private:
    EventLog& log_;
    base::Signal signal_;
  };
  // kOverloaded when there are kMaxFollowers.
  base::Result<std::unique_ptr<Follower>> Follow();
  std::size_t followers() const { return followers_.size(); }

  // Read, but while there is nothing waits for up to `wait`; then the page is empty. kOverloaded as
  // Follow.
  base::Task<base::Result<EventPage>> Await(EventQuery query, base::Duration wait);

  // Ends all waiting, now and from now on.
  void Stop();

 private:
  Store& store_;
  EventBell& bell_;
  std::vector<Follower*> followers_;  // in the order they came
  bool stopped_ = false;
};

}  // namespace parley::core
