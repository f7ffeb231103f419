// Where events are kept. Thread: inside a transaction only.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/events.h"

namespace parley::core {

class EventStore {
 public:
  virtual ~EventStore() = default;

  // Positions grow by one within a store; a rolled-back transaction leaves no gap behind.
  virtual base::Result<EventPosition> Append(const Event& event) = 0;
  // In order, from the position after `after`.
  virtual base::Result<std::vector<Event>> After(EventPosition after, int limit) const = 0;
  // From the one before `before` back; 0 = from the newest.
  virtual base::Result<std::vector<Event>> Before(EventPosition before, int limit) const = 0;
  // Of the `limit` events behind `after`, those of these accounts (in increasing order). The others
  // cost next to nothing; without accounts it goes to the end at once.
  struct Slice {
    std::vector<Event> events;
    EventPosition last;  // up to where was looked, `after` when nothing is behind it
    bool at_end = false;
  };
  virtual base::Result<Slice> AfterOf(const std::vector<AccountRow>& accounts, EventPosition after,
                                      int limit) const = 0;
  virtual base::Result<std::optional<Event>> Find(EventPosition position) const = 0;
  // The channel's changes of state (ChannelStateChanged) below `before`, newest first; 0 = from the
  // newest.
  virtual base::Result<std::vector<Event>> StatesOf(ChannelRow channel, EventPosition before,
                                                    int limit) const = 0;
  // 0 when there are none.
  virtual base::Result<EventPosition> Oldest() const = 0;
  virtual base::Result<EventPosition> Last() const = 0;
  // Deletes up to `limit` events from the oldest on, as far as they are older than `until` and at
  // or below `settled`; returns how many. The newest event of all stays.
  virtual base::Result<int> Prune(base::Time until, EventPosition settled, int limit) = 0;
};

}  // namespace parley::core
