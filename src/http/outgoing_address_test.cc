#include "http/outgoing_address.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "http/address_guard.h"

namespace parley::http {
namespace {

// Whether the kernel's table has a way to everywhere; Linux shows it as 00000000.
bool HasDefaultRoute() {
  std::ifstream table("/proc/net/route");
  std::string line;
  std::getline(table, line);
  while (std::getline(table, line)) {
    std::istringstream columns(line);
    std::string interface, destination;
    columns >> interface >> destination;
    if (destination == "00000000") return true;
  }
  return false;
}

TEST(OutgoingAddress, IsOneOfTheMachineWhereThereIsAWayOut) {
  const auto address = OutgoingAddress();
  if (HasDefaultRoute()) {
    ASSERT_TRUE(address);
  }
  if (!address) return;
  EXPECT_TRUE(Network::Parse(*address)) << *address;
  EXPECT_FALSE(Network::Parse("127.0.0.0/8")->Contains(Network::Parse(*address)->bytes))
      << *address;
  EXPECT_NE(*address, "0.0.0.0");
}

}  // namespace
}  // namespace parley::http
