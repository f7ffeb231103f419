// A message that a phone could not open and asks for again.
#pragma once

#include <string>

namespace parley::sim::wire {

struct Unread {
  std::string recipient;  // a number; empty once the network carries the message
  std::string to;         // as the stanza had it
  int asked = 0;
};

}  // namespace parley::sim::wire
