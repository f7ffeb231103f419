// Ledger: the network's file and what it says, kept together. Every change of the network is one
// record that is written here first and then applied.
#pragma once

#include <memory>

#include "base/result.h"
#include "sim/network/record_log.h"
#include "sim/network/state.h"

namespace parley::sim::network {

class LedgerListener {
 public:
  virtual ~LedgerListener() = default;
  // After each Commit, before it returns. Must not commit itself.
  virtual void OnTouched(const Touched& touched) = 0;
};

// Thread: that of the network.
class Ledger {
 public:
  explicit Ledger(Log& log) : records_(log) {}

  // Reads the file. Call it once, first; see RecordLog::Replay for the errors.
  base::Result<void> Open();
  void SetListener(LedgerListener* listener) { listener_ = listener; }

  // Writes and applies. After an error nothing is written and nothing has changed. The caller has
  // checked that the record fits the state.
  base::Result<void> Commit(Record record);

  const State& state() const { return state_; }
  base::Result<std::shared_ptr<const Record>> Fetch(std::uint64_t offset) {
    return records_.Fetch(offset);
  }
  base::Result<std::shared_ptr<const MessageRecord>> Message(Serial serial);

 private:
  RecordLog records_;
  State state_;
  Touched touched_;
  LedgerListener* listener_ = nullptr;
};

}  // namespace parley::sim::network
