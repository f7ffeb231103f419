// The event log in SQL.
#pragma once

#include <array>

#include "core/event_store.h"
#include "storage/connection.h"

namespace parley::storage {

// Messages by the status that they took; the index is the MessageStatus.
using MessageCounts = std::array<std::int64_t, core::kMessageStatusNames.rows.size() + 1>;

// Transcriptions by how they ended: those that were done, then each fault by its number.
using TranscriptionCounts =
    std::array<std::int64_t, core::kTranscriptionFaultNames.rows.size() + 1>;

class SqlEventStore final : public core::EventStore {
 public:
  explicit SqlEventStore(Connection& db) : db_(db) {}
  base::Result<core::EventPosition> Append(const core::Event& event) override;
  base::Result<std::vector<core::Event>> After(core::EventPosition after, int limit) const override;
  base::Result<std::vector<core::Event>> Before(core::EventPosition before,
                                                int limit) const override;
  base::Result<Slice> AfterOf(const std::vector<core::AccountRow>& accounts,
                              core::EventPosition after, int limit) const override;
  base::Result<std::optional<core::Event>> Find(core::EventPosition position) const override;
  base::Result<std::vector<core::Event>> StatesOf(core::ChannelRow channel,
                                                  core::EventPosition before,
                                                  int limit) const override;
  base::Result<core::EventPosition> Oldest() const override;
  base::Result<core::EventPosition> Last() const override;
  base::Result<int> Prune(base::Time until, core::EventPosition settled, int limit) override;

  // What was appended since this was last taken.
  struct Appended {
    bool any = false;
    MessageCounts messages{};
    TranscriptionCounts transcriptions{};
  };
  Appended TakeAppended() { return std::exchange(appended_, Appended()); }
  // Undoes what a rollback took back.
  const Appended& appended() const { return appended_; }
  void SetAppended(const Appended& appended) { appended_ = appended; }

 private:
  Connection& db_;
  Appended appended_;
};

}  // namespace parley::storage
