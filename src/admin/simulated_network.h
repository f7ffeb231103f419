// The simulated network's control API, below /parley/v1/sim: what its own listener serves without
// asking who calls (docs/simulated-network.md), here with the admin token or a session. In process:
// the page of the dashboard may call no other server.
#pragma once

#include "admin/service.h"

namespace parley::admin {

bool IsForNetwork(const http::Request& request);
std::size_t NetworkBodyLimit(const Context& context, const http::Request& head);
// Authenticates, then has the network answer, in its own shape. 404 `no_simulated_network` where
// none runs.
base::Task<http::Response> AskNetwork(Context& context, http::Request request);

}  // namespace parley::admin
