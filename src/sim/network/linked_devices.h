// The devices of the network in memory, with their queues. An item of a queue is the place of its
// record in the file.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/device.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

// What a device has not acknowledged, by seq. Idle, it takes no memory beyond the object.
class ItemQueue {
 public:
  void Add(std::uint64_t offset) { offsets_.push_back(offset); }
  // A message from before the device was linked.
  void AddHistory(std::uint64_t offset) { offsets_.push_back(offset | kHistory); }
  std::uint64_t acknowledged() const { return acknowledged_; }
  std::uint64_t last() const { return acknowledged_ + offsets_.size() - begin_; }
  std::size_t size() const { return offsets_.size() - begin_; }
  // `seq` must be over acknowledged() and at most last().
  std::uint64_t OffsetOf(std::uint64_t seq) const {
    return offsets_[begin_ + (seq - acknowledged_ - 1)] & ~kHistory;
  }
  bool IsHistory(std::uint64_t seq) const {
    return (offsets_[begin_ + (seq - acknowledged_ - 1)] & kHistory) != 0;
  }
  // `seq` must be at most last(); a smaller one than before changes nothing.
  void AcknowledgeUpTo(std::uint64_t seq);
  void Clear();

 private:
  static constexpr std::uint64_t kHistory = std::uint64_t{1} << 63;  // no file is that long

  std::vector<std::uint64_t> offsets_;
  std::size_t begin_ = 0;  // offsets_ before it are acknowledged and not yet given back
  std::uint64_t acknowledged_ = 0;
};

struct DeviceState {
  std::string id;
  PersonRow person;
  Profile profile = Profile::kPhone;
  bool linked = true;
  base::Time linked_at;
  ItemQueue queue;
};

class LinkedDevices {
 public:
  std::optional<DeviceRow> Find(std::string_view id) const;
  DeviceState& at(DeviceRow row) { return devices_[row.value]; }
  const DeviceState& at(DeviceRow row) const { return devices_[row.value]; }
  std::size_t size() const { return devices_.size(); }

  // nullopt when the id was used before.
  std::optional<DeviceRow> Add(DeviceState device);

 private:
  std::deque<DeviceState> devices_;
  absl::flat_hash_map<std::string, std::uint32_t> by_id_;
};

}  // namespace parley::sim::network
