// The event log in SQL.
#pragma once

#include "core/event_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlEventStore final : public core::EventStore {
 public:
  explicit SqlEventStore(Connection& db) : db_(db) {}
  base::Result<core::EventPosition> Append(const core::Event& event) override;
  base::Result<std::vector<core::Event>> After(core::EventPosition after, int limit) const override;
  base::Result<std::optional<core::Event>> Find(core::EventPosition position) const override;
  base::Result<core::EventPosition> Oldest() const override;
  base::Result<core::EventPosition> Last() const override;
  base::Result<int> Prune(base::Time until, core::EventPosition settled, int limit) override;

  // Whether Append was called since this was last asked.
  bool TakeAppended() { return std::exchange(appended_, false); }

 private:
  Connection& db_;
  bool appended_ = false;
};

}  // namespace parley::storage
