#include "link/multidevice/ledger.h"

#include "base/log.h"

namespace parley::link::multidevice {

void Ledger::Turn::End() {
  if (ledger_ != nullptr) std::exchange(ledger_, nullptr)->Leave();
}

Ledger::~Ledger() = default;

base::Task<Ledger::Turn> Ledger::Enter() {
  if (taken_) {
    auto wait = [this](base::Resume resume) { turns_.push_back(std::move(resume)); };
    co_await base::Suspend(wait);  // whoever leaves hands the turn on
  }
  taken_ = true;
  co_return Turn(*this, epoch_);
}

void Ledger::Leave() {
  taken_ = !turns_.empty();
  if (!taken_) return;
  scheduler_.Post(std::move(turns_.front()));
  turns_.pop_front();
}

base::Task<base::Result<std::vector<std::optional<std::string>>>> Ledger::Read(
    std::vector<RecordName> names) {
  std::vector<std::optional<std::string>> found(names.size());
  std::vector<RecordName> stored;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto pending = pending_.find(Key(names[i].space, names[i].key));
    if (pending != pending_.end()) {
      found[i] = pending->second.value;
    } else {
      stored.push_back(names[i]);
      places.push_back(i);
    }
  }
  if (stored.empty()) co_return std::move(found);
  PARLEY_CO_TRY(read, co_await records_.Get(std::move(stored)));
  for (std::size_t i = 0; i < places.size(); ++i) found[places[i]] = std::move(read[i]);
  co_return std::move(found);
}

base::Task<base::Result<std::optional<std::string>>> Ledger::ReadOne(RecordName name) {
  std::vector<RecordName> names;
  names.push_back(std::move(name));
  PARLEY_CO_TRY(found, co_await Read(std::move(names)));
  co_return std::move(found.front());
}

StagedPtr Ledger::Stage(const Turn& turn, Unit unit) {
  auto staged = std::make_shared<Staged>();
  staged->unit = std::move(unit);
  if (turn.epoch_ != epoch_) {
    staged->result = base::Error(base::ErrorCode::kUnavailable, "", "what was read is not stored");
    return staged;
  }
  staged->number = ++staged_;
  for (const auto& [name, value] : staged->unit.records)
    pending_[Key(name.space, name.key)] = Pending{value, staged->number};
  queue_.push_back(staged);
  if (!flushing_) {
    flushing_ = true;
    scheduler_.Spawn("ledger", Flush());
  }
  return staged;
}

base::Task<base::Result<void>> Ledger::Durable(StagedPtr staged) {
  if (!staged->result) {
    Staged* waited = staged.get();
    auto wait = [waited](base::Resume resume) { waited->waiting = std::move(resume); };
    co_await base::Suspend(wait);
  }
  co_return *staged->result;
}

base::Task<> Ledger::Drain() {
  while (flushing_) co_await drained_.Wait();
}

base::Task<> Ledger::Flush() {
  while (!queue_.empty()) {
    std::vector<StagedPtr> batch;
    while (!queue_.empty() && batch.size() < kMaxUnits) {
      batch.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    const std::uint64_t last = batch.back()->number;
    base::Result<void> stored = co_await Store(batch, true);
    if (stored) {
      for (const StagedPtr& staged : batch) Settle(*staged, base::Result<void>());
    } else if (base::IsTransient(stored.error().code)) {
      for (const StagedPtr& staged : batch) Settle(*staged, stored);
      LoseEverything(stored.error());
      continue;
    } else {
      const bool all = co_await StoreOneByOne(batch);
      if (!all) continue;
    }
    Forget(last);
  }
  flushing_ = false;
  drained_.Notify();
}

base::Task<base::Result<void>> Ledger::Store(std::vector<StagedPtr> batch, bool with_reports) {
  std::vector<core::LinkReport> reports;
  std::map<Key, const std::optional<std::string>*> last;  // one record is written once
  for (const StagedPtr& staged : batch) {
    if (with_reports)
      reports.insert(reports.end(), staged->unit.reports.begin(), staged->unit.reports.end());
    for (const auto& [name, value] : staged->unit.records) last[Key(name.space, name.key)] = &value;
  }
  core::LinkWrites writes;
  for (const auto& [key, value] : last) {
    const RecordName name(key.first, key.second);
    writes.push_back(*value ? records_.Put(name, **value) : Records::Drop(name));
  }
  co_return co_await events_.Report(std::move(reports), std::move(writes));
}

// Finds out whose reports the core does not take. False when everything is lost.
base::Task<bool> Ledger::StoreOneByOne(std::vector<StagedPtr> batch) {
  std::size_t done = 0;
  base::Result<void> stored;
  for (; done < batch.size(); ++done) {
    std::vector<StagedPtr> one(1, batch[done]);
    stored = co_await Store(one, true);
    if (!stored && !base::IsTransient(stored.error().code) && !one.front()->unit.reports.empty()) {
      base::LogError("A link report cannot be stored", {{"reason", stored.error().detail}});
      const base::Result<void> refused = stored;
      stored = co_await Store(one, false);
      if (stored) {
        Settle(*one.front(), refused);
        continue;
      }
    }
    if (!stored) break;
    Settle(*one.front(), stored);
  }
  if (done == batch.size()) co_return true;
  for (; done < batch.size(); ++done) Settle(*batch[done], stored);
  LoseEverything(stored.error());
  co_return false;
}

void Ledger::Settle(Staged& staged, base::Result<void> result) {
  staged.result = std::move(result);
  staged.unit = Unit();
  if (staged.waiting) scheduler_.Post(std::move(staged.waiting));
}

void Ledger::Forget(std::uint64_t up_to) {
  std::erase_if(pending_, [up_to](const auto& entry) { return entry.second.number <= up_to; });
}

void Ledger::LoseEverything(const base::Error& error) {
  ++epoch_;
  pending_.clear();
  while (!queue_.empty()) {
    const StagedPtr staged = std::move(queue_.front());
    queue_.pop_front();
    Settle(*staged, error);
  }
}

}  // namespace parley::link::multidevice
