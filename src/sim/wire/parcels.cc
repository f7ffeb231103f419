#include "sim/wire/parcels.h"

namespace parley::sim::wire {
namespace {

// What an entry takes beside its ciphertext.
constexpr std::size_t kEntry = 512;

std::size_t SizeOf(const Parcel& parcel) {
  std::size_t size = kEntry;
  for (const binary::Node& child : parcel.children) size += child.data().size();
  return size;
}

}  // namespace

const Parcel* Parcels::Find(const ParcelKey& key) const {
  const auto found = parcels_.find(key);
  return found == parcels_.end() ? nullptr : &found->second;
}

void Parcels::Put(ParcelKey key, Parcel parcel) {
  parcel.bytes = SizeOf(parcel);
  bytes_ += parcel.bytes;
  const auto [place, is_new] = parcels_.try_emplace(key);
  if (!is_new) bytes_ -= place->second.bytes;
  place->second = std::move(parcel);
  if (is_new) order_.push_back(std::move(key));
  while (bytes_ > kMaxParcelBytes && order_.size() > 1) {
    const auto oldest = parcels_.find(order_.front());
    bytes_ -= oldest->second.bytes;
    parcels_.erase(oldest);
    order_.pop_front();
  }
}

}  // namespace parley::sim::wire
