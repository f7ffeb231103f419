#include "sim/network/watchers.h"

#include <vector>

namespace parley::sim::network {

class Watchers::TableWatch final : public Watch {
 public:
  TableWatch(std::weak_ptr<Table> table, std::uint64_t id) : table_(std::move(table)), id_(id) {}
  ~TableWatch() override {
    if (const auto table = table_.lock()) table->entries.erase(id_);
  }

 private:
  std::weak_ptr<Table> table_;
  std::uint64_t id_;
};

Watchers::Watchers(Timeline& timeline, const People& people)
    : timeline_(timeline), people_(people) {}

std::unique_ptr<Watch> Watchers::Add(std::optional<PersonRow> only, ChangeCallback callback) {
  const std::uint64_t id = ++table_->last;
  auto entry = std::make_shared<Entry>();
  entry->only = only;
  entry->callback = std::move(callback);
  table_->entries.emplace(id, std::move(entry));
  return std::make_unique<TableWatch>(table_, id);
}

void Watchers::Note(PersonRow person, ChangeKind kind) { Add(Noted(person, kind)); }

void Watchers::NoteFaults() { Add(Noted(std::nullopt, ChangeKind::kFaults)); }

void Watchers::Add(Noted noted) {
  if (table_->entries.empty()) return;
  if (noted_.empty()) timeline_.Post([this] { Tell(); });
  noted_.insert(noted);
}

void Watchers::Tell() {
  const std::set<Noted> noted = std::exchange(noted_, {});
  // A callback may end its own watch or another one.
  std::vector<std::pair<std::uint64_t, std::shared_ptr<Entry>>> entries(table_->entries.begin(),
                                                                        table_->entries.end());
  for (const auto& [person, kind] : noted) {
    Change change;
    change.kind = kind;
    if (person) change.number = people_.at(*person).person.number;
    for (const auto& [id, entry] : entries) {
      const bool wanted = !entry->only || entry->only == person;
      if (wanted && table_->entries.contains(id)) entry->callback(change);
    }
  }
}

}  // namespace parley::sim::network
