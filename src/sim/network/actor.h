// Who does something in the network: a person on the phone, or the person's linked device.
#pragma once

#include <string>

namespace parley::sim::network {

struct Actor {
  std::string number;
  std::string device;  // empty: on the phone itself
};

}  // namespace parley::sim::network
