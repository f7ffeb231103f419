// The contents of messages as Meta's webhooks write them.
#pragma once

#include "base/json.h"
#include "sim/graph/layers.h"
#include "sim/graph/registry.h"
#include "sim/network/network.h"

namespace parley::sim::graph {

// Adds `type` and what belongs to it. `customer` is the other side of the chat. Files get nodes of
// the number.
void AddContent(base::json::object& message, const net::Message& from_network,
                std::string_view customer, const Number& number, net::Network& network,
                Registry& registry);

}  // namespace parley::sim::graph
