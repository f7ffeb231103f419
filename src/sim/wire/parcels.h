// Parcels: what a companion sealed for other companions, until the network says that the message
// has arrived there. What is not here any more, the phone of the sender seals anew.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/wire/layers.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxParcelBytes = 32 << 20;  // of all of them

struct Parcel {
  std::uint16_t device = 0;                   // of the sender; 0: sealed by the phone
  std::vector<binary::Attribute> attributes;  // of the stanza, as the sender gave them
  std::vector<binary::Node> children;         // `enc`, and what goes along with it
  std::size_t bytes = 0;
};

struct ParcelKey {
  std::string to;    // the companion
  std::string from;  // the sender's number
  std::string id;    // of the message
  auto operator<=>(const ParcelKey&) const = default;
};

// Thread: that of the network.
class Parcels {
 public:
  const Parcel* Find(const ParcelKey& key) const;
  // Replaces one with that key. The oldest go when there are too many.
  void Put(ParcelKey key, Parcel parcel);

 private:
  std::map<ParcelKey, Parcel> parcels_;
  std::deque<ParcelKey> order_;
  std::size_t bytes_ = 0;
};

}  // namespace parley::sim::wire
