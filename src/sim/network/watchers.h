// Watchers: telling those who look on that something changed.
#pragma once

#include <absl/functional/any_invocable.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "sim/network/change.h"
#include "sim/network/people.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

using ChangeCallback = absl::AnyInvocable<void(const Change&)>;

// Ends the watching when it is destroyed. It may outlive the network.
class Watch {
 public:
  virtual ~Watch() = default;
};

// Thread: that of the network.
class Watchers {
 public:
  Watchers(Timeline& timeline, const People& people);

  // `callback` runs once for everything of one kind that happens to one person in a turn of the
  // scheduler, after the turn. Without `only`, for everybody and for kFaults.
  std::unique_ptr<Watch> Add(std::optional<PersonRow> only, ChangeCallback callback);

  void Note(PersonRow person, ChangeKind kind);
  void NoteFaults();

 private:
  struct Entry {
    std::optional<PersonRow> only;
    ChangeCallback callback;
  };
  struct Table {
    std::uint64_t last = 0;
    std::map<std::uint64_t, std::shared_ptr<Entry>> entries;
  };
  class TableWatch;
  using Noted = std::pair<std::optional<PersonRow>, ChangeKind>;
  void Add(Noted noted);
  void Tell();

  Timeline& timeline_;
  const People& people_;
  const std::shared_ptr<Table> table_ = std::make_shared<Table>();
  std::set<Noted> noted_;
};

}  // namespace parley::sim::network
