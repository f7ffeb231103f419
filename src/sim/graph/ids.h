// Ids as Meta's look: "wamid." and Base64 for messages, long numbers for everything else.
//
// A message id of the network has its place inside the wamid of what comes in, so that nothing must
// be remembered to find it again; what the business sends has its wamid as its id in the network.
// The bytes: 1c 18 <length of the number> <number> 15 02 00 <kind> 18 <length> <id> 00, with kind
// 12 for what came in and 11 for what was sent.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"

namespace parley::sim::graph {

// A new one for a message to this number.
std::string MakeWamid(std::string_view number, base::Random& random);

// The wamid of a message that the network calls `id` and that is from or to the customer `number`.
std::string WamidOf(std::string_view id, std::string_view number);
// The network's name of it; what is no wamid of ours is its own.
std::string NetworkIdOf(std::string_view wamid);

// 15 or 16 digits.
std::string MakeNodeId(base::Random& random);
// The same one for the same words.
std::string DeriveNodeId(std::string_view words);
bool IsNodeId(std::string_view text);

}  // namespace parley::sim::graph
