// What is asked of a link about people (core/channels/requests.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/addresses.h"
#include "core/contacts/person.h"

namespace parley::core {

// The answer of an action.
struct Done {};

// Which of these are on WhatsApp, and what the network shows of them to the channel. In the order
// asked.
struct NumberFound {
  Address asked;
  bool on_network = false;
  Peer peer;                        // when on_network
  bool is_enterprise = false;       // a business that the network has verified
  std::int64_t verified_level = 0;  // 0 none, 1 confirmed, 2 official
  std::string about;                // empty: none, or not shown
  bool has_picture = false;         // that the channel may see
};
struct CheckNumbers {
  using Answer = std::vector<NumberFound>;
  std::vector<Address> numbers;
};

}  // namespace parley::core
