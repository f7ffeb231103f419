// Ledger: what the topics of messages read and write of the channel's records, in one order.
//
//   Ledger::Turn turn = co_await ledger.Enter();
//   PARLEY_CO_TRY(records, co_await ledger.Read(names));
//   ... a session makes a step ...
//   StagedPtr staged = ledger.Stage(turn, std::move(unit));
//   turn.End();
//   PARLEY_CO_CHECK(co_await ledger.Durable(staged));
//   ... only now the ciphertext leaves, or the stanza is acknowledged.
//
// Whoever has the turn reads what was staged before, durable or not, so that a session goes on
// while the disk still writes its last step, and one commit holds the steps of many messages. When
// a commit fails, everything staged since fails with it: nothing that was read of it may be stored.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/scheduler.h"
#include "base/task.h"
#include "core/channels/link.h"
#include "link/multidevice/records.h"

namespace parley::link::multidevice {

// Changes and news that belong together.
struct Unit {
  std::vector<core::LinkReport> reports;
  std::vector<std::pair<RecordName, std::optional<std::string>>> records;  // nullopt: goes

  void Put(RecordName name, std::string plain) {
    records.emplace_back(std::move(name), std::move(plain));
  }
  void Drop(RecordName name) { records.emplace_back(std::move(name), std::nullopt); }
};

struct Staged;
using StagedPtr = std::shared_ptr<Staged>;

// Units that one commit holds at most.
inline constexpr std::size_t kMaxUnits = 64;

// The arguments outlive it. Thread: the channel's.
class Ledger {
 public:
  // The right to read and stage, from Enter until End or its own end.
  class Turn {
   public:
    Turn(Turn&& other) noexcept
        : ledger_(std::exchange(other.ledger_, nullptr)), epoch_(other.epoch_) {}
    Turn& operator=(Turn&& other) = delete;
    ~Turn() { End(); }
    void End();

   private:
    friend class Ledger;
    Turn(Ledger& ledger, std::uint64_t epoch) : ledger_(&ledger), epoch_(epoch) {}
    Ledger* ledger_;
    std::uint64_t epoch_;
  };

  Ledger(const Records& records, core::LinkEvents& events, base::Scheduler& scheduler)
      : records_(records), events_(events), scheduler_(scheduler), drained_(scheduler) {}
  ~Ledger();

  // One at a time, in the order of the calls.
  base::Task<Turn> Enter();

  // With the turn: as Records::Get, and what was staged. Without one it may be out of date.
  base::Task<base::Result<std::vector<std::optional<std::string>>>> Read(
      std::vector<RecordName> names);
  base::Task<base::Result<std::optional<std::string>>> ReadOne(RecordName name);

  // Hands it to be stored. When something that the turn may have read was lost meanwhile, it
  // fails at once.
  StagedPtr Stage(const Turn& turn, Unit unit);
  // Returns when it is durable. kUnavailable: it is not, and nothing of it was kept. When the core
  // refuses its reports, the records are stored without them, and the core's error is returned: the
  // same stanza again would be refused again.
  base::Task<base::Result<void>> Durable(StagedPtr staged);

  // Returns when nothing is on its way to the store any more.
  base::Task<> Drain();

 private:
  using Key = std::pair<std::string, std::string>;
  struct Pending {
    std::optional<std::string> value;
    std::uint64_t number = 0;  // of the unit that wrote it last
  };

  void Leave();
  base::Task<> Flush();
  base::Task<base::Result<void>> Store(std::vector<StagedPtr> batch, bool with_reports);
  base::Task<bool> StoreOneByOne(std::vector<StagedPtr> batch);
  void Settle(Staged& staged, base::Result<void> result);
  void Forget(std::uint64_t up_to);
  void LoseEverything(const base::Error& error);

  const Records& records_;
  core::LinkEvents& events_;
  base::Scheduler& scheduler_;
  bool taken_ = false;             // somebody has the turn
  std::list<base::Resume> turns_;  // lists: an empty deque takes half a kilobyte
  std::list<StagedPtr> queue_;
  std::map<Key, Pending> pending_;  // what is in queue_ or on its way
  std::uint64_t staged_ = 0;        // number of the last unit
  std::uint64_t epoch_ = 0;         // how often everything was lost
  bool flushing_ = false;
  base::Signal drained_;
};

struct Staged {
  Unit unit;
  std::uint64_t number = 0;
  std::optional<base::Result<void>> result;
  base::Resume waiting;
};

}  // namespace parley::link::multidevice
