#include "sim/wire/parcels.h"

#include <gtest/gtest.h>

#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

Parcel Of(std::size_t bytes) {
  Parcel parcel;
  parcel.children.push_back(MakeData("enc", std::string(bytes, 'x')));
  return parcel;
}

TEST(Parcels, KeepsTheNewestWithinTheBound) {
  Parcels parcels;
  constexpr std::size_t kHalf = kMaxParcelBytes / 2 - 1000;
  parcels.Put({"a", "b", "1"}, Of(kHalf));
  parcels.Put({"a", "b", "2"}, Of(kHalf));
  parcels.Put({"a", "b", "2"}, Of(kHalf));  // again: takes no more
  EXPECT_NE(parcels.Find({"a", "b", "1"}), nullptr);
  parcels.Put({"a", "b", "3"}, Of(kHalf));
  EXPECT_EQ(parcels.Find({"a", "b", "1"}), nullptr);
  EXPECT_NE(parcels.Find({"a", "b", "2"}), nullptr);
  EXPECT_NE(parcels.Find({"a", "b", "3"}), nullptr);
  EXPECT_EQ(parcels.Find({"b", "a", "3"}), nullptr);
}

}  // namespace
}  // namespace parley::sim::wire
