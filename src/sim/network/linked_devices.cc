#include "sim/network/linked_devices.h"

namespace parley::sim::network {

void ItemQueue::AcknowledgeUpTo(std::uint64_t seq) {
  if (seq <= acknowledged_) return;
  begin_ += seq - acknowledged_;
  acknowledged_ = seq;
  if (begin_ == offsets_.size()) {
    const bool was_long = offsets_.capacity() > 1024;
    offsets_.clear();
    if (was_long) offsets_.shrink_to_fit();
    begin_ = 0;
  } else if (begin_ > 1024 && begin_ > offsets_.size() / 2) {
    offsets_.erase(offsets_.begin(), offsets_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
}

void ItemQueue::Clear() {
  acknowledged_ = last();
  offsets_ = {};
  begin_ = 0;
}

std::optional<DeviceRow> LinkedDevices::Find(std::string_view id) const {
  const auto found = by_id_.find(absl::string_view(id.data(), id.size()));
  if (found == by_id_.end()) return std::nullopt;
  return DeviceRow(found->second);
}

std::optional<DeviceRow> LinkedDevices::Add(DeviceState device) {
  const DeviceRow row(static_cast<std::uint32_t>(devices_.size()));
  if (!by_id_.emplace(device.id, row.value).second) return std::nullopt;
  devices_.push_back(std::move(device));
  return row;
}

}  // namespace parley::sim::network
